// A field that the school made, as it is read and typed: by its kind, the same on a page, in a form and for many at once.
import { Select, SimpleGrid, Textarea, TextInput, Title, type TextInputProps } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import type { FieldKind } from "../../bindings/FieldKind";
import type { ListName } from "../../bindings/ListName";
import { listSettings } from "../../bindings/operations";
import { DateField } from "../../components/DateField";
import { t, useTranslation } from "../../i18n";
import { decimalSeparator, formatDay } from "../../numbers";
import { say } from "../../words";
import { typed } from "./names";
import classes from "./people.module.css";

/** What a field holds, as people read it. */
export function ownText(kind: FieldKind, value: string): string {
  if (kind === "date") return formatDay(value);
  if (kind === "number") return value.replace(".", decimalSeparator());
  if (kind === "yes_no") return t(value === "yes" ? "people.custom.yes" : "people.custom.no");
  return value;
}

/** What was typed, as the field keeps it; null where that is nothing. */
export const ownValue = (kind: FieldKind, text: string): string | null =>
  typed(kind === "number" ? text.replace(decimalSeparator(), ".") : text);

interface OwnInputProps extends Omit<TextInputProps, "value" | "onChange" | "type" | "ref"> {
  kind: FieldKind;
  choices: readonly string[];
  /** Empty where nothing is typed. */
  value?: string;
  onChange: (value: string) => void;
}

export function OwnInput(props: OwnInputProps) {
  const { kind, choices, value = "", onChange, label, description, error, ...rest } = props;
  const { t } = useTranslation();
  const shared = { label, description, error, ...rest };
  const chosen = {
    ...{ label, description, error },
    clearable: true,
    placeholder: t("people.custom.choose"),
    // An empty text is no choice.
    value: value === "" ? null : value,
    onChange: (next: string | null) => onChange(next ?? ""),
  };
  switch (kind) {
    case "text":
      return (
        <Textarea
          autosize
          minRows={1}
          maxRows={8}
          dir="auto"
          {...{ label, description, error }}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "number":
      return (
        <TextInput
          inputMode="decimal"
          dir="ltr"
          placeholder={t("people.custom.numberHelp")}
          {...shared}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "date":
      return <DateField {...shared} value={value} onChange={onChange} />;
    case "choice":
      return <Select {...chosen} data={[...choices]} />;
    case "yes_no":
      return (
        <Select
          {...chosen}
          data={(["yes", "no"] as const).map((one) => ({ value: one, label: t(`people.custom.${one}`) }))}
        />
      );
  }
}

/** The fields that whoever is signed in says of somebody new on a list. */
export function useNewFields(school: string, list: ListName, wanted: boolean) {
  const found = useQuery({ ...listSettings.query({ school, list }), enabled: wanted && school !== "" });
  const columns = found.data?.columns ?? [];
  return columns.flatMap(({ head, own }) => (own?.mayChangeAll === true ? [{ ...own, title: say(head) }] : []));
}
export type NewField = ReturnType<typeof useNewFields>[number];

/** What was typed of somebody new, as it is sent. */
export const newValues = (fields: readonly NewField[], values: Record<string, string>) =>
  fields.flatMap(({ field, kind }) => {
    const value = ownValue(kind, values[field] ?? "");
    return value === null ? [] : [{ field, value }];
  });

interface NewFieldsProps {
  fields: readonly NewField[];
  values: Record<string, string>;
  /** The form whose `ownValues` they are. */
  form: {
    errors: Record<string, ReactNode>;
    setFieldValue: (path: "ownValues", values: Record<string, string>) => void;
    clearFieldError: (path: string) => void;
  };
}

/** The fields that the school made, in the form of somebody new. */
export function NewFields({ fields, values, form }: NewFieldsProps) {
  const { t } = useTranslation();
  if (fields.length === 0) return null;
  return (
    <section aria-label={t("people.custom.title")} className={classes.newFields}>
      <Title order={3} mb={4}>
        {t("people.custom.title")}
      </Title>
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        {fields.map(({ field, title, kind, choices, help }) => (
          <OwnInput
            key={field}
            kind={kind}
            choices={choices}
            label={title}
            description={help}
            value={values[field] ?? ""}
            error={form.errors[`ownValues.${field}`]}
            onChange={(value) => {
              form.setFieldValue("ownValues", { ...values, [field]: value });
              form.clearFieldError(`ownValues.${field}`);
            }}
          />
        ))}
      </SimpleGrid>
    </section>
  );
}
