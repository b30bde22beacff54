// A student's days and lessons, newest first, each with who wrote what and when.
import { toneOf } from "../../components/meanings";
import { Anchor, Button, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { attendanceHistory, attendanceSummary } from "../../bindings/operations";
import type { HistoryRow } from "../../bindings/HistoryRow";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { named, useTranslation } from "../../i18n";
import { formatDay, formatFixed, formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useAsk } from "./ask";
import { Evidence } from "./Evidence";
import classes from "./attendance.module.css";
import { Counts, lessonName, seenByCamera, Source } from "./words";

const page = 60;

export function HistoryPane({ student, name, onClose }: { student: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const title = name === "" ? t("attendance.rail") : name;
  return (
    <Pane title={title} label={title} onClose={onClose} width={380}>
      <HistoryList student={student} name={name} />
    </Pane>
  );
}

export function HistoryList({ student, name = "" }: { student: string; name?: string }) {
  const { t } = useTranslation();
  const { term } = usePlace();
  const summary = useQuery({
    ...attendanceSummary.query({ student, term: term?.id ?? null }),
    enabled: term !== null,
  });
  const list = useInfiniteQuery({
    ...attendanceHistory.about({ student }),
    initialPageParam: 0,
    queryFn: ({ pageParam }) => attendanceHistory({ student, offset: pageParam, limit: page }),
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, { rows }) => sum + rows.length, 0);
      return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
    },
  });
  if (list.data === undefined)
    return list.error === null ? (
      <LoadingShape />
    ) : (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    );
  const rows = list.data.pages.flatMap((part) => part.rows);
  if (rows.length === 0)
    return <EmptyState title={t("attendance.history.empty")}>{t("attendance.history.emptyText")}</EmptyState>;
  return (
    <>
      {summary.data !== undefined && (
        <div className={classes.termLine}>
          <span>{term?.title}</span>
          <Counts counts={summary.data.counts} all />
          {summary.data.rate !== null && (
            <strong>
              <Numeral>{t("attendance.percent", { value: formatFixed(summary.data.rate, 1) })}</Numeral>
            </strong>
          )}
        </div>
      )}
      <ol className={classes.history}>
        {rows.map((row) => (
          <Day key={`${row.date}:${row.lesson}`} row={row} student={student} name={name} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t("attendance.history.more")}
        </Button>
      )}
    </>
  );
}

/** What wrote it, in brackets; nothing for what is of no interest here. */
function howOf(operation: string): string {
  const how = named("attendance.history.operations", operation);
  return how === undefined ? "" : ` (${how})`;
}

function Day({ row, student, name }: { row: HistoryRow; student: string; name: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { toRegister } = useAsk();
  const { mark } = row;
  return (
    <li>
      <div className={classes.dayHead}>
        {may("attendance.register") ? (
          <Anchor
            component="button"
            type="button"
            size="sm"
            fw={600}
            title={t("attendance.history.open")}
            onClick={() => toRegister(row.class, { date: row.date, lesson: row.lesson })}
          >
            {formatDay(row.date)}
          </Anchor>
        ) : (
          <Text size="sm" fw={600}>
            {formatDay(row.date)}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {row.classTitle}, {lessonName(row.lesson, t)}
        </Text>
        <Signal tone={toneOf[mark.meaning]} sign={row.code}>
          {row.codeTitle}
        </Signal>
      </div>
      {(mark.minutesLate !== null || mark.reason !== null) && (
        <Text size="xs">
          {[
            mark.minutesLate === null ? null : t("attendance.history.minutes", { count: mark.minutesLate }),
            mark.reason,
          ]
            .filter((part) => part !== null)
            .join(" · ")}
        </Text>
      )}
      {row.changes.length > 1 ? (
        <details className={classes.changes}>
          <summary>{t("attendance.history.changes", { count: row.changes.length })}</summary>
          <ul>
            {row.changes.map((change) => (
              <li key={`${change.at}${change.operation}`}>
                {t("attendance.history.change", {
                  code: change.code ?? t("attendance.history.cleared"),
                  by: change.by ?? t("attendance.history.somebody"),
                  at: formatMoment(change.at),
                })}
                {howOf(change.operation)}
              </li>
            ))}
          </ul>
        </details>
      ) : (
        <Source source={mark.source} by={mark.by} />
      )}
      {seenByCamera.has(mark.source) && may("faces.attendance_evidence") && (
        <Evidence of={{ student, date: row.date, lesson: row.lesson }} name={name} />
      )}
    </li>
  );
}
