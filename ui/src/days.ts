// Days as people write and read them. A day that is known is `YYYY-MM-DD`, without a time zone; what
// cannot be read is never made into another day.
import type { DayOrder } from "./bindings/DayOrder";
import { locale } from "./language";

/** Why a text is no day: each has its sentence in the catalogue. */
export type DayProblem = "unreadable" | "noSuchDay" | "noYear" | "wrongYear" | "twoReadings" | "weekday";
export type Reading = { day: string } | { problem: DayProblem };

export interface ReadingRules {
  order: DayOrder;
  /** Decides the century of a year of two digits, and what "today" means. */
  today: string;
  /** The day has been, as a birth: 30 is 1930 and not 2030. */
  past?: boolean;
}

const firstYear = 1800;
const lastYear = 2199;

/** Whether a text is a day as operations take it. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The day after or before by the calendar. */
export function dayBeside(day: string, step: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + step);
  return date.toISOString().slice(0, 10);
}

/** Reads what was typed or pasted. */
export function readDay(text: string, rules: ReadingRules): Reading {
  const plain = plainText(text);
  const step = relativeDays().get(plain);
  if (step !== undefined) return { day: dayBeside(rules.today, step) };
  const parts = split(plain);
  if (parts === null) return { problem: "unreadable" };
  const { words, numbers } = parts;
  const weekdays: number[] = [];
  let month: number | undefined;
  for (const word of words) {
    const weekday = uniqueMatch(word, weekdayNames());
    const asMonth = uniqueMatch(word, monthNames());
    if (asMonth !== undefined && month === undefined) month = asMonth + 1;
    else if (weekday !== undefined) weekdays.push(weekday);
    else return { problem: "unreadable" };
  }
  const read = month === undefined ? onlyNumbers(numbers, rules) : besideMonth(numbers, month, rules);
  if ("day" in read && weekdays.some((weekday) => new Date(`${read.day}T00:00:00Z`).getUTCDay() !== weekday))
    return { problem: "weekday" };
  return read;
}

/** A day as it is typed, in the order of the school: `14/05/2014`. */
export function typedDay(day: string, order: DayOrder): string {
  const [year = "", month = "", date = ""] = day.split("-");
  return order === "year_first"
    ? `${year}-${month}-${date}`
    : order === "month_first"
      ? `${month}/${date}/${year}`
      : `${date}/${month}/${year}`;
}

