// Whose cards are made where: a homeroom's here, a group's by the homerooms.
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ReportCardReadiness } from "../../bindings/ReportCardReadiness";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import { objections, show } from "../../test/render";
import ReportsScreen from "./ReportsScreen";

let search: Record<string, unknown> = {};
let leads = true;
vi.mock("@tanstack/react-router", () => ({ useNavigate: () => vi.fn(), useSearch: () => search }));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s" }, term: { id: "t", yearId: "y", title: "Autumn" } }),
  useSession: () => ({
    may: (operation: string) => leads || operation !== "schools.save_settings",
    whoami: { user: "u", staff: "ben" },
  }),
}));
vi.mock("./CardPage", () => ({ CardPage: () => null }));

const row = (id: string, title: string, kind: string, courses = 1) => ({ id, title, kind, courses });
const student: StudentReadiness = {
  student: { id: "ada", number: "1", name: "Ada Okoye", listName: "Okoye, Ada", nativeName: null, leftOn: null },
  subjects: 3,
  courseComments: 1,
  classTeacherComment: true,
  principalComment: true,
  marksNotEntered: 0,
  coursesWithoutResult: 0,
  overall: 70,
  problems: [],
  lacking: ["comments"],
  ready: true,
};
let students: StudentReadiness[] = [];
const asked = vi.fn<(operation: string, input: unknown) => void>();

beforeEach(() => {
  search = {};
  leads = true;
  students = [student];
  asked.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { class: string } };
    asked(operation, input);
    if (operation === "classes.list_classes")
      return [
        row("a", "Art", "group"),
        row("b", "7B", "homeroom", 0),
        row("chess", "Chess", "group", 0),
        row("c", "7A", "homeroom"),
      ];
    if (operation === "reports.report_card_readiness")
      return {
        classTitle: input.class === "a" ? "Art" : "7A",
        termTitle: "Autumn",
        courses: 9,
        coursesWithoutAssessments: 0,
        students,
        steps: [],
        ready: 0,
        rules: { totalDecimals: 1 },
      } as unknown as ReportCardReadiness;
    return { students: [], courses: [], comments: [] };
  });
});
afterEach(clearMocks);

describe("report cards", () => {
  it("offer homerooms first, also those that are taught in groups alone, and groups that are taught", async () => {
    show(<ReportsScreen />);
    expect(await screen.findByText("Okoye, Ada")).toBeInTheDocument();
    expect(asked).toHaveBeenCalledWith("classes.list_classes", { school: "s", year: "y" });
    expect(asked).toHaveBeenCalledWith("reports.report_card_readiness", { class: "c", term: "t" });
    await userEvent.click(screen.getByRole("combobox", { name: "Class" }));
    expect((await screen.findAllByRole("option", { hidden: true })).map((one) => one.textContent)).toEqual(
      expect.arrayContaining(["7A", "7B", "Art"]),
    );
    expect(screen.queryByText("Chess")).toBeNull();
  });

  it("count comments out of the student's own subjects", async () => {
    show(<ReportsScreen />);
    expect(await screen.findByText("1 of 3 subject comments")).toBeInTheDocument();
  });

  it("say of a group without anybody that the homerooms print", async () => {
    search = { class: "a" };
    students = [];
    const { container } = show(<ReportsScreen />);
    expect(await screen.findByText("No cards to print in Art")).toBeInTheDocument();
    expect(screen.getByText(/printed by their homerooms/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Make all cards" })).toBeDisabled();
    expect(await objections(container)).toEqual([]);
  });

  it("leave who teaches a group the comments, and nothing to print", async () => {
    search = { class: "a" };
    leads = false;
    show(<ReportsScreen />);
    expect(await screen.findByText("Printed by the homerooms")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Make all cards" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Make this card" })).toBeNull();
    expect(screen.queryByRole("radio", { name: "Page" })).toBeNull();
    expect(screen.getByRole("radio", { name: "Comments" })).toBeChecked();
  });
});
