// The fields that the school made, of one person or class: who may see one sees it here, and who may change one does.
import { Button, Group, Stack, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FieldValue } from "../../bindings/FieldValue";
import { fieldValues, saveFieldValues } from "../../bindings/operations";
import type { OwnerOfValue } from "../../bindings/OwnerOfValue";
import type { Undoable } from "../../bindings/Undoable";
import { said } from "../../components/change";
import { dayFault } from "../../components/DateField";
import { useDraft, type DraftForm } from "../../components/draft";
import { Facts } from "../../components/Facts";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { OwnInput, ownText, ownValue } from "./ownInput";

/** As people read it. */
const shown = ({ kind, value }: FieldValue) => (value === null ? null : ownText(kind, value));

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
            return { field, version: version[field] ?? null, value: ownValue(kind, values[field] ?? "") };
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
  const { title: label, kind, help: description } = field;
  // A choice that is offered no longer stays with who has it.
  const choices = field.value === null ? field.choices : [...new Set([...field.choices, field.value])];
  return <OwnInput {...{ kind, choices, label, description }} {...form.getInputProps(`values.${field.field}`)} />;
}
