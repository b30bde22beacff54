// The fields that the school made, of one person or class: who may see one sees it here, and who may change one does.
import { Button, Group, Select, Stack, Textarea, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FieldValue } from "../../bindings/FieldValue";
import { fieldValues, saveFieldValues } from "../../bindings/operations";
import type { OwnerOfValue } from "../../bindings/OwnerOfValue";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { DateField, dayFault } from "../../components/DateField";
import { useDraft, type DraftForm } from "../../components/draft";
import { Facts } from "../../components/Facts";
import { FormModal } from "../../components/FormModal";
import { t, useTranslation } from "../../i18n";
import { decimalSeparator, formatDay } from "../../numbers";
import { typed } from "./names";

/** As people read it. */
function shown({ kind, value }: FieldValue): string | null {
  if (value === null) return null;
  if (kind === "date") return formatDay(value);
  if (kind === "number") return value.replace(".", decimalSeparator());
  if (kind === "yes_no") return t(value === "yes" ? "people.custom.yes" : "people.custom.no");
  return value;
}

export function OwnFields({ of, name }: { of: OwnerOfValue; name: string }) {
  const { t } = useTranslation();
  const found = useQuery({ ...fieldValues.query({ of }) });
  const [edited, setEdited] = useState(false);
  const [opened, setOpened] = useState(0);
  const fields = found.data ?? [];
  if (fields.length === 0) return null;
  const changed = fields.filter(({ mayChange }) => mayChange);
  return (
    <section aria-label={t("people.custom.title")}>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{t("people.custom.title")}</Title>
        {changed.length > 0 && (
          <Button variant="default" aria-label={t("people.custom.editOf", { name })} onClick={() => setEdited(true)}>
            {t("people.custom.edit")}
          </Button>
        )}
      </Group>
      <Facts facts={fields.map((field) => [field.title, shown(field) ?? "–"] as const)} />
      {edited && (
        <FieldsForm
          key={opened}
          of={of}
          name={name}
          fields={changed}
          onClose={() => setEdited(false)}
          onReload={() => void found.refetch().then(() => setOpened(opened + 1))}
        />
      )}
    </section>
  );
}

interface FieldsFormProps {
  of: OwnerOfValue;
  name: string;
  fields: readonly FieldValue[];
  onClose: () => void;
  onReload: () => void;
}

interface Fields extends Record<string, unknown> {
  version: Record<string, number | null>;
  values: Record<string, string>;
}

function FieldsForm({ of, name, fields, onClose, onReload }: FieldsFormProps) {
  const { t } = useTranslation();
  const [initial] = useState<Fields>(() => ({
    version: Object.fromEntries(fields.map(({ field, version }) => [field, version])),
    values: Object.fromEntries(
      fields.map((one) => [one.field, one.kind === "number" ? (shown(one) ?? "") : (one.value ?? "")]),
    ),
  }));
  const draft = useDraft<Fields, Undoable>({
    key: `fields:${Object.values(of).join()}`,
    initial,
    validate: {
      values: Object.fromEntries(
        fields.filter(({ kind }) => kind === "date").map(({ field }) => [field, (value: string) => dayFault(value)]),
      ),
    },
    save: ({ version, values }) =>
      saveFieldValues({
        of,
        // What was not touched is nobody's change.
        values: fields
          .filter(({ field }) => values[field] !== initial.values[field])
          .map(({ field, kind }) => {
            const text = values[field] ?? "";
            const value = typed(kind === "number" ? text.replace(decimalSeparator(), ".") : text);
            return { field, version: version[field] ?? null, value };
          }),
      }),
    onSaved: ({ undo }) => {
      said(t("people.custom.changed", { name }), undo);
      onClose();
    },
  });
  return (
    <FormModal title={t("people.custom.editOf", { name })} draft={draft} onClose={onClose} onReload={onReload}>
      <Stack gap="xs">
        {fields.map((field) => (
          <OneField key={field.field} field={field} form={draft.form} />
        ))}
      </Stack>
    </FormModal>
  );
}

function OneField({ field, form }: { field: FieldValue; form: DraftForm<Fields>["form"] }) {
  const { t } = useTranslation();
  const { title: label, kind, help: description } = field;
  const props = { label, description, ...form.getInputProps(`values.${field.field}`) };
  // A choice that is offered no longer stays with who has it.
  const offered = field.value === null ? field.choices : [...new Set([...field.choices, field.value])];
  switch (kind) {
    case "text":
      return <Textarea autosize minRows={1} maxRows={8} dir="auto" {...props} />;
    case "number":
      return <TextInput inputMode="decimal" dir="ltr" placeholder={t("people.custom.numberHelp")} {...props} />;
    case "date":
      return <DateField {...props} />;
    case "choice":
      return <Select clearable placeholder={t("people.custom.choose")} data={offered} {...choice(props)} />;
    case "yes_no":
      return (
        <Select
          clearable
          placeholder={t("people.custom.choose")}
          data={[
            { value: "yes", label: t("people.custom.yes") },
            { value: "no", label: t("people.custom.no") },
          ]}
          {...choice(props)}
        />
      );
  }
}

/** An empty text of the form is no choice. */
const choice = <Props extends { value?: string; onChange: (value: string) => void }>(props: Props) => ({
  ...props,
  value: props.value === "" ? null : (props.value ?? null),
  onChange: (value: string | null) => props.onChange(value ?? ""),
});
