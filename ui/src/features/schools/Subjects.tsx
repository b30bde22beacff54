// The subjects, in the order of lists and report cards.
import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deletedSubjects, deleteSubject, listSubjects, restoreSubject, saveSubject } from "../../bindings/operations";
import type { SubjectRow } from "../../bindings/SubjectRow";
import { change } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { useSession } from "../../session/session";
import { Deleted } from "./Deleted";

export function Subjects({ school }: { school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery({ ...listSubjects.query({ school }) });
  const [form, setForm] = useState<{ subject: SubjectRow | null } | null>(null);
  const mayChange = may("schools.save_subject");
  const add = () => setForm({ subject: null });
  useScreenKeys(mayChange ? [{ keys: "mod+N", label: t("schools.subjects.new"), opens: true, run: add }] : []);
  if (list.data === undefined)
    return list.error !== null ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingShape rows={8} />
    );
  return (
    <Stack gap="sm" maw={640}>
      <Group justify="space-between">
        <div>
          <Title order={2}>{t("schools.subjects.title")}</Title>
          <Text size="sm" c="dimmed">
            {t("schools.subjects.text")}
          </Text>
        </div>
        {mayChange && <Button onClick={add}>{t("schools.subjects.new")}</Button>}
      </Group>
      {list.data.length === 0 && <EmptyState title={t("schools.subjects.none")} />}
      {list.data.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("schools.subjects.name")}</Table.Th>
              <Table.Th>{t("schools.subjects.code")}</Table.Th>
              <Table.Th ta="end">{t("schools.subjects.courses")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {list.data.map((subject) => {
              const { title } = subject;
              return (
                <Table.Tr key={subject.id}>
                  <Table.Td fw={500}>{title}</Table.Td>
                  <Table.Td>{subject.code}</Table.Td>
                  <Table.Td ta="end">{subject.courses}</Table.Td>
                  <Table.Td>
                    {mayChange && (
                      <Group gap={4} justify="end" wrap="nowrap">
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t("schools.subjects.edit", { title })}
                          title={t("schools.subjects.edit", { title })}
                          onClick={() => setForm({ subject })}
                        >
                          <IconPencil size="1rem" />
                        </ActionIcon>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          aria-label={t("schools.subjects.delete", { title })}
                          title={t("schools.subjects.delete", { title })}
                          onClick={() =>
                            void change(
                              () => deleteSubject({ id: subject.id, version: subject.version }),
                              t("schools.subjects.deleted", { title }),
                            )
                          }
                        >
                          <IconTrash size="1rem" />
                        </ActionIcon>
                      </Group>
                    )}
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {may("schools.deleted_subjects") && <DeletedSubjects school={school} />}
      {form !== null && <SubjectForm school={school} subject={form.subject} onClose={() => setForm(null)} />}
    </Stack>
  );
}

function DeletedSubjects({ school }: { school: string }) {
  const { t } = useTranslation();
  const list = useQuery({ ...deletedSubjects.query({ school }) });
  const rows = (list.data ?? []).map(({ id, title, code, deletedAt, version }) => ({
    id,
    title,
    detail: [code, formatMoment(deletedAt)].filter((part) => part !== null).join(" · "),
    restore: () => restoreSubject({ id, version }),
    restored: t("schools.subjects.restored", { title }),
  }));
  return <Deleted rows={rows} />;
}

function SubjectForm({
  school,
  subject,
  onClose,
}: {
  school: string;
  subject: SubjectRow | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const initial = {
    version: subject?.version ?? null,
    title: subject?.title ?? "",
    code: subject?.code ?? "",
    position: (subject?.position ?? "") as string | number,
  };
  const draft = useDraft<typeof initial, SubjectRow>({
    key: `subject:${subject?.id ?? `new:${school}`}`,
    initial,
    save: ({ version, title, code, position }) =>
      saveSubject({
        school,
        ...(subject === null ? {} : { id: subject.id, version }),
        title,
        code: code.trim() === "" ? null : code.trim(),
        position: position === "" ? null : Number(position),
      }),
    onSaved: async ({ title }) => {
      notifications.show({ color: "good", message: t("schools.subjects.saved", { title }) });
      onClose();
      await client.invalidateQueries({ queryKey: listSubjects.key });
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={subject === null ? t("schools.subjects.new") : t("schools.subjects.edit", { title: subject.title })}
      draft={draft}
      onClose={onClose}
      onReload={onClose}
    >
      <TextInput label={t("schools.subjects.name")} withAsterisk data-autofocus {...form.getInputProps("title")} />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput label={t("schools.subjects.code")} {...form.getInputProps("code")} />
        <NumberInput
          label={t("schools.subjects.position")}
          allowDecimal={false}
          min={0}
          {...form.getInputProps("position")}
        />
      </SimpleGrid>
    </FormModal>
  );
}
