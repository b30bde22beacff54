// The answer to students whom other schools send: taken, with a first day and a class, or not, with the reason.
import { Group, Text, TextInput } from "@mantine/core";
import { acceptTransfers, declineTransfers } from "../../../bindings/operations";
import type { Arrived } from "../../../bindings/Arrived";
import type { TransferRow } from "../../../bindings/TransferRow";
import type { Undoable } from "../../../bindings/Undoable";
import { said } from "../../../components/change";
import { DateField, dayNeeded } from "../../../components/DateField";
import { useDraft } from "../../../components/draft";
import { FormModal } from "../../../components/FormModal";
import { dayBeside } from "../../../days";
import { useTranslation } from "../../../i18n";
import { fullName } from "../../../names";
import { formatDay } from "../../../numbers";
import { usePlace } from "../../../session/session";
import { IntoClass, longestReason, Whom } from "../leaving";
import { typed } from "../names";

interface AnswerProps {
  school: string;
  /** At least one. */
  rows: readonly TransferRow[];
  onClose: () => void;
  onDone: (students: readonly string[]) => void;
}

const useWho = (rows: readonly TransferRow[]) => {
  const { t } = useTranslation();
  const [only] = rows;
  return rows.length === 1 && only !== undefined ? fullName(only) : t("people.withdraw.who", { count: rows.length });
};

export function AcceptForm({ school, rows, onClose, onDone }: AnswerProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const who = useWho(rows);
  const ids = rows.map(({ id }) => id);
  // The day after the last one at the other school, or today where that is over.
  const after = rows.map(({ lastDay }) => dayBeside(lastDay, 1));
  const firstDay = [today, ...after].toSorted().at(-1) ?? today;
  const initial = { students: ids, firstDay, class: null as string | null, number: "" };
  const draft = useDraft<typeof initial, Arrived>({
    key: `accept:${ids.join(" ")}`,
    initial,
    validate: { firstDay: dayNeeded },
    save: ({ firstDay: day, class: into, number }) =>
      acceptTransfers({ school, transfers: ids, firstDay: day, class: into, number: typed(number) }),
    onSaved: ({ students, undo }, { firstDay: day }) => {
      said(t("people.transfers.accepted", { who, day: formatDay(day) }), undo);
      onDone(students);
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={t("people.transfers.acceptTitle")}
      draft={draft}
      onClose={onClose}
      submit={t("people.transfers.accept")}
    >
      <Whom draft={draft}>{who}</Whom>
      <Text size="sm" c="dimmed">
        {t("people.transfers.acceptWhat")}
      </Text>
      <Group align="start" grow>
        <DateField label={t("people.back.firstDay")} withAsterisk data-autofocus {...form.getInputProps("firstDay")} />
        <IntoClass school={school} firstDay={form.values.firstDay} more={ids.length} {...form.getInputProps("class")} />
      </Group>
      {rows.length === 1 && (
        <TextInput
          label={t("people.transfers.number")}
          description={t("people.transfers.numberHelp")}
          maxLength={50}
          {...form.getInputProps("number")}
        />
      )}
    </FormModal>
  );
}

export function DeclineForm({ school, rows, onClose, onDone }: AnswerProps) {
  const { t } = useTranslation();
  const who = useWho(rows);
  const ids = rows.map(({ id }) => id);
  const initial = { students: ids, reason: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `decline:${ids.join(" ")}`,
    initial,
    save: ({ reason }) => declineTransfers({ school, transfers: ids, reason: typed(reason) }),
    onSaved: ({ undo }) => {
      said(t("people.transfers.declinedWho", { who }), undo);
      onDone([]);
    },
  });
  return (
    <FormModal
      title={t("people.transfers.declineTitle")}
      draft={draft}
      onClose={onClose}
      submit={t("people.transfers.decline")}
    >
      <Whom draft={draft}>{who}</Whom>
      <Text size="sm" c="dimmed">
        {t("people.transfers.declineWhat")}
      </Text>
      <TextInput
        label={t("people.withdraw.reason")}
        data-autofocus
        maxLength={longestReason}
        {...draft.form.getInputProps("reason")}
      />
    </FormModal>
  );
}
