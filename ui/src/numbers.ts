// Numbers and times as the language of the window writes them, days as the school writes them. Nothing is
// computed here.
import type { GradingRules } from "./bindings/GradingRules";
import { conventions, machineToday } from "./conventions";
import { dayInWords, isDay } from "./days";
import { locale } from "./language";

/** The sign between whole and part: `,` or `.`. */
export const decimalSeparator = (): string =>
  new Intl.NumberFormat(locale()).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";

/** A number with at most `digits` decimals. */
export function formatNumber(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);
}

/** A number with exactly `digits` decimals, for columns of figures. */
export function formatFixed(value: number, digits: number): string {
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    value,
  );
}

/** How many decimals the figures of a column need, at most `most`, so that all of them are written with as many. */
export function decimalsOf(values: readonly (number | null)[], most = 2): number {
  const written = new Intl.NumberFormat("en", { maximumFractionDigits: most, useGrouping: false });
  return Math.max(
    0,
    ...values.map((value) => (value === null ? 0 : (written.format(value).split(".")[1]?.length ?? 0))),
  );
}

/** A percentage with the decimals to which the school rounds its totals, as it is printed. */
export function formatTotal(value: number, rules: Pick<GradingRules, "totalDecimals">): string {
  return formatFixed(value, rules.totalDecimals);
}

/** A day `YYYY-MM-DD`, as `21 Nov 2026` in the school's order; it has no time zone and is never shifted. */
export function formatDay(day: string): string {
  return dayInWords(day, conventions().dayOrder);
}

/** A day with its weekday, as `Sat 21 Nov 2026`. */
export function formatSchoolDay(day: string): string {
  return dayInWords(day, conventions().dayOrder, { weekday: true });
}

/** A moment in ISO 8601, in the time zone of this machine: `21 Nov 2026, 14:05`. */
export function formatMoment(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return `${formatDay(machineToday(date))}, ${new Intl.DateTimeFormat(locale(), { timeStyle: "short" }).format(date)}`;
}

/** What a history holds of a field: days and moments as people read them, anything else as it is. */
export function formatStored(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  if (isDay(value)) return formatDay(value);
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(value) ? formatMoment(value) : value;
}

/** The time of day in a time zone, for a clock on the wall; this machine's zone where none is named or it is not known. */
export function formatClock(now: Date, zone: string | undefined): string {
  return inZone(now, zone, { timeStyle: "short" });
}

/** The day of the week and of the month in a time zone, as `Saturday 21 November`. */
export function formatWeekday(now: Date, zone: string | undefined): string {
  // The Swedish way of writing is ISO 8601.
  const day = inZone(now, zone, { dateStyle: "short" }, "sv");
  return dayInWords(day, conventions().dayOrder, { weekday: true, year: false, long: true });
}

function inZone(now: Date, zone: string | undefined, how: Intl.DateTimeFormatOptions, language = locale()): string {
  try {
    return new Intl.DateTimeFormat(language, { ...how, ...(zone === undefined ? {} : { timeZone: zone }) }).format(now);
  } catch {
    return new Intl.DateTimeFormat(language, how).format(now);
  }
}
