// A class: new, or changed.
import { Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ClassDetails } from "../../bindings/ClassDetails";
import { saveClass } from "../../bindings/operations";
import type { SavedClass } from "../../bindings/SavedClass";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";
import { useStaffChoices, useYears } from "./ask";

interface ClassFormProps {
  details: ClassDetails | null;
  year: string;
  onClose: () => void;
  onSaved: (id: string) => void;
  onReload?: () => void;
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

export function ClassForm({ details, year, onClose, onSaved, onReload }: ClassFormProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const years = useYears();
  const staff = useStaffChoices();
  const schoolId = details?.school ?? school?.id ?? "";
  const initial = {
    version: details?.version ?? null,
    title: details?.title ?? "",
    year: details?.year ?? year,
    gradeLevel: details?.gradeLevel ?? "",
    room: details?.room ?? "",
    classTeacher: details?.classTeacher?.id ?? null,
  };
  const draft = useDraft<typeof initial, SavedClass>({
    key: `class:${details?.id ?? `new:${schoolId}`}`,
    initial,
    save: ({ version, title, year: inYear, gradeLevel, room, classTeacher }) =>
      saveClass({
        school: schoolId,
        ...(details === null ? {} : { id: details.id, version }),
        year: inYear,
        title,
        gradeLevel: orNull(gradeLevel),
        room: orNull(room),
        classTeacher,
      }),
    onSaved: ({ class: saved, undo }) => {
      said(t(details === null ? "classes.class.added" : "classes.class.changed", { title: saved.title }), undo);
      onSaved(saved.id);
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={details === null ? t("classes.form.new") : t("classes.form.edit", { title: details.title })}
      draft={draft}
      onClose={onClose}
      {...(onReload === undefined ? {} : { onReload })}
      submit={details === null ? t("classes.form.submit") : t("common.save")}
    >
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        <TextInput
          label={t("classes.form.title")}
          placeholder={t("classes.form.example")}
          withAsterisk
          data-autofocus
          {...form.getInputProps("title")}
        />
        <Select
          label={t("classes.form.year")}
          allowDeselect={false}
          data={(years.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
          {...form.getInputProps("year")}
        />
        <TextInput label={t("classes.form.grade")} {...form.getInputProps("gradeLevel")} />
        <TextInput label={t("classes.form.room")} {...form.getInputProps("room")} />
      </SimpleGrid>
      <Select
        label={t("classes.form.teacher")}
        searchable
        clearable
        data={staff}
        {...form.getInputProps("classTeacher")}
      />
    </FormModal>
  );
}
