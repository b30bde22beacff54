// Before what only the person themself may do: the password once more. Then it is done; without it nothing is.
import { Alert, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, useSyncExternalStore } from "react";
import { confirmPassword } from "../bindings/operations";
import type { Whoami } from "../bindings/Whoami";
import { asOperationError, passwordNeed } from "../bridge";
import { Dialog } from "../components/Dialog";
import { errorText, useTranslation } from "../i18n";

export function PasswordNeeded({ whoami }: { whoami: Whoami }) {
  const needed = useSyncExternalStore(passwordNeed.subscribe, passwordNeed.needed);
  return needed ? <Asked whoami={whoami} /> : null;
}

function Asked({ whoami }: { whoami: Whoami }) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const confirm = useMutation({
    mutationFn: () => confirmPassword({ password }),
    onSuccess: passwordNeed.given,
    onError: () => setPassword(""),
  });
  const { error } = confirm;
  return (
    <Dialog onClose={passwordNeed.refused} title={t("accounts.confirm.title")} size="sm" plain>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "" && !confirm.isPending) confirm.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t("accounts.confirm.text")}</Text>
          {error !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {asOperationError(error).code === "wrong_password" ? t("accounts.lock.wrong") : errorText(error)}
            </Alert>
          )}
          <PasswordInput
            label={t("accounts.confirm.password", { name: whoami.name })}
            autoComplete="current-password"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={passwordNeed.refused}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={confirm.isPending}>
              {t("accounts.confirm.submit")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
