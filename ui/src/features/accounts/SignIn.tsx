// The sign-in screen.
import { useTranslation } from "../../i18n";
import { enter } from "../../session/entry";
import { SignInForm } from "../../session/SignInForm";
import { Welcome } from "../../session/Welcome";

export function SignIn() {
  const { t } = useTranslation();
  return (
    <Welcome title={t("accounts.signIn.title")}>
      <SignInForm onSignedIn={enter} />
    </Welcome>
  );
}
