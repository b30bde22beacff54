// A key from paper, typed on a computer that does not have it.
import { Alert, Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { restoreFaceKey } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { said } from "../../components/change";
import { LosesTyped } from "../../components/closing";
import { Dialog } from "../../components/Dialog";
import { errorText, useTranslation } from "../../i18n";
import { facesChanged } from "./state";

export function RestoreKeyForm({ school, onClose }: { school: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [key, setKey] = useState("");
  const restore = useMutation({
    mutationFn: (typed: string) => restoreFaceKey({ school, key: typed }),
    gcTime: 0,
    onSuccess: ({ already }) => {
      said(t(already ? "faces.keys.already" : "faces.keys.restored"), null);
      facesChanged();
      onClose();
    },
  });
  const field = restore.error === null ? undefined : asOperationError(restore.error).fields.key;
  return (
    <Dialog onClose={onClose} size="lg" title={t("faces.keys.restore")}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          restore.mutate(key);
        }}
      >
        <Stack gap="sm">
          {key.trim() !== "" && <LosesTyped />}
          {restore.error !== null && field === undefined && (
            <Alert color="wrong" role="alert" p="xs">
              {errorText(restore.error)} {asOperationError(restore.error).help}
            </Alert>
          )}
          <Text size="sm">{t("faces.keys.restoreText")}</Text>
          <Textarea
            label={t("faces.keys.restoreField")}
            description={t("faces.keys.restoreHint")}
            dir="ltr"
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            rows={3}
            spellCheck={false}
            autoComplete="off"
            data-autofocus
            value={key}
            error={field}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" disabled={key.trim() === ""} loading={restore.isPending}>
              {t("faces.keys.restore")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
