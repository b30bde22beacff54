// Answers and figures in words. Figures come from Rust; here they are only written.
import type { Answer } from "../../bindings/Answer";
import type { GradingRules } from "../../bindings/GradingRules";
import type { ResultUnit } from "../../bindings/ResultUnit";
import type { RiskReason } from "../../bindings/RiskReason";
import type { Translate } from "../../i18n";
import { formatFixed, formatNumber, formatTotal } from "../../numbers";

/** A value in its unit: `63.2 %`, or `13.4` points; in a column of points with `digits` decimals each. */
export function inUnit(
  value: number | null | undefined,
  unit: ResultUnit,
  t: Translate,
  rules: GradingRules,
  digits?: number,
): string {
  if (value === null || value === undefined) return "–";
  if (unit === "percent") return t("analytics.percent", { value: formatTotal(value, rules) });
  return digits === undefined ? formatNumber(value, 2) : formatFixed(value, digits);
}

export function share(rate: number | null | undefined, t: Translate): string {
  return rate === null || rate === undefined ? "–" : t("analytics.percent", { value: formatFixed(100 * rate, 1) });
}

/** The answer as a sentence or two. */
export function answerText({ code, figures }: Answer, unit: ResultUnit, t: Translate, rules: GradingRules): string {
  const { n = 0, of = 0, passed = 0, mean, min, max, change } = figures;
  if (code === "no_marks") return t("analytics.answer.no_marks");
  const parts: string[] = [
    t(`analytics.answer.${code}`, { count: n, passed, failed: n - passed }),
    t("analytics.answer.spread", {
      mean: inUnit(mean, unit, t, rules),
      min: inUnit(min, unit, t, rules),
      max: inUnit(max, unit, t, rules),
    }),
  ];
  if (change !== undefined) {
    const points = Math.round(100 * Math.abs(change)) / 100;
    parts.push(
      points === 0
        ? t("analytics.answer.same")
        : t(change > 0 ? "analytics.answer.better" : "analytics.answer.worse", { count: points }),
    );
  }
  if (n < of) parts.push(t("analytics.answer.without", { count: of - n }));
  return parts.join(" ");
}

/** Why a student is at risk, as a sentence. */
export function riskText({ code, subjectTitle, value, limit }: RiskReason, t: Translate, rules: GradingRules): string {
  const said = code === "often_absent" ? formatFixed(value, 1) : formatTotal(value, rules);
  return t(`analytics.risk.reasons.${code}`, {
    subject: subjectTitle ?? "",
    value: said,
    count: value,
    limit: formatNumber(limit),
  });
}
