// Who was often away, over the whole school: so many days, so many in a row, or more than a share; Enter shows the days.
import { Checkbox, Group, NumberInput } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { oftenAbsent } from "../../bindings/operations";
import type { OftenAbsentStudent } from "../../bindings/OftenAbsentStudent";
import { DateField, dayFault } from "../../components/DateField";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { isDay } from "../../days";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { byTitle } from "../../names";
import { formatDay, formatFixed } from "../../numbers";
import { useAsk } from "./ask";
import classes from "./attendance.module.css";
import { HistoryPane } from "./HistoryPane";

const columns: ListColumn<OftenAbsentStudent>[] = [
  {
    id: "name",
    header: () => t("attendance.absent.name"),
    cell: (row) => <PersonName name={row.listName} />,
    width: "minmax(11rem, 3fr)",
    sortable: true,
  },
  {
    id: "class",
    header: () => t("attendance.absent.class"),
    cell: (row) => row.classTitle,
    width: "minmax(4rem, 1fr)",
    sortable: true,
  },
  {
    id: "away",
    header: () => t("attendance.often.away"),
    cell: (row) => <strong>{row.away}</strong>,
    numeric: true,
    width: "6.5rem",
    sortable: true,
  },
  {
    id: "excused",
    header: () => t("attendance.often.excused"),
    cell: (row) => row.excused,
    numeric: true,
    width: "6rem",
    lesser: 2,
  },
  {
    id: "row",
    header: () => t("attendance.often.row"),
    cell: (row) => row.inARow,
    numeric: true,
    width: "6rem",
    sortable: true,
  },
  {
    id: "share",
    header: () => t("attendance.often.share"),
    cell: (row) => t("attendance.percent", { value: formatFixed(row.percent, 1) }),
    numeric: true,
    width: "7rem",
    sortable: true,
  },
  {
    id: "last",
    header: () => t("attendance.often.last"),
    cell: (row) => formatDay(row.last),
    width: "9rem",
    lesser: 1,
  },
];

const figures: Record<string, (row: OftenAbsentStudent) => number> = {
  away: ({ away }) => away,
  row: ({ inARow }) => inARow,
  share: ({ percent }) => percent,
};
const texts: Record<string, (row: OftenAbsentStudent) => string> = {
  name: ({ listName }) => listName,
  class: ({ classTitle, listName }) => `${classTitle}\u0000${listName}`,
};

function part(all: readonly OftenAbsentStudent[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ name, number, classTitle }) => finds(filter, name, number, classTitle));
  const sign = sort?.order === "descending" ? -1 : 1;
  const [figure, text] = [figures[sort?.column ?? ""], texts[sort?.column ?? ""]];
  const sorted = found.toSorted((one, other) =>
    figure !== undefined
      ? (figure(one) - figure(other)) * sign
      : text === undefined
        ? 0
        : byTitle(text(one), text(other)) * sign,
  );
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

/** The day that was so many days before another. */
function daysBefore(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() - days);
  return at.toISOString().slice(0, 10);
}

/** What is in a field of numbers; an empty one asks for nothing. */
const asked = (value: string | number): number | null => (value === "" ? null : Number(value));

export function OftenView({ school }: { school: string }) {
  const { t } = useTranslation();
  const { ask, go, today } = useAsk();
  const [range, setRange] = useState({ start: daysBefore(today, 30), end: today });
  const [measure, setMeasure] = useState<{ days: number | null; inARow: number | null; percent: number | null }>({
    days: null,
    inARow: 3,
    percent: 10,
  });
  const [unexcusedOnly, setUnexcusedOnly] = useState(false);
  const ready = isDay(range.start) && isDay(range.end) && Object.values(measure).some((value) => value !== null);
  const found = useQuery({
    ...oftenAbsent.query({ school, ...range, ...measure, unexcusedOnly }),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.students;
  const load = useCallback((request: PageRequest) => Promise.resolve(part(rows ?? [], request)), [rows]);
  const open = rows?.find(({ student }) => student === ask.student);
  const number = (name: keyof typeof measure, label: string, max: number) => (
    <NumberInput
      size="xs"
      w={118}
      label={label}
      min={0}
      max={max}
      allowDecimal={name === "percent"}
      allowNegative={false}
      hideControls
      value={measure[name] ?? ""}
      onChange={(value) => setMeasure({ ...measure, [name]: asked(value) })}
    />
  );
  const day = (name: keyof typeof range, label: string) => (
    <DateField
      size="xs"
      w={150}
      label={label}
      value={range[name]}
      error={dayFault(range[name])}
      onChange={(value) => setRange({ ...range, [name]: value })}
    />
  );
  const filters = (
    <Group align="flex-start" gap="xs">
      {day("start", t("attendance.often.from"))}
      {day("end", t("attendance.often.to"))}
      {number("days", t("attendance.often.days"), 366)}
      {number("inARow", t("attendance.often.inARow"), 366)}
      {number("percent", t("attendance.often.percent"), 100)}
      <Checkbox
        mt={28}
        label={t("attendance.often.unexcused")}
        checked={unexcusedOnly}
        onChange={(event) => setUnexcusedOnly(event.currentTarget.checked)}
      />
      {found.data !== undefined && found.data.total > found.data.students.length && (
        <span className={classes.period}>
          {t("attendance.often.more", { shown: found.data.students.length, total: found.data.total })}
        </span>
      )}
    </Group>
  );
  if (found.data === undefined && ready)
    return found.error === null ? (
      <LoadingShape rows={12} />
    ) : (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    );
  return (
    <Beside
      pane={
        open === undefined ? null : (
          <HistoryPane student={open.student} name={open.name} onClose={() => go({ student: undefined }, true)} />
        )
      }
    >
      <PagedTable
        label={t("attendance.views.often")}
        queryKey={["rows", "often", found.dataUpdatedAt]}
        load={load}
        columns={columns}
        rowId={(row) => row.student}
        initialSort={{ column: "away", order: "descending" }}
        open={open?.student ?? null}
        onOpen={(row) => go({ student: row.student }, true)}
        filters={filters}
        empty={<EmptyState title={t("attendance.often.empty")}>{t("attendance.often.emptyText")}</EmptyState>}
      />
    </Beside>
  );
}
