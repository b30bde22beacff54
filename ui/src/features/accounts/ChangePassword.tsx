// Changing one's own password.
import { notifications } from "@mantine/notifications";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { useTranslation } from "../../i18n";
import { PasswordForm } from "./PasswordForm";

export default function ChangePassword() {
  const { t } = useTranslation();
  return (
    <Screen head={<ScreenHead title={t("accounts.password.title")} about={t("accounts.password.others")} />}>
      <PasswordForm onChanged={() => notifications.show({ color: "good", message: t("accounts.password.changed") })} />
    </Screen>
  );
}
