// Categories with their weights, and the assessments of each in their order.
import { ActionIcon, Alert, Button, Group, Stack, Text, TextInput, Tooltip } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconArrowDown, IconArrowUp, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { AssessmentColumn } from "../../bindings/AssessmentColumn";
import type { CategoryRow } from "../../bindings/CategoryRow";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { deleteCategory, reorderAssessments, reorderCategories, saveCategory } from "../../bindings/operations";
import { showFieldErrors } from "../../components/form";
import { LosesTyped } from "../../components/closing";
import { Pane } from "../../components/Pane";
import { change, said } from "../../components/change";
import { useTranslation } from "../../i18n";
import { decimalsOf, formatFixed, formatNumber } from "../../numbers";
import classes from "./gradebook.module.css";

export function ColumnsPane({
  sheet,
  onAssessment,
  onClose,
}: {
  sheet: MarkSheet;
  onAssessment: (assessment: AssessmentColumn) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const sum = sheet.categories.reduce((weights, { weight }) => weights + Number(weight), 0);
  return (
    <Pane title={t("gradebook.columns.title")} label={t("gradebook.columns.title")} onClose={onClose} width={360}>
      <Text size="sm" c="dimmed" mb="sm">
        {t("gradebook.columns.text")}
      </Text>
      {sheet.categories.map((category) => (
        <Category
          key={`${category.id}-${category.version}`}
          sheet={sheet}
          category={category}
          sum={sum}
          onAssessment={onAssessment}
        />
      ))}
      <Group justify="space-between" className={classes.category}>
        <Text size="sm" fw={600}>
          {t("gradebook.columns.sum")}
        </Text>
        <Text size="sm" fw={600} className="figures">
          {formatNumber(sum, 4)}
        </Text>
      </Group>
      {sheet.categories.length > 0 && sum !== 100 && (
        <Text size="xs" c="dimmed" mb="sm">
          {t(sum === 0 ? "gradebook.columns.sumZero" : "gradebook.columns.sumOther")}
        </Text>
      )}
      <NewCategory course={sheet.course} />
    </Pane>
  );
}

function Category({
  sheet,
  category,
  sum,
  onAssessment,
}: {
  sheet: MarkSheet;
  category: CategoryRow;
  sum: number;
  onAssessment: (assessment: AssessmentColumn) => void;
}) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ initialValues: { title: category.title, weight: category.weight } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) =>
      saveCategory({ id: category.id, version: category.version, course: sheet.course, ...values }),
    onSuccess: ({ undo }) => {
      setFailure(null);
      said(t("gradebook.columns.changed", { title: form.values.title }), undo);
    },
    onError: (reason) => setFailure(showFieldErrors(form, reason)),
  });
  // Saved when the field is left, as everything else here.
  const leave = () => {
    if (!save.isPending && form.isDirty()) save.mutate(form.values);
  };
  const own = sheet.assessments.filter((assessment) => assessment.category === category.id);
  const categories = sheet.categories.map(({ id }) => id);
  const shareOf = ({ weight }: CategoryRow) => (100 * Number(weight)) / sum;
  const share =
    sum > 0
      ? t("gradebook.columns.share", {
          share: formatFixed(shareOf(category), decimalsOf(sheet.categories.map(shareOf), 1)),
        })
      : undefined;
  return (
    <section className={classes.category} aria-label={category.title}>
      {failure !== null && (
        <Alert color="wrong" role="alert" p="xs" mb="xs">
          {failure}
        </Alert>
      )}
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <TextInput
          flex={1}
          aria-label={t("gradebook.form.categoryTitle")}
          maxLength={120}
          size="xs"
          {...form.getInputProps("title")}
          onBlur={leave}
        />
        <TextInput
          w={76}
          aria-label={t("gradebook.columns.weightOf", { title: category.title })}
          inputMode="decimal"
          size="xs"
          styles={{ input: { textAlign: "end" } }}
          {...form.getInputProps("weight")}
          onBlur={leave}
        />
        <Move
          list={categories}
          id={category.id}
          title={category.title}
          onMove={(moved) =>
            void change(
              () => reorderCategories({ course: sheet.course, categories: moved }),
              t("gradebook.columns.moved", { title: category.title }),
            )
          }
        />
        <Tooltip
          label={
            own.length > 0 ? t("gradebook.columns.inUse") : t("gradebook.columns.delete", { title: category.title })
          }
        >
          <ActionIcon
            className={classes.move}
            variant="subtle"
            color="gray"
            aria-label={t("gradebook.columns.delete", { title: category.title })}
            data-disabled={own.length > 0 || undefined}
            aria-disabled={own.length > 0 || undefined}
            onClick={() => {
              if (own.length === 0)
                void change(
                  () => deleteCategory({ id: category.id, version: category.version }),
                  t("gradebook.columns.deleted", { title: category.title }),
                );
            }}
          >
            <IconTrash size="1rem" />
          </ActionIcon>
        </Tooltip>
      </Group>
      <Text size="xs" c="dimmed" my={4}>
        {share}
      </Text>
      {own.map((assessment) => (
        <div key={assessment.id} className={classes.column}>
          <span title={assessment.title}>{assessment.title}</span>
          <small className="figures">{t("gradebook.sheet.of", { maximum: assessment.maximum })}</small>
          <Move
            list={own.map(({ id }) => id)}
            id={assessment.id}
            title={assessment.title}
            onMove={(moved) =>
              void change(
                () =>
                  reorderAssessments({
                    course: sheet.course,
                    term: sheet.term,
                    assessments: withOrder(sheet.assessments, moved),
                  }),
                t("gradebook.columns.moved", { title: assessment.title }),
              )
            }
          />
          <Tooltip label={t("gradebook.columns.edit", { title: assessment.title })}>
            <ActionIcon
              variant="subtle"
              color="gray"
              onClick={() => onAssessment(assessment)}
              aria-label={t("gradebook.columns.edit", { title: assessment.title })}
            >
              <IconPencil size="1rem" />
            </ActionIcon>
          </Tooltip>
        </div>
      ))}
      {own.length === 0 && (
        <Text size="xs" c="dimmed">
          {t("gradebook.columns.none")}
        </Text>
      )}
    </section>
  );
}

