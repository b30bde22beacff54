import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CourseGrid } from "../../bindings/CourseGrid";
import type { SaveCourseGrid } from "../../bindings/SaveCourseGrid";
import type { SavedCourseGrid } from "../../bindings/SavedCourseGrid";
import { forgetKeptEdits } from "../../components/sheet/keptEdits";
import { objections, show } from "../../test/render";
import CourseGridScreen from "./CourseGridScreen";

let school = 0;
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => vi.fn(),
  useParams: () => ({}),
  useSearch: () => ({}),
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: `s${school}`, today: "2026-11-30" } }),
  useSession: () => ({ may: () => true, whoami: { user: "u", staff: null } }),
}));

const grid: CourseGrid = {
  year: "y",
  classes: [
    { id: "7a", title: "7A", kind: "homeroom", gradeLevel: "7" },
    { id: "7b", title: "7B", kind: "homeroom", gradeLevel: "7" },
  ],
  subjects: [
    { id: "m", title: "Mathematics", code: null },
    { id: "r", title: "Art", code: null },
  ],
  cells: [{ class: "7a", subject: "m", course: "k", teachers: ["b"], used: true, version: 3 }],
  staff: [
    { id: "b", name: "Ben Otieno", listName: "Otieno, Ben" },
    { id: "c", name: "Chloë Dubois", listName: "Dubois, Chloë" },
  ],
};
let shown = grid;
let answer: SavedCourseGrid = { cells: [], undo: null };
const saves = vi.fn<(input: SaveCourseGrid) => void>();

beforeEach(() => {
  // Each test has a grid of its own: what is typed outlives the screen.
  school += 1;
  saves.mockReset();
  shown = grid;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: SaveCourseGrid };
    if (operation === "classes.course_grid") return shown;
    if (operation !== "classes.save_course_grid") return [];
    saves(input);
    return answer;
  });
});
afterEach(() => {
  forgetKeptEdits();
  clearMocks();
});

const open = async () => {
  const view = show(<CourseGridScreen />);
  const sheet = await screen.findByRole("grid");
  sheet.focus();
  return { ...view, sheet, user: userEvent.setup({ delay: null }) };
};

describe("the courses as a grid", () => {
  it("shows who teaches, and finds a teacher by a part of the name", async () => {
    const cell = { class: "7a", subject: "r", course: "n", teachers: ["c"], used: false, version: 1 };
    answer = { cells: [{ class: "7a", subject: "r", result: { outcome: "saved", cell } }], undo: "e" };
    const { container, user } = await open();
    expect(screen.getByText("Ben Otieno")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await user.keyboard("{ArrowRight}dub");
    expect(await screen.findByRole("option", { name: "Chloë Dubois" })).toHaveAttribute("aria-selected", "true");
    await user.keyboard("{Enter}");
    await waitFor(() => expect(saves).toHaveBeenCalledOnce());
    expect(saves.mock.calls[0]?.[0].cells).toEqual([{ class: "7a", subject: "r", seen: [], teachers: ["c"] }]);
    expect(screen.getByText("Chloë Dubois")).toBeInTheDocument();
  });

  it("says in the cell why nothing was saved", async () => {
    const message = { key: "refusals.classes.courseHasAssessments", values: { count: 1 }, text: "" };
    answer = {
      cells: [{ class: "7a", subject: "m", result: { outcome: "refused", code: "has_assessments", message } }],
      undo: null,
    };
    const { user } = await open();
    await user.keyboard("{Delete}");
    await waitFor(() => expect(saves).toHaveBeenCalledOnce());
    expect(saves.mock.calls[0]?.[0].cells).toEqual([
      { class: "7a", subject: "m", id: "k", version: 3, seen: ["b"], teachers: null },
    ]);
    expect(await screen.findByRole("gridcell", { name: /Not saved: .*assessment/ })).toHaveAttribute(
      "aria-invalid",
      "true",
    );
  });

  it("sends nothing for a name that nobody has", async () => {
    const { user } = await open();
    await user.keyboard("{ArrowRight}nemo{Enter}");
    expect(await screen.findByRole("gridcell", { name: /nobody of the staff is called “nemo”/ })).toBeInTheDocument();
    expect(saves).not.toHaveBeenCalled();
  });

  it("shows what somebody else left in the cell", async () => {
    const current = { cell: { class: "7a", subject: "m", course: "k", teachers: ["c"], used: true, version: 4 } };
    answer = { cells: [{ class: "7a", subject: "m", result: { outcome: "conflict", current } }], undo: null };
    const { user } = await open();
    await user.keyboard("-{Enter}");
    expect(await screen.findByRole("gridcell", { name: /now Chloë Dubois/ })).toBeInTheDocument();
  });

  it("fills down in one call", async () => {
    answer = { cells: [], undo: null };
    const { user } = await open();
    await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}");
    await waitFor(() => expect(saves).toHaveBeenCalledOnce());
    expect(saves.mock.calls[0]?.[0].cells).toEqual([{ class: "7b", subject: "m", seen: [], teachers: ["b"] }]);
  });

  it("offers the first step where there is no subject", async () => {
    shown = { ...grid, subjects: [], cells: [] };
    show(<CourseGridScreen />);
    expect(await screen.findByText("No subjects yet")).toBeInTheDocument();
  });
});
