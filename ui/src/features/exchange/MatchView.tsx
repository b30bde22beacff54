// Which column of a plain list holds what, with its first cells beside it.
import { Button, Group, Select, Table, Text, Title } from "@mantine/core";
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import type { DateOrder } from "../../bindings/DateOrder";
import type { ListKind } from "../../bindings/ListKind";
import type { Preview } from "../../bindings/Preview";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import classes from "./exchange.module.css";
import {
  fieldOf,
  fieldsOf,
  kinds,
  lacking,
  match,
  ownField,
  subjectMarks,
  type Field,
  type OwnField,
  type SubjectMarks,
} from "./matching";

interface MatchViewProps {
  table: Preview;
  matching: ColumnMatching;
  dates: DateOrder | null;
  /** The person says what the list is of. */
  onKind: (kind: ListKind) => void;
  onMatching: (matching: ColumnMatching) => void;
  onDates: (dates: DateOrder | null) => void;
  onCheck: () => void;
}

export function MatchView({ table, matching, dates, onKind, onMatching, onDates, onCheck }: MatchViewProps) {
  const { t } = useTranslation();
  const missing = lacking(table.kind, matching);
  useScreenKeys(missing.length === 0 ? [{ keys: "mod+Enter", label: t("exchange.match.check"), run: onCheck }] : []);
  const choices = [
    { value: "", label: t("exchange.match.ignore") },
    ...fieldsOf[table.kind].map((field) => ({ value: field, label: t(`exchange.fields.${field}`) })),
    ...(table.kind === "marks" ? [{ value: subjectMarks, label: t("exchange.fields.marksOf") }] : []),
    ...table.own.map(({ id, title }) => ({ value: ownField(id), label: title })),
  ];
  return (
    <div className={classes.section}>
      <Group justify="space-between" align="start" wrap="nowrap" mb="sm">
        <div>
          <Title order={2} mb={4}>
            {t("exchange.match.title")}
          </Title>
          <Text size="sm" c="dimmed">
            {t(`exchange.list.about.${table.kind}`)}
          </Text>
        </div>
        <Select
          size="xs"
          w={220}
          flex="none"
          label={t("exchange.list.label")}
          allowDeselect={false}
          value={table.kind}
          onChange={(value) => {
            const kind = kinds.find((one) => one === value);
            if (kind !== undefined && kind !== table.kind) onKind(kind);
          }}
          data={kinds.map((kind) => ({ value: kind, label: t(`exchange.list.kinds.${kind}`) }))}
        />
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("exchange.match.column")}</Table.Th>
            <Table.Th>{t("exchange.match.examples")}</Table.Th>
            <Table.Th w={240}>{t("exchange.match.becomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {table.headers.map((header, place) => {
            const label = header === "" ? t("exchange.match.unnamed", { number: place + 1 }) : header;
            const cells = table.rows
              .map((row) => row[place] ?? "")
              .filter((cell) => cell !== "")
              .slice(0, 3);
            return (
              <Table.Tr key={`${header}-${place}`}>
                <Table.Td fw={500}>
                  <bdi>{label}</bdi>
                </Table.Td>
                <Table.Td className={classes.examples}>
                  <bdi className="name" style={{ display: "block" }} title={cells.join(" · ")}>
                    {cells.join(" · ")}
                  </bdi>
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    allowDeselect={false}
                    searchable
                    aria-label={t("exchange.match.fieldOf", { column: label })}
                    data={choices}
                    value={fieldOf(matching, header) ?? ""}
                    onChange={(value) =>
                      onMatching(
                        match(
                          matching,
                          header,
                          value === "" || value === null ? null : (value as Field | SubjectMarks | OwnField),
                        ),
                      )
                    }
                  />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
      <Group justify="space-between" align="end" mt="md">
        <Select
          size="xs"
          w={220}
          label={t("exchange.match.dates")}
          allowDeselect={false}
          value={dates ?? ""}
          onChange={(value) => onDates(value === "day_first" || value === "month_first" ? value : null)}
          data={[
            { value: "", label: t("exchange.match.auto") },
            { value: "day_first", label: t("exchange.match.day_first") },
            { value: "month_first", label: t("exchange.match.month_first") },
          ]}
        />
        <Group>
          <Text size="sm" c="dimmed" role="status">
            {missing.map((what) => t("exchange.match.missing", { what: t(`exchange.match.${what}`) })).join(" ")}
          </Text>
          <Button disabled={missing.length > 0} onClick={onCheck}>
            {t("exchange.match.check")}
          </Button>
        </Group>
      </Group>
    </div>
  );
}
