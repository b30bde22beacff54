import { expect, it } from "vitest";
import { endingYear, yearsAfter } from "./years";

const year = (id: string, start: string, current = false) => ({ id, title: id, start, current });
const years = [year("27", "2027-09-01"), year("25", "2025-09-01"), year("28", "2028-09-01"), year("26", "2026-09-01")];

it("the year that ends is the present one, and in the holidays the one that began last", () => {
  const present = years.map((one) => ({ ...one, current: one.id === "25" }));
  expect(endingYear(present, "2026-10-01")?.id).toBe("25");
  expect(endingYear(years, "2027-08-01")?.id).toBe("26");
  expect(endingYear(years, "2020-01-01")?.id).toBe("25");
  expect(endingYear([], "2026-10-01")).toBeNull();
});

it("the years after it come next one first", () => {
  expect(yearsAfter(year("26", "2026-09-01"), years).map(({ id }) => id)).toEqual(["27", "28"]);
  expect(yearsAfter(year("28", "2028-09-01"), years)).toEqual([]);
});
