// A new assessment, or a change of one: what it is called, of which category, its maximum, its day.
import { Alert, Button, Group, Modal, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AssessmentColumn } from "../../bindings/AssessmentColumn";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { deleteAssessment, saveAssessment, saveCategory } from "../../bindings/operations";
import { change, said } from "../../components/change";
import { DateField, dayFault } from "../../components/DateField";
import { showFieldErrors } from "../../components/form";

const newCategory = "new";

interface AssessmentFormProps {
  sheet: MarkSheet;
  /** The one to change; null for a new one. */
  assessment: AssessmentColumn | null;
  onClose: () => void;
}

/** What the last assessment of the category had. */
function usualMaximum({ assessments }: MarkSheet, category: string | undefined): string {
  return assessments.findLast((one) => one.category === category)?.maximum ?? "";
}

export function AssessmentForm({ sheet, assessment, onClose }: AssessmentFormProps) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({
    initialValues: {
      title: assessment?.title ?? "", category: assessment?.category ?? sheet.categories[0]?.id ?? newCategory,
      categoryTitle: "", weight: sheet.categories.length === 0 ? "100" : "", maximum: assessment?.maximum ?? usualMaximum(sheet, sheet.categories[0]?.id), date: assessment?.date ?? "",
    },
    validate: {
      title: (value) => (value.trim() === "" ? t("gradebook.form.required") : null),
      maximum: (value) => (value.trim() === "" ? t("gradebook.form.required") : null),
      categoryTitle: (value, { category }) => (category === newCategory && value.trim() === "" ? t("gradebook.form.required") : null),
      weight: (value, { category }) => (category === newCategory && value.trim() === "" ? t("gradebook.form.required") : null),
      date: (value) => dayFault(value),
    },
  });
  const save = useMutation({
    mutationFn: async (values: typeof form.values) => {
      let { category } = values;
      if (category === newCategory) {
        category = (await saveCategory({ course: sheet.course, title: values.categoryTitle, weight: values.weight })).category.id;
        form.setFieldValue("category", category); // It exists now, also when the assessment is refused.
      }
      const known = assessment === null ? {} : { id: assessment.id, version: assessment.version };
      return saveAssessment({ ...known, course: sheet.course, term: sheet.term, category, title: values.title, maximum: values.maximum, ...(values.date === "" ? {} : { date: values.date }) });
    },
    onSuccess: ({ undo }) => {
      said(t(assessment === null ? "gradebook.form.added" : "gradebook.form.changed", { title: form.values.title }), undo);
      onClose();
    },
    onError: (reason) => setFailure(showFieldErrors(form, reason)),
  });
  const chooseCategory = (category: string | null) => {
    if (category === null) return;
    // The maximum follows the category as long as nobody typed another.
    if (assessment === null && form.values.maximum === usualMaximum(sheet, form.values.category)) form.setFieldValue("maximum", usualMaximum(sheet, category));
    form.setFieldValue("category", category);
  };
  const remove = () => {
    if (assessment === null) return;
    onClose();
    void change(() => deleteAssessment({ id: assessment.id, version: assessment.version }), t("gradebook.form.deleted", { title: assessment.title }));
  };
  const isNew = form.values.category === newCategory;
  return (
    <Modal opened onClose={onClose} title={t(assessment === null ? "gradebook.form.new" : "gradebook.form.edit")}>
      <form noValidate onSubmit={form.onSubmit((values) => { setFailure(null); save.mutate(values); })}>
        <Stack gap="sm">
          {failure !== null && <Alert color="wrong" role="alert" p="xs">{failure}</Alert>}
          <TextInput label={t("gradebook.form.title")} placeholder={t("gradebook.form.titleExample")} data-autofocus maxLength={120} {...form.getInputProps("title")} />
          <Select
            label={t("gradebook.form.category")} allowDeselect={false} {...form.getInputProps("category")} onChange={chooseCategory}
            data={[...sheet.categories.map(({ id, title }) => ({ value: id, label: title })), { value: newCategory, label: t("gradebook.form.newCategory") }]}
          />
          {isNew && (
            <SimpleGrid cols={2}>
              <TextInput label={t("gradebook.form.categoryTitle")} placeholder={t("gradebook.form.categoryExample")} maxLength={120} {...form.getInputProps("categoryTitle")} />
              <TextInput label={t("gradebook.form.weight")} inputMode="decimal" {...form.getInputProps("weight")} />
            </SimpleGrid>
          )}
          <SimpleGrid cols={2}>
            <TextInput label={t("gradebook.form.maximum")} inputMode="decimal" {...form.getInputProps("maximum")} />
            <DateField label={t("gradebook.form.date")} {...form.getInputProps("date")} />
          </SimpleGrid>
          <Group justify="space-between" mt="xs">
            {assessment === null ? <span /> : <Button variant="subtle" color="wrong" onClick={remove}>{t("gradebook.form.delete")}</Button>}
            <Group gap="xs">
              <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
              <Button type="submit" loading={save.isPending}>{t(assessment === null ? "common.add" : "common.save")}</Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
