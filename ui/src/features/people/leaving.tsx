// Three acts on a student's place at the school: to leave it, alone or with others, to be away for a time, to come back.
import { Alert, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { grantLeave, listClasses, reEnrolStudents, withdrawStudents } from "../../bindings/operations";
import type { StayExit } from "../../bindings/StayExit";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { useDraft, type DraftForm } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { t, useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useYears, yearOf } from "../classes/ask";
import { classChoices } from "../classes/kinds";
import { PlacesNote } from "../classes/PlacesNote";
import { typed } from "./names";

/** In characters, as the operations take it. */
export const longestReason = 200;

/** How a time can end by hand; one that ended with a transfer can stay so. */
export const exitChoices = (now: StayExit | null = null) =>
  (["withdrawn", "graduated", "transferred"] as const satisfies readonly StayExit[])
    .filter((value) => value !== "transferred" || value === now)
    .map((value) => ({ value, label: t(`people.withdraw.${value}`) }));

/** Whom it is about, and why it cannot be done with one of them. */
export function Whom<Values extends { students: string[] }>({
  draft,
  children,
}: {
  draft: DraftForm<Values>;
  children: string;
}) {
  const refused = draft.form.errors.students;
  return (
    <>
      <Text size="sm" dir="auto">
        <bdi>{children}</bdi>
      </Text>
      {refused !== undefined && refused !== null && (
        <Alert color="wrong" role="alert" p="xs">
          {refused}
        </Alert>
      )}
    </>
  );
}

interface LeavesSchoolProps {
  school: string;
  students: readonly string[];
  /** Whose it is, where it is one student's. */
  name?: string;
  onClose: () => void;
  onDone: () => void;
}

export function LeavesSchoolForm({ school, students, name, onClose, onDone }: LeavesSchoolProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const initial = { students: [...students], lastDay: today, exit: "withdrawn" as StayExit, reason: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `withdraw:${students.join(" ")}`,
    initial,
    validate: { lastDay: dayNeeded },
    save: ({ lastDay, exit, reason }) =>
      withdrawStudents({ school, students: [...students], lastDay, exit, reason: typed(reason) }),
    onSaved: ({ undo }, { lastDay }) => {
      const day = formatDay(lastDay);
      said(
        name === undefined
          ? t("people.withdraw.done", { count: students.length, day })
          : t("people.withdraw.doneOf", { name, day }),
        undo,
      );
      onDone();
    },
  });
  const { form } = draft;
  return (
    <FormModal title={t("people.withdraw.title")} draft={draft} onClose={onClose} submit={t("people.withdraw.submit")}>
      <Whom draft={draft}>{name ?? t("people.withdraw.who", { count: students.length })}</Whom>
      <Text size="sm" c="dimmed">
        {t("people.withdraw.what")}
      </Text>
      <Group align="start" grow>
        <DateField
          label={t("people.withdraw.lastDay")}
          withAsterisk
          data-autofocus
          {...form.getInputProps("lastDay")}
        />
        <Select
          label={t("people.withdraw.how")}
          allowDeselect={false}
          data={exitChoices()}
          {...form.getInputProps("exit")}
        />
      </Group>
      <TextInput label={t("people.withdraw.reason")} maxLength={longestReason} {...form.getInputProps("reason")} />
    </FormModal>
  );
}

interface OfOneProps {
  school: string;
  student: string;
  name: string;
  onClose: () => void;
}

export function OnLeaveForm({ school, student, name, onClose }: OfOneProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const initial = { students: [student], firstDay: today, lastDay: "", reason: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `on-leave:${student}`,
    initial,
    validate: { firstDay: dayNeeded, lastDay: (value) => dayFault(value) },
    save: ({ students, firstDay, lastDay, reason }) =>
      grantLeave({ school, students, firstDay, lastDay: typed(lastDay), reason: typed(reason) }),
    onSaved: ({ undo }, { firstDay }) => {
      said(t("people.leave.done", { name, day: formatDay(firstDay) }), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal title={t("people.leave.title")} draft={draft} onClose={onClose} submit={t("people.leave.submit")}>
      <Whom draft={draft}>{name}</Whom>
      <Text size="sm" c="dimmed">
        {t("people.leave.what")}
      </Text>
      <Group align="start" grow>
        <DateField label={t("people.leave.firstDay")} withAsterisk data-autofocus {...form.getInputProps("firstDay")} />
        <DateField label={t("people.leave.lastDay")} {...form.getInputProps("lastDay")} />
      </Group>
      <Text size="xs" c="dimmed">
        {t("people.leave.lastDayHelp")}
      </Text>
      <TextInput label={t("people.leave.reason")} maxLength={longestReason} {...form.getInputProps("reason")} />
    </FormModal>
  );
}

export function ComesBackForm({ school, student, name, onClose }: OfOneProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const initial = { students: [student], firstDay: today, class: null as string | null, reason: "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `comes-back:${student}`,
    initial,
    validate: { firstDay: dayNeeded },
    save: ({ students, firstDay, class: into, reason }) =>
      reEnrolStudents({ school, students, firstDay, class: into, reason: typed(reason) }),
    onSaved: ({ undo }, { firstDay }) => {
      said(t("people.back.done", { name, day: formatDay(firstDay) }), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal title={t("people.back.title")} draft={draft} onClose={onClose} submit={t("people.back.submit")}>
      <Whom draft={draft}>{name}</Whom>
      <Text size="sm" c="dimmed">
        {t("people.back.what")}
      </Text>
      <Group align="start" grow>
        <DateField label={t("people.back.firstDay")} withAsterisk data-autofocus {...form.getInputProps("firstDay")} />
        <IntoClass school={school} firstDay={form.values.firstDay} more={1} {...form.getInputProps("class")} />
      </Group>
      <TextInput label={t("people.back.reason")} maxLength={longestReason} {...form.getInputProps("reason")} />
    </FormModal>
  );
}

interface IntoClassProps {
  school: string;
  firstDay: string;
  /** How many come into it. */
  more: number;
  value?: string | null;
  onChange: (id: string | null) => void;
}

/** A class of the year in which the first day lies. */
export function IntoClass({ school, firstDay, more, ...field }: IntoClassProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const years = useYears();
  const year = yearOf(years.data, firstDay);
  const list = useQuery({ ...listClasses.query({ school, year }) });
  if (!may("classes.enrol_students")) return null;
  return (
    <Stack gap={4}>
      <Select
        label={t("people.back.class")}
        placeholder={t("people.back.noClass")}
        clearable
        searchable
        data={classChoices(list.data ?? [])}
        {...field}
      />
      <PlacesNote of={list.data?.find(({ id }) => id === field.value)} more={more} />
    </Stack>
  );
}
