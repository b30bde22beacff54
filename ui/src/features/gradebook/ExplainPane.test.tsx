// A total is opened: of one course its categories, of several each course with its weight.
import { screen, within } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ExplainedPart } from "../../bindings/ExplainedPart";
import type { ExplainedTotal } from "../../bindings/ExplainedTotal";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { t } from "../../i18n";
import { objections, show } from "../../test/render";
import { TotalExplained } from "./ExplainPane";
import { SheetMarks } from "./marks";
import { cellsOf } from "./view";

const part = (category: string, percent: number): ExplainedPart => ({
  category,
  title: "Tests",
  weight: 1,
  effectiveWeight: 1,
  percent,
  gives: percent,
  marks: [
    { assessment: `${category}1`, title: "Test 1", state: "marked", text: "12", maximum: "20", percent, counts: true },
  ],
});
const total: ExplainedTotal = {
  student: "ada",
  percent: 67.5,
  grade: "B",
  passed: true,
  parts: [part("a", 67.5)],
  shares: [],
  rules: {
    passPercent: 50,
    missingCountsAs: "zero",
    totalDecimals: 1,
    classFiguresFrom: 5,
    fallPercent: 10,
    attendancePercent: 90,
  },
};

describe("a total that is opened", () => {
  it("says nothing of courses where there is one", () => {
    show(<TotalExplained total={total} active={null} />);
    expect(screen.queryByText(/several courses/)).toBeNull();
    expect(screen.getByText(/points of the total/)).toBeInTheDocument();
  });

  it("shows every course of a student who moved, with its total, its weight and its marks", async () => {
    const { container } = show(
      <TotalExplained
        total={{
          ...total,
          parts: [],
          shares: [
            { course: "one", classTitle: "Maths 1", percent: 60, weight: 0.375, parts: [part("a", 60)] },
            { course: "two", classTitle: "رياضيات", percent: 72, weight: 0.625, parts: [part("b", 72)] },
            { course: "three", classTitle: "Maths 3", percent: null, weight: 0, parts: [] },
          ],
        }}
        active="b1"
      />,
      { rtl: true },
    );
    expect(screen.getByText(/mean of their totals, each by its weight/)).toBeInTheDocument();
    const first = screen.getByRole("region", { name: "Maths 1" });
    expect(first).toHaveTextContent("60.0 %");
    expect(first).toHaveTextContent("counts 37.5 % of the total");
    expect(within(first).getByText(/60.0 points of this course’s total/)).toBeInTheDocument();
    const second = screen.getByRole("region", { name: "رياضيات" });
    expect(second).toHaveTextContent("counts 62.5 % of the total");
    expect(within(second).getByRole("row")).toHaveAttribute("data-active");
    expect(screen.getByRole("region", { name: "Maths 3" })).toHaveTextContent("it has no weight");
    expect(await objections(container)).toEqual([]);
  });
});

it("the cells that do not count say why, and keep what stands in them", () => {
  const sheet = {
    marks: [{ student: "ada", assessment: "a", state: "marked", text: "12", version: 1 }],
    outside: [{ student: "ada", assessment: "a" }],
  } as unknown as MarkSheet;
  const cell = cellsOf(sheet, new SheetMarks("u", "c", "t"), t);
  expect(cell("ada", "a")).toEqual({ text: "12", idle: expect.stringMatching(/^Does not count/) });
  expect(cell("bob", "a")).toEqual({ text: "" });
});
