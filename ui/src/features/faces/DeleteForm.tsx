// What cannot be undone is confirmed by typing: withdrawing a consent, deleting templates.
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FaceState } from "../../bindings/FaceState";
import { deleteFaces, withdrawConsent } from "../../bindings/operations";
import { errorText } from "../../i18n";
import { queries } from "../../session/queries";
import { fullName } from "./state";

export function DeleteForm({ state, what, onClose }: { state: FaceState; what: "withdraw" | "delete"; onClose: () => void }) {
  const { t } = useTranslation();
  const name = fullName(state);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: (student: string) => (what === "withdraw" ? withdrawConsent({ student }) : deleteFaces({ student })),
    onSuccess: ({ templates, scrubbed }) => {
      const done = what === "withdraw" ? t("faces.consent.withdrawn", { name, count: templates }) : t("faces.remove.done", { name, count: templates });
      notifications.show({ color: "good", message: scrubbed ? done : `${done}. ${t("faces.remove.scrubbed")}`, autoClose: 10_000 });
      void queries.invalidateQueries({ queryKey: ["face_templates"] });
      onClose();
    },
  });
  const right = typed.trim() === state.number;
  const button = what === "withdraw" ? t("faces.consent.withdraw") : t("faces.remove.button");
  return (
    <Modal opened onClose={onClose} title={what === "withdraw" ? t("faces.consent.withdrawTitle", { name }) : t("faces.remove.title", { name })} closeButtonProps={{ "aria-label": t("common.close") }}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); setAsked(true); if (right) remove.mutate(state.student); }}>
        <Stack gap="sm">
          {remove.error !== null && <Alert color="wrong" role="alert" p="xs">{errorText(remove.error)}</Alert>}
          <Text size="sm">{what === "withdraw" ? t("faces.consent.withdrawText", { name }) : t("faces.remove.text", { name })}</Text>
          <TextInput data-autofocus label={t("faces.remove.confirm", { number: state.number })} value={typed} error={asked && !right ? t("faces.remove.mismatch") : undefined} onChange={(event) => setTyped(event.currentTarget.value)} autoComplete="off" />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
            <Button type="submit" color="wrong" disabled={typed.trim() === ""} loading={remove.isPending}>{button}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
