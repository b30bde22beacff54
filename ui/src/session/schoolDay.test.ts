import { expect, it } from "vitest";
import { hasSchool } from "./schoolDay";

const terms = [{ startDate: "2026-09-01", endDate: "2026-12-18" }];

it("knows weekends, holidays and school days", () => {
  const days = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;
  expect(hasSchool("2026-11-20", days, terms)).toBe(true);
  expect(hasSchool("2026-11-21", days, terms)).toBe(false);
  expect(hasSchool("2026-12-21", days, terms)).toBe(false);
  expect(hasSchool("2026-11-21", ["saturday"], terms)).toBe(true);
});
