// Dated notes of a student: how somebody behaved, which the staff reads; and in confidence, which leaders and counsellors do.
import { ActionIcon, Button, Group, Stack, Text, Textarea, Title } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { BehaviourNote } from "../../bindings/BehaviourNote";
import {
  deleteBehaviourNote,
  deletePastoralNote,
  listBehaviourNotes,
  listPastoralNotes,
  saveBehaviourNote,
  savePastoralNote,
} from "../../bindings/operations";
import type { StudentDetails } from "../../bindings/StudentDetails";
import type { Undoable } from "../../bindings/Undoable";
import { change, said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { MedicalNotes } from "./MedicalNotes";
import { typed } from "./names";
import classes from "./people.module.css";

const kinds = {
  behaviour: { list: listBehaviourNotes, save: saveBehaviourNote, remove: deleteBehaviourNote },
  pastoral: { list: listPastoralNotes, save: savePastoralNote, remove: deletePastoralNote },
} as const;
type Kind = keyof typeof kinds;
/** A pastoral note has the same fields. */
type Note = BehaviourNote;

export function NotesTab({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [medical, setMedical] = useState(false);
  const name = fullName(student);
  return (
    <Stack gap="md">
      {may("people.list_medical_notes") && (
        <Group>
          <Button variant="default" onClick={() => setMedical(true)}>
            {t("people.medical.title", { name })}
          </Button>
        </Group>
      )}
      {medical && <MedicalNotes student={student.id} name={name} onClose={() => setMedical(false)} />}
      <Notes kind="behaviour" student={student.id} mayWrite={may("people.save_behaviour_note")} />
      <Notes kind="pastoral" student={student.id} mayWrite={may("people.save_pastoral_note")} />
    </Stack>
  );
}

interface NotesProps {
  kind: Kind;
  student: string;
  mayWrite: boolean;
}

function Notes({ kind, student, mayWrite }: NotesProps) {
  const { t } = useTranslation();
  const today = usePlace().school?.today ?? "";
  const list = useQuery({ ...kinds[kind].list.query({ student }) });
  const [form, setForm] = useState<Note | "new" | null>(null);
  if (list.data === undefined)
    return list.error === null ? (
      <LoadingShape rows={3} />
    ) : (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    );
  // Whoever may not write these sees none but own ones of former days.
  if (!mayWrite && list.data.length === 0) return null;
  return (
    <section aria-label={t(`people.notes.${kind}.title`)}>
      <Title order={3} size="sm">
        {t(`people.notes.${kind}.title`)}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t(`people.notes.${kind}.who`)}
      </Text>
      <Stack gap="xs">
        {list.data.length === 0 && <Text size="sm">{t("people.notes.none")}</Text>}
        {list.data.map((note) => (
          <div key={note.id} className={classes.card}>
            <Group justify="space-between" wrap="nowrap">
              <Text size="xs" c="dimmed">
                {t("people.notes.by", { by: note.by ?? t("people.history.nobody"), at: formatDay(note.day) })}
              </Text>
              {note.mayChange && mayWrite && (
                <Group gap={4} wrap="nowrap">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("people.notes.edit", { day: formatDay(note.day) })}
                    onClick={() => setForm(note)}
                  >
                    <IconPencil size="1rem" />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={t("people.notes.delete", { day: formatDay(note.day) })}
                    onClick={() =>
                      void change(
                        () => kinds[kind].remove({ note: note.id, version: note.version }),
                        t("people.notes.deleted"),
                      )
                    }
                  >
                    <IconTrash size="1rem" />
                  </ActionIcon>
                </Group>
              )}
            </Group>
            <Text size="sm" dir="auto" className={classes.note}>
              {note.body}
            </Text>
            {note.followUp !== null && (
              <Signal tone={note.followUp <= today ? "attention" : "neutral"}>
                {t("people.notes.followUpOn", { day: formatDay(note.followUp) })}
              </Signal>
            )}
          </div>
        ))}
        {mayWrite && (
          <Group>
            <Button variant="default" onClick={() => setForm("new")}>
              {t(`people.notes.${kind}.new`)}
            </Button>
          </Group>
        )}
      </Stack>
      {form !== null && (
        <NoteForm
          key={form === "new" ? "new" : form.version}
          kind={kind}
          student={student}
          today={today}
          note={form === "new" ? null : form}
          onClose={() => setForm(null)}
          onReload={() => {
            const { id } = form as Note;
            setForm(list.data.find((one) => one.id === id) ?? null);
          }}
        />
      )}
    </section>
  );
}

interface NoteFormProps {
  kind: Kind;
  student: string;
  today: string;
  note: Note | null;
  onClose: () => void;
  onReload: () => void;
}

function NoteForm({ kind, student, today, note, onClose, onReload }: NoteFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: note?.version ?? null,
    day: note?.day ?? today,
    body: note?.body ?? "",
    followUp: note?.followUp ?? "",
  };
  const draft = useDraft<typeof initial, Undoable>({
    key: `${kind}:${note?.id ?? `new:${student}`}`,
    initial,
    validate: { day: dayNeeded, followUp: (value) => dayFault(value) },
    save: ({ version, day, body, followUp }) =>
      kinds[kind].save({
        student,
        ...(note === null ? {} : { id: note.id, version }),
        day,
        body,
        followUp: typed(followUp),
      }),
    onSaved: ({ undo }) => {
      said(t("people.notes.saved"), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={note === null ? t(`people.notes.${kind}.new`) : t("people.notes.edit", { day: formatDay(note.day) })}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
    >
      <Textarea
        label={t("people.notes.body")}
        withAsterisk
        data-autofocus
        autosize
        minRows={4}
        {...form.getInputProps("body")}
      />
      <Group align="start" grow>
        <DateField label={t("people.notes.day")} withAsterisk {...form.getInputProps("day")} />
        <DateField label={t("people.notes.followUp")} {...form.getInputProps("followUp")} />
      </Group>
      <Text size="xs" c="dimmed">
        {t(`people.notes.${kind}.who`)}
      </Text>
    </FormModal>
  );
}
