// The fields that the school makes itself: what they are, in which order, and who sees and changes them.
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  Select,
  Stack,
  Table,
  Text,
  Textarea,
  TextInput,
  Title,
} from "@mantine/core";
import { IconArchive, IconArrowDown, IconArrowUp, IconPencil } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CustomField } from "../../bindings/CustomField";
import type { FieldAbout } from "../../bindings/FieldAbout";
import type { FieldKind } from "../../bindings/FieldKind";
import { listFields, reorderFields, restoreField, retireField, saveField } from "../../bindings/operations";
import type { SavedField } from "../../bindings/SavedField";
import { change, said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const abouts = ["student", "guardian", "staff", "class"] as const satisfies readonly FieldAbout[];
const kinds = ["text", "number", "date", "choice", "yes_no"] as const satisfies readonly FieldKind[];
const roles = ["teacher", "operator", "counsellor", "student"] as const;
type Seer = (typeof roles)[number];

/** A field that is opened: made about somebody, or changed. */
type Opened = { about: FieldAbout; field: CustomField | null };

export function OwnFieldsPart({ school }: { school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const mayChange = may("people.save_field");
  const list = useQuery({ ...listFields.query({ school }), enabled: may("people.list_fields") });
  const [form, setForm] = useState<Opened | null>(null);
  if (!may("people.list_fields")) return <Text size="sm">{t("schools.readOnly")}</Text>;
  if (list.data === undefined)
    return list.error !== null ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingShape rows={5} />
    );
  const fields = list.data;
  return (
    <Stack gap="lg" maw={720}>
      <div>
        <Title order={2}>{t("schools.own.title")}</Title>
        <Text size="sm" c="dimmed">
          {t("schools.own.text")}
        </Text>
      </div>
      {abouts.map((about) => (
        <About
          key={about}
          school={school}
          about={about}
          fields={fields.filter((field) => field.about === about)}
          mayChange={mayChange}
          open={setForm}
        />
      ))}
      {form !== null && (
        <FieldForm
          school={school}
          about={form.about}
          field={fields.find(({ id }) => id === form.field?.id) ?? null}
          onClose={() => setForm(null)}
        />
      )}
    </Stack>
  );
}

interface AboutProps {
  school: string;
  about: FieldAbout;
  fields: readonly CustomField[];
  mayChange: boolean;
  open: (opened: Opened) => void;
}

function About({ school, about, fields, mayChange, open }: AboutProps) {
  const { t } = useTranslation();
  const used = fields.filter(({ retired }) => !retired);
  const retired = fields.filter((field) => field.retired);
  const move = (from: number, to: number) => {
    const order = used.map(({ id }) => id);
    order.splice(to, 0, ...order.splice(from, 1));
    void change(() => reorderFields({ school, about, fields: order }), t("schools.own.moved"));
  };
  const who = (named: readonly string[]) =>
    named.length === 0
      ? t("schools.own.leaders")
      : roles
          .filter((role) => named.includes(role))
          .map((role) => t(`schools.own.roles.${role}`))
          .join(", ");
  return (
    <section aria-label={t(`schools.own.abouts.${about}`)}>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{t(`schools.own.abouts.${about}`)}</Title>
        {mayChange && (
          <Button variant="default" onClick={() => open({ about, field: null })}>
            {t("schools.own.new")}
          </Button>
        )}
      </Group>
      {used.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("schools.own.none")}
        </Text>
      )}
      {used.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("schools.own.name")}</Table.Th>
              <Table.Th>{t("schools.own.kind")}</Table.Th>
              <Table.Th>{t("schools.own.seenBy")}</Table.Th>
              <Table.Th>{t("schools.own.changedBy")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {used.map((field, place) => {
              const { title } = field;
              const act = (label: string, icon: React.ReactNode, run: () => void, disabled = false) => (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={label}
                  title={label}
                  disabled={disabled}
                  onClick={run}
                >
                  {icon}
                </ActionIcon>
              );
              return (
                <Table.Tr key={field.id}>
                  <Table.Td>
                    <bdi>{title}</bdi>
                  </Table.Td>
                  <Table.Td>{t(`schools.own.kinds.${field.kind}`)}</Table.Td>
                  <Table.Td>{who(field.seenBy)}</Table.Td>
                  <Table.Td>{who(field.changedBy)}</Table.Td>
                  <Table.Td>
                    {mayChange && (
                      <Group gap={4} justify="end" wrap="nowrap">
                        {act(
                          t("schools.own.earlier", { title }),
                          <IconArrowUp size="1rem" />,
                          () => move(place, place - 1),
                          place === 0,
                        )}
                        {act(
                          t("schools.own.later", { title }),
                          <IconArrowDown size="1rem" />,
                          () => move(place, place + 1),
                          place === used.length - 1,
                        )}
                        {act(t("schools.own.edit", { title }), <IconPencil size="1rem" />, () =>
                          open({ about, field }),
                        )}
                        {act(
                          t("schools.own.retire", { title }),
                          <IconArchive size="1rem" />,
                          () =>
                            void change(
                              () => retireField({ field: field.id, version: field.version }),
                              t("schools.own.retired", { title }),
                            ),
                        )}
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {retired.length > 0 && (
        <Stack gap={4} mt="xs" role="group" aria-label={t("schools.own.outOfUse")}>
          <Text size="xs" c="dimmed">
            {t("schools.own.outOfUse")}
          </Text>
          {retired.map(({ id, version, title }) => (
            <Group key={id} justify="space-between">
              <Text size="sm">
                <bdi>{title}</bdi>
              </Text>
              {mayChange && (
                <Button
                  variant="subtle"
                  aria-label={t("schools.own.restoreOf", { title })}
                  onClick={() =>
                    void change(() => restoreField({ field: id, version }), t("schools.own.restored", { title }))
                  }
                >
                  {t("schools.own.restore")}
                </Button>
              )}
            </Group>
          ))}
        </Stack>
      )}
    </section>
  );
}

interface FieldFormProps {
  school: string;
  about: FieldAbout;
  field: CustomField | null;
  onClose: () => void;
}

function FieldForm({ school, about, field, onClose }: FieldFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: field?.version ?? null,
    title: field?.title ?? "",
    kind: field?.kind ?? ("text" as FieldKind),
    // One in each line, so that a whole list can be pasted.
    choices: (field?.choices ?? []).join("\n"),
    help: field?.help ?? "",
    seenBy: roles.filter((role) => field?.seenBy.includes(role) ?? false) as Seer[],
    changedBy: roles.filter((role) => field?.changedBy.includes(role) ?? false) as Seer[],
  };
  const draft = useDraft<typeof initial, SavedField>({
    key: `field:${field?.id ?? `new:${school}:${about}`}`,
    initial,
    save: ({ version, choices, help, ...rest }) =>
      saveField({
        school,
        about,
        ...(field === null ? {} : { id: field.id, version }),
        ...rest,
        changedBy: rest.changedBy.filter((role) => rest.seenBy.includes(role)),
        choices:
          rest.kind === "choice"
            ? choices
                .split("\n")
                .map((choice) => choice.trim())
                .filter((choice) => choice !== "")
            : [],
        help: help.trim() === "" ? null : help.trim(),
      }),
    onSaved: ({ undo }, { title }) => {
      said(t("schools.own.saved", { title }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const { kind, seenBy } = form.values;
  // A choice that is wrong is told at the list, whichever of it it is.
  const wrongChoice = Object.entries(form.errors).find(([name]) => name === "choices" || name.startsWith("choices."));
  const chosen = (name: "seenBy" | "changedBy", offered: readonly Seer[]) => (
    <Checkbox.Group label={t(`schools.own.${name}`)} {...form.getInputProps(name)}>
      <Group gap="md" mt={6}>
        {offered.map((role) => (
          <Checkbox key={role} value={role} label={t(`schools.own.roles.${role}`)} />
        ))}
      </Group>
    </Checkbox.Group>
  );
  return (
    <FormModal
      title={field === null ? t("schools.own.new") : t("schools.own.edit", { title: field.title })}
      draft={draft}
      size="lg"
      onClose={onClose}
      onReload={onClose}
    >
      <Group align="start" grow>
        <TextInput
          label={t("schools.own.name")}
          withAsterisk
          data-autofocus
          maxLength={60}
          {...form.getInputProps("title")}
        />
        <Select
          label={t("schools.own.kind")}
          allowDeselect={false}
          disabled={field?.used ?? false}
          data={kinds.map((value) => ({ value, label: t(`schools.own.kinds.${value}`) }))}
          {...form.getInputProps("kind")}
        />
      </Group>
      {kind === "choice" && (
        <Textarea
          label={t("schools.own.choices")}
          description={t("schools.own.choicesHelp")}
          autosize
          minRows={3}
          maxRows={12}
          {...form.getInputProps("choices")}
          error={wrongChoice?.[1]}
        />
      )}
      <TextInput
        label={t("schools.own.help")}
        description={t("schools.own.helpHelp")}
        maxLength={300}
        {...form.getInputProps("help")}
      />
      {chosen("seenBy", roles)}
      {chosen(
        "changedBy",
        roles.filter((role) => role !== "student" && seenBy.includes(role)),
      )}
    </FormModal>
  );
}
