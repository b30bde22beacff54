// New keys for everything: the paper of the old one is worth nothing afterwards, so it is confirmed by typing.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { rotateFaceKeys } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { said } from "../../components/change";
import { Dialog } from "../../components/Dialog";
import { JobProgress } from "../../components/JobProgress";
import { errorText, useTranslation } from "../../i18n";

export function RotateKeysForm({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const [job, setJob] = useState("");
  const rotate = useMutation({
    mutationFn: (id: string) => rotateFaceKeys({}, id),
    onSuccess: ({ templates }) => {
      said(t("faces.keys.rotated", { count: templates }), null);
      onDone();
    },
  });
  const right = typed.trim().toLocaleUpperCase() === t("faces.keys.rotateWord");
  return (
    <Dialog
      onClose={() => {
        if (!rotate.isPending) onClose();
      }}
      title={t("faces.keys.rotate")}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (!right) return;
          const id = crypto.randomUUID();
          setJob(id);
          rotate.mutate(id);
        }}
      >
        <Stack gap="sm">
          {rotate.error !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {errorText(rotate.error)} {asOperationError(rotate.error).help}
            </Alert>
          )}
          <Text size="sm">{t("faces.keys.rotateText")}</Text>
          <TextInput
            data-autofocus
            label={t("faces.keys.rotateConfirm")}
            value={typed}
            error={asked && !right ? t("faces.keys.rotateMismatch") : undefined}
            onChange={(event) => setTyped(event.currentTarget.value)}
            autoComplete="off"
          />
          {rotate.isPending && <JobProgress job={job} label={t("faces.keys.rotating")} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" disabled={rotate.isPending} onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" color="wrong" disabled={typed.trim() === ""} loading={rotate.isPending}>
              {t("faces.keys.rotate")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
