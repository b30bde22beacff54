// What was deleted of a list of settings, folded away below it, each to be restored.
import { Button, Collapse, Table, Text, UnstyledButton } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { change } from "../../components/change";
import { useTranslation } from "../../i18n";

interface DeletedRow {
  id: string;
  title: string;
  detail: string;
  restore: () => Promise<{ undo: string | null }>;
  restored: string;
}

export function Deleted({ rows }: { rows: readonly DeletedRow[] }) {
  const { t } = useTranslation();
  const [open, { toggle }] = useDisclosure(false);
  if (rows.length === 0) return null;
  return (
    <section>
      <UnstyledButton onClick={toggle} aria-expanded={open} c="dimmed" fz="sm">
        {t("schools.deleted.title", { count: rows.length })}
      </UnstyledButton>
      <Collapse expanded={open}>
        <Table>
          <Table.Tbody>
            {rows.map(({ id, title, detail, restore, restored }) => (
              <Table.Tr key={id}>
                <Table.Td>{title}</Table.Td>
                <Table.Td>
                  <Text size="sm" c="dimmed">
                    {detail}
                  </Text>
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t("schools.deleted.restoreNamed", { title })}
                    onClick={() => void change(restore, restored)}
                  >
                    {t("schools.deleted.restore")}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Collapse>
    </section>
  );
}
