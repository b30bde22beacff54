// The three forms that change who is in a class: enrol, move, end.
import { MultiSelect, Select, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useState } from "react";
import type { ClassDetails } from "../../bindings/ClassDetails";
import { endEnrolments, enrolStudents, listStudents, moveStudents } from "../../bindings/operations";
import type { StudentStatus } from "../../bindings/StudentStatus";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { byName, listName } from "../../names";
import { usePlace } from "../../session/session";
import { useClasses } from "./ask";
import { classChoices, classesInShort } from "./kinds";
import { PlacesNote } from "./PlacesNote";
import classes from "./classes.module.css";

/** Who can be put into a class: everybody who has not left, also who is yet to come or away for a time. */
const ofTheSchool = ["active", "expected", "on_leave"] as const satisfies readonly StudentStatus[];

export function EnrolForm({ details, onClose }: { details: ClassDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const [known, setKnown] = useState<ReadonlyMap<string, { name: string; note: string }>>(new Map());
  const found = useQueries({
    queries: ofTheSchool.map((status) => ({
      ...listStudents.query({ school: details.school, search: asked, status, limit: 50 }),
      placeholderData: keepPreviousData,
    })),
  });
  const initial = { students: [] as string[], start: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `enrol:${details.id}`,
    initial,
    validate: { students: (list) => (list.length === 0 ? t("common.needed") : null), start: dayNeeded },
    save: ({ students, start }) => enrolStudents({ class: details.id, students, start }),
    onSaved: ({ undo }, { students }) => {
      said(t("classes.enrol.done", { count: students.length, class: details.title }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const inside = new Set(details.students.map(({ student }) => student));
  const rows = found
    .flatMap(({ data }) => data?.rows ?? [])
    .filter(({ id }) => !inside.has(id))
    .toSorted(byName)
    .map((row) => ({
      value: row.id,
      name: listName(row),
      note: [
        row.number,
        row.status === "active" ? null : t(`people.status.${row.status}`),
        row.classes.length === 0 ? null : t("classes.enrol.already", { classes: classesInShort(row.classes) }),
      ]
        .filter((part) => part !== null)
        .join(" · "),
    }));
  const chosenElsewhere = form.values.students
    .filter((id) => !rows.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: known.get(id)?.name ?? id }));
  const notes = new Map(rows.map(({ value, note }) => [value, note]));
  return (
    <FormModal
      title={t("classes.enrol.title", { class: details.title })}
      draft={draft}
      onClose={onClose}
      submit={t("classes.enrol.submit")}
      size="lg"
    >
      <MultiSelect
        label={t("classes.enrol.who")}
        placeholder={t("classes.enrol.search")}
        withAsterisk
        data-autofocus
        searchable
        hidePickedOptions
        maxDropdownHeight={260}
        nothingFoundMessage={t("classes.enrol.nothing")}
        searchValue={text}
        onSearchChange={setText}
        filter={({ options }) => options}
        data={[...rows.map(({ value, name }) => ({ value, label: name })), ...chosenElsewhere]}
        renderOption={({ option }) => (
          <span className={classes.option}>
            <bdi>{option.label}</bdi>
            <Text span size="xs" c="dimmed">
              {notes.get(option.value)}
            </Text>
          </span>
        )}
        {...form.getInputProps("students")}
        onChange={(students) => {
          setKnown(new Map([...known, ...rows.map(({ value, name, note }) => [value, { name, note }] as const)]));
          form.setFieldValue("students", students);
        }}
      />
      <PlacesNote of={{ ...details, students: inside.size }} more={form.values.students.length} />
      <DateField label={t("classes.enrol.start")} w={200} withAsterisk {...form.getInputProps("start")} />
      {details.kind === "homeroom" && (
        <Text size="xs" c="dimmed">
          {t("classes.enrol.hint")}
        </Text>
      )}
    </FormModal>
  );
}

/** The class that students are moved out of, or leave. */
export interface FromClass {
  id: string;
  title: string;
  year: string;
}

interface ChosenProps {
  from: FromClass;
  students: readonly string[];
  onClose: () => void;
  onDone: () => void /** Whose it is, where it is one student's own form. */;
  name?: string;
}

export function MoveForm({ from, students, name, onClose, onDone }: ChosenProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const list = useClasses(from.year);
  // From a homeroom one moves to a homeroom, from a group to a group.
  const own = list.data?.find(({ id }) => id === from.id);
  const kind = own?.kind;
  const others = (list.data ?? []).filter((one) => one.id !== from.id && (kind === undefined || one.kind === kind));
  const initial = { to: null as string | null, date: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `move:${from.id}:${students.join(" ")}`,
    initial,
    validate: { to: (id) => (id === null ? t("common.needed") : null), date: dayNeeded },
    save: ({ to, date }) => moveStudents({ from: from.id, to: to ?? "", students: [...students], date }),
    onSaved: ({ undo }, { to }) => {
      said(
        t("classes.move.done", { count: students.length, class: others.find(({ id }) => id === to)?.title ?? "" }),
        undo,
      );
      onDone();
    },
  });
  return (
    <FormModal title={t("classes.move.title")} draft={draft} onClose={onClose} submit={t("classes.move.submit")}>
      <Who from={from} students={students} name={name} />
      <Select
        label={t("classes.move.to")}
        withAsterisk
        data-autofocus
        searchable
        data={others.map(({ id, title }) => ({ value: id, label: title }))}
        {...draft.form.getInputProps("to")}
      />
      <PlacesNote
        of={others.find(({ id }) => id === draft.form.values.to)}
        more={students.length}
        within={own?.gradeLevel ?? null}
      />
      <DateField label={t("classes.move.date")} withAsterisk {...draft.form.getInputProps("date")} />
    </FormModal>
  );
}

export function EndForm({ from, students, name, onClose, onDone }: ChosenProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const initial = { end: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `end:${from.id}:${students.join(" ")}`,
    initial,
    validate: { end: dayNeeded },
    save: ({ end }) => endEnrolments({ class: from.id, students: [...students], end }),
    onSaved: ({ undo }) => {
      said(t("classes.end.done", { count: students.length, class: from.title }), undo);
      onDone();
    },
  });
  return (
    <FormModal title={t("classes.end.title")} draft={draft} onClose={onClose} submit={t("classes.end.submit")}>
      <Who from={from} students={students} name={name} />
      <DateField label={t("classes.end.date")} withAsterisk data-autofocus {...draft.form.getInputProps("end")} />
    </FormModal>
  );
}

function Who({ from, students, name }: Pick<ChosenProps, "from" | "students"> & { name: string | undefined }) {
  const { t } = useTranslation();
  return (
    <Text size="sm">
      {name === undefined
        ? t("classes.move.text", { count: students.length, class: from.title })
        : t("classes.move.one", { name, class: from.title })}
    </Text>
  );
}

/** Puts one student into a class of the present year. */
export function EnrolInClassForm({
  student,
  name,
  inside,
  onClose,
}: {
  student: string;
  name: string;
  inside: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const list = useClasses(null);
  const choices = (list.data ?? []).filter(({ id }) => !inside.includes(id));
  const initial = { class: null as string | null, start: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `enrol-student:${student}`,
    initial,
    validate: { class: (id) => (id === null ? t("common.needed") : null), start: dayNeeded },
    save: ({ class: into, start }) => enrolStudents({ class: into ?? "", students: [student], start }),
    onSaved: ({ undo }, { class: into }) => {
      said(t("classes.enrol.done", { count: 1, class: choices.find(({ id }) => id === into)?.title ?? "" }), undo);
      onClose();
    },
  });
  return (
    <FormModal
      title={t("classes.enrol.one", { name })}
      draft={draft}
      onClose={onClose}
      submit={t("classes.enrol.submit")}
    >
      <Select
        label={t("classes.enrol.class")}
        withAsterisk
        data-autofocus
        searchable
        data={classChoices(choices)}
        {...draft.form.getInputProps("class")}
      />
      <PlacesNote of={choices.find(({ id }) => id === draft.form.values.class)} more={1} />
      <DateField label={t("classes.enrol.start")} withAsterisk {...draft.form.getInputProps("start")} />
    </FormModal>
  );
}
