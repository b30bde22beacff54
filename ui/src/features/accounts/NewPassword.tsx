// The first thing somebody sees whose password was set by another: choosing one of their own.
import { Button, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { errorText, useTranslation } from "../../i18n";
import { begin, leave } from "../../session/entry";
import { Welcome } from "../../session/Welcome";
import { PasswordForm } from "./PasswordForm";

export function NewPassword() {
  const { t } = useTranslation();
  const out = () =>
    void leave().catch((reason: unknown) => notifications.show({ color: "wrong", message: errorText(reason) }));
  return (
    <Welcome title={t("accounts.password.ownTitle")}>
      <Text size="sm" c="dimmed" mb="md">
        {t("accounts.password.own")}
      </Text>
      <PasswordForm onChanged={() => void begin()} />
      <Button variant="subtle" color="gray" mt="md" px={0} onClick={out}>
        {t("frame.person.signOut")}
      </Button>
    </Welcome>
  );
}