/** A day in words, the one way in which all screens show it: `14 May 2014`, `May 14, 2014`, `2014 May 14`. */
export function dayInWords(day: string, order: DayOrder, { weekday = false, year = true, long = false } = {}): string {
  if (!isDay(day)) return day;
  const language = locale();
  const date = new Date(`${day}T00:00:00Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(date);
  const [months, days, years, name] = [
    part({ month: long ? "long" : "short" }),
    String(date.getUTCDate()),
    String(date.getUTCFullYear()),
    weekday ? part({ weekday: long ? "long" : "short" }) : "",
  ];
  const shown =
    order === "day_first"
      ? [name, days, months, year ? years : ""]
      : order === "year_first"
        ? [name, year ? years : "", months, days]
        : [name, months, `${days}${year ? "," : ""}`, year ? years : ""];
  return shown.filter((one) => one !== "").join(" ");
}

/** Whole years from a day to another, as an age is counted. */
export function yearsBetween(from: string, to: string): number {
  return Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0);
}

/** Other digits, full-width signs and what is not seen become what a keyboard here types. */
function plainText(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\p{Nd}/gu, digit)
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .trim()
    .replace(/\s+/g, " ");
}

function digit(sign: string): string {
  // Digits of a script stand in a row from its zero.
  const point = sign.codePointAt(0) ?? 0;
  for (let value = 0; value <= 9; value += 1)
    if (!/\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) return String(value);
  return sign;
}

/** Small words of a date: "14th of May", "den 14.", "14 de mayo", "1er mai". */
const connectors = new Set(["of", "the", "de", "del", "den", "der", "le", "la", "el", "il", "am", "on"]);

function split(plain: string): { words: string[]; numbers: string[] } | null {
  const withoutTime = plain.replace(
    /(\d)[t ,]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[ap]m)?( ?z| ?[+-]\d{2}:?\d{2})?$/,
    "$1",
  );
  const text = withoutTime
    .replace(/[年月년월]/g, "/")
    .replace(/[日일]/g, " ")
    .replace(/(\d)(st|nd|rd|th|er|re|e|o|a)(?![\p{L}\d])/gu, "$1");
  const tokens = text.match(/\p{L}[\p{L}\p{M}]*|\d+|[^\p{L}\d]+/gu) ?? [];
  const words: string[] = [];
  const numbers: string[] = [];
  for (const token of tokens) {
    if (/^\d/.test(token)) numbers.push(token);
    else if (/^\p{L}/u.test(token)) {
      if (!connectors.has(token)) words.push(token);
    } else if (!/^[\s./,\-\u2010-\u2015\u2212·_'’]+$/u.test(token)) return null;
  }
  return numbers.length === 0 ? null : { words, numbers };
}

function onlyNumbers(numbers: readonly string[], rules: ReadingRules): Reading {
  const [a = "", b = "", c = ""] = numbers.length === 1 ? cut(numbers[0] ?? "", rules.order) : numbers;
  if (numbers.length === 2) return { problem: "noYear" };
  if (numbers.length > 3 || [a, b, c].includes("") || [a, b, c].some(({ length }) => length > 4 || length === 3))
    return { problem: "unreadable" };
  if (a.length === 4) return b.length > 2 || c.length > 2 ? { problem: "unreadable" } : made(a, b, c, rules);
  if (a.length > 2 || b.length > 2) return { problem: "unreadable" };
  if (c.length === 4)
    return rules.order === "year_first"
      ? onlyReading(made(c, b, a, rules), made(c, a, b, rules))
      : dayAndMonth(a, b, c, rules);
  return rules.order === "year_first"
    ? a.length === 2
      ? made(a, b, c, rules)
      : { problem: "unreadable" }
    : dayAndMonth(a, b, c, rules);
}

/** Cuts eight or six digits without separators into their parts. */
function cut(digits: string, order: DayOrder): readonly string[] {
  const at = (from: number, to: number) => digits.slice(from, to);
  if (digits.length === 6) return [at(0, 2), at(2, 4), at(4, 6)];
  if (digits.length !== 8) return [];
  const yearFirst = [at(0, 4), at(4, 6), at(6, 8)];
  const yearLast = [at(0, 2), at(2, 4), at(4, 8)];
  const inRange = (year: string | undefined) => Number(year) >= firstYear && Number(year) <= lastYear;
  if (order === "year_first") return inRange(yearFirst[0]) ? yearFirst : yearLast;
  return inRange(yearLast[2]) || !inRange(yearFirst[0]) ? yearLast : yearFirst;
}

/** Day and month in the school's order; where that is no day of the calendar, in the other. */
function dayAndMonth(first: string, second: string, year: string, rules: ReadingRules): Reading {
  const [day, month] = rules.order === "month_first" ? [second, first] : [first, second];
  const read = made(year, month, day, rules);
  if ("day" in read || Number(month) <= 12) return read;
  return made(year, day, month, rules);
}

function onlyReading(one: Reading, other: Reading): Reading {
  if (!("day" in one)) return other;
  return "day" in other && one.day !== other.day ? { problem: "twoReadings" } : one;
}

function besideMonth(numbers: readonly string[], month: number, rules: ReadingRules): Reading {
  const [a = "", b = ""] = numbers;
  if (numbers.length === 1) return { problem: a.length === 4 ? "unreadable" : "noYear" };
  if (numbers.length > 2) return { problem: "unreadable" };
  const yearIsFirst = a.length === 4 || (rules.order === "year_first" && a.length === 2 && b.length <= 2);
  const [year, day] = yearIsFirst ? [a, b] : [b, a];
  return day.length > 2 ? { problem: "unreadable" } : made(year, String(month), day, rules);
}

function made(year: string, month: string, day: string, rules: ReadingRules): Reading {
  if (year.length !== 4 && year.length !== 2) return { problem: "unreadable" };
  const full = (of: number) => `${String(of).padStart(4, "0")}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  if (year.length === 4) {
    if (Number(year) < firstYear || Number(year) > lastYear) return { problem: "wrongYear" };
    return isDay(full(Number(year))) ? { day: full(Number(year)) } : { problem: "noSuchDay" };
  }
  const thisYear = Number(rules.today.slice(0, 4));
  const century = thisYear - (thisYear % 100);
  // A year to come is at most 20 years away: 99 is 1999, 27 is 2027.
  const latest = rules.past === true ? rules.today : `${thisYear + 20}-12-31`;
  const candidate =
    [century + 100, century, century - 100].map((base) => full(base + Number(year))).find((one) => one <= latest) ?? "";
  return isDay(candidate) ? { day: candidate } : { problem: "noSuchDay" };
}

/** The languages whose names of months and weekdays are understood: that of the window, those of the system, English. */
function languages(): string[] {
  const wanted = [locale(), "en", ...navigator.languages, navigator.language];
  return [
    ...new Set(
      wanted.flatMap((one) => {
        try {
          return Intl.getCanonicalLocales(one);
        } catch {
          return [];
        }
      }),
    ),
  ];
}

const known = new Map<string, ReadonlyMap<string, number>>();

/** Remembers what is made of the languages, which hardly change. */
function remembered(
  kind: string,
  make: (language: string) => Iterable<readonly [string, number]>,
): ReadonlyMap<string, number> {
  const key = `${kind} ${languages().join(" ")}`;
  const made =
    known.get(key) ??
    new Map(
      languages()
        .flatMap((language) =>
          [...make(language)].map(([name, place]) => [plainText(name).replace(/[^\p{L}\p{M}]/gu, ""), place] as const),
        )
        .filter(([name]) => name !== ""),
    );
  known.set(key, made);
  return made;
}

function names(
  language: string,
  count: number,
  dates: (place: number) => Date,
  forms: readonly Intl.DateTimeFormatOptions[],
  type: "month" | "weekday",
) {
  return Array.from({ length: count }, (_, place) =>
    forms.flatMap((form) => {
      const part = new Intl.DateTimeFormat(language, { ...form, timeZone: "UTC" })
        .formatToParts(dates(place))
        .find((one) => one.type === type);
      return part === undefined || /\d/.test(part.value) ? [] : [[part.value, place] as const];
    }),
  ).flat();
}

function monthNames(): ReadonlyMap<string, number> {
  const forms = [
    { month: "long" },
    { month: "short" },
    { month: "long", day: "numeric" },
    { month: "short", day: "numeric" },
  ] as const;
  return remembered("month", (language) =>
    names(language, 12, (place) => new Date(Date.UTC(2023, place, 15)), forms, "month"),
  );
}

function weekdayNames(): ReadonlyMap<string, number> {
  return remembered("weekday", (language) =>
    names(
      language,
      7,
      (place) => new Date(Date.UTC(2023, 0, 1 + place)),
      [{ weekday: "long" }, { weekday: "short" }],
      "weekday",
    ),
  );
}

function relativeDays(): ReadonlyMap<string, number> {
  const key = `relative ${languages().join(" ")}`;
  const made =
    known.get(key) ??
    new Map(
      languages().flatMap((language) => {
        const words = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
        return [-1, 0, 1].map((step) => [plainText(words.format(step, "day")), step] as const);
      }),
    );
  known.set(key, made);
  return made;
}

/** The place of a name, or of its only continuation where at least three letters are given. */
function uniqueMatch(word: string, all: ReadonlyMap<string, number>): number | undefined {
  const exact = all.get(word);
  if (exact !== undefined || word.length < 3) return exact;
  const places = new Set([...all].filter(([name]) => name.startsWith(word)).map(([, place]) => place));
  return places.size === 1 ? [...places][0] : undefined;
}
