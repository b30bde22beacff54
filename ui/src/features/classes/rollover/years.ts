// Which year is over and which one begins, where nobody says.
import type { YearRow } from "../../../bindings/YearRow";

type Year = Pick<YearRow, "id" | "title" | "start" | "current">;

/** The present year; in the holidays between two of them the one that began last. */
export function endingYear<Row extends Year>(years: readonly Row[], today: string): Row | null {
  const newestFirst = years.toSorted((one, other) => other.start.localeCompare(one.start));
  return (
    newestFirst.find(({ current }) => current) ??
    newestFirst.find(({ start }) => start <= today) ??
    newestFirst.at(-1) ??
    null
  );
}

/** The years after a year, the next one first. */
export function yearsAfter<Row extends Year>(year: Row, years: readonly Row[]): Row[] {
  return years.filter(({ start }) => start > year.start).toSorted((one, other) => one.start.localeCompare(other.start));
}
