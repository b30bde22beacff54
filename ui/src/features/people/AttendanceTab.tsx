// A student's attendance: the figures of the term, then day by day with reasons.
import { meanings, toneOf } from "../../components/meanings";
import { Button, Group, Stack, Table, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { attendanceHistory, attendanceSummary } from "../../bindings/operations";
import { Figure } from "../../components/Figure";
import { Numeral } from "../../components/Numeral";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatDay, formatFixed } from "../../numbers";
import { usePlace } from "../../session/session";

const pageSize = 50;

export function AttendanceTab({ student }: { student: string }) {
  const { t } = useTranslation();
  const { term } = usePlace();
  const summary = useQuery({
    ...attendanceSummary.query({ student, term: term?.id ?? null }),
  });
  const days = useInfiniteQuery({
    ...attendanceHistory.about({ student }, pageSize),
    initialPageParam: 0,
    queryFn: ({ pageParam }) => attendanceHistory({ student, offset: pageParam, limit: pageSize }),
    getNextPageParam: (last, pages) => (pages.length * pageSize < last.total ? pages.length * pageSize : undefined),
  });
  const error = summary.error ?? days.error;
  if (error !== null && (summary.data === undefined || days.data === undefined))
    return (
      <ErrorState
        error={error}
        onRetry={() => {
          void summary.refetch();
          void days.refetch();
        }}
      />
    );
  if (summary.data === undefined || days.data === undefined) return <LoadingShape rows={6} />;
  const rows = days.data.pages.flatMap((page) => page.rows);
  if (rows.length === 0)
    return <EmptyState title={t("people.attendance.empty")}>{t("people.attendance.emptyText")}</EmptyState>;
  const { rate, recently, counts } = summary.data;
  const percent = (value: number | null) => (
    <Numeral>{value === null ? "–" : t("people.marks.percent", { value: formatFixed(value, 1) })}</Numeral>
  );
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Figure label={t("people.attendance.rate")} value={percent(rate)} note={term?.title} />
        <Figure label={t("people.attendance.recently")} value={percent(recently.percent)} />
      </Group>
      <Group gap="xs">
        {meanings.map((meaning) => (
          <Signal key={meaning} tone={toneOf[meaning]}>
            {t(`people.meaning.${meaning}`)}: {counts[meaning]}
          </Signal>
        ))}
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("people.attendance.date")}</Table.Th>
            <Table.Th>{t("people.attendance.class")}</Table.Th>
            <Table.Th>{t("people.attendance.code")}</Table.Th>
            <Table.Th>{t("people.attendance.reason")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={`${row.date}-${row.lesson}-${row.class}`}>
              <Table.Td>
                {formatDay(row.date)}{" "}
                <Text span size="xs" c="dimmed">
                  {row.lesson === 0 ? "" : t("people.attendance.lesson", { lesson: row.lesson })}
                </Text>
              </Table.Td>
              <Table.Td>{row.classTitle}</Table.Td>
              <Table.Td>
                <Signal tone={toneOf[row.mark.meaning]} sign={row.code}>
                  {row.codeTitle}
                </Signal>
              </Table.Td>
              <Table.Td>
                <bdi>
                  {[
                    row.mark.reason,
                    row.mark.minutesLate === null
                      ? null
                      : t("people.attendance.minutes", { count: row.mark.minutesLate }),
                  ]
                    .filter((part) => part !== null)
                    .join(" · ")}
                </bdi>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {days.hasNextPage && (
        <Group>
          <Button variant="default" loading={days.isFetchingNextPage} onClick={() => void days.fetchNextPage()}>
            {t("people.attendance.more")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
