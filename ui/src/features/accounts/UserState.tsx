// Whether a user can sign in.
import type { UserRow } from "../../bindings/UserRow";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";

export function UserState({ user }: { user: UserRow }) {
  const { t } = useTranslation();
  if (user.left) return <Signal tone="wrong">{t("accounts.users.left")}</Signal>;
  if (user.disabled) return <Signal tone="wrong">{t("accounts.users.disabled")}</Signal>;
  return user.canSignIn ? (
    <Signal tone="good">{t("accounts.users.active")}</Signal>
  ) : (
    <Signal tone="attention">{t("accounts.users.noPassword")}</Signal>
  );
}
