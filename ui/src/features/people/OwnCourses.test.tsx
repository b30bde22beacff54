import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { objections, show } from "../../test/render";
import { OwnCourses } from "./OwnCourses";

const row = (id: string, subjectTitle: string, rest: object = {}) => ({
  id,
  subjectTitle,
  classTitle: "7B",
  classKind: "homeroom",
  teachers: ["Otieno, Ben"],
  description: null,
  ...rest,
});
let rows: object[] = [];

function answers() {
  mockIPC(() => ({ rows, total: rows.length }));
}
afterEach(clearMocks);

it("a student reads of each own course the class, who teaches it, and what is written about it", async () => {
  rows = [
    row("m", "Mathematics", { description: "Bring a ruler." }),
    row("f", "French", { classTitle: "French A", classKind: "group", teachers: [] }),
  ];
  answers();
  const { container } = show(<OwnCourses student="mina" school="s" />);
  const mathematics = (await screen.findByRole("heading", { name: "Mathematics" })).closest("section");
  const french = screen.getByRole("heading", { name: "French" }).closest("section");
  if (mathematics === null || french === null) throw new Error("no section");
  expect(await within(mathematics).findByText("Bring a ruler.")).toBeInTheDocument();
  expect(within(mathematics).getByText(/Class 7B/)).toHaveTextContent("with Otieno, Ben");
  expect(within(french).getByText(/Group French A/)).toHaveTextContent("Nobody teaches it yet");
  expect(await objections(container)).toEqual([]);
});

it("a student without courses is told so", async () => {
  rows = [];
  answers();
  show(<OwnCourses student="mina" school="s" />);
  expect(await screen.findByText("No courses yet")).toBeInTheDocument();
});
