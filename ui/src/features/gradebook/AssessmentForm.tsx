// A new assessment, or a change of one: what it is called, of which category, its maximum, its days.
import { Button, Select, SimpleGrid, TextInput } from "@mantine/core";
import type { AssessmentColumn } from "../../bindings/AssessmentColumn";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { deleteAssessment, saveAssessment, saveCategory } from "../../bindings/operations";
import type { SavedAssessment } from "../../bindings/SavedAssessment";
import { change, said } from "../../components/change";
import { DateField, dayFault } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";

const newCategory = "new";

interface AssessmentFormProps {
  sheet: MarkSheet;
  /** The one to change; null for a new one. */
  assessment: AssessmentColumn | null;
  onClose: () => void;
  /** Told what was saved, after it is closed. */
  onSaved: (assessment: string) => void;
}

/** What the last assessment of the category had. */
function usualMaximum({ assessments }: MarkSheet, category: string | undefined): string {
  return assessments.findLast((one) => one.category === category)?.maximum ?? "";
}

export function AssessmentForm({ sheet, assessment, onClose, onSaved }: AssessmentFormProps) {
  const { t } = useTranslation();
  const initial = {
    title: assessment?.title ?? "",
    category: assessment?.category ?? sheet.categories[0]?.id ?? newCategory,
    categoryTitle: "",
    weight: sheet.categories.length === 0 ? "100" : "",
    maximum: assessment?.maximum ?? usualMaximum(sheet, sheet.categories[0]?.id),
    date: assessment?.date ?? "",
    dueDate: assessment?.dueDate ?? "",
  };
  const needed = (value: string) => (value.trim() === "" ? t("gradebook.form.required") : null);
  const draft = useDraft<typeof initial, SavedAssessment>({
    key: `assessment:${assessment?.id ?? `${sheet.course}:${sheet.term}`}`,
    initial,
    validate: {
      title: needed,
      maximum: needed,
      date: (value) => dayFault(value),
      dueDate: (value) => dayFault(value),
      categoryTitle: (value, { category }) => (category === newCategory ? needed(value) : null),
      weight: (value, { category }) => (category === newCategory ? needed(value) : null),
    },
    save: async (values) => {
      let { category } = values;
      if (category === newCategory) {
        category = (await saveCategory({ course: sheet.course, title: values.categoryTitle, weight: values.weight }))
          .category.id;
        form.setFieldValue("category", category); // It exists now, also when the assessment is refused.
      }
      const known = assessment === null ? {} : { id: assessment.id, version: assessment.version };
      return saveAssessment({
        ...known,
        course: sheet.course,
        term: sheet.term,
        category,
        title: values.title,
        maximum: values.maximum,
        ...(values.date === "" ? {} : { date: values.date }),
        ...(values.dueDate === "" ? {} : { dueDate: values.dueDate }),
      });
    },
    onSaved: ({ assessment: { id }, undo }, { title }) => {
      said(t(assessment === null ? "gradebook.form.added" : "gradebook.form.changed", { title }), undo);
      onClose();
      onSaved(id);
    },
  });
  const { form } = draft;
  const chooseCategory = (category: string | null) => {
    if (category === null) return;
    // The maximum follows the category as long as nobody typed another.
    if (assessment === null && form.values.maximum === usualMaximum(sheet, form.values.category))
      form.setFieldValue("maximum", usualMaximum(sheet, category));
    form.setFieldValue("category", category);
  };
  const remove = () => {
    if (assessment === null) return;
    draft.discard();
    onClose();
    void change(
      () => deleteAssessment({ id: assessment.id, version: assessment.version }),
      t("gradebook.form.deleted", { title: assessment.title }),
    );
  };
  const isNew = form.values.category === newCategory;
  return (
    <FormModal
      title={t(assessment === null ? "gradebook.form.new" : "gradebook.form.edit")}
      draft={draft}
      onClose={onClose}
      onReload={onClose}
      submit={t(assessment === null ? "common.add" : "common.save")}
      aside={
        assessment !== null && (
          <Button variant="subtle" color="wrong" onClick={remove}>
            {t("gradebook.form.delete")}
          </Button>
        )
      }
    >
      <TextInput
        label={t("gradebook.form.title")}
        placeholder={t("gradebook.form.titleExample")}
        data-autofocus
        maxLength={120}
        {...form.getInputProps("title")}
      />
      <Select
        label={t("gradebook.form.category")}
        allowDeselect={false}
        {...form.getInputProps("category")}
        onChange={chooseCategory}
        data={[
          ...sheet.categories.map(({ id, title }) => ({ value: id, label: title })),
          { value: newCategory, label: t("gradebook.form.newCategory") },
        ]}
      />
      {isNew && (
        <SimpleGrid cols={2}>
          <TextInput
            label={t("gradebook.form.categoryTitle")}
            placeholder={t("gradebook.form.categoryExample")}
            maxLength={120}
            {...form.getInputProps("categoryTitle")}
          />
          <TextInput label={t("gradebook.form.weight")} inputMode="decimal" {...form.getInputProps("weight")} />
        </SimpleGrid>
      )}
      <TextInput label={t("gradebook.form.maximum")} inputMode="decimal" {...form.getInputProps("maximum")} />
      <SimpleGrid cols={2}>
        <DateField label={t("gradebook.form.date")} {...form.getInputProps("date")} />
        <DateField label={t("gradebook.form.due")} {...form.getInputProps("dueDate")} />
      </SimpleGrid>
    </FormModal>
  );
}
