// The school at a glance: results by class and by subject; a class opens its own question, a subject its classes.
import { Text, Title, UnstyledButton } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { GradingRules } from "../../bindings/GradingRules";
import type { GroupRow } from "../../bindings/GroupRow";
import { schoolStatistics } from "../../bindings/operations";
import { Numeral } from "../../components/Numeral";
import { Beside } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { SvgChart } from "../../components/SvgChart";
import { Missing } from "../../components/Missing";
import { useTranslation } from "../../i18n";
import { formatFixed, formatNumber } from "../../numbers";
import classes from "./analytics.module.css";
import { useAsk, useChartLook } from "./ask";
import { SubjectPane } from "./SubjectPane";
import { answerText, inUnit, share } from "./words";
import { byTitle } from "../../names";
import { GroupBadge, homeroomsFirst } from "../classes/kinds";

export function SchoolView({ school, term }: { school: string; term: string }) {
  const { t } = useTranslation();
  const { ask, go, open } = useAsk();
  const look = useChartLook();
  const results = useQuery({
    ...schoolStatistics.query({ school, term, look }),
    placeholderData: keepPreviousData,
  });
  const { data } = results;
  if (results.error !== null && data === undefined)
    return <ErrorState error={results.error} onRetry={() => void results.refetch()} />;
  if (data === undefined) return <LoadingShape rows={12} />;
  if (data.classes.length === 0) return <Missing what="classes" />;
  const inOrder = homeroomsFirst(
    data.classes
      .map((row) => ({ ...row, kind: row.kind ?? "homeroom" }))
      .toSorted((one, other) => byTitle(one.title, other.title)),
  );
  const subject = data.subjects.find(({ id }) => id === ask.subject);
  const titles = [t("analytics.school.byClass"), t("analytics.school.bySubject")];
  return (
    <Beside
      pane={
        subject === undefined ? null : (
          <SubjectPane
            key={subject.id}
            subject={subject}
            of={inOrder}
            term={term}
            onClose={() => open({})}
            onOpen={(of, course) => go({ view: "class", class: of, course })}
          />
        )
      }
    >
      <div className={classes.page} aria-busy={results.isPlaceholderData}>
        <div className={classes.results}>
          <p className={classes.answer} role="status">
            {answerText(data.answer, "percent", t, data.rules)}
          </p>
          <div className={classes.tables}>
            <GroupTable
              title={t("analytics.school.byClass")}
              first={t("analytics.risk.class")}
              rows={inOrder}
              rules={data.rules}
              onOpen={(id) => go({ view: "class", class: id })}
            />
            <GroupTable
              title={t("analytics.school.bySubject")}
              first={t("analytics.table.subject")}
              rows={data.subjects}
              rules={data.rules}
              onOpen={(id) => open({ subject: id })}
            />
          </div>
          {data.answer.code !== "no_marks" && (
            <div className={classes.charts}>
              {data.charts.map(({ svg }, place) => (
                <figure key={titles[place]} className={classes.chart}>
                  <Text component="figcaption" size="sm" fw={600} mb={4}>
                    {titles[place]}
                  </Text>
                  <SvgChart
                    svg={svg}
                    description={t("analytics.chart.says.box_plots", {
                      answer: answerText(data.answer, "percent", t, data.rules),
                    })}
                  />
                </figure>
              ))}
            </div>
          )}
        </div>
      </div>
    </Beside>
  );
}

function GroupTable({
  title,
  first,
  rows,
  rules,
  onOpen,
}: {
  title: string;
  first: string;
  rows: readonly GroupRow[];
  rules: GradingRules;
  onOpen: (id: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <section>
      <Title order={2} mb="xs">
        {title}
      </Title>
      <table className={classes.list}>
        <thead>
          <tr>
            <th>{first}</th>
            <th>{t("analytics.school.students")}</th>
            <th>{t("analytics.table.mean")}</th>
            <th>{t("analytics.school.before")}</th>
            <th>{t("analytics.figures.sd.title")}</th>
            <th>{t("analytics.figures.passRate.title")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} data-out={row.statistics.n === 0 || undefined}>
              <td>
                <UnstyledButton onClick={() => onOpen(row.id)}>
                  <bdi>{row.title}</bdi>
                </UnstyledButton>{" "}
                <GroupBadge kind={row.kind ?? "homeroom"} />
              </td>
              <td className="figures">{formatNumber(row.students)}</td>
              <td>
                <Numeral>{inUnit(row.statistics.mean, "percent", t, rules)}</Numeral>
              </td>
              <td>
                <Numeral>{inUnit(row.meanBefore, "percent", t, rules)}</Numeral>
              </td>
              <td className="figures">{row.statistics.sd === null ? "–" : formatFixed(row.statistics.sd, 1)}</td>
              <td>
                <Numeral>{share(row.passRate, t)}</Numeral>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
