import { expect, it } from "vitest";
import { dayOrderOf, machineToday } from "./conventions";

it.each([
  ["en-US", "month_first"],
  ["en-GB", "day_first"],
  ["de", "day_first"],
  ["fr-CA", "year_first"],
  ["ja", "year_first"],
  ["hu", "year_first"],
  ["ar-EG", "day_first"],
  ["en-IN", "day_first"],
  ["sv", "year_first"],
])("%s writes dates %s", (locale, order) => expect(dayOrderOf(locale)).toBe(order));

it("today is the day of this machine's clock", () =>
  expect(machineToday(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05"));
