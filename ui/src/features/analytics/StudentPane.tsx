// One student over all subjects: why at risk, results by subject with their marks, term by term.
import { Button, Collapse, Group, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { studentPerformance } from "../../bindings/operations";
import type { ExplainedPart } from "../../bindings/ExplainedPart";
import type { StudentResults } from "../../bindings/StudentResults";
import type { SubjectResult } from "../../bindings/SubjectResult";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { SvgChart } from "../../components/SvgChart";
import { useTranslation } from "../../i18n";
import { decimalsOf, formatFixed } from "../../numbers";
import { useSession } from "../../session/session";
import { shareText } from "../gradebook/ExplainPane";
import classes from "./analytics.module.css";
import { useChartLook } from "./ask";
import { SubjectName } from "./SubjectName";
import { inUnit, riskText } from "./words";

interface StudentPaneProps {
  student: string;
  name: string;
  term: string;
  onClose: () => void /** Whom to call, where that is what the list is for. */;
  call?: { name: string | null; phone: string | null };
}

export function StudentPane({ student, name, term, onClose, call }: StudentPaneProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      label={name}
      onClose={onClose}
      actions={
        may("people.student") && (
          <Button variant="default" onClick={() => void navigate({ to: `/students/${student}` })}>
            {t("analytics.risk.openStudent")}
          </Button>
        )
      }
    >
      <Progress student={student} name={name} term={term} {...(call === undefined ? {} : { call })} />
    </Pane>
  );
}

/** The same without its pane: how a student does, term by term. */
export function Progress({ student, name, term, call }: Omit<StudentPaneProps, "onClose">) {
  const { t } = useTranslation();
  const look = useChartLook(400);
  const results = useQuery({
    ...studentPerformance.query({ student, term, look }),
  });
  const { data } = results;
  return (
    <>
      {results.error !== null && data === undefined && (
        <ErrorState error={results.error} onRetry={() => void results.refetch()} />
      )}
      {results.isPending && <LoadingShape rows={8} />}
      {data !== undefined && (
        <Stack gap="md">
          <dl className={classes.head}>
            <div>
              <dt>{t("analytics.risk.class")}</dt>
              <dd>{data.classTitle ?? "–"}</dd>
            </div>
            <div>
              <dt>{t("analytics.risk.overall")}</dt>
              <dd className="figures">
                <Numeral>{inUnit(data.overall, "percent", t, data.rules)}</Numeral>
                {data.grade !== null && <> · {data.grade}</>}
              </dd>
            </div>
            {data.standing !== null && (
              <div>
                <dt>{t("analytics.table.rank")}</dt>
                <dd className="figures">
                  {t("analytics.pane.rank", { rank: data.standing.rank, of: data.classStatistics.n })}
                </dd>
              </div>
            )}
            <div>
              <dt>{t("analytics.pane.attendance")}</dt>
              <dd>
                <Numeral>
                  {data.attendanceRate === null
                    ? "–"
                    : t("analytics.percent", { value: formatFixed(data.attendanceRate, 1) })}
                </Numeral>
              </dd>
            </div>
          </dl>
          {call !== undefined && (
            <div>
              {call.phone === null || call.name === null ? (
                <Text size="sm" c="dimmed">
                  {t("analytics.risk.noGuardian")}
                </Text>
              ) : (
                <Text size="sm">
                  {t("people.student.call")}: <bdi>{call.name}</bdi>{" "}
                  <strong className="figures" dir="ltr" style={{ userSelect: "all" }}>
                    {call.phone}
                  </strong>
                </Text>
              )}
            </div>
          )}
          {data.risks.length > 0 && (
            <section>
              <Title order={3} mb="xs">
                {t("analytics.risk.why")}
              </Title>
              <Stack gap={6} align="flex-start">
                {data.risks.map((risk) => (
                  <Signal
                    key={`${risk.code}-${risk.course ?? ""}`}
                    tone={risk.code === "overall_below_pass" ? "wrong" : "attention"}
                  >
                    {riskText(risk, t, data.rules)}
                  </Signal>
                ))}
              </Stack>
            </section>
          )}
          <section>
            <Title order={3} mb="xs">
              {t("analytics.pane.subjects")}
            </Title>
            {data.subjects.map((subject) => (
              <Subject key={subject.course} subject={subject} of={data} />
            ))}
          </section>
          {data.charts.map(({ kind, svg }) => (
            <SvgChart key={kind} svg={svg} description={t(`analytics.chart.ofStudent.${kind}`, { student: name })} />
          ))}
        </Stack>
      )}
    </>
  );
}

/** A subject's total; opened, the marks that it is made of. */
function Subject({ subject, of }: { subject: SubjectResult; of: StudentResults }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { total } = subject;
  const digits = decimalsOf(
    total.shares.map(({ weight }) => 100 * weight),
    1,
  );
  return (
    <div>
      <UnstyledButton w="100%" py={4} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Group gap={4} wrap="nowrap">
            {open ? <IconChevronDown size="0.875rem" aria-hidden /> : <IconChevronRight size="0.875rem" aria-hidden />}
            <Text size="sm" ta="start">
              <SubjectName subject={subject} of={of} />
            </Text>
          </Group>
          <Text size="sm" className={`figures ${total.passed === false ? classes.failed : ""}`}>
            <Numeral>{inUnit(total.percent, "percent", t, total.rules)}</Numeral>
            {total.grade === null ? "" : ` · ${total.grade}`}
          </Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={open}>
        {total.shares.length > 0 && (
          <Text size="xs" c="dimmed" my={6}>
            {t("gradebook.explain.several")}
          </Text>
        )}
        {total.shares.map((share) => (
          <section key={share.course} aria-label={share.classTitle}>
            <Group justify="space-between" wrap="nowrap" gap="xs" mt={6}>
              <Text size="sm" fw={600} truncate title={share.classTitle}>
                <bdi>{share.classTitle}</bdi>
              </Text>
              <Numeral>{inUnit(share.percent, "percent", t, total.rules)}</Numeral>
            </Group>
            <Text size="xs" c="dimmed">
              {shareText(share, digits, t)}
            </Text>
            <Marks parts={share.parts} />
          </section>
        ))}
        <Marks parts={total.parts} />
        <Text size="xs" c="dimmed" my={6}>
          {subject.class.mean === null && subject.class.n > 0
            ? t("analytics.pane.fewResults", { count: total.rules.classFiguresFrom })
            : t("analytics.pane.classMean", {
                mean: inUnit(subject.class.mean, "percent", t, total.rules),
                count: subject.class.n,
              })}
        </Text>
      </Collapse>
    </div>
  );
}

/** The marks of these categories; none where there are none. */
function Marks({ parts }: { parts: readonly ExplainedPart[] }) {
  const { t } = useTranslation();
  if (parts.length === 0) return null;
  return (
    <table className={classes.list}>
      <tbody>
        {parts.flatMap((part) =>
          part.marks.map((mark) => (
            <tr key={mark.assessment} data-out={!mark.counts || undefined}>
              <td>
                {mark.title}{" "}
                <Text span size="xs" c="dimmed">
                  {part.title}
                </Text>
              </td>
              <td className="figures">
                {mark.state === "marked"
                  ? t("gradebook.explain.of", { mark: mark.text, maximum: mark.maximum })
                  : t(`gradebook.states.${mark.state}`)}
              </td>
            </tr>
          )),
        )}
      </tbody>
    </table>
  );
}
