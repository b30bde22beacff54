// A class's attendance in the term, student by student; Enter shows the student's days.
import { meanings } from "../../components/meanings";
import { Button, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { attendanceSummary, listClasses, registersOfDay } from "../../bindings/operations";
import type { StudentAttendance } from "../../bindings/StudentAttendance";
import { FormatMenu } from "../../components/FormatMenu";
import { Numeral } from "../../components/Numeral";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { ErrorState, LoadingShape } from "../../components/states";
import { Missing } from "../../components/Missing";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { formatDay, formatFixed } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useAsk } from "./ask";
import { exportTable } from "./export";
import { HistoryPane } from "./HistoryPane";
import classes from "./attendance.module.css";
import { byTitle } from "../../names";

const percent = (value: number | null) =>
  value === null ? "–" : t("attendance.percent", { value: formatFixed(value, 1) });

const columns: ListColumn<StudentAttendance>[] = [
  {
    id: "name",
    header: () => t("attendance.summary.student"),
    cell: (row) => <PersonName name={row.listName} />,
    width: "minmax(11rem, 3fr)",
    sortable: true,
  },
  {
    id: "number",
    header: () => t("attendance.summary.number"),
    cell: (row) => row.number,
    width: "minmax(5rem, 1fr)",
    lesser: 3,
  },
  {
    id: "rate",
    header: () => t("attendance.summary.rate"),
    cell: (row) => <strong>{percent(row.rate)}</strong>,
    numeric: true,
    width: "6rem",
    sortable: true,
  },
  ...meanings.map((meaning) => ({
    id: meaning,
    header: () => t(`attendance.meaning.${meaning}`),
    cell: (row: StudentAttendance) => row.counts[meaning],
    numeric: true,
    width: "5.5rem",
    sortable: true,
    lesser: meaning === "absent" ? 1 : 2,
  })),
  {
    id: "recent",
    header: () => t("attendance.summary.recent"),
    cell: (row) => percent(row.recently.percent),
    numeric: true,
    width: "7.5rem",
    sortable: true,
  },
];

const figures: Record<string, (row: StudentAttendance) => number> = {
  rate: ({ rate }) => rate ?? -1,
  recent: ({ recently }) => recently.percent ?? -1,
  present: ({ counts }) => counts.present,
  late: ({ counts }) => counts.late,
  absent: ({ counts }) => counts.absent,
  excused: ({ counts }) => counts.excused,
};

function part(all: readonly StudentAttendance[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ name, number }) => finds(filter, name, number));
  const figure = figures[sort?.column ?? ""];
  const sign = sort?.order === "descending" ? -1 : 1;
  const sorted =
    figure !== undefined
      ? found.toSorted((one, other) => (figure(one) - figure(other)) * sign)
      : sort?.order === "descending"
        ? found.toReversed()
        : found;
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

/** The classes whose attendance the person may add up: those whose registers they take, or all. */
function useClasses(school: string, date: string) {
  const { may } = useSession();
  const takes = may("attendance.registers_of_day");
  return useQuery({
    ...(takes
      ? registersOfDay.about({ school, date }, "choices")
      : listClasses.about({ school, kind: "homeroom" }, "choices")),
    queryFn: async () =>
      takes
        ? (await registersOfDay({ school, date })).classes
            .map((row) => ({ value: row.class, label: row.classTitle }))
            .toSorted((one, other) => byTitle(one.label, other.label))
        : (await listClasses({ school, kind: "homeroom" })).map(({ id, title }) => ({ value: id, label: title })),
  });
}

export function SummaryView({ school }: { school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { term } = usePlace();
  const { ask, go, today } = useAsk();
  const choices = useClasses(school, today);
  const chosen = choices.data?.find(({ value }) => value === ask.class)?.value ?? choices.data?.[0]?.value;
  const summary = useQuery({
    ...attendanceSummary.query({ class: chosen ?? null, term: term?.id ?? null }),
    enabled: chosen !== undefined,
  });
  const rows = summary.data?.students;
  const load = useCallback((request: PageRequest) => Promise.resolve(part(rows ?? [], request)), [rows]);
  const failure = choices.error ?? summary.error;
  if (choices.data?.length === 0) return <Missing what="classes" />;
  if (summary.data === undefined || chosen === undefined)
    return failure === null ? (
      <LoadingShape rows={12} />
    ) : (
      <ErrorState
        error={failure}
        onRetry={() => {
          void choices.refetch();
          void summary.refetch();
        }}
      />
    );
  const { from, to, rate, recently } = summary.data;
  const open = rows?.find(({ student }) => student === ask.student);
  return (
    <Beside
      pane={
        open === undefined ? null : (
          <HistoryPane student={open.student} name={open.name} onClose={() => go({ student: undefined }, true)} />
        )
      }
    >
      <PagedTable
        label={t("attendance.views.summary")}
        queryKey={["rows", "attendance", chosen, summary.dataUpdatedAt]}
        load={load}
        columns={columns}
        rowId={(row) => row.student}
        initialSort={{ column: "name", order: "ascending" }}
        open={open?.student ?? null}
        onOpen={(row) => go({ student: row.student }, true)}
        filters={
          <>
            <Select
              size="xs"
              w={140}
              aria-label={t("attendance.summary.class")}
              searchable
              allowDeselect={false}
              data={choices.data ?? []}
              value={chosen}
              onChange={(next) => {
                if (next !== null) go({ class: next, student: undefined }, true);
              }}
            />
            {may("attendance.attendance_csv") && (
              <FormatMenu onChoose={(format) => void exportTable(chosen, [from, to], format)}>
                <Button variant="default" leftSection={<IconDownload size="0.875rem" />}>
                  {t("attendance.summary.export")}
                </Button>
              </FormatMenu>
            )}
            <span
              className={classes.period}
              title={t("attendance.summary.recentAbout", { to: formatDay(recently.to) })}
            >
              {t("attendance.summary.about", { from: formatDay(from), to: formatDay(to) })} ·{" "}
              {t("attendance.summary.there")}{" "}
              <strong>
                <Numeral>{percent(rate)}</Numeral>
              </strong>{" "}
              · {t("attendance.summary.missed")} <strong>{percent(recently.percent)}</strong>
            </span>
          </>
        }
        empty={<Missing what="students" title={t("attendance.summary.empty")} path={`/classes/${chosen}`} />}
      />
    </Beside>
  );
}
