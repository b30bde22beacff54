// The students of a group with value, place, z and percentile.
import { useMemo } from "react";
import type { GroupResults } from "../../bindings/GroupResults";
import type { StudentResult } from "../../bindings/StudentResult";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { PersonName } from "../../components/PersonName";
import { EmptyState } from "../../components/states";
import { finds } from "../../finds";
import { useTranslation } from "../../i18n";
import { decimalsOf, formatFixed, formatNumber } from "../../numbers";
import classes from "./analytics.module.css";
import { byTitle } from "../../names";
import { inUnit } from "./words";

const keys: Record<string, (row: StudentResult) => number | string | null> = {
  rank: (row) => row.standing?.rank ?? null,
  name: (row) => row.student.listName,
  value: (row) => row.value,
  z: (row) => row.standing?.z ?? null,
  percentile: (row) => row.standing?.percentile ?? null,
};

/** Sorts by a column; who has nothing there comes last in either order. */
export function sorted(rows: readonly StudentResult[], sort: PageRequest["sort"]): StudentResult[] {
  const key = keys[sort?.column ?? "rank"] ?? keys.name;
  const sign = sort?.order === "descending" ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [key?.(one) ?? null, key?.(other) ?? null];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === "number" && typeof b === "number" ? a - b : byTitle(String(a), String(b)));
  });
}

export function ResultTable({
  results,
  stamp,
  open,
  onOpen,
}: {
  results: GroupResults /** Changes with the results. */;
  stamp: string;
  open: string | null;
  onOpen: (student: string) => void;
}) {
  const { t } = useTranslation();
  const { unit, maximum, rules } = results;
  const digits = decimalsOf(results.rows.map(({ value }) => value));
  const columns = useMemo<ListColumn<StudentResult>[]>(
    () => [
      {
        id: "rank",
        header: () => t("analytics.table.rank"),
        cell: (row) => row.standing?.rank ?? "–",
        numeric: true,
        sortable: true,
        width: "4.5rem",
      },
      {
        id: "name",
        header: () => t("analytics.table.student"),
        cell: (row) => <PersonName name={row.student.listName} />,
        sortable: true,
        width: "minmax(11rem, 3fr)",
      },
      {
        id: "value",
        header: () => t(unit === "percent" ? "analytics.table.total" : "analytics.table.points"),
        cell: (row) => <Value row={row} unit={unit} maximum={maximum} rules={rules} digits={digits} />,
        numeric: true,
        sortable: true,
        width: "minmax(9rem, 1fr)",
      },
      { id: "grade", header: () => t("analytics.table.grade"), cell: (row) => row.grade ?? "", width: "5rem" },
      {
        id: "z",
        header: () => t("analytics.table.z"),
        cell: (row) => signed(row.standing?.z ?? null),
        numeric: true,
        sortable: true,
        width: "5.5rem",
        lesser: 2,
      },
      {
        id: "percentile",
        header: () => t("analytics.table.percentile"),
        cell: (row) => (row.standing === null ? "–" : formatNumber(row.standing.percentile, 0)),
        numeric: true,
        sortable: true,
        width: "8rem",
        lesser: 1,
      },
    ],
    [t, unit, maximum, rules, digits],
  );
  return (
    <div className={classes.table}>
      <PagedTable
        label={t("analytics.table.label")}
        queryKey={["rows", "results", stamp]}
        columns={columns}
        rowId={(row) => row.student.id}
        initialSort={{ column: "rank", order: "ascending" }}
        open={open}
        onOpen={(row) => onOpen(row.student.id)}
        empty={<EmptyState title={t("analytics.table.empty")} />}
        load={async ({ sort, filter, offset, limit }) => {
          const found = sorted(
            results.rows.filter(({ student }) => finds(filter, student.name, student.nativeName, student.number)),
            sort,
          );
          return { rows: found.slice(offset, offset + limit), total: found.length };
        }}
      />
    </div>
  );
}

function Value({
  row,
  unit,
  maximum,
  rules,
  digits,
}: { row: StudentResult; digits: number } & Pick<GroupResults, "unit" | "maximum" | "rules">) {
  const { t } = useTranslation();
  return (
    <>
      {row.value !== null && (
        <span className={classes.bar} aria-hidden>
          <span style={{ width: `${Math.min(100, (100 * row.value) / maximum)}%` }} />
        </span>
      )}{" "}
      <span
        className={row.passed === false ? classes.failed : undefined}
        title={row.passed === false ? t("analytics.failed") : undefined}
      >
        {inUnit(row.value, unit, t, rules, digits)}
      </span>
    </>
  );
}

/** A z-score with its sign. */
export function signed(z: number | null): string {
  if (z === null) return "–";
  return `${z < 0 ? "−" : "+"}${formatFixed(Math.abs(z), 2)}`;
}
