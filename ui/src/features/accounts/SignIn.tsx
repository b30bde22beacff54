// The sign-in screen, in the language in which this computer was last used, or another that is chosen here.
import { Anchor, Group } from "@mantine/core";
import { refusal } from "../../components/change";
import { speak, useTranslation } from "../../i18n";
import { chooseBeforeSignIn, choices, language, ownName } from "../../language";
import { enter } from "../../session/entry";
import { SignInForm } from "../../session/SignInForm";
import { Welcome } from "../../session/Welcome";

export function SignIn() {
  const { t } = useTranslation();
  return (
    <Welcome title={t("accounts.signIn.title")}>
      <SignInForm onSignedIn={enter} />
      <Group component="nav" gap="md" mt="lg" aria-label={t("frame.person.language")}>
        {choices().map((one) => (
          <Anchor
            key={one}
            component="button"
            type="button"
            size="sm"
            lang={one}
            aria-current={one === language() || undefined}
            c={one === language() ? "dimmed" : undefined}
            onClick={() => {
              chooseBeforeSignIn(one);
              void speak(one).catch(refusal);
            }}
          >
            {ownName(one)}
          </Anchor>
        ))}
      </Group>
    </Welcome>
  );
}
