// Setting a year up from another one: its classes with their courses and teachers, without the students. What it
// comes to is shown before it is done.
import { Checkbox, Select, Stack, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { YearRow } from "../../bindings/YearRow";
import type { CopiedClasses } from "../../bindings/CopiedClasses";
import { copyClasses, planCopiedClasses } from "../../bindings/operations";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";

interface CopyFormProps {
  school: string;
  /** The year that gets the classes. */
  year: Pick<YearRow, "id" | "title">;
  /** All years of the school, the newest first. */
  years: readonly Pick<YearRow, "id" | "title" | "start">[];
  onClose: () => void;
}

/** The year before, else any other one. */
export function yearToCopy(year: string, years: CopyFormProps["years"]): string {
  const own = years.find(({ id }) => id === year);
  const others = years.filter(({ id }) => id !== year);
  const before = others.filter(({ start }) => own === undefined || start < own.start);
  return (before.toSorted((a, b) => b.start.localeCompare(a.start))[0] ?? others[0])?.id ?? "";
}

export function CopyForm({ school, year, years, onClose }: CopyFormProps) {
  const { t } = useTranslation();
  const initial = { from: yearToCopy(year.id, years), groups: true, teachers: true };
  const draft = useDraft<typeof initial, CopiedClasses>({
    key: `copy-classes:${year.id}`,
    initial,
    validate: { from: (from) => (from === "" ? t("common.needed") : null) },
    save: ({ from, groups, teachers }) => copyClasses({ school, from, to: year.id, groups, teachers }),
    onSaved: ({ classes, undo }) => {
      said(t("classes.copy.done", { count: classes }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const { from, groups, teachers } = form.values;
  const plan = useQuery({
    ...planCopiedClasses.query({ school, from, to: year.id, groups, teachers }),
    enabled: from !== "",
    placeholderData: keepPreviousData,
  });
  return (
    <FormModal
      title={t("classes.copy.title", { year: year.title })}
      draft={draft}
      onClose={onClose}
      submit={t("classes.copy.submit")}
    >
      <Text size="sm" c="dimmed">
        {t("classes.copy.what")}
      </Text>
      <Select
        label={t("classes.copy.from")}
        withAsterisk
        data-autofocus
        allowDeselect={false}
        data={years.filter(({ id }) => id !== year.id).map(({ id, title }) => ({ value: id, label: title }))}
        {...form.getInputProps("from")}
      />
      <Checkbox label={t("classes.copy.groups")} {...form.getInputProps("groups", { type: "checkbox" })} />
      <Checkbox label={t("classes.copy.teachers")} {...form.getInputProps("teachers", { type: "checkbox" })} />
      <Stack gap={2} mih="4.5rem" role="status">
        {plan.data !== undefined && <Plan plan={plan.data} teachers={teachers} />}
      </Stack>
    </FormModal>
  );
}

function Plan({ plan, teachers }: { plan: CopiedClasses; teachers: boolean }) {
  const { t } = useTranslation();
  if (plan.classes + plan.courses + plan.gradePlaces === 0) return <Text size="sm">{t("classes.copy.nothing")}</Text>;
  return (
    <>
      <Text size="sm">{t("classes.copy.plan", { classes: plan.classes, courses: plan.courses })}</Text>
      {plan.there > 0 && <Text size="sm">{t("classes.copy.there", { count: plan.there })}</Text>}
      {plan.gradePlaces > 0 && <Text size="sm">{t("classes.copy.places", { count: plan.gradePlaces })}</Text>}
      {teachers && plan.withoutTeacher > 0 && (
        <Text size="sm">{t("classes.copy.withoutTeacher", { count: plan.withoutTeacher })}</Text>
      )}
    </>
  );
}
