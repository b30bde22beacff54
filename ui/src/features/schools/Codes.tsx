// The attendance codes of the school.
import { meanings, toneOf } from "../../components/meanings";
import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Select,
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
import type { AttendanceCodeRow } from "../../bindings/AttendanceCodeRow";
import type { AttendanceMeaning } from "../../bindings/AttendanceMeaning";
import { listAttendanceCodes, saveAttendanceCode } from "../../bindings/operations";
import { refusal } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const keyOf = (school: string) => listAttendanceCodes.query({ school }).queryKey;

export function Codes({ school }: { school: string }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { may } = useSession();
  const list = useQuery({ ...listAttendanceCodes.query({ school }) });
  const [form, setForm] = useState<{ code: AttendanceCodeRow | null } | null>(null);
  const mayChange = may("schools.save_attendance_code");
  if (list.data === undefined)
    return list.error !== null ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingShape rows={5} />
    );
  const remove = async ({ id, version, code, title, meaning, position }: AttendanceCodeRow) => {
    try {
      client.setQueryData(
        keyOf(school),
        await saveAttendanceCode({ school, id, version, code, title, meaning, position, deleted: true }),
      );
      notifications.show({ color: "good", message: t("schools.attendance.deleted", { title }) });
    } catch (reason) {
      refusal(reason);
    }
  };
  return (
    <Stack gap="sm" maw={640} mb="xl">
      <Group justify="space-between">
        <div>
          <Title order={2}>{t("schools.attendance.codes")}</Title>
          <Text size="sm" c="dimmed">
            {t("schools.attendance.codesText")}
          </Text>
        </div>
        {mayChange && (
          <Button variant="default" onClick={() => setForm({ code: null })}>
            {t("schools.attendance.new")}
          </Button>
        )}
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("schools.attendance.code")}</Table.Th>
            <Table.Th>{t("schools.attendance.name")}</Table.Th>
            <Table.Th>{t("schools.attendance.meaning")}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {list.data.map((code) => (
            <Table.Tr key={code.id}>
              <Table.Td>
                <Signal tone={toneOf[code.meaning]} sign={code.code} />
              </Table.Td>
              <Table.Td>{code.title}</Table.Td>
              <Table.Td>{t(`people.meaning.${code.meaning}`)}</Table.Td>
              <Table.Td>
                {mayChange && (
                  <Group gap={4} justify="end" wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("schools.attendance.edit", { title: code.title })}
                      title={t("schools.attendance.edit", { title: code.title })}
                      onClick={() => setForm({ code })}
                    >
                      <IconPencil size="1rem" />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t("schools.attendance.delete", { title: code.title })}
                      title={t("schools.attendance.delete", { title: code.title })}
                      onClick={() => void remove(code)}
                    >
                      <IconTrash size="1rem" />
                    </ActionIcon>
                  </Group>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {form !== null && (
        <CodeForm school={school} code={form.code} last={list.data.length} onClose={() => setForm(null)} />
      )}
    </Stack>
  );
}

function CodeForm({
  school,
  code,
  last,
  onClose,
}: {
  school: string;
  code: AttendanceCodeRow | null;
  last: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const initial = {
    version: code?.version ?? null,
    code: code?.code ?? "",
    title: code?.title ?? "",
    meaning: code?.meaning ?? ("excused" as AttendanceMeaning),
    position: code?.position ?? last,
  };
  const draft = useDraft<typeof initial, AttendanceCodeRow[]>({
    key: `code:${code?.id ?? `new:${school}`}`,
    initial,
    save: ({ version, ...rest }) =>
      saveAttendanceCode({ school, ...(code === null ? {} : { id: code.id, version }), ...rest }),
    onSaved: (saved, { title }) => {
      client.setQueryData(keyOf(school), saved);
      notifications.show({ color: "good", message: t("schools.attendance.saved", { title }) });
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={code === null ? t("schools.attendance.new") : t("schools.attendance.edit", { title: code.title })}
      draft={draft}
      onClose={onClose}
      onReload={onClose}
    >
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={t("schools.attendance.code")}
          withAsterisk
          data-autofocus
          maxLength={4}
          {...form.getInputProps("code")}
        />
        <TextInput label={t("schools.attendance.name")} withAsterisk {...form.getInputProps("title")} />
        <Select
          label={t("schools.attendance.meaning")}
          allowDeselect={false}
          data={meanings.map((value) => ({ value, label: t(`people.meaning.${value}`) }))}
          {...form.getInputProps("meaning")}
        />
        <NumberInput
          label={t("schools.attendance.position")}
          allowDecimal={false}
          min={0}
          {...form.getInputProps("position")}
          onChange={(value) => form.setFieldValue("position", value === "" ? 0 : Number(value))}
        />
      </SimpleGrid>
    </FormModal>
  );
}
