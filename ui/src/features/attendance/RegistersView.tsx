// The registers of a day: which are taken, by whom, with how many of whom; Enter opens one.
import { meanings } from "../../components/meanings";
import type { UseQueryResult } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import type { ClassRegister } from "../../bindings/ClassRegister";
import type { RegistersOfDay } from "../../bindings/RegistersOfDay";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { Missing } from "../../components/Missing";
import { finds } from "../../finds";
import { t } from "../../i18n";
import { formatMoment } from "../../numbers";
import { useAsk } from "./ask";
import { GroupBadge } from "../classes/kinds";
import { DayChoice } from "./DayChoice";
import { byTitle } from "../../names";
import { Counts } from "./words";

function Taken({ row, schoolDay }: { row: ClassRegister; schoolDay: boolean }) {
  const marked = meanings.reduce((sum, meaning) => sum + row.counts[meaning], 0);
  if (row.taken) return <Signal tone="good">{t("attendance.registers.taken")}</Signal>;
  if (row.students === 0) return <Signal tone="neutral">{t("attendance.registers.nobody")}</Signal>;
  if (marked === 0 && !schoolDay) return <Signal tone="neutral">{t("attendance.registers.off")}</Signal>;
  return marked === 0 ? (
    <Signal tone="attention">{t("attendance.registers.open")}</Signal>
  ) : (
    <Signal tone="attention">{t("attendance.registers.begun", { marked, students: row.students })}</Signal>
  );
}

function takenBy({ takenBy: by, takenAt: at }: ClassRegister): string {
  return at === null
    ? ""
    : t("attendance.registers.takenBy", { by: by ?? t("attendance.register.someone"), at: formatMoment(at) });
}

const columnsOf = (schoolDay: boolean): ListColumn<ClassRegister>[] => [
  {
    id: "class",
    header: () => t("attendance.registers.class"),
    cell: (row) => (
      <span className="name" title={row.classTitle}>
        <strong>
          <bdi>{row.classTitle}</bdi>
        </strong>{" "}
        <GroupBadge kind={row.kind} />
      </span>
    ),
    width: "minmax(6rem, 1fr)",
    sortable: true,
  },
  {
    id: "students",
    header: () => t("attendance.registers.students"),
    cell: (row) => row.students,
    numeric: true,
    width: "6rem",
    lesser: 2,
  },
  {
    id: "state",
    header: () => t("attendance.registers.state"),
    cell: (row) => <Taken row={row} schoolDay={schoolDay} />,
    width: "minmax(10rem, 1fr)",
    sortable: true,
  },
  {
    id: "counts",
    header: () => t("attendance.registers.counts"),
    cell: (row) => <Counts counts={row.counts} />,
    width: "minmax(13rem, 1.5fr)",
    lesser: 1,
  },
  {
    id: "by",
    header: () => t("attendance.registers.by"),
    cell: (row) => <span title={takenBy(row)}>{takenBy(row)}</span>,
    width: "minmax(10rem, 2fr)",
    lesser: 3,
  },
];

/** The part of the list that is asked for. The operation returns all classes of the person: there are few. */
function part(all: readonly ClassRegister[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ classTitle }) => finds(filter, classTitle));
  const key = (row: ClassRegister) => `${sort?.column === "state" ? Number(row.taken) : ""}\u0000${row.classTitle}`;
  const sorted = found.toSorted(
    (one, other) => byTitle(key(one), key(other)) * (sort?.order === "descending" ? -1 : 1),
  );
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export function RegistersView({ day, schoolDay }: { day: UseQueryResult<RegistersOfDay>; schoolDay: boolean }) {
  const { ask, toRegister } = useAsk();
  const rows = day.data?.classes;
  const columns = useMemo(() => columnsOf(schoolDay), [schoolDay]);
  const load = useCallback((request: PageRequest) => Promise.resolve(part(rows ?? [], request)), [rows]);
  if (rows === undefined)
    return day.error === null ? (
      <LoadingShape rows={12} />
    ) : (
      <ErrorState error={day.error} onRetry={() => void day.refetch()} />
    );
  return (
    <PagedTable
      label={t("attendance.views.registers")}
      queryKey={["rows", "registers", ask.date, ask.lesson, day.dataUpdatedAt]}
      load={load}
      columns={columns}
      rowId={(row) => row.class}
      initialSort={{ column: "class", order: "ascending" }}
      onOpen={(row) => toRegister(row.class)}
      filters={<DayChoice />}
      empty={
        <Missing what="classes" title={t("attendance.registers.empty")}>
          {t("attendance.registers.emptyText")}
        </Missing>
      }
    />
  );
}
