// A student's results of the term, subject by subject, as the report card has them.
import { Button, Group, Stack, Table } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { studentPerformance } from "../../bindings/operations";
import { Figure } from "../../components/Figure";
import { Numeral } from "../../components/Numeral";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatTotal } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { SubjectName } from "../analytics/SubjectName";
import { EarlierSchools } from "./transfers/EarlierSchools";

export function MarksTab({ student }: { student: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { term } = usePlace();
  const { may } = useSession();
  const results = useQuery({
    ...studentPerformance.query({ student, term: term?.id ?? "" }),
    enabled: term !== null,
  });
  const earlier = <EarlierSchools student={student} />;
  if (term === null)
    return (
      <Stack gap="lg">
        <EmptyState title={t("people.marks.empty")}>{t("people.marks.noTerm")}</EmptyState>
        {earlier}
      </Stack>
    );
  if (results.error !== null && results.data === undefined)
    return <ErrorState error={results.error} onRetry={() => void results.refetch()} />;
  if (results.data === undefined) return <LoadingShape rows={6} />;
  const { overall, grade, standing, classStatistics, subjects, rules } = results.data;
  const percent = (value: number | null) => (
    <Numeral>{value === null ? "–" : t("people.marks.percent", { value: formatTotal(value, rules) })}</Numeral>
  );
  if (overall === null)
    return (
      <Stack gap="lg">
        <EmptyState title={t("people.marks.empty")}>{t("people.marks.emptyText")}</EmptyState>
        {earlier}
      </Stack>
    );
  return (
    <Stack gap="sm">
      <Group gap="xs">
        <Figure label={t("people.marks.overall")} value={percent(overall)} note={grade ?? undefined} />
        {standing !== null && (
          <Figure
            label={t("people.marks.rank")}
            value={t("people.marks.of", { rank: standing.rank, n: classStatistics.n })}
            note={term.title}
          />
        )}
      </Group>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("people.marks.subject")}</Table.Th>
            <Table.Th ta="end">{t("people.marks.total")}</Table.Th>
            <Table.Th>{t("people.marks.grade")}</Table.Th>
            <Table.Th ta="end">{t("people.marks.mean")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {subjects.map((subject) => (
            <Table.Tr key={subject.course}>
              <Table.Td>
                <SubjectName subject={subject} of={results.data} />
              </Table.Td>
              <Table.Td ta="end">
                {subject.total.passed === false ? (
                  <Signal tone="wrong">
                    <span title={t("people.marks.belowPass")}>{percent(subject.total.percent)}</span>
                  </Signal>
                ) : (
                  percent(subject.total.percent)
                )}
              </Table.Td>
              <Table.Td>{subject.total.grade ?? "–"}</Table.Td>
              <Table.Td ta="end">{percent(subject.class.mean)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {results.data.class !== null && may("analytics.term_statistics") && (
        <Group>
          <Button
            variant="default"
            onClick={() => void navigate({ to: "/analytics", search: { class: results.data.class, student } })}
          >
            {t("people.marks.open")}
          </Button>
        </Group>
      )}
      {earlier}
    </Stack>
  );
}
