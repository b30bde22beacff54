// How a class did: in a subject, in one assessment, or over all subjects.
import { Button, Select, Text } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { GroupResults } from "../../bindings/GroupResults";
import { assessmentStatistics, subjectStatistics, termStatistics } from "../../bindings/operations";
import { Beside } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { SvgChart } from "../../components/SvgChart";
import { Missing } from "../../components/Missing";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { choicesByKind } from "../classes/kinds";
import classes from "./analytics.module.css";
import { useAsk, useChartLook, useChoices, type Choice } from "./ask";
import { FigurePane, Figures, isFigure } from "./Figures";
import { ResultPane } from "./ResultPane";
import { ResultTable } from "./ResultTable";
import { answerText } from "./words";

export function ClassView({ school, term }: { school: string; term: string }) {
  const courses = useChoices(school, term);
  const { ask } = useAsk();
  if (courses.error !== null && courses.data === undefined)
    return <ErrorState error={courses.error} onRetry={() => void courses.refetch()} />;
  if (courses.data === undefined) return <LoadingShape rows={10} />;
  const first = courses.data.find((one) => one.marked) ?? courses.data[0];
  if (first === undefined) return <Missing what="courses" />;
  // Opened without a question: the first class that has marks, in its first subject.
  // A course says its class by itself: the columns of a homeroom may lead to a course of a group.
  const asked = courses.data.find((one) => one.course !== undefined && one.course === ask.course);
  const named = courses.data.find((one) => one.class === ask.class);
  const chosen = (asked ?? named ?? first).class;
  const course =
    ask.class === undefined && asked === undefined ? first.course : knownCourse(courses.data, chosen, ask.course);
  return <Question key={term} courses={courses.data} chosen={chosen} course={course} term={term} />;
}

/** The subject that is asked about, unless it is known not to be one of the class. */
function knownCourse(choices: readonly Choice[], chosen: string, course: string | undefined): string | undefined {
  const of = choices.filter((one) => one.class === chosen && one.course !== undefined);
  return of.length === 0 || of.some((one) => one.course === course) ? course : undefined;
}

