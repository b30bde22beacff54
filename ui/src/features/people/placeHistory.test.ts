import { describe, expect, it } from "vitest";
import type { EnrolmentRow } from "../../bindings/EnrolmentRow";
import type { StayRow } from "../../bindings/StayRow";
import { placeHistory } from "./placeHistory";

const stay = (id: string, firstDay: string, lastDay: string | null): StayRow => ({
  id,
  firstDay,
  entry: "enrolled",
  entryReason: null,
  lastDay,
  exit: lastDay === null ? null : "withdrawn",
  exitReason: null,
  cameFrom: null,
  goesTo: null,
  transfer: null,
  version: 1,
});
const homeroom = (title: string, start: string, end: string | null, year = "2026"): EnrolmentRow => ({
  id: `${title}-${start}`,
  class: title,
  classTitle: title,
  kind: "homeroom",
  year,
  yearTitle: year,
  start,
  end,
  current: false,
  version: 1,
});
const told = (...of: Parameters<typeof placeHistory>) =>
  placeHistory(...of).map((entry) =>
    [
      entry.day,
      entry.kind,
      ...("class" in entry ? [entry.class] : []),
      ...("from" in entry && entry.from !== null ? [entry.from] : []),
    ].join(" "),
  );

describe("the history of a place at the school", () => {
  it("has comings, moves, leaves and goings, the newest first", () => {
    expect(
      told({
        stays: [stay("b", "2026-09-01", "2026-12-16"), stay("a", "2025-09-01", "2026-03-31")],
        leaves: [{ id: "l", firstDay: "2026-10-12", lastDay: null, reason: null, version: 1 }],
        enrolments: [
          homeroom("7B", "2026-11-02", "2026-12-16"),
          homeroom("7A", "2026-09-01", "2026-11-01"),
          homeroom("6A", "2025-09-01", "2026-03-31", "2025"),
          { ...homeroom("Chess", "2026-09-10", "2026-09-30"), kind: "group" },
        ],
      }),
    ).toEqual([
      "2026-12-16 left",
      "2026-11-02 homeroom 7B 7A",
      "2026-10-12 leave",
      "2026-09-01 homeroom 7A",
      "2026-09-01 came",
      "2026-03-31 left",
      "2025-09-01 homeroom 6A",
      "2025-09-01 came",
    ]);
  });

  it("says that a homeroom ended where no other one follows and the student stays", () => {
    expect(
      told({
        stays: [stay("a", "2026-09-01", null)],
        leaves: [],
        enrolments: [homeroom("7A", "2026-09-01", "2026-10-30")],
      }),
    ).toEqual(["2026-10-30 out 7A", "2026-09-01 homeroom 7A", "2026-09-01 came"]);
  });
});
