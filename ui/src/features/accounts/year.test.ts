import { describe, expect, it } from "vitest";
import { proposeYear, splitYear } from "./year";

describe("proposeYear", () => {
  it.each([["2026-11-21", "2026/27"], ["2026-03-01", "2025/26"], ["2026-07-01", "2026/27"], ["2099-10-01", "2099/00"]])(
    "on %s proposes %s", (today, title) => expect(proposeYear(today).title).toBe(title));
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