/** All assessments, those of one category in a new order at the places that they had together. */
export function withOrder(all: readonly { id: string }[], moved: readonly string[]): string[] {
  const rest = [...moved];
  return all.map(({ id }) => (moved.includes(id) ? (rest.shift() ?? id) : id));
}

function Move({
  list,
  id,
  title,
  onMove,
}: {
  list: readonly string[];
  id: string;
  title: string;
  onMove: (list: string[]) => void;
}) {
  const { t } = useTranslation();
  const place = list.indexOf(id);
  const to = (next: number) => {
    const moved = list.filter((other) => other !== id);
    moved.splice(next, 0, id);
    onMove(moved);
  };
  if (list.length < 2) return null;
  return (
    <>
      <ActionIcon
        className={classes.move}
        variant="subtle"
        color="gray"
        disabled={place === 0}
        onClick={() => to(place - 1)}
        aria-label={t("gradebook.columns.up", { title })}
      >
        <IconArrowUp size="1rem" />
      </ActionIcon>
      <ActionIcon
        className={classes.move}
        variant="subtle"
        color="gray"
        disabled={place === list.length - 1}
        onClick={() => to(place + 1)}
        aria-label={t("gradebook.columns.down", { title })}
      >
        <IconArrowDown size="1rem" />
      </ActionIcon>
    </>
  );
}

function NewCategory({ course }: { course: string }) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ initialValues: { title: "", weight: "" } });
  const save = useMutation({
    mutationFn: (values: typeof form.values) => saveCategory({ course, ...values }),
    onSuccess: ({ undo }, values) => {
      said(t("gradebook.columns.added", { title: values.title }), undo);
      form.reset();
    },
    onError: (reason) => setFailure(showFieldErrors(form, reason)),
  });
  return (
    <form
      noValidate
      onSubmit={form.onSubmit((values) => {
        setFailure(null);
        save.mutate(values);
      })}
    >
      <Stack gap="xs">
        {form.isDirty() && <LosesTyped />}
        {failure !== null && (
          <Alert color="wrong" role="alert" p="xs">
            {failure}
          </Alert>
        )}
        <Group gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            flex={1}
            label={t("gradebook.columns.newCategory")}
            placeholder={t("gradebook.form.categoryExample")}
            maxLength={120}
            size="xs"
            {...form.getInputProps("title")}
          />
          <TextInput
            w={76}
            label={t("gradebook.form.weight")}
            inputMode="decimal"
            size="xs"
            {...form.getInputProps("weight")}
          />
          <Button type="submit" variant="default" mt={22} loading={save.isPending}>
            {t("common.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
