// What a student sees of themselves: the record, the courses, every day of attendance, the marks with what
// each total is made of, and how it goes from term to term.
import { Stack, Table, Tabs, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { gradeScale, student as askStudent, studentPerformance } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { decimalsOf, formatFixed } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { Progress } from "../analytics/StudentPane";
import { SubjectName } from "../analytics/SubjectName";
import { TotalExplained } from "../gradebook/ExplainPane";
import { AttendanceTab } from "./AttendanceTab";
import { MarksTab } from "./MarksTab";
import { Overview } from "./Overview";
import { OwnCourses } from "./OwnCourses";

const tabs = ["overview", "courses", "attendance", "marks", "progress"] as const;

export default function OwnScreen() {
  const { t } = useTranslation();
  const { whoami } = useSession();
  if (whoami.student === null)
    return (
      <Screen head={<ScreenHead title={t("people.own.title")} />}>
        <EmptyState title={t("people.own.nobody")}>{t("people.own.nobodyText")}</EmptyState>
      </Screen>
    );
  return <Own id={whoami.student} />;
}

function Own({ id }: { id: string }) {
  const { t } = useTranslation();
  const { term } = usePlace();
  const { chosen, choose } = useListAddress("/me");
  const found = useQuery({
    ...askStudent.query({ student: id }),
  });
  const { may } = useSession();
  const shown = tabs.filter((one) => one !== "courses" || may("classes.list_courses"));
  const tab = shown.find((one) => one === chosen("tab")) ?? "overview";
  const name = found.data === undefined ? t("people.own.title") : fullName(found.data);
  return (
    <Screen
      head={
        <ScreenHead
          title={<bdi>{name}</bdi>}
          about={found.data === undefined ? undefined : t("people.student.number", { number: found.data.number })}
        />
      }
    >
      {found.data === undefined &&
        (found.error === null ? (
          <LoadingShape rows={8} />
        ) : (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ))}
      {found.data !== undefined && (
        <Tabs
          value={tab}
          onChange={(next) => choose({ tab: next === "overview" ? null : next })}
          keepMounted={false}
          maw="44rem"
        >
          <Tabs.List>
            {shown.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`people.own.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="overview" pt="md">
            <Overview student={found.data} />
          </Tabs.Panel>
          <Tabs.Panel value="courses" pt="md">
            <OwnCourses student={id} school={found.data.school} />
          </Tabs.Panel>
          <Tabs.Panel value="attendance" pt="md">
            <AttendanceTab student={id} />
          </Tabs.Panel>
          <Tabs.Panel value="marks" pt="md">
            <Stack gap="lg">
              <MarksTab student={id} />
              {term !== null && <Totals student={id} term={term.id} />}
              <Grades school={found.data.school} />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="progress" pt="md">
            {term === null ? (
              <EmptyState title={t("people.marks.noTerm")} />
            ) : (
              <Progress student={id} name={name} term={term.id} />
            )}
          </Tabs.Panel>
        </Tabs>
      )}
    </Screen>
  );
}

/** Subject by subject, what the total is made of. */
function Totals({ student, term }: { student: string; term: string }) {
  const results = useQuery({
    ...studentPerformance.query({ student, term }),
  });
  return (
    <>
      {results.data?.subjects.map((subject) => (
        <section key={subject.course}>
          <Title order={3} mb={4}>
            <SubjectName subject={subject} of={results.data} />
          </Title>
          <TotalExplained total={subject.total} active={null} />
        </section>
      ))}
    </>
  );
}

/** From how many per cent which grade is given. */
function Grades({ school }: { school: string }) {
  const { t } = useTranslation();
  const scale = useQuery({ ...gradeScale.query({ school }) });
  if (scale.data === undefined) return null;
  const digits = decimalsOf(scale.data.bands.map(({ fromPercent }) => fromPercent));
  return (
    <section>
      <Title order={3} mb={4}>
        {t("people.own.grades")}
      </Title>
      <Table maw="20rem">
        <Table.Tbody>
          {scale.data.bands.map(({ label, fromPercent }) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="end">
                <Text size="sm" className="figures">
                  {t("people.own.from", { percent: formatFixed(fromPercent, digits) })}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
