// The figures of a group's results, and the marks behind each of them.
import { Text, UnstyledButton } from "@mantine/core";
import type { GroupResults } from "../../bindings/GroupResults";
import type { StudentResult } from "../../bindings/StudentResult";
import { Figure } from "../../components/Figure";
import { Numeral } from "../../components/Numeral";
import { Pane } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { useTranslation, type Translate } from "../../i18n";
import { decimalsOf, formatFixed, formatNumber } from "../../numbers";
import classes from "./analytics.module.css";
import { inUnit, share } from "./words";

const figures = ["mean", "median", "sd", "range", "quartiles", "passRate", "n"] as const;
type FigureName = (typeof figures)[number];

export const isFigure = (name: string | undefined): name is FigureName => figures.some((figure) => figure === name);

export function Figures({ results, onOpen }: { results: GroupResults; onOpen: (figure: FigureName) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.figures}>
      {figures.map((figure) => (
        <Figure
          key={figure}
          label={t(`analytics.figures.${figure}.title`)}
          value={shown(results, figure, t, 0)}
          note={note(results, figure, t)}
          onOpen={() => onOpen(figure)}
        />
      ))}
    </div>
  );
}

/** `digits` decimals where two values have to share the room of one. */
function shown(
  { statistics, passRate, unit, rules }: GroupResults,
  figure: FigureName,
  t: Translate,
  digits: number,
): string {
  switch (figure) {
    case "n":
      return formatNumber(statistics.n);
    case "passRate":
      return share(passRate, t);
    case "range":
      return between(statistics.min, statistics.max, unit, digits, t);
    case "quartiles":
      return between(statistics.q1, statistics.q3, unit, digits, t);
    case "sd":
      return statistics.sd === null ? "–" : formatFixed(statistics.sd, 1);
    default:
      return inUnit(statistics[figure], unit, t, rules);
  }
}

function between(
  low: number | null,
  high: number | null,
  unit: GroupResults["unit"],
  digits: number,
  t: Translate,
): string {
  if (low === null || high === null) return "–";
  const upper = formatFixed(high, digits);
  return `${formatFixed(low, digits)}–${unit === "percent" ? t("analytics.percent", { value: upper }) : upper}`;
}

function note(results: GroupResults, figure: FigureName, t: Translate): string | undefined {
  if (figure === "n") return t("analytics.figures.of", { count: results.rows.length });
  if (figure === "passRate")
    return t("analytics.figures.from", {
      mark:
        results.unit === "percent"
          ? t("analytics.percent", { value: formatNumber(results.passMark) })
          : formatNumber(results.passMark),
    });
  if (results.unit === "points" && figure === "mean")
    return t("analytics.figures.maximum", { maximum: formatNumber(results.maximum) });
  return undefined;
}

/** Which results a figure is made of: all of them, in falling order, and for a share those that count for it. */
export function FigurePane({
  results,
  figure,
  onClose,
  onStudent,
}: {
  results: GroupResults;
  figure: FigureName;
  onClose: () => void;
  onStudent: (student: string) => void;
}) {
  const { t } = useTranslation();
  const title = t(`analytics.figures.${figure}.title`);
  const given = results.rows
    .filter(({ value }) => value !== null)
    .toSorted((one, other) => (other.value ?? 0) - (one.value ?? 0));
  const digits = decimalsOf(given.map(({ value }) => value));
  const without = results.rows.filter(({ value }) => value === null);
  const line = (row: StudentResult) => (
    <tr key={row.student.id} data-out={row.value === null || undefined}>
      <td>
        <UnstyledButton onClick={() => onStudent(row.student.id)}>
          <PersonName name={row.student.listName} />
        </UnstyledButton>
      </td>
      <td className={row.passed === false && figure === "passRate" ? classes.failed : undefined}>
        <Numeral>{inUnit(row.value, results.unit, t, results.rules, digits)}</Numeral>
      </td>
      {figure === "passRate" && (
        <td>{row.passed === null ? "" : t(row.passed ? "analytics.passed" : "analytics.failed")}</td>
      )}
    </tr>
  );
  return (
    <Pane
      title={
        <>
          {title}: <Numeral>{shown(results, figure, t, 1)}</Numeral>
        </>
      }
      label={title}
      onClose={onClose}
      width={360}
    >
      <Text size="sm" c="dimmed" mb="sm">
        {t(`analytics.figures.${figure}.text`)}
      </Text>
      <table className={classes.list}>
        <tbody>
          {given.map(line)}
          {without.map(line)}
        </tbody>
      </table>
      {without.length > 0 && (
        <Text size="xs" c="dimmed" mt="sm">
          {t("analytics.figures.without")}
        </Text>
      )}
    </Pane>
  );
}