function Question({
  courses,
  chosen,
  course,
  term,
}: {
  courses: readonly Choice[];
  chosen: string;
  course: string | undefined;
  term: string;
}) {
  const { t } = useTranslation();
  const { term: shownTerm } = usePlace();
  const { may } = useSession();
  const { ask, go, open } = useAsk();
  const look = useChartLook();
  // The columns of a subject are its assessments: they are what can be asked for next.
  const subject = useQuery({
    ...subjectStatistics.query({ course: course ?? "", term, look }),
    enabled: course !== undefined,
    placeholderData: keepPreviousData,
  });
  const assessments = course === undefined ? [] : (subject.data?.columns ?? []);
  const assessment = assessments.find(({ id }) => id === ask.assessment)?.id;
  const whole = useQuery({
    ...termStatistics.query({ class: chosen, term, look }),
    enabled: course === undefined || !may("gradebook.courses_for_marks"),
    placeholderData: keepPreviousData,
  });
  const one = useQuery({
    ...assessmentStatistics.query({ assessment: assessment ?? "", look }),
    enabled: assessment !== undefined,
    placeholderData: keepPreviousData,
  });
  const answer = assessment !== undefined ? one : course !== undefined ? subject : whole;
  const results = answer.data;

  const classesOf = choicesByKind(
    [...new Map(courses.map((row) => [row.class, row]))].map(([value, { classTitle: label, classKind: kind }]) => ({
      value,
      label,
      kind,
    })),
  );
  const taught = courses
    .filter((row) => row.class === chosen)
    .flatMap(({ course: value, subjectTitle: label }) =>
      value === undefined || label === undefined ? [] : [{ value, label }],
    );
  const grades = may("gradebook.courses_for_marks");
  /** Whether a subject of the class leads to a course: one that all of the class take it in, and the person reaches. */
  const leads = (one: string | null): one is string =>
    one !== null && (!grades || courses.some((row) => row.course === one));
  // The columns of a class are its subjects.
  const subjects =
    taught.length > 0
      ? taught
      : (whole.data?.columns ?? []).flatMap(({ course: value, title: label }) =>
          leads(value) ? [{ value, label }] : [],
        );
  const all = "all";
  const onClass = (next: string | null) => {
    if (next === null) return;
    // The same subject in the other class, where it has it.
    const title = courses.find((row) => row.course === course)?.subject;
    const same = title === undefined ? undefined : courses.find((row) => row.class === next && row.subject === title);
    go({ view: "class", class: next, course: same?.course });
  };
  const row = results?.rows.find(({ student }) => student.id === ask.student);
  return (
    <Beside
      pane={
        results === undefined ? null : row !== undefined ? (
          <ResultPane
            results={results}
            row={row}
            course={course}
            whole={assessment === undefined}
            onClose={() => open({})}
            leads={leads}
            onCourse={(next) =>
              go({
                view: "class",
                class: courses.find((one) => one.course === next)?.class ?? chosen,
                course: next,
                student: row.student.id,
              })
            }
          />
        ) : isFigure(ask.figure) ? (
          <FigurePane
            results={results}
            figure={ask.figure}
            onClose={() => open({})}
            onStudent={(student) => open({ student })}
          />
        ) : null
      }
    >
      <div className={classes.page}>
        <div className={classes.question} role="group" aria-label={t("analytics.question.label")}>
          <span>{t("analytics.question.how")}</span>
          <Select
            aria-label={t("analytics.question.class")}
            w={150}
            searchable
            allowDeselect={false}
            data={classesOf}
            value={chosen}
            onChange={onClass}
          />
          <span>{t("analytics.question.in")}</span>
          <Select
            aria-label={t("analytics.question.subject")}
            w={190}
            searchable
            allowDeselect={false}
            data={[{ value: all, label: t("analytics.question.allSubjects") }, ...subjects]}
            value={course ?? all}
            onChange={(next) =>
              go({ view: "class", class: chosen, course: next === all || next === null ? undefined : next })
            }
          />
          {course !== undefined && (
            <Select
              aria-label={t("analytics.question.assessment")}
              w={190}
              searchable
              allowDeselect={false}
              data={[
                { value: all, label: t("analytics.question.wholeTerm") },
                ...assessments.map(({ id, title }) => ({ value: id, label: title })),
              ]}
              value={assessment ?? all}
              onChange={(next) =>
                go({
                  view: "class",
                  class: chosen,
                  course,
                  assessment: next === all || next === null ? undefined : next,
                })
              }
            />
          )}
          {course === undefined && <span>{t("analytics.question.term", { term: shownTerm?.title ?? "" })}</span>}
          <span aria-hidden>?</span>
        </div>
        {answer.error !== null && results === undefined && (
          <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
        )}
        {answer.isPending && <LoadingShape rows={10} />}
        {results !== undefined && (
          <Results
            results={results}
            busy={answer.isPlaceholderData}
            course={course}
            stamp={`${assessment ?? course ?? chosen}:${answer.dataUpdatedAt}`}
          />
        )}
      </div>
    </Beside>
  );
}

function Results({
  results,
  busy,
  course,
  stamp,
}: {
  results: GroupResults;
  busy: boolean;
  course: string | undefined;
  stamp: string;
}) {
  const { t } = useTranslation();
  const { ask, open } = useAsk();
  const { may } = useSession();
  const { code } = results.answer;
  return (
    <div aria-busy={busy} className={classes.results}>
      <p className={classes.answer} role="status">
        {answerText(results.answer, results.unit, t, results.rules)}
      </p>
      {code === "no_marks" && course !== undefined && may("gradebook.record_marks") && (
        <Text size="sm" c="dimmed">
          {t("analytics.answer.typeMarks")}{" "}
          <Button component="a" href={`#/marks/${course}`} variant="subtle">
            {t("analytics.openSheet")}
          </Button>
        </Text>
      )}
      {code !== "no_marks" && (
        <>
          <Figures results={results} onOpen={(figure) => open({ figure })} />
          <div className={classes.charts}>
            {results.charts.map(({ kind, svg }) => (
              <div key={kind} className={classes.chart}>
                <SvgChart
                  svg={svg}
                  description={t(`analytics.chart.says.${kind}`, {
                    answer: answerText(results.answer, results.unit, t, results.rules),
                  })}
                />
              </div>
            ))}
          </div>
        </>
      )}
      {results.rows.length > 0 && code !== "no_marks" && (
        <ResultTable
          results={results}
          stamp={stamp}
          open={ask.student ?? null}
          onOpen={(student) => open({ student })}
        />
      )}
    </div>
  );
}
