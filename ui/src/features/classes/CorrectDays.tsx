// The days of a student's time in a class, where one was typed wrong. What was recorded outside of the new
// days is told and asked about before it is saved.
import { Group, Text } from "@mantine/core";
import { useState } from "react";
import type { EnrolmentRow } from "../../bindings/EnrolmentRow";
import { correctEnrolment } from "../../bindings/operations";
import type { Undoable } from "../../bindings/Undoable";
import { AllTheSame } from "../../components/AllTheSame";
import { said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { Dialog } from "../../components/Dialog";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";

type Days = Pick<EnrolmentRow, "id" | "version" | "start" | "end">;

interface CorrectDaysProps {
  /** As they are stored now; none where the time in the class is gone meanwhile. */
  days: Days | undefined;
  /** Whose days, and in which class. */
  name: string;
  title: string;
  onClose: () => void;
}

export function CorrectDays({ days, name, title, onClose }: CorrectDaysProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(0);
  if (days !== undefined)
    return (
      <CorrectForm
        key={opened}
        row={days}
        name={name}
        title={title}
        onClose={onClose}
        onReload={() => setOpened(opened + 1)}
      />
    );
  return (
    <Dialog plain title={t("classes.correct.title")} onClose={onClose}>
      <EmptyState title={t("classes.correct.gone")} />
    </Dialog>
  );
}

interface CorrectFormProps {
  row: Days;
  name: string;
  title: string;
  onClose: () => void;
  onReload: () => void;
}

function CorrectForm({ row, name, title, onClose, onReload }: CorrectFormProps) {
  const { t } = useTranslation();
  const initial = { version: row.version, start: row.start, end: row.end ?? "", sureOf: "" };
  const daysOf = ({ start, end }: { start: string; end: string }) => `${start} ${end}`;
  const draft = useDraft<typeof initial, Undoable>({
    key: `correct:${row.id}`,
    initial,
    validate: { start: dayNeeded, end: (value) => dayFault(value) },
    save: ({ version, start, end, sureOf }) =>
      correctEnrolment({
        enrolment: row.id,
        version,
        start,
        end: end === "" ? null : end,
        evenIfRecorded: sureOf === daysOf({ start, end }),
      }),
    onSaved: ({ undo }) => {
      said(t("classes.correct.done", { name, class: title }), undo);
      onClose();
    },
  });
  const { form, refused } = draft;
  const sure = form.values.sureOf === daysOf(form.values);
  const recorded =
    refused !== null &&
    draft.asked("start", "recorded_outside") &&
    (sure || (form.errors.start !== undefined && form.errors.start !== null));
  const end = form.getInputProps("end");
  return (
    <FormModal
      title={t("classes.correct.title")}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
      submit={t("classes.correct.submit")}
    >
      <Text size="sm">{t("classes.move.one", { name, class: title })}</Text>
      <Group align="start" grow>
        <DateField
          label={t("classes.correct.start")}
          withAsterisk
          data-autofocus
          {...form.getInputProps("start")}
          {...(recorded ? { error: null } : {})}
        />
        <DateField
          label={t("classes.correct.end")}
          {...end}
          onChange={(day) => {
            end.onChange(day);
            // What was asked was about other days.
            form.clearFieldError("start");
          }}
        />
      </Group>
      <Text size="xs" c="dimmed">
        {t("classes.correct.hint")}
      </Text>
      {recorded && (
        <AllTheSame
          refused={refused}
          field="start"
          label={t("classes.correct.sure")}
          checked={sure}
          onChange={(meant) => form.setFieldValue("sureOf", meant ? daysOf(form.values) : "")}
        />
      )}
    </FormModal>
  );
}
