// What a student achieved at the schools of the district before this one; nothing where there was none.
import { Table, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Fragment } from "react";
import type { EarlierSchool } from "../../../bindings/EarlierSchool";
import { earlierSchools } from "../../../bindings/operations";
import { ErrorState } from "../../../components/states";
import { useTranslation } from "../../../i18n";
import { formatDay, formatFixed } from "../../../numbers";
import { useSession } from "../../../session/session";

export function EarlierSchools({ student }: { student: string }) {
  const { may } = useSession();
  const found = useQuery({ ...earlierSchools.query({ student }), enabled: may("analytics.earlier_schools") });
  if (found.error !== null && found.data === undefined)
    return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  return found.data?.map((school) => <OfSchool key={school.schoolName} school={school} />);
}

function OfSchool({ school: { schoolName, number, firstDay, lastDay, terms } }: { school: EarlierSchool }) {
  const { t } = useTranslation();
  const days =
    firstDay === null
      ? ""
      : lastDay === null
        ? t("people.place.from", { start: formatDay(firstDay) })
        : t("people.place.days", { start: formatDay(firstDay), end: formatDay(lastDay) });
  const percent = (value: number | null) =>
    value === null ? "–" : t("people.marks.percent", { value: formatFixed(value, 1) });
  return (
    <section>
      <Title order={3} mb={4}>
        <bdi>{schoolName}</bdi>{" "}
        <Text span size="xs" c="dimmed">
          {[t("people.student.number", { number }), days].filter((part) => part !== "").join(" · ")}
        </Text>
      </Title>
      {terms.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("people.earlier.none")}
        </Text>
      ) : (
        <Table>
          <Table.Tbody>
            {terms.map((term) => (
              <Fragment key={`${term.yearTitle} ${term.termTitle}`}>
                <Table.Tr>
                  <Table.Th>
                    {t("people.earlier.term", { year: term.yearTitle, term: term.termTitle, class: term.classTitle })}
                  </Table.Th>
                  <Table.Th ta="end">{percent(term.overall)}</Table.Th>
                  <Table.Th>{term.grade ?? "–"}</Table.Th>
                </Table.Tr>
                {term.subjects.map((subject) => (
                  <Table.Tr key={subject.subjectTitle}>
                    <Table.Td>
                      <bdi>{subject.subjectTitle}</bdi>
                    </Table.Td>
                    <Table.Td ta="end" className="figures">
                      {percent(subject.percent)}
                    </Table.Td>
                    <Table.Td>{subject.grade ?? "–"}</Table.Td>
                  </Table.Tr>
                ))}
                {term.attendanceRate !== null && (
                  <Table.Tr>
                    <Table.Td>{t("people.earlier.attendance")}</Table.Td>
                    <Table.Td ta="end" className="figures">
                      {percent(term.attendanceRate)}
                    </Table.Td>
                    <Table.Td />
                  </Table.Tr>
                )}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  );
}
