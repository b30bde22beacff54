import { describe, expect, it } from "vitest";
import type { GradingRules } from "../../bindings/GradingRules";
import type { StudentResult } from "../../bindings/StudentResult";
import { t } from "../../i18n";
import { signed, sorted } from "./ResultTable";
import { answerText, riskText } from "./words";

const rules: GradingRules = {
  passPercent: 40,
  missingCountsAs: "zero",
  totalDecimals: 1,
  classFiguresFrom: 5,
  fallPercent: 10,
  attendancePercent: 90,
};

describe("answerText", () => {
  it("says how many passed, the mean, the change and who has no result", () => {
    const text = answerText(
      {
        code: "most_passed",
        figures: { n: 25, of: 27, passed: 24, mean: 60.12, min: 34.3, max: 84.5, change: -3.3 },
        words: {},
      },
      "percent",
      t,
      rules,
    );
    expect(text).toBe(
      "Well: 24 of 25 students passed. The mean is 60.1 %, from 34.3 % to 84.5 %. That is 3.3 percentage points worse than the term before. 2 students have no result yet.",
    );
  });

  it("writes as many decimals as the school rounds to", () => {
    const answer = {
      code: "all_passed",
      figures: { n: 2, of: 2, passed: 2, mean: 64.95, min: 64.9, max: 65 },
      words: {},
    } as const;
    expect(answerText(answer, "percent", t, { ...rules, totalDecimals: 2 })).toContain(
      "64.95 %, from 64.90 % to 65.00 %",
    );
    expect(answerText(answer, "percent", t, { ...rules, totalDecimals: 0 })).toContain("65 %, from 65 % to 65 %");
  });

  it("says nothing about figures that are not there", () => {
    expect(answerText({ code: "no_marks", figures: { n: 0, of: 25 }, words: {} }, "percent", t, rules)).toBe(
      "Nobody has a mark yet, so there is nothing to say.",
    );
  });
});

it("says why a student is at risk", () => {
  expect(
    riskText({ code: "subject_falling", course: "c", subjectTitle: "Art", value: 41, limit: 55.5 }, t, rules),
  ).toBe("Art fell from 55.5 % to 41.0 %");
  expect(riskText({ code: "missing_marks", course: null, subjectTitle: null, value: 3, limit: 2 }, t, rules)).toBe(
    "3 marks missing",
  );
});

it("puts students without a result last, in either order", () => {
  const row = (name: string, value: number | null): StudentResult => ({
    student: { id: name, number: "1", name, listName: "x", nativeName: null, leftOn: null },
    value,
    grade: null,
    passed: null,
    behind: [],
    standing: value === null ? null : { z: null, rank: 1, percentile: 50 },
  });
  const rows = [row("a", null), row("b", 2), row("c", 9)];
  const names = (order: "ascending" | "descending") =>
    sorted(rows, { column: "value", order }).map(({ student }) => student.name);
  expect(names("ascending")).toEqual(["b", "c", "a"]);
  expect(names("descending")).toEqual(["c", "b", "a"]);
});

it("writes z-scores with their sign", () => {
  expect([signed(1.234), signed(-0.5), signed(null)]).toEqual(["+1.23", "−0.50", "–"]);
});
