// One student of a group: where the value stands, and the marks that it is made of.
import { Button, Text, UnstyledButton } from "@mantine/core";
import type { GroupResults } from "../../bindings/GroupResults";
import type { ResultColumn } from "../../bindings/ResultColumn";
import type { StudentResult } from "../../bindings/StudentResult";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import { useSession } from "../../session/session";
import classes from "./analytics.module.css";
import { signed } from "./ResultTable";
import { inUnit } from "./words";

interface ResultPaneProps {
  results: GroupResults;
  row: StudentResult;
  /** The subject asked about; all subjects where it is left out. */
  course: string | undefined;
  /** Whether the whole term was asked about, so that the value is a total of several marks. */
  whole: boolean;
  onClose: () => void;
  /** Whether a subject's course can be opened. */
  leads: (course: string | null) => course is string;
  onCourse: (course: string) => void;
}

export function ResultPane({ results, row, course, whole, onClose, leads, onCourse }: ResultPaneProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { student, standing } = row;
  return (
    <Pane title={<bdi>{student.name}</bdi>} label={student.name} onClose={onClose} width={360}>
      <dl className={classes.head}>
        <div>
          <dt>{t(whole ? "analytics.table.total" : "analytics.table.points")}</dt>
          <dd className="figures">
            <Numeral>{inUnit(row.value, results.unit, t, results.rules)}</Numeral>
            {row.grade !== null && <> · {row.grade}</>}
          </dd>
        </div>
        {standing !== null && (
          <>
            <div>
              <dt>{t("analytics.table.rank")}</dt>
              <dd className="figures">{t("analytics.pane.rank", { rank: standing.rank, of: results.statistics.n })}</dd>
            </div>
            <div>
              <dt>{t("analytics.table.percentile")}</dt>
              <dd className="figures">{formatNumber(standing.percentile, 0)}</dd>
            </div>
            <div>
              <dt>{t("analytics.table.z")}</dt>
              <dd>
                <Numeral>{signed(standing.z)}</Numeral>
              </dd>
            </div>
          </>
        )}
      </dl>
      {standing !== null && (
        <Text size="sm" c="dimmed" mb="sm">
          {t("analytics.pane.percentile", { percentile: formatNumber(standing.percentile, 0) })}
        </Text>
      )}
      <table className={classes.list}>
        <thead>
          <tr>
            <th>{t(course === undefined ? "analytics.table.subject" : "analytics.table.assessment")}</th>
            <th>{t("analytics.table.mark")}</th>
            <th>{t("analytics.table.mean")}</th>
          </tr>
        </thead>
        <tbody>
          {results.columns.map((column, place) => {
            const behind = row.behind[place];
            if (behind === undefined) return null;
            const given = behind.percent !== null;
            const text =
              behind.state === null
                ? inUnit(behind.percent, "percent", t, results.rules)
                : behind.state === "marked"
                  ? behind.text
                  : t(`gradebook.states.${behind.state}`);
            return (
              <tr key={column.id} data-out={!given || undefined}>
                <td>
                  <ColumnTitle column={column} leads={leads} onCourse={onCourse} />
                </td>
                <td>
                  <Numeral>
                    {text}
                    {behind.state === "marked" && given && (
                      <Text span size="xs" c="dimmed">
                        {" "}
                        {inUnit(behind.percent, "percent", t, results.rules)}
                      </Text>
                    )}
                  </Numeral>
                </td>
                <td>
                  <Numeral>{inUnit(column.statistics.mean, "percent", t, results.rules)}</Numeral>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {course !== undefined && whole && (
        <Text size="xs" c="dimmed" mt="sm">
          {t("analytics.pane.weighted")}
        </Text>
      )}
      {course !== undefined && may("gradebook.mark_sheet") && (
        <Button component="a" href={`#/marks/${course}`} variant="default" mt="sm">
          {t("analytics.openSheet")}
        </Button>
      )}
    </Pane>
  );
}

/** A subject that leads to its course, where it has one; an assessment leads nowhere. */
function ColumnTitle({
  column: { title, course },
  leads,
  onCourse,
}: { column: ResultColumn } & Pick<ResultPaneProps, "leads" | "onCourse">) {
  if (!leads(course)) return <bdi>{title}</bdi>;
  return (
    <UnstyledButton onClick={() => onCourse(course)}>
      <bdi>{title}</bdi>
    </UnstyledButton>
  );
}
