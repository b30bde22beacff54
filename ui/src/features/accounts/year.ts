// Dates that the first run proposes for an academic year and its terms. Days are `YYYY-MM-DD`.
import dayjs from "dayjs";
import { isDay } from "../../days";

export interface ProposedTerm {
  title: string;
  start: string;
  end: string;
}
export interface ProposedYear {
  title: string;
  start: string;
  end: string;
}

/** The academic year around a day: from September, or the one that begins within two months. */
export function proposeYear(today: string): ProposedYear {
  const day = dayjs(today);
  const first = day.month() >= 6 ? day.year() : day.year() - 1;
  return {
    title: `${first}/${String((first + 1) % 100).padStart(2, "0")}`,
    start: `${first}-09-01`,
    end: `${first + 1}-07-15`,
  };
}

/** Splits a year into `count` terms that follow one another without a gap. */
export function splitYear(
  start: string,
  end: string,
  count: number,
  title: (number: number) => string,
): ProposedTerm[] {
  const days = dayjs(end).diff(dayjs(start), "day") + 1;
  return Array.from({ length: count }, (_, place) => ({
    title: title(place + 1),
    start: dayjs(start)
      .add(Math.floor((days * place) / count), "day")
      .format("YYYY-MM-DD"),
    end: dayjs(start)
      .add(Math.floor((days * (place + 1)) / count) - 1, "day")
      .format("YYYY-MM-DD"),
  }));
}

/** Splits a year among terms that keep their titles; none where the year is not known yet. */
function splitAmong(terms: readonly ProposedTerm[], start: string, end: string): ProposedTerm[] | null {
  if (!isDay(start) || !isDay(end) || dayjs(end).diff(dayjs(start), "day") < terms.length * 7) return null;
  return splitYear(start, end, terms.length, (number) => terms[number - 1]?.title ?? "");
}

/** Whether the days of the terms are those that were proposed for the year, and none that somebody typed. */
function proposedFor(terms: readonly ProposedTerm[], start: string, end: string): boolean {
  const split = splitAmong(terms, start, end);
  return split?.every((term, place) => term.start === terms[place]?.start && term.end === terms[place]?.end) ?? false;
}

/** The terms after the year changed: proposed anew, unless somebody typed days of theirs. */
export function followYear(
  terms: ProposedTerm[],
  before: readonly [start: string, end: string],
  after: readonly [start: string, end: string],
): ProposedTerm[] {
  return proposedFor(terms, ...before) ? (splitAmong(terms, ...after) ?? terms) : terms;
}

/** One term more: the year is split anew, or, where somebody typed days, the new term waits for its own. */
export function addTerm(terms: readonly ProposedTerm[], start: string, end: string, title: string): ProposedTerm[] {
  const more = [...terms, { title, start: "", end: "" }];
  return proposedFor(terms, start, end) ? (splitAmong(more, start, end) ?? more) : more;
}

/** One term less; the days of the others stay where somebody typed them. */
export function removeTerm(terms: readonly ProposedTerm[], start: string, end: string, place: number): ProposedTerm[] {
  const fewer = terms.toSpliced(place, 1);
  return proposedFor(terms, start, end) ? (splitAmong(fewer, start, end) ?? fewer) : fewer;
}
