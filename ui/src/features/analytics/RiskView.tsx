// Who is at risk, and why: each reason a sentence with its figures, each student opens.
import { Select, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { GradingRules } from "../../bindings/GradingRules";
import type { StudentAtRisk } from "../../bindings/StudentAtRisk";
import { atRisk } from "../../bindings/operations";
import { PagedTable, type ListColumn } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { finds } from "../../finds";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import classes from "./analytics.module.css";
import { useAsk } from "./ask";
import { StudentPane } from "./StudentPane";
import { inUnit, riskText } from "./words";
import { byTitle } from "../../names";

export function RiskView({ school, term }: { school: string; term: string }) {
  const { t } = useTranslation();
  const { ask, go, open } = useAsk();
  const risks = useQuery({
    ...atRisk.query({ school, term }),
    placeholderData: keepPreviousData,
  });
  const rules = risks.data?.rules;
  const columns = useMemo<ListColumn<StudentAtRisk>[]>(
    () =>
      rules === undefined
        ? []
        : [
            {
              id: "name",
              header: () => t("analytics.table.student"),
              cell: (row) => <PersonName name={row.student.listName} />,
              sortable: true,
              width: "minmax(11rem, 2fr)",
            },
            {
              id: "class",
              header: () => t("analytics.risk.class"),
              cell: (row) => row.classTitle,
              sortable: true,
              width: "5rem",
            },
            {
              id: "overall",
              header: () => t("analytics.risk.overall"),
              cell: (row) => inUnit(row.overall, "percent", t, rules),
              numeric: true,
              sortable: true,
              width: "6rem",
              lesser: 2,
            },
            {
              id: "reasons",
              header: () => t("analytics.risk.why"),
              cell: (row) => <Reasons row={row} rules={rules} />,
              width: "minmax(14rem, 5fr)",
            },
            {
              id: "guardian",
              header: () => t("analytics.risk.call"),
              cell: (row) => <Guardian row={row} />,
              width: "minmax(10rem, 2fr)",
              lesser: 1,
            },
          ],
    [t, rules],
  );
  if (risks.error !== null && risks.data === undefined)
    return <ErrorState error={risks.error} onRetry={() => void risks.refetch()} />;
  if (risks.data === undefined || rules === undefined) return <LoadingShape rows={12} />;
  const { students, of, withSigns, sharePercent } = risks.data;
  const classesOf = [...new Map(students.map((row) => [row.class, row.classTitle]))]
    .map(([value, label]) => ({ value, label }))
    .toSorted((one, other) => byTitle(one.label, other.label));
  const shown = students.filter((row) => ask.class === undefined || row.class === ask.class);
  const chosen = ask.student === undefined ? undefined : students.find((row) => row.student.id === ask.student);
  return (
    <Beside
      pane={
        chosen !== undefined && (
          <StudentPane
            key={chosen.student.id}
            student={chosen.student.id}
            name={chosen.student.name}
            term={term}
            onClose={() => open({})}
            call={{ name: chosen.guardianName, phone: chosen.guardianPhone }}
          />
        )
      }
    >
      <div className={classes.riskHead}>
        <p className={classes.answer}>{t("analytics.risk.answer", { count: students.length, of })}</p>
        <Text size="sm" c="dimmed">
          {t("analytics.risk.share", { count: withSigns, share: formatNumber(sharePercent) })}
        </Text>
        <Text size="sm" c="dimmed">
          {t("analytics.risk.rules", {
            pass: formatNumber(rules.passPercent),
            count: rules.fallPercent,
            attendance: formatNumber(rules.attendancePercent),
          })}
        </Text>
      </div>
      <PagedTable
        label={t("analytics.risk.label")}
        queryKey={["rows", "analytics.at_risk", term, ask.class ?? "all", risks.dataUpdatedAt]}
        columns={columns}
        rowId={(row) => row.student.id}
        open={ask.student ?? null}
        onOpen={(row) => open({ student: row.student.id })}
        filters={
          <Select
            size="xs"
            w={160}
            clearable
            aria-label={t("analytics.risk.classChoice")}
            placeholder={t("analytics.risk.allClasses")}
            data={classesOf}
            value={ask.class ?? null}
            onChange={(next) => go({ view: "risk", class: next ?? undefined })}
          />
        }
        empty={<EmptyState title={t("analytics.risk.none")}>{t("analytics.risk.noneText")}</EmptyState>}
        load={async ({ sort, filter, offset, limit }) => {
          const found = ordered(
            shown.filter(({ student, classTitle }) =>
              finds(filter, student.name, student.nativeName, student.number, classTitle),
            ),
            sort,
          );
          return { rows: found.slice(offset, offset + limit), total: found.length };
        }}
      />
    </Beside>
  );
}

/** By a column; without one they stay as they came, the weakest first. */
function ordered(
  rows: StudentAtRisk[],
  sort: { column: string; order: "ascending" | "descending" } | null,
): StudentAtRisk[] {
  if (sort === null) return rows;
  const sign = sort.order === "descending" ? -1 : 1;
  const words = (row: StudentAtRisk) =>
    sort.column === "class" ? `${row.classTitle}\u0000${row.student.listName}` : row.student.listName;
  return rows.toSorted(
    (one, other) =>
      sign *
      (sort.column === "overall"
        ? (one.overall ?? Infinity) - (other.overall ?? Infinity)
        : byTitle(words(one), words(other))),
  );
}

/** Whom to call about the student. */
function Guardian({ row }: { row: StudentAtRisk }) {
  const { guardianName: name, guardianPhone: phone } = row;
  if (name === null) return null;
  return (
    <span title={[name, phone].filter((part) => part !== null).join(", ")}>
      <bdi>{name}</bdi>{" "}
      <span dir="ltr" className="figures" style={{ userSelect: "all" }}>
        {phone ?? ""}
      </span>
    </span>
  );
}

function Reasons({ row, rules }: { row: StudentAtRisk; rules: GradingRules }) {
  const { t } = useTranslation();
  const said = row.reasons.map((reason) => riskText(reason, t, rules)).join("; ");
  return (
    <span className={classes.reasons} title={said}>
      <Signal tone={row.reasons[0]?.code === "overall_below_pass" ? "wrong" : "attention"}>{said}</Signal>
    </span>
  );
}
