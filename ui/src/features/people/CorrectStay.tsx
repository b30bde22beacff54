// The days and reasons of a time at the school, where they were recorded wrong.
import { Group, Select, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { correctStay } from "../../bindings/operations";
import type { StayExit } from "../../bindings/StayExit";
import type { StayRow } from "../../bindings/StayRow";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { Dialog } from "../../components/Dialog";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { exitChoices, longestReason } from "./leaving";
import { typed } from "./names";

interface CorrectStayProps {
  /** As it is stored now; none where it is gone meanwhile. */
  stay: StayRow | undefined;
  name: string;
  onClose: () => void;
}

export function CorrectStay({ stay, name, onClose }: CorrectStayProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(0);
  if (stay !== undefined)
    return (
      <CorrectForm key={opened} stay={stay} name={name} onClose={onClose} onReload={() => setOpened(opened + 1)} />
    );
  return (
    <Dialog plain title={t("people.correct.title")} onClose={onClose}>
      <EmptyState title={t("people.correct.gone")} />
    </Dialog>
  );
}

interface CorrectFormProps {
  stay: StayRow;
  name: string;
  onClose: () => void;
  onReload: () => void;
}

function CorrectForm({ stay, name, onClose, onReload }: CorrectFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: stay.version,
    firstDay: stay.firstDay,
    entryReason: stay.entryReason ?? "",
    lastDay: stay.lastDay ?? "",
    exit: stay.exit ?? ("withdrawn" as StayExit),
    exitReason: stay.exitReason ?? "",
  };
  const draft = useDraft<typeof initial, Undoable>({
    key: `correct-stay:${stay.id}`,
    initial,
    validate: { firstDay: dayNeeded, lastDay: (value) => dayFault(value) },
    save: ({ version, firstDay, entryReason, lastDay, exit, exitReason }) =>
      correctStay({
        stay: stay.id,
        version,
        firstDay,
        entryReason: typed(entryReason),
        ...(lastDay === "" ? { lastDay: null } : { lastDay, exit, exitReason: typed(exitReason) }),
      }),
    onSaved: ({ undo }) => {
      said(t("people.correct.done", { name }), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={t("people.correct.title")}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
      submit={t("people.correct.submit")}
    >
      <Text size="sm" dir="auto">
        <bdi>{name}</bdi>
      </Text>
      <Group align="start" grow>
        <DateField
          label={t("people.correct.firstDay")}
          withAsterisk
          data-autofocus
          {...form.getInputProps("firstDay")}
        />
        <DateField label={t("people.correct.lastDay")} {...form.getInputProps("lastDay")} />
      </Group>
      <Text size="xs" c="dimmed">
        {t("people.correct.lastDayHelp")}
      </Text>
      <TextInput
        label={t("people.correct.entryReason")}
        maxLength={longestReason}
        {...form.getInputProps("entryReason")}
      />
      {form.values.lastDay !== "" && (
        <>
          <Select
            label={t("people.correct.how")}
            allowDeselect={false}
            data={exitChoices(stay.exit)}
            {...form.getInputProps("exit")}
          />
          <TextInput
            label={t("people.correct.exitReason")}
            maxLength={longestReason}
            {...form.getInputProps("exitReason")}
          />
        </>
      )}
    </FormModal>
  );
}
