// The refused rows: why, typed right on the spot and checked again, or saved as a file of their own.
import { ActionIcon, Button, Group, SimpleGrid, Table, Text, TextInput, Title, Tooltip } from "@mantine/core";
import { IconFileDownload, IconPencil } from "@tabler/icons-react";
import { Fragment, useState } from "react";
import type { ImportReport } from "../../bindings/ImportReport";
import type { Refusal } from "../../bindings/Refusal";
import type { TableFormat } from "../../bindings/TableFormat";
import { FormatMenu } from "../../components/FormatMenu";
import { useTranslation } from "../../i18n";
import { say } from "../../words";
import classes from "./exchange.module.css";
import { mend, rowAt, type Mends } from "./mends";
import { drawn, Found, Shown } from "./tables";

interface RefusedSectionProps {
  report: ImportReport;
  mends: Mends;
  busy: boolean;
  /** Something was typed since the rows were checked. */
  typed: boolean;
  onMends: (mends: Mends) => void;
  onCheck: () => void;
  onSave: (format: TableFormat) => void;
  saving: boolean;
}

export function RefusedSection({ report, mends, busy, typed, onMends, onCheck, onSave, saving }: RefusedSectionProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<string | null>(null);
  const refused = report.refused.length;
  return (
    <form
      className={`${classes.section} ${classes.refused}`}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (typed && !busy) onCheck();
      }}
    >
      <Group justify="space-between" align="start" wrap="nowrap" mb="xs">
        <div>
          <Title order={2} mb={4}>
            {t("exchange.report.refusedTitle", { count: refused })}
          </Title>
          <Text size="sm" c="dimmed">
            {t("exchange.report.refusedText")}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap">
          <FormatMenu onChoose={onSave}>
            <Button variant="default" leftSection={<IconFileDownload size="1rem" />} loading={saving}>
              {t("exchange.report.saveRefused")}
            </Button>
          </FormatMenu>
          <Button type="submit" disabled={!typed || busy}>
            {t("exchange.report.checkAgain")}
          </Button>
        </Group>
      </Group>
      <div className={classes.rows} tabIndex={0} role="region" aria-label={t("exchange.report.refused")}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("exchange.report.file")}</Table.Th>
              <Table.Th ta="end">{t("exchange.report.line")}</Table.Th>
              <Table.Th>{t("exchange.report.column")}</Table.Th>
              <Table.Th>{t("exchange.report.found")}</Table.Th>
              <Table.Th>{t("exchange.report.expected")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.refused.slice(0, drawn).map((refusal, place) => {
              const key = `${refusal.file}\u0000${refusal.line}`;
              // The cells of a row stand below the last thing that is wrong with it.
              const last =
                report.refused[place + 1]?.line !== refusal.line || report.refused[place + 1]?.file !== refusal.file;
              return (
                <Fragment key={place}>
                  <RefusalRow
                    report={report}
                    refusal={refusal}
                    mends={mends}
                    busy={busy}
                    onMends={onMends}
                    opened={opened === key}
                    onOpen={last ? () => setOpened(opened === key ? null : key) : undefined}
                  />
                  {last && opened === key && (
                    <WholeRow report={report} refusal={refusal} mends={mends} busy={busy} onMends={onMends} />
                  )}
                </Fragment>
              );
            })}
          </Table.Tbody>
        </Table>
      </div>
      <Shown all={refused} />
    </form>
  );
}

interface RowProps {
  report: ImportReport;
  refusal: Refusal;
  mends: Mends;
  busy: boolean;
  onMends: (mends: Mends) => void;
}

function RefusalRow({
  report,
  refusal,
  mends,
  busy,
  onMends,
  opened,
  onOpen,
}: RowProps & { opened: boolean; onOpen: (() => void) | undefined }) {
  const { t } = useTranslation();
  const at = rowAt(report, mends, refusal.file, refusal.line);
  const place = at === null ? -1 : at.headers.indexOf(refusal.column);
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{refusal.file}</bdi>
      </Table.Td>
      <Table.Td ta="end">{refusal.line === 0 ? "–" : refusal.line}</Table.Td>
      <Table.Td>
        <bdi>{refusal.column === "" ? t("exchange.report.whole") : refusal.column}</bdi>
      </Table.Td>
      <Table.Td className={classes.found}>
        {at !== null && place >= 0 ? (
          <TextInput
            size="xs"
            value={at.row.cells[place] ?? ""}
            disabled={busy}
            placeholder={t("exchange.report.empty")}
            dir="auto"
            aria-label={t("exchange.report.mendCell", { column: refusal.column, line: refusal.line })}
            onChange={(event) => onMends(mend(mends, at.row, place, event.currentTarget.value))}
          />
        ) : (
          <Found of={refusal} />
        )}
      </Table.Td>
      <Table.Td>{say(refusal.expected)}</Table.Td>
      <Table.Td>
        {at !== null && onOpen !== undefined && (
          <Tooltip label={t("exchange.report.wholeRow")}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-expanded={opened}
              aria-label={t("exchange.report.wholeRowOf", { line: refusal.line })}
              onClick={onOpen}
            >
              <IconPencil size="1rem" />
            </ActionIcon>
          </Tooltip>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function WholeRow({ report, refusal, mends, busy, onMends }: RowProps) {
  const { t } = useTranslation();
  const at = rowAt(report, mends, refusal.file, refusal.line);
  if (at === null) return null;
  return (
    <Table.Tr>
      <Table.Td colSpan={6}>
        <SimpleGrid
          cols={{ base: 2, lg: 4 }}
          spacing="xs"
          role="group"
          aria-label={t("exchange.report.wholeRowOf", { line: refusal.line })}
        >
          {at.row.cells.map((cell, place) => (
            <TextInput
              key={place}
              size="xs"
              dir="auto"
              disabled={busy}
              value={cell}
              label={
                <bdi>
                  {at.headers[place] === undefined || at.headers[place] === ""
                    ? t("exchange.match.unnamed", { number: place + 1 })
                    : at.headers[place]}
                </bdi>
              }
              onChange={(event) => onMends(mend(mends, at.row, place, event.currentTarget.value))}
            />
          ))}
        </SimpleGrid>
      </Table.Td>
    </Table.Tr>
  );
}
