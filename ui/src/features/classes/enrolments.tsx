// The three forms that change who is in a class: enrol, move, end.
import { MultiSelect, Select, Text, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ClassDetails } from "../../bindings/ClassDetails";
import { endEnrolments, enrolStudents, listStudents, moveStudents } from "../../bindings/operations";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { usePlace } from "../../session/session";
import { useClasses } from "./ask";
import classes from "./classes.module.css";

export function EnrolForm({ details, onClose }: { details: ClassDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const [known, setKnown] = useState<ReadonlyMap<string, { name: string; note: string }>>(new Map());
  const found = useQuery({
    queryKey: ["students", "to_enrol", details.school, asked, "enrolments"], placeholderData: keepPreviousData,
    queryFn: () => listStudents({ school: details.school, search: asked, status: "active", limit: 50 }),
  });
  const initial = { students: [] as string[], start: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `enrol:${details.id}`, initial,
    validate: { students: (list) => (list.length === 0 ? t("common.needed") : null), start: (day) => (day === "" ? t("common.needed") : null) },
    save: ({ students, start }) => enrolStudents({ class: details.id, students, start }),
    onSaved: ({ undo }, { students }) => { said(t("classes.enrol.done", { count: students.length, class: details.title }), undo); onClose(); },
  });
  const { form } = draft;
  const inside = new Set(details.students.map(({ student }) => student));
  const rows = (found.data?.rows ?? []).filter(({ id }) => !inside.has(id)).map((row) => ({
    value: row.id, name: `${row.familyName}, ${row.givenName}`, note: [row.number, row.classes.length === 0 ? null : t("classes.enrol.already", { classes: row.classes.map(({ title }) => title).join(", ") })].filter((part) => part !== null).join(" · "),
  }));
  const chosenElsewhere = form.values.students.filter((id) => !rows.some(({ value }) => value === id)).map((id) => ({ value: id, label: known.get(id)?.name ?? id }));
  const notes = new Map(rows.map(({ value, note }) => [value, note]));
  return (
    <FormModal title={t("classes.enrol.title", { class: details.title })} draft={draft} onClose={onClose} submit={t("classes.enrol.submit")} size="lg">
      <MultiSelect
        label={t("classes.enrol.who")} placeholder={t("classes.enrol.search")} withAsterisk data-autofocus searchable hidePickedOptions maxDropdownHeight={260} nothingFoundMessage={t("classes.enrol.nothing")}
        searchValue={text} onSearchChange={setText} filter={({ options }) => options}
        data={[...rows.map(({ value, name }) => ({ value, label: name })), ...chosenElsewhere]}
        renderOption={({ option }) => <span className={classes.option}><bdi>{option.label}</bdi><Text span size="xs" c="dimmed">{notes.get(option.value)}</Text></span>}
        {...form.getInputProps("students")}
        onChange={(students) => {
          setKnown(new Map([...known, ...rows.map(({ value, name, note }) => [value, { name, note }] as const)]));
          form.setFieldValue("students", students);
        }}
      />
      <TextInput label={t("classes.enrol.start")} type="date" w={200} withAsterisk {...form.getInputProps("start")} />
      <Text size="xs" c="dimmed">{t("classes.enrol.hint")}</Text>
    </FormModal>
  );
}

interface ChosenProps { details: ClassDetails; students: readonly string[]; onClose: () => void; onDone: () => void }

export function MoveForm({ details, students, onClose, onDone }: ChosenProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const list = useClasses(details.year);
  const others = (list.data ?? []).filter(({ id }) => id !== details.id);
  const initial = { to: null as string | null, date: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `move:${details.id}`, initial,
    validate: { to: (id) => (id === null ? t("common.needed") : null), date: (day) => (day === "" ? t("common.needed") : null) },
    save: ({ to, date }) => moveStudents({ from: details.id, to: to ?? "", students: [...students], date }),
    onSaved: ({ undo }, { to }) => { said(t("classes.move.done", { count: students.length, class: others.find(({ id }) => id === to)?.title ?? "" }), undo); onDone(); },
  });
  return (
    <FormModal title={t("classes.move.title")} draft={draft} onClose={onClose} submit={t("classes.move.submit")}>
      <Text size="sm">{t("classes.move.text", { count: students.length, class: details.title })}</Text>
      <Select label={t("classes.move.to")} withAsterisk data-autofocus searchable data={others.map(({ id, title }) => ({ value: id, label: title }))} {...draft.form.getInputProps("to")} />
      <TextInput label={t("classes.move.date")} type="date" withAsterisk {...draft.form.getInputProps("date")} />
    </FormModal>
  );
}

export function EndForm({ details, students, onClose, onDone }: ChosenProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const initial = { end: school?.today ?? "" };
  const draft = useDraft<typeof initial, Undoable>({
    key: `end:${details.id}`, initial,
    validate: { end: (day) => (day === "" ? t("common.needed") : null) },
    save: ({ end }) => endEnrolments({ class: details.id, students: [...students], end }),
    onSaved: ({ undo }) => { said(t("classes.end.done", { count: students.length, class: details.title }), undo); onDone(); },
  });
  return (
    <FormModal title={t("classes.end.title")} draft={draft} onClose={onClose} submit={t("classes.end.submit")}>
      <Text size="sm">{t("classes.move.text", { count: students.length, class: details.title })}</Text>
      <TextInput label={t("classes.end.date")} type="date" withAsterisk data-autofocus {...draft.form.getInputProps("end")} />
    </FormModal>
  );
}
