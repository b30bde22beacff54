// Lets students go to another school of the district, alone or many at once.
import { Group, Select, Text, Textarea, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { schoolsToTransferTo, transferStudents } from "../../../bindings/operations";
import type { Undoable } from "../../../bindings/Undoable";
import { said } from "../../../components/change";
import { DateField, dayNeeded } from "../../../components/DateField";
import { useDraft } from "../../../components/draft";
import { FormModal } from "../../../components/FormModal";
import { useTranslation } from "../../../i18n";
import { formatDay } from "../../../numbers";
import { usePlace } from "../../../session/session";
import { longestReason, Whom } from "../leaving";
import { typed } from "../names";

/** In characters, as the operation takes it. */
const longestNote = 1000;

interface TransferFormProps {
  school: string;
  students: readonly string[];
  /** Whose it is, where it is one student's. */
  name?: string;
  onClose: () => void;
  onDone: () => void;
}

export function TransferForm({ school, students, name, onClose, onDone }: TransferFormProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const schools = useQuery(schoolsToTransferTo.query({ school }));
  const initial = { students: [...students], to: null as string | null, lastDay: today, reason: "", note: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `transfer:${students.join(" ")}`,
    initial,
    validate: {
      lastDay: dayNeeded,
      to: (value) => (value === null ? t("people.transfer.toNeeded") : null),
    },
    save: ({ to, lastDay, reason, note }) =>
      transferStudents({
        school,
        students: [...students],
        to: to ?? "",
        lastDay,
        reason: typed(reason),
        note: typed(note),
      }),
    onSaved: ({ undo }, { to, lastDay }) => {
      const where = schools.data?.find(({ id }) => id === to)?.name ?? "";
      const day = formatDay(lastDay);
      said(
        name === undefined
          ? t("people.transfer.done", { count: students.length, school: where, day })
          : t("people.transfer.doneOf", { name, school: where, day }),
        undo,
      );
      onDone();
    },
  });
  const { form } = draft;
  const alone = schools.data?.length === 0;
  return (
    <FormModal title={t("people.transfer.title")} draft={draft} onClose={onClose} submit={t("people.transfer.submit")}>
      <Whom draft={draft}>{name ?? t("people.withdraw.who", { count: students.length })}</Whom>
      <Text size="sm" c="dimmed">
        {alone ? t("people.transfer.alone") : t("people.transfer.what")}
      </Text>
      <Group align="start" grow>
        <Select
          label={t("people.transfer.to")}
          withAsterisk
          data-autofocus
          searchable
          disabled={alone}
          data={(schools.data ?? []).map(({ id, name: label }) => ({ value: id, label }))}
          {...form.getInputProps("to")}
        />
        <DateField label={t("people.transfer.lastDay")} withAsterisk {...form.getInputProps("lastDay")} />
      </Group>
      <TextInput
        label={t("people.transfer.reason")}
        description={t("people.transfer.reasonHelp")}
        maxLength={longestReason}
        {...form.getInputProps("reason")}
      />
      <Textarea
        label={t("people.transfer.note")}
        description={t("people.transfer.noteHelp")}
        maxLength={longestNote}
        autosize
        minRows={2}
        maxRows={6}
        {...form.getInputProps("note")}
      />
    </FormModal>
  );
}
