import { afterEach, expect, it } from "vitest";
import type { DayOrder } from "./bindings/DayOrder";
import { adoptConventions } from "./conventions";
import {
  decimalsOf,
  formatDay,
  formatFixed,
  formatMoment,
  formatSchoolDay,
  formatStored,
  formatTotal,
  formatWeekday,
} from "./numbers";

afterEach(() => adoptConventions(null));

it.each<[DayOrder, string, string, string]>([
  ["day_first", "14 May 2014", "Wed 14 May 2014", "Wednesday 14 May"],
  ["month_first", "May 14, 2014", "Wed May 14, 2014", "Wednesday May 14"],
  ["year_first", "2014 May 14", "Wed 2014 May 14", "Wednesday May 14"],
])("every screen writes a day in the school's order: %s", (dayOrder, day, schoolDay, weekday) => {
  adoptConventions({ dayOrder, nameOrder: "family_first", today: "2026-11-29" });
  expect(formatDay("2014-05-14")).toBe(day);
  expect(formatSchoolDay("2014-05-14")).toBe(schoolDay);
  expect(formatWeekday(new Date("2014-05-14T12:00:00Z"), "UTC")).toBe(weekday);
  expect(formatMoment("2014-05-14T12:00:00Z").startsWith(`${day}, `)).toBe(true);
  expect(formatStored("2014-05-14")).toBe(day);
  expect(formatStored("2014-05-14T12:00:00Z").startsWith(`${day}, `)).toBe(true);
  expect(formatStored("2014")).toBe("2014");
});

it("a total has the decimals to which the school rounds", () => {
  expect([0, 1, 2].map((totalDecimals) => formatTotal(65, { totalDecimals }))).toEqual(["65", "65.0", "65.00"]);
});

it("writes the figures of a column with as many decimals", () => {
  const column = (values: number[], most?: number) =>
    values.map((value) => formatFixed(value, decimalsOf(values, most)));
  expect(column([91.4, 95, 88.25])).toEqual(["91.40", "95.00", "88.25"]);
  expect(column([91.4, 95], 1)).toEqual(["91.4", "95.0"]);
  expect(column([12, 17])).toEqual(["12", "17"]);
  expect(column([100 / 3, 50], 1)).toEqual(["33.3", "50.0"]);
  expect([decimalsOf([]), decimalsOf([null, 1.5])]).toEqual([0, 1]);
});
