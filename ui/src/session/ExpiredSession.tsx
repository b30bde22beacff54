// Over whatever is on the screen when the session ends: sign in and everything goes on.
import { Button, Stack, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { resumeCalls, sessionExpiry } from "../bridge";
import type { Whoami } from "../bindings/Whoami";
import { Dialog } from "../components/Dialog";
import { useTranslation } from "../i18n";
import { giveUp } from "./entry";
import { SignInForm } from "./SignInForm";

export function ExpiredSession({ whoami }: { whoami: Whoami }) {
  const { t } = useTranslation();
  const expired = useSyncExternalStore(sessionExpiry.subscribe, sessionExpiry.expired);
  if (!expired) return null;
  return (
    <Dialog onClose={() => undefined} closable={false} title={t("accounts.signIn.again")}>
      <Stack gap="md">
        <Text size="sm">{t("accounts.signIn.againText")}</Text>
        <SignInForm username={whoami.username} onSignedIn={resumeCalls} />
        <Stack gap={2}>
          <Button variant="subtle" color="gray" onClick={giveUp}>
            {t("accounts.signIn.other")}
          </Button>
          <Text size="xs" c="dimmed" ta="center">
            {t("accounts.signIn.otherText")}
          </Text>
        </Stack>
      </Stack>
    </Dialog>
  );
}
