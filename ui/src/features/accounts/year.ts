// Dates that the first run proposes for an academic year and its terms. Days are `YYYY-MM-DD`.
import dayjs from "dayjs";

export interface ProposedTerm { title: string; start: string; end: string }
export interface ProposedYear { title: string; start: string; end: string }

/** The academic year around a day: from September, or the one that begins within two months. */
export function proposeYear(today: string): ProposedYear {
  const day = dayjs(today);
  const first = day.month() >= 6 ? day.year() : day.year() - 1;
  return { title: `${first}/${String((first + 1) % 100).padStart(2, "0")}`, start: `${first}-09-01`, end: `${first + 1}-07-15` };
}

/** Splits a year into `count` terms that follow one another without a gap. */
export function splitYear(start: string, end: string, count: number, title: (number: number) => string): ProposedTerm[] {
  const days = dayjs(end).diff(dayjs(start), "day") + 1;
  return Array.from({ length: count }, (_, place) => ({
    title: title(place + 1),
    start: dayjs(start).add(Math.floor((days * place) / count), "day").format("YYYY-MM-DD"),
    end: dayjs(start).add(Math.floor((days * (place + 1)) / count) - 1, "day").format("YYYY-MM-DD"),
  }));
}
