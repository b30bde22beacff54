import { describe, expect, it } from "vitest";
import { addTerm, followYear, proposeYear, removeTerm, splitYear } from "./year";

describe("proposeYear", () => {
  it.each([
    ["2026-11-21", "2026/27"],
    ["2026-03-01", "2025/26"],
    ["2026-07-01", "2026/27"],
    ["2099-10-01", "2099/00"],
  ])("on %s proposes %s", (today, title) => expect(proposeYear(today).title).toBe(title));
});

describe("splitYear", () => {
  it("covers the year without a gap", () => {
    const terms = splitYear("2026-09-01", "2027-07-15", 3, (number) => `Term ${number}`);
    expect(terms.map(({ title }) => title)).toEqual(["Term 1", "Term 2", "Term 3"]);
    expect(terms[0]?.start).toBe("2026-09-01");
    expect(terms[2]?.end).toBe("2027-07-15");
    expect(new Date(terms[1]?.start ?? "").getTime() - new Date(terms[0]?.end ?? "").getTime()).toBe(86_400_000);
  });
});

describe("the terms of the first run", () => {
  const proposed = splitYear("2026-09-01", "2027-07-15", 3, (number) => `Term ${number}`);
  const typed = proposed.map((term, place) => (place === 0 ? { ...term, end: "2026-12-18" } : term));

  it("follow the year as long as nobody typed their days", () => {
    const moved = followYear(proposed, ["2026-09-01", "2027-07-15"], ["2026-09-07", "2027-07-15"]);
    expect(moved[0]?.start).toBe("2026-09-07");
    expect(followYear(typed, ["2026-09-01", "2027-07-15"], ["2026-09-07", "2027-07-15"])).toEqual(typed);
    expect(followYear(proposed, ["2026-09-01", "2027-07-15"], ["13/9", "2027-07-15"])).toBe(proposed);
    expect(followYear(proposed, ["2026-09-01", "2027-07-15"], ["2028-09-13", "2027-07-15"])).toBe(proposed);
  });
  it("keep the days that somebody typed when one comes or goes", () => {
    expect(addTerm(typed, "2026-09-01", "2027-07-15", "Term 4")).toEqual([
      ...typed,
      { title: "Term 4", start: "", end: "" },
    ]);
    expect(removeTerm(typed, "2026-09-01", "2027-07-15", 1)).toEqual([typed[0], typed[2]]);
    expect(removeTerm(proposed, "2026-09-01", "2027-07-15", 0).map(({ title, start }) => [title, start])).toEqual([
      ["Term 2", "2026-09-01"],
      ["Term 3", "2027-02-07"],
    ]);
    expect(addTerm(proposed, "2026-09-01", "2027-07-15", "Term 4")).toHaveLength(4);
  });
});
