// What comes of each number of a bulk enrolment, with its photographs beside it.
import { Alert, Stack, Text, Title } from "@mantine/core";
import { useId, useState, type ReactNode } from "react";
import type { BulkOutcome } from "../../bindings/BulkOutcome";
import type { BulkStudent } from "../../bindings/BulkStudent";
import { PagedTable, type ListColumn } from "../../components/PagedTable";
import { Beside, Pane } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Signal, type Tone } from "../../components/Signal";
import { EmptyState } from "../../components/states";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { say } from "../../words";
import classes from "./faces.module.css";
import { faultText } from "./state";

const tones: Record<BulkOutcome, Tone> = {
  ready: "good",
  enrolled: "good",
  unknown_number: "wrong",
  no_consent: "attention",
  objection: "wrong",
  poor_photographs: "attention",
  look_alike: "attention",
  failed: "wrong",
};

/** Their photographs are not looked at. */
const unseen: ReadonlySet<BulkOutcome> = new Set(["unknown_number", "no_consent", "objection"]);

function Outcome({ outcome }: { outcome: BulkOutcome }) {
  return <Signal tone={tones[outcome]}>{t(`faces.bulk.outcomes.${outcome}`)}</Signal>;
}

const columns: ListColumn<BulkStudent>[] = [
  { id: "number", header: () => t("faces.bulk.number"), cell: ({ number }) => <bdi>{number}</bdi>, width: "7rem" },
  {
    id: "student",
    header: () => t("faces.bulk.student"),
    cell: ({ student }) => (student === null ? "–" : <PersonName name={student.name} />),
    width: "minmax(10rem, 2fr)",
  },
  {
    id: "outcome",
    header: () => t("faces.bulk.outcome"),
    cell: ({ outcome }) => <Outcome outcome={outcome} />,
    width: "minmax(14rem, 1fr)",
  },
  {
    id: "photographs",
    header: () => t("faces.bulk.photographs"),
    cell: ({ outcome, good, photographs }) =>
      unseen.has(outcome) ? "–" : t("faces.bulk.of", { good, all: photographs }),
    numeric: true,
    width: "10rem",
  },
];

export function BulkTable({
  students,
  shown,
  filters,
}: {
  students: readonly BulkStudent[];
  shown: string | null;
  filters: ReactNode;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState<string | null>(null);
  const row = students.find(({ number }) => number === open);
  return (
    <Beside pane={row === undefined ? null : <Details key={row.number} row={row} onClose={() => setOpen(null)} />}>
      <PagedTable
        label={t("faces.bulk.label")}
        queryKey={["rows", "bulk", id, students.length, students[0]?.outcome, shown]}
        columns={columns}
        rowId={({ number }) => number}
        open={open}
        onOpen={({ number }) => setOpen(number)}
        filters={filters}
        load={async ({ offset, limit, filter }) => {
          const rows = students.filter(
            ({ number, student, outcome }) =>
              (shown === null || outcome === shown) && finds(filter, number, student?.name),
          );
          return { rows: rows.slice(offset, offset + limit), total: rows.length };
        }}
        empty={
          shown === null ? (
            <EmptyState title={t("faces.bulk.empty")}>{t("faces.bulk.emptyText")}</EmptyState>
          ) : (
            <EmptyState title={t("faces.bulk.emptyFilter")} />
          )
        }
      />
    </Beside>
  );
}

function Details({ row, onClose }: { row: BulkStudent; onClose: () => void }) {
  const { t } = useTranslation();
  const title = row.student?.name ?? row.number;
  return (
    <Pane title={title} label={title} onClose={onClose} width={400}>
      <Stack gap="sm">
        <div>
          <Outcome outcome={row.outcome} />
        </div>
        <Text size="sm">{row.message !== null ? say(row.message) : t(`faces.bulk.says.${row.outcome}`)}</Text>
        {row.replaces && (
          <Text size="sm" c="var(--attention-text)">
            {t("faces.bulk.replaces")}
          </Text>
        )}
        {row.lookAlikes.length > 0 && (
          <Alert color="attention" p="xs" title={t("faces.enrol.alike")}>
            {row.lookAlikes.map(({ student, name, number }) => (
              <PersonName key={student} name={`${name} (${number})`} />
            ))}
          </Alert>
        )}
        {row.refused.length > 0 && (
          <section>
            <Title order={3} mb="xs">
              {t("faces.bulk.faults")}
            </Title>
            <ul className={classes.refused}>
              {row.refused.map(({ file, faults }) => (
                <li key={file}>
                  <bdi>{file}</bdi>
                  {faults.map((fault) => (
                    <span key={fault.code}>{faultText(fault)}</span>
                  ))}
                </li>
              ))}
            </ul>
          </section>
        )}
      </Stack>
    </Pane>
  );
}
