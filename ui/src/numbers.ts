// Numbers and times as this person's system writes them. Nothing is computed here.

/** The system's language; English where it names none that is one, as `C` on a bare Unix. */
function systemLocale(): string {
  try {
    return Intl.getCanonicalLocales(navigator.language)[0] ?? "en";
  } catch {
    return "en";
  }
}

const locale = systemLocale();

/** The sign between whole and part: `,` or `.`. */
export const decimalSeparator = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === "decimal")?.value ?? ".";

/** A number with at most `digits` decimals. */
export function formatNumber(value: number, digits = 2): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

/** A number with exactly `digits` decimals, for columns of figures. */
export function formatFixed(value: number, digits: number): string {
  return new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
}

/** A day `YYYY-MM-DD`, as `21 Nov 2026`; it has no time zone and is never shifted. */
export function formatDay(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(date);
}

/** A moment in ISO 8601, in the time zone of this machine. */
export function formatMoment(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(date);
}

/** The time of day in a time zone, for a clock on the wall; this machine's zone where none is named or it is not known. */
export function formatClock(now: Date, zone: string | undefined): string {
  return inZone(now, zone, { timeStyle: "short" });
}

/** The day of the week and of the month in a time zone, as `Saturday 21 November`. */
export function formatWeekday(now: Date, zone: string | undefined): string {
  return inZone(now, zone, { weekday: "long", day: "numeric", month: "long" });
}

function inZone(now: Date, zone: string | undefined, how: Intl.DateTimeFormatOptions): string {
  try {
    return new Intl.DateTimeFormat(locale, { ...how, ...(zone === undefined ? {} : { timeZone: zone }) }).format(now);
  } catch {
    return new Intl.DateTimeFormat(locale, how).format(now);
  }
}
