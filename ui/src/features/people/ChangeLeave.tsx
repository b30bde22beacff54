// The days of a leave, as when somebody is back; or the leave taken back.
import { Button, Group, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { LeaveRow } from "../../bindings/LeaveRow";
import { changeLeave } from "../../bindings/operations";
import type { Undoable } from "../../bindings/Undoable";
import { change, said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { Dialog } from "../../components/Dialog";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState } from "../../components/states";
import { dayBeside } from "../../days";
import { useTranslation } from "../../i18n";
import { longestReason } from "./leaving";
import { typed } from "./names";

interface ChangeLeaveProps {
  /** As it is stored now; none where it is gone meanwhile. */
  leave: LeaveRow | undefined;
  name: string;
  onClose: () => void;
}

export function ChangeLeave({ leave, name, onClose }: ChangeLeaveProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(0);
  if (leave !== undefined)
    return (
      <ChangeForm key={opened} leave={leave} name={name} onClose={onClose} onReload={() => setOpened(opened + 1)} />
    );
  return (
    <Dialog plain title={t("people.leave.change")} onClose={onClose}>
      <EmptyState title={t("people.leave.gone")} />
    </Dialog>
  );
}

interface ChangeFormProps {
  leave: LeaveRow;
  name: string;
  onClose: () => void;
  onReload: () => void;
}

function ChangeForm({ leave, name, onClose, onReload }: ChangeFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: leave.version,
    firstDay: leave.firstDay,
    lastDay: leave.lastDay ?? "",
    reason: leave.reason ?? "",
  };
  const draft = useDraft<typeof initial, Undoable>({
    key: `leave:${leave.id}`,
    initial,
    validate: { firstDay: dayNeeded, lastDay: (value) => dayFault(value) },
    save: ({ version, firstDay, lastDay, reason }) =>
      changeLeave({ leave: leave.id, version, firstDay, lastDay: typed(lastDay), reason: typed(reason) }),
    onSaved: ({ undo }) => {
      said(t("people.leave.changed", { name }), undo);
      onClose();
    },
  });
  const { form } = draft;
  // The day before the first as the last one: the leave never was.
  const takeBack = () =>
    void change(
      () =>
        changeLeave({
          leave: leave.id,
          version: leave.version,
          firstDay: leave.firstDay,
          lastDay: dayBeside(leave.firstDay, -1),
          reason: leave.reason,
        }),
      t("people.leave.takenBack", { name }),
    ).then((done) => {
      if (!done) return;
      draft.discard();
      onClose();
    });
  return (
    <FormModal
      title={t("people.leave.change")}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
      aside={
        <Button variant="subtle" color="wrong" onClick={takeBack}>
          {t("people.leave.takeBack")}
        </Button>
      }
    >
      <Text size="sm" dir="auto">
        <bdi>{name}</bdi>
      </Text>
      <Group align="start" grow>
        <DateField label={t("people.leave.firstDay")} withAsterisk {...form.getInputProps("firstDay")} />
        <DateField label={t("people.leave.lastDay")} data-autofocus {...form.getInputProps("lastDay")} />
      </Group>
      <Text size="xs" c="dimmed">
        {t("people.leave.lastDayHelp")}
      </Text>
      <TextInput label={t("people.leave.reason")} maxLength={longestReason} {...form.getInputProps("reason")} />
    </FormModal>
  );
}
