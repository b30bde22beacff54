// A student of a class: which subject leads on, and how a subject of another class is named.
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { GroupResults } from "../../bindings/GroupResults";
import type { StudentResult } from "../../bindings/StudentResult";
import { objections, show } from "../../test/render";
import { ResultPane } from "./ResultPane";
import { SubjectName } from "./SubjectName";

vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => false }) }));

const statistics = { n: 1, mean: 70, sd: null, median: 70, min: 70, max: 70, q1: null, q3: null };
const column = (id: string, title: string, course: string | null) => ({ id, title, course, statistics, passRate: 1 });
const behind = (id: string) => ({ column: id, text: "", state: null, percent: 70 });
const row: StudentResult = {
  student: { id: "ada", number: "1", name: "Ada Okoye", listName: "Okoye, Ada", nativeName: null, leftOn: null },
  value: 70,
  grade: "B",
  passed: true,
  behind: [behind("m"), behind("a")],
  standing: null,
};
const results = {
  unit: "percent",
  statistics,
  columns: [column("m", "Mathematics", null), column("a", "Art", "art of 7A")],
  rows: [row],
  rules: { totalDecimals: 1 },
} as unknown as GroupResults;

it("a subject leads to its course only where all of the class take it in one", async () => {
  const onCourse = vi.fn();
  const { container } = show(
    <ResultPane
      results={results}
      row={row}
      course={undefined}
      whole
      onClose={vi.fn()}
      leads={(course): course is string => course !== null}
      onCourse={onCourse}
    />,
  );
  expect(screen.getByText("Mathematics")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Mathematics" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Art" }));
  expect(onCourse).toHaveBeenCalledExactlyOnceWith("art of 7A");
  expect(await objections(container)).toEqual([]);
});

it("a subject names the class of its course where that is another than the student's", () => {
  const name = (classTitle: string) =>
    show(<SubjectName subject={{ subjectTitle: "Mathematics", classTitle }} of={{ classTitle: "7B" }} />).container;
  const texts = [name("Maths 1"), name("7B")].map((one) =>
    [...one.querySelectorAll("bdi")].map((bdi) => bdi.textContent),
  );
  expect(texts).toEqual([["Mathematics", "Maths 1"], ["Mathematics"]]);
});
