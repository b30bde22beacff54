// What cannot be undone is confirmed by typing: withdrawing a consent, a student's own no, deleting what is held.
import { Alert, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { FaceState } from "../../bindings/FaceState";
import { deleteFaces, recordObjection, withdrawConsent } from "../../bindings/operations";
import { Dialog } from "../../components/Dialog";
import { errorText, useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { facesChanged, holdsAnything } from "./state";

export type Deletion = "withdraw" | "objection" | "delete";
const does = { withdraw: withdrawConsent, objection: recordObjection, delete: deleteFaces };

export function DeleteForm({ state, what, onClose }: { state: FaceState; what: Deletion; onClose: () => void }) {
  const { t } = useTranslation();
  const name = fullName(state);
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState(false);
  const words = {
    withdraw: {
      title: t("faces.consent.withdrawTitle", { name }),
      text: t("faces.consent.withdrawText", { name }),
      button: t("faces.consent.withdraw"),
      done: t("faces.consent.withdrawn", { name }),
    },
    objection: {
      title: t("faces.objection.title", { name }),
      text: t("faces.objection.askText"),
      button: t("faces.objection.record"),
      done: t("faces.objection.done", { name }),
    },
    delete: {
      title: t("faces.remove.title", { name }),
      text: t("faces.remove.text", { name }),
      button: t("faces.remove.button"),
      done: t("faces.remove.done", { name }),
    },
  }[what];
  const remove = useMutation({
    mutationFn: (student: string) => does[what]({ student }),
    onSuccess: ({ templates, scrubbed }) => {
      const said = [
        words.done,
        templates > 0 && t("faces.consent.gone", { count: templates }),
        !scrubbed && t("faces.remove.scrubbed"),
      ]
        .filter((part) => part !== false)
        .join(". ");
      notifications.show({ color: "good", message: said, autoClose: 10_000 });
      facesChanged();
      onClose();
    },
  });
  // Where nothing is held nothing is lost by a slip of the hand.
  const harmless = what === "objection" && !holdsAnything(state);
  const right = harmless || typed.trim() === state.number;
  return (
    <Dialog onClose={onClose} title={words.title}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(true);
          if (right) remove.mutate(state.student);
        }}
      >
        <Stack gap="sm">
          {remove.error !== null && (
            <Alert color="wrong" role="alert" p="xs">
              {errorText(remove.error)}
            </Alert>
          )}
          <Text size="sm">
            {words.text} {harmless && t("faces.objection.askNothing")}
          </Text>
          {!harmless && (
            <TextInput
              data-autofocus
              label={t("faces.remove.confirm", { number: state.number })}
              value={typed}
              error={asked && !right ? t("faces.remove.mismatch") : undefined}
              onChange={(event) => setTyped(event.currentTarget.value)}
              autoComplete="off"
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button
              type="submit"
              color="wrong"
              disabled={!harmless && typed.trim() === ""}
              loading={remove.isPending}
              data-autofocus={harmless || undefined}
            >
              {words.button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
