// A class: new, or changed.
import { Input, NumberInput, SegmentedControl, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { ClassKind } from "../../bindings/ClassKind";
import { saveClass } from "../../bindings/operations";
import type { SavedClass } from "../../bindings/SavedClass";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";
import { typed } from "../people/names";
import { useStaffChoices, useYears } from "./ask";
import { kinds } from "./kinds";

interface ClassFormProps {
  details: ClassDetails | null;
  year: string;
  onClose: () => void;
  onSaved: (id: string) => void;
  onReload?: () => void;
}

export function ClassForm({ details, year, onClose, onSaved, onReload }: ClassFormProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const years = useYears();
  const staff = useStaffChoices();
  const schoolId = details?.school ?? school?.id ?? "";
  const initial = {
    version: details?.version ?? null,
    kind: details?.kind ?? ("homeroom" as ClassKind),
    title: details?.title ?? "",
    year: details?.year ?? year,
    gradeLevel: details?.gradeLevel ?? "",
    room: details?.room ?? "",
    places: details?.places ?? ("" as string | number),
    classTeacher: details?.classTeacher?.id ?? null,
  };
  const draft = useDraft<typeof initial, SavedClass>({
    key: `class:${details?.id ?? `new:${schoolId}`}`,
    initial,
    save: ({ version, kind, title, year: inYear, gradeLevel, room, places, classTeacher }) =>
      saveClass({
        school: schoolId,
        ...(details === null ? {} : { id: details.id, version }),
        year: inYear,
        title,
        kind,
        gradeLevel: typed(gradeLevel),
        room: typed(room),
        places: places === "" ? null : Number(places),
        // Who was chosen before it became a group stays chosen in the form alone.
        classTeacher: kind === "group" ? null : classTeacher,
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
      <Input.Wrapper
        label={t("classes.kind.label")}
        labelElement="div"
        description={t(form.values.kind === "group" ? "classes.kind.groupText" : "classes.kind.homeroomText")}
        error={form.errors.kind}
        inputWrapperOrder={["label", "input", "description", "error"]}
      >
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t("classes.kind.label")}
          value={form.values.kind}
          onChange={(kind) => form.setFieldValue("kind", kind as ClassKind)}
          data={kinds.map((value) => ({ value, label: t(`classes.kind.${value}`) }))}
        />
      </Input.Wrapper>
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
        <NumberInput
          label={t("classes.form.places")}
          description={t("classes.form.placesHelp")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          {...form.getInputProps("places")}
        />
        {form.values.kind === "homeroom" && (
          <Select
            label={t("classes.form.teacher")}
            searchable
            clearable
            data={staff}
            {...form.getInputProps("classTeacher")}
          />
        )}
      </SimpleGrid>
    </FormModal>
  );
}
