// What is to be known of a student's health, opened by its sign; whoever may change it does so here.
import { ActionIcon, Button, Group, Stack, Text, Textarea, TextInput, Tooltip } from "@mantine/core";
import { IconFirstAidKit, IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { MedicalNote } from "../../bindings/MedicalNote";
import { deleteMedicalNote, listMedicalNotes, saveMedicalNote } from "../../bindings/operations";
import type { Undoable } from "../../bindings/Undoable";
import { change, said } from "../../components/change";
import { Dialog } from "../../components/Dialog";
import { useDraft } from "../../components/draft";
import { Facts } from "../../components/Facts";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { useSession } from "../../session/session";
import { typed } from "./names";
import classes from "./people.module.css";

/** Says that there is a medical note, and opens it. */
export function MedicalSign({ student, name, tabIndex }: { student: string; name: string; tabIndex?: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const label = t("people.medical.sign", { name });
  return (
    <>
      <Tooltip label={label}>
        <ActionIcon
          size="sm"
          variant="light"
          color="attention"
          aria-label={label}
          {...(tabIndex === undefined ? {} : { tabIndex })}
          onClick={(event) => {
            event.stopPropagation();
            setOpen(true);
          }}
        >
          <IconFirstAidKit size="0.875rem" />
        </ActionIcon>
      </Tooltip>
      {open && <MedicalNotes student={student} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}

interface MedicalNotesProps {
  student: string;
  name: string;
  onClose: () => void;
}

export function MedicalNotes({ student, name, onClose }: MedicalNotesProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery({ ...listMedicalNotes.query({ student }) });
  const [form, setForm] = useState<MedicalNote | "new" | null>(null);
  if (form !== null)
    return (
      <MedicalForm
        key={form === "new" ? "new" : form.version}
        student={student}
        note={form === "new" ? null : form}
        onClose={() => setForm(null)}
        onReload={() => {
          const { id } = form as MedicalNote;
          setForm(list.data?.find((one) => one.id === id) ?? null);
        }}
      />
    );
  const mayChange = may("people.save_medical_note");
  return (
    <Dialog plain title={t("people.medical.title", { name })} onClose={onClose}>
      {list.data === undefined ? (
        list.error === null ? (
          <LoadingShape rows={3} />
        ) : (
          <ErrorState error={list.error} onRetry={() => void list.refetch()} />
        )
      ) : (
        <Stack gap="sm">
          {list.data.length === 0 && <Text size="sm">{t("people.medical.none")}</Text>}
          {list.data.map((note) => (
            <div key={note.id} className={classes.card}>
              <Group justify="space-between" wrap="nowrap" align="start">
                <Text fw={600} size="sm" dir="auto">
                  {note.condition}
                </Text>
                {mayChange && (
                  <Group gap={4} wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("people.medical.edit", { condition: note.condition })}
                      onClick={() => setForm(note)}
                    >
                      <IconPencil size="1rem" />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("people.medical.delete", { condition: note.condition })}
                      onClick={() =>
                        void change(
                          () => deleteMedicalNote({ note: note.id, version: note.version }),
                          t("people.medical.deleted"),
                        )
                      }
                    >
                      <IconTrash size="1rem" />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
              <Text size="sm" dir="auto" className={classes.note}>
                {note.whatToDo}
              </Text>
              <Facts facts={[[t("people.medical.medicine"), note.medicine]]} />
              <Text size="xs" c="dimmed">
                {t("people.notes.by", { by: note.by ?? t("people.history.nobody"), at: formatMoment(note.at) })}
              </Text>
            </div>
          ))}
          {mayChange && (
            <Group>
              <Button variant="default" onClick={() => setForm("new")}>
                {t("people.medical.new")}
              </Button>
            </Group>
          )}
        </Stack>
      )}
    </Dialog>
  );
}

interface MedicalFormProps {
  student: string;
  note: MedicalNote | null;
  onClose: () => void;
  onReload: () => void;
}

function MedicalForm({ student, note, onClose, onReload }: MedicalFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: note?.version ?? null,
    condition: note?.condition ?? "",
    whatToDo: note?.whatToDo ?? "",
    medicine: note?.medicine ?? "",
  };
  const draft = useDraft<typeof initial, Undoable>({
    key: `medical:${note?.id ?? `new:${student}`}`,
    initial,
    save: ({ version, condition, whatToDo, medicine }) =>
      saveMedicalNote({
        student,
        ...(note === null ? {} : { id: note.id, version }),
        condition,
        whatToDo,
        medicine: typed(medicine),
      }),
    onSaved: ({ undo }) => {
      said(t("people.medical.saved"), undo);
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={note === null ? t("people.medical.new") : t("people.medical.edit", { condition: note.condition })}
      draft={draft}
      onClose={onClose}
      onReload={onReload}
    >
      <TextInput
        label={t("people.medical.condition")}
        withAsterisk
        data-autofocus
        {...form.getInputProps("condition")}
      />
      <Textarea
        label={t("people.medical.whatToDo")}
        withAsterisk
        autosize
        minRows={3}
        {...form.getInputProps("whatToDo")}
      />
      <TextInput label={t("people.medical.medicine")} {...form.getInputProps("medicine")} />
      <Text size="xs" c="dimmed">
        {t("people.medical.who")}
      </Text>
    </FormModal>
  );
}
