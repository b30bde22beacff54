// One subject of the school, class by class; each class opens its own results and the marks behind them.
import { Text, UnstyledButton } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import type { GroupRow } from "../../bindings/GroupRow";
import { termStatistics } from "../../bindings/operations";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import { GroupBadge } from "../classes/kinds";
import classes from "./analytics.module.css";
import { inUnit, share } from "./words";

interface SubjectPaneProps {
  subject: GroupRow;
  /** The classes of the school, in order. */
  of: readonly GroupRow[];
  term: string;
  onClose: () => void;
  /** Without a course: all subjects of the class. */
  onOpen: (of: string, course?: string) => void;
}

export function SubjectPane({ subject, of, term, onClose, onOpen }: SubjectPaneProps) {
  const { t } = useTranslation();
  const results = useQueries({
    queries: of.map(({ id }) => ({
      ...termStatistics.query({ class: id, term }),
    })),
  });
  const failed = results.find(({ error, data }) => error !== null && data === undefined);
  // The columns of a class are its subjects.
  const rows = of.flatMap((one, place) => {
    const data = results[place]?.data;
    return data === undefined
      ? []
      : data.columns.filter(({ id }) => id === subject.id).map((column) => ({ of: one, column, rules: data.rules }));
  });
  return (
    <Pane title={subject.title} label={subject.title} onClose={onClose} width={420}>
      {failed !== undefined && (
        <ErrorState error={failed.error} onRetry={() => results.forEach((one) => void one.refetch())} />
      )}
      {failed === undefined && results.some(({ isPending }) => isPending) && <LoadingShape rows={8} />}
      {failed === undefined && results.every(({ isPending }) => !isPending) && (
        <>
          <Text size="sm" c="dimmed" mb="sm">
            {t("analytics.school.subjectText")}
          </Text>
          <table className={classes.list}>
            <thead>
              <tr>
                <th>{t("analytics.risk.class")}</th>
                <th>{t("analytics.figures.n.title")}</th>
                <th>{t("analytics.table.mean")}</th>
                <th>{t("analytics.figures.passRate.title")}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map(({ of: one, rules, column: { course, statistics, passRate } }) => (
                <tr key={one.id} data-out={statistics.n === 0 || undefined}>
                  <td>
                    <UnstyledButton onClick={() => onOpen(one.id, course ?? undefined)}>
                      <bdi>{one.title}</bdi>
                    </UnstyledButton>{" "}
                    <GroupBadge kind={one.kind ?? "homeroom"} />
                  </td>
                  <td>
                    <Numeral>{formatNumber(statistics.n)}</Numeral>
                  </td>
                  <td>
                    <Numeral>{inUnit(statistics.mean, "percent", t, rules)}</Numeral>
                  </td>
                  <td>
                    <Numeral>{share(passRate, t)}</Numeral>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Pane>
  );
}
