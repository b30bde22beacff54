// Who is not there on a day, those first whom nobody has explained; Enter shows the student's days.
import { toneOf } from "../../components/meanings";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { AbsentStudent } from "../../bindings/AbsentStudent";
import { absentToday } from "../../bindings/operations";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Reason } from "../../components/Reason";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { useAsk } from "./ask";
import { DayChoice } from "./DayChoice";
import { HistoryPane } from "./HistoryPane";
import { byTitle, fullName, listName } from "../../names";
import { lessonName, Source } from "./words";

const columns: ListColumn<AbsentStudent>[] = [
  {
    id: "name",
    header: () => t("attendance.absent.name"),
    cell: (row) => <PersonName person={row} />,
    width: "minmax(11rem, 2fr)",
    sortable: true,
  },
  {
    id: "class",
    header: () => t("attendance.absent.class"),
    cell: (row) => row.classTitle,
    width: "minmax(4rem, 0.7fr)",
    sortable: true,
  },
  {
    id: "lesson",
    header: () => t("attendance.absent.lesson"),
    cell: (row) => lessonName(row.lesson, t),
    width: "6rem",
  },
  {
    id: "code",
    header: () => t("attendance.absent.code"),
    cell: (row) => (
      <Signal tone={toneOf[row.meaning]} sign={row.code}>
        {t(`attendance.meaning.${row.meaning}`)}
      </Signal>
    ),
    width: "7.5rem",
  },
  {
    id: "reason",
    header: () => t("attendance.absent.reason"),
    cell: (row) => <ReasonOf row={row} />,
    width: "minmax(12rem, 2fr)",
    sortable: true,
  },
  {
    id: "guardian",
    header: () => t("attendance.absent.guardian"),
    cell: (row) => (row.guardianName === null ? "" : <PersonName name={row.guardianName} />),
    width: "minmax(8rem, 1fr)",
    lesser: 1,
  },
  {
    id: "phone",
    header: () => t("attendance.absent.phone"),
    cell: (row) => (
      <span dir="ltr" className="figures" style={{ userSelect: "all" }}>
        {row.guardianPhone ?? ""}
      </span>
    ),
    width: "minmax(8rem, 1fr)",
  },
  {
    id: "source",
    header: () => t("attendance.absent.source"),
    cell: (row) => <Source source={row.source} />,
    width: "7rem",
    lesser: 2,
  },
];

/** Typed here by whoever takes registers; the others read it. */
function ReasonOf({ row }: { row: AbsentStudent }) {
  const { may } = useSession();
  if (may("attendance.record_attendance") && !row.ahead)
    return (
      <Reason
        name={fullName(row)}
        reason={row.reason}
        cell={{
          class: row.class,
          date: row.date,
          lesson: row.lesson,
          student: row.student,
          code: row.codeId,
          version: row.version,
        }}
      />
    );
  return row.unexplained ? (
    <Signal tone="wrong" sign="?">
      {t("attendance.absent.none")}
    </Signal>
  ) : (
    <span title={row.reason ?? ""}>{row.reason ?? (row.ahead ? t("attendance.ahead.known") : "")}</span>
  );
}

function part(all: readonly AbsentStudent[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter((row) =>
    finds(filter, fullName(row), row.nativeName, row.number, row.classTitle, row.guardianName, row.guardianPhone),
  );
  const keys: Record<string, (row: AbsentStudent) => string> = {
    name: listName,
    class: (row) => `${row.classTitle}\u0000${listName(row)}`,
    reason: (row) => `${Number(!row.unexplained)}\u0000${row.reason ?? ""}`,
  };
  const key = keys[sort?.column ?? ""];
  const sorted =
    key === undefined
      ? found
      : found.toSorted((one, other) => byTitle(key(one), key(other)) * (sort?.order === "descending" ? -1 : 1));
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export function AbsentView({ school }: { school: string }) {
  const { t } = useTranslation();
  const { ask, go } = useAsk();
  const list = useQuery({
    ...absentToday.query({ school, date: ask.date }),
  });
  const rows = list.data;
  const load = useCallback((request: PageRequest) => Promise.resolve(part(rows ?? [], request)), [rows]);
  if (rows === undefined)
    return list.error === null ? (
      <LoadingShape rows={12} />
    ) : (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    );
  const open = rows.find(({ student }) => student === ask.student);
  return (
    <Beside
      pane={
        ask.student === undefined ? null : (
          <HistoryPane
            student={ask.student}
            name={open === undefined ? "" : fullName(open)}
            onClose={() => go({ student: undefined }, true)}
          />
        )
      }
    >
      <PagedTable
        label={t("attendance.views.absent")}
        queryKey={["rows", "absent", ask.date, list.dataUpdatedAt]}
        load={load}
        columns={columns}
        rowId={(row) => `${row.student}:${row.lesson}`}
        open={open === undefined ? null : `${open.student}:${open.lesson}`}
        onOpen={(row) => go({ student: row.student }, true)}
        filters={<DayChoice lessons={false} />}
        empty={<EmptyState title={t("attendance.absent.empty")}>{t("attendance.absent.emptyText")}</EmptyState>}
      />
    </Beside>
  );
}
