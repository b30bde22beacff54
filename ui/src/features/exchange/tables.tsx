// The tables of a report: counts, refused rows, changed fields, how cells were read.
import { Table, Text, Title } from "@mantine/core";
import type { ImportCounts } from "../../bindings/ImportCounts";
import type { ImportedChange } from "../../bindings/ImportedChange";
import type { ImportReport } from "../../bindings/ImportReport";
import type { Note } from "../../bindings/Note";
import type { Refusal } from "../../bindings/Refusal";
import { named, useTranslation } from "../../i18n";
import { formatNumber, formatStored } from "../../numbers";
import { say } from "../../words";
import classes from "./exchange.module.css";

const kinds = [
  "students",
  "guardians",
  "guardianships",
  "staff",
  "accounts",
  "classes",
  "subjects",
  "courses",
  "teachings",
  "enrolments",
  "sessions",
  "schools",
  "categories",
  "assessments",
  "marks",
  "attendance",
] as const satisfies readonly (keyof ImportCounts)[];
const columns = ["added", "changed", "skipped", "deleted"] as const;

/** So many rows are drawn; a file may have thousands of refused ones. */
export const drawn = 300;

export function CountsTable({ report, title }: { report: ImportReport; title: string }) {
  const { t } = useTranslation();
  const rows = kinds.filter((kind) => columns.some((column) => report[column][kind] > 0));
  return (
    <section className={classes.section} aria-label={title}>
      <Title order={2} mb="xs">
        {title}
      </Title>
      {rows.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("exchange.report.nothing")}
        </Text>
      )}
      {rows.length > 0 && (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              {columns.map((column) => (
                <Table.Th key={column} ta="end">
                  {t(`exchange.report.${column}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((kind) => (
              <Table.Tr key={kind}>
                <Table.Th scope="row" fw={500}>
                  {t(`exchange.kinds.${kind}`)}
                </Table.Th>
                {columns.map((column) => (
                  <Table.Td key={column} ta="end" className={report[column][kind] === 0 ? classes.zero : undefined}>
                    {formatNumber(report[column][kind])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}

export function Shown({ all }: { all: number }) {
  const { t } = useTranslation();
  return all > drawn ? (
    <Text size="xs" c="dimmed" mt={4}>
      {t("exchange.report.shown", { shown: formatNumber(drawn), all: formatNumber(all) })}
    </Text>
  ) : null;
}

/** What is there: a cell's content, or the words for it. */
export function Found({ of }: { of: Pick<Refusal, "found" | "said"> }) {
  const { t } = useTranslation();
  if (of.said !== null) return say(of.said);
  return <bdi>{of.found === "" ? t("exchange.report.empty") : of.found}</bdi>;
}

export function RefusalTable({ refused }: { refused: readonly Refusal[] }) {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes.rows} tabIndex={0} role="region" aria-label={t("exchange.report.refused")}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("exchange.report.file")}</Table.Th>
              <Table.Th ta="end">{t("exchange.report.line")}</Table.Th>
              <Table.Th>{t("exchange.report.column")}</Table.Th>
              <Table.Th>{t("exchange.report.found")}</Table.Th>
              <Table.Th>{t("exchange.report.expected")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {refused.slice(0, drawn).map((row, place) => (
              <Table.Tr key={place}>
                <Table.Td>
                  <bdi>{row.file}</bdi>
                </Table.Td>
                <Table.Td ta="end">{row.line === 0 ? "–" : row.line}</Table.Td>
                <Table.Td>
                  <bdi>{row.column === "" ? t("exchange.report.whole") : row.column}</bdi>
                </Table.Td>
                <Table.Td className={classes.found}>
                  <Found of={row} />
                </Table.Td>
                <Table.Td>{say(row.expected)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Shown all={refused.length} />
    </>
  );
}

export function ChangesTable({ changes }: { changes: readonly ImportedChange[] }) {
  const { t } = useTranslation();
  const text = (value: unknown) =>
    value === null || value === undefined || value === "" ? t("exchange.report.empty") : formatStored(value);
  return (
    <div className={classes.rows} tabIndex={0} role="region" aria-label={t("exchange.report.changesTitle")}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("exchange.report.who")}</Table.Th>
            <Table.Th>{t("exchange.report.field")}</Table.Th>
            <Table.Th>{t("exchange.report.before")}</Table.Th>
            <Table.Th>{t("exchange.report.after")}</Table.Th>
            <Table.Th>{t("exchange.report.file")}</Table.Th>
            <Table.Th ta="end">{t("exchange.report.line")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {changes.flatMap((change, place) =>
            change.fields.map(({ field, before, after }, row) => (
              <Table.Tr key={`${place}-${field}`}>
                <Table.Td>
                  {row === 0 && (
                    <>
                      <bdi>{change.name}</bdi>{" "}
                      <Text span size="xs" c="dimmed">
                        {named("exchange.kinds", change.kind) ?? change.kind}
                      </Text>
                    </>
                  )}
                </Table.Td>
                <Table.Td>
                  {named("people.fields", field) ??
                    named("exchange.changed", field) ??
                    named("upkeep.fields", field) ??
                    field.replaceAll("_", " ")}
                </Table.Td>
                <Table.Td className={classes.before}>
                  <bdi>{text(before)}</bdi>
                </Table.Td>
                <Table.Td>
                  <bdi>{text(after)}</bdi>
                </Table.Td>
                <Table.Td>{row === 0 && <bdi>{change.file}</bdi>}</Table.Td>
                <Table.Td ta="end">{row === 0 && change.line > 0 ? change.line : ""}</Table.Td>
              </Table.Tr>
            )),
          )}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function NotesTable({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.rows} tabIndex={0} role="region" aria-label={t("exchange.report.notesTitle")}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("exchange.report.file")}</Table.Th>
            <Table.Th ta="end">{t("exchange.report.line")}</Table.Th>
            <Table.Th>{t("exchange.report.column")}</Table.Th>
            <Table.Th>{t("exchange.report.found")}</Table.Th>
            <Table.Th>{t("exchange.report.taken")}</Table.Th>
            <Table.Th ta="end">{t("exchange.report.rows")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {notes.slice(0, drawn).map((note, place) => (
            <Table.Tr key={place}>
              <Table.Td>
                <bdi>{note.file}</bdi>
              </Table.Td>
              <Table.Td ta="end">{note.line === 0 ? "–" : note.line}</Table.Td>
              <Table.Td>
                <bdi>{note.column}</bdi>
              </Table.Td>
              <Table.Td>
                <Found of={note} />
              </Table.Td>
              <Table.Td>
                <bdi>{say(note.taken)}</bdi>
              </Table.Td>
              <Table.Td ta="end">{formatNumber(note.rows)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Shown all={notes.length} />
    </div>
  );
}
