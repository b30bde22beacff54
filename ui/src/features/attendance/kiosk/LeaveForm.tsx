// The way out of the kiosk: the password of who started it. It closes by itself when nobody types.
import { Alert, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { leaveKiosk } from "../../../bindings/operations";
import { asOperationError } from "../../../bridge";
import { Dialog } from "../../../components/Dialog";
import { errorText, useTranslation } from "../../../i18n";
import { useSession } from "../../../session/session";

/** Milliseconds after the last key. */
const patience = 30_000;

export function LeaveForm({ session, onClose, onLeft }: { session: string; onClose: () => void; onLeft: () => void }) {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const [password, setPassword] = useState("");
  const leave = useMutation({
    mutationFn: () => leaveKiosk({ session, password }),
    onSuccess: onLeft,
    // It has ended already: then there is nothing to leave.
    onError: (reason) => {
      if (asOperationError(reason).code === "not_found") onLeft();
      else setPassword("");
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(password): who types is still there.
  // biome-ignore lint/correctness/useExhaustiveDependencies(leave.status): so is who waits for an answer.
  useEffect(() => {
    const timer = setTimeout(onClose, patience);
    return () => clearTimeout(timer);
  }, [password, onClose, leave.status]);
  const { error } = leave;
  return (
    <Dialog onClose={onClose} title={t("attendance.kiosk.leaveTitle")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (password !== "") leave.mutate();
        }}
      >
        <Stack gap="sm">
          {error !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {asOperationError(error).code === "wrong_password"
                ? t("attendance.kiosk.wrongPassword")
                : errorText(error)}{" "}
              {asOperationError(error).help}
            </Alert>
          )}
          <Text size="sm">{t("attendance.kiosk.leaveText", { name: whoami.name })}</Text>
          <PasswordInput
            label={t("attendance.kiosk.password")}
            autoComplete="off"
            data-autofocus
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={leave.isPending} disabled={password === ""}>
              {t("attendance.kiosk.leave")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
