// The two forms that say who of a class does not take one of its courses: exempt, and take it again.
import { Group, MultiSelect, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CourseMember } from "../../bindings/CourseMember";
import { course as askCourse, endExemptions, exemptStudents } from "../../bindings/operations";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { listName, type Named } from "../../names";
import { usePlace } from "../../session/session";

/** The course that it is about. */
export interface OfCourseForm {
  id: string;
  subject: string;
  class: string;
}

interface FormProps {
  course: OfCourseForm;
  /** Those for whom it was opened. */
  chosen: readonly string[];
  onClose: () => void;
  onDone: () => void;
}

/** The exemptions of a member that are not over. */
export function standing({ exemptions }: Pick<CourseMember, "exemptions">, today: string) {
  return exemptions.filter(({ end }) => end === null || end >= today);
}

const choicesOf = (students: readonly (Named & { student: string })[]) =>
  [...new Map(students.map((one) => [one.student, listName(one)]))].map(([value, label]) => ({ value, label }));

export function ExemptForm({
  course,
  students,
  chosen,
  onClose,
  onDone,
}: FormProps & { /** Who can be chosen: the class. */ students: readonly (Named & { student: string })[] }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const { subject } = course;
  const initial = { students: [...chosen], start: school?.today ?? "", end: "", reason: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `exempt:${course.id}:${chosen.join(" ")}`,
    initial,
    validate: {
      students: (list) => (list.length === 0 ? t("common.needed") : null),
      start: dayNeeded,
      end: (value) => dayFault(value),
    },
    save: ({ students: whom, start, end, reason }) =>
      exemptStudents({
        course: course.id,
        students: whom,
        start,
        end: end === "" ? null : end,
        reason: reason.trim() === "" ? null : reason.trim(),
      }),
    onSaved: ({ undo }, { students: whom }) => {
      said(t("classes.exempt.done", { count: whom.length, subject }), undo);
      onDone();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={t("classes.exempt.title", { subject })}
      draft={draft}
      onClose={onClose}
      submit={t("classes.exempt.submit")}
    >
      <Text size="sm" c="dimmed">
        {t("classes.exempt.text", { subject, class: course.class })}
      </Text>
      <MultiSelect
        label={t("classes.exempt.who")}
        withAsterisk
        data-autofocus
        searchable
        hidePickedOptions
        maxDropdownHeight={260}
        data={choicesOf(students)}
        {...form.getInputProps("students")}
      />
      <Group align="start" grow>
        <DateField label={t("classes.exempt.start")} withAsterisk {...form.getInputProps("start")} />
        <DateField label={t("classes.exempt.end")} {...form.getInputProps("end")} />
      </Group>
      <Text size="xs" c="dimmed">
        {t("classes.exempt.endHelp")}
      </Text>
      <TextInput label={t("classes.exempt.reason")} maxLength={200} {...form.getInputProps("reason")} />
    </FormModal>
  );
}

export function AgainForm({ course, chosen, onClose, onDone }: FormProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const today = school?.today ?? "";
  const { subject } = course;
  const found = useQuery({ ...askCourse.query({ course: course.id }) });
  const exempted = found.data?.members.filter((member) => standing(member, today).length > 0);
  const initial = { students: [...chosen], from: today };
  const draft = useDraft<typeof initial, Undoable>({
    key: `again:${course.id}:${chosen.join(" ")}`,
    initial,
    validate: { students: (list) => (list.length === 0 ? t("common.needed") : null), from: dayNeeded },
    save: ({ students, from }) => endExemptions({ course: course.id, students, from }),
    onSaved: ({ undo }, { students }) => {
      said(t("classes.again.done", { count: students.length, subject }), undo);
      onDone();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={t("classes.again.title", { subject })}
      draft={draft}
      onClose={onClose}
      submit={t("classes.again.submit")}
    >
      {exempted === undefined &&
        (found.error === null ? (
          <LoadingShape rows={2} />
        ) : (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ))}
      {exempted !== undefined && (
        <MultiSelect
          label={t("classes.again.who")}
          withAsterisk
          data-autofocus
          searchable
          hidePickedOptions
          maxDropdownHeight={260}
          nothingFoundMessage={t("classes.again.nobody")}
          data={choicesOf(exempted)}
          {...form.getInputProps("students")}
        />
      )}
      <DateField label={t("classes.again.from")} withAsterisk {...form.getInputProps("from")} />
    </FormModal>
  );
}
