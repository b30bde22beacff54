import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { ClassStudent } from "../../bindings/ClassStudent";
import { listRow, listWith } from "../../test/lists";
import { objections, show } from "../../test/render";
import ClassesScreen from "./ClassesScreen";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let open: string | undefined;
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({ open }),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
  useSession: () => ({ may: () => true }),
}));

const student = (id: string, familyName: string, start: string, end: string | null): ClassStudent => ({
  enrolment: `e${id}`,
  student: id,
  number: id,
  givenName: "Mina",
  familyName,
  preferredName: null,
  nativeName: null,
  start,
  end,
  version: 1,
});
const details: ClassDetails = {
  id: "7b",
  school: "s",
  year: "y",
  title: "7B",
  kind: "homeroom",
  gradeLevel: "7",
  room: null,
  places: null,
  classTeacher: null,
  students: [student("1", "Abara", "2026-09-01", "2026-11-13")],
  formerStudents: [student("2", "Braun", "2026-11-16", null)],
  courses: [],
  deleted: false,
  version: 1,
};
const asked = vi.fn<(operation: string, input: object) => void>();
let answer = details;

beforeEach(() => {
  go.mockReset();
  asked.mockReset();
  search = {};
  open = undefined;
  answer = details;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    asked(operation, input);
    if (operation === "schools.list_sessions")
      return [
        { id: "y", title: "2026/27", start: "2026-08-01", end: "2027-07-31", terms: [], current: true, version: 1 },
      ];
    if (operation === "classes.class") return answer;
    if (operation === "lists.list_settings") return listWith("title", "students");
    if (operation === "lists.show_list") return { rows: [listRow("7b", "7B", 24)], total: 1 };
    return [];
  });
});
afterEach(() => clearMocks());

describe("classes as of a day", () => {
  it("are counted on the day that is typed, which the list says", async () => {
    show(<ClassesScreen />);
    await screen.findByRole("grid");
    const field = screen.getByRole("textbox", { name: "As of" });
    fireEvent.change(field, { target: { value: "2/10/2026" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { asOf: "2026-10-02" } }));
  });

  it("lead back to today", async () => {
    search = { asOf: "2026-10-02" };
    const { container } = show(<ClassesScreen />);
    expect(await screen.findByRole("note")).toHaveTextContent("Students are counted as on Fri 2 Oct 2026");
    await screen.findByRole("grid");
    expect(asked).toHaveBeenCalledWith(
      "lists.show_list",
      expect.objectContaining({ of: expect.objectContaining({ asOf: "2026-10-02" }) as object }),
    );
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Today" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("show who was in a class, with the days to correct and nobody to move", async () => {
    search = { asOf: "2026-10-02" };
    open = "7b";
    show(<ClassesScreen />);
    expect(await screen.findByText("Who was in the class on Fri 2 Oct 2026")).toBeInTheDocument();
    expect(asked).toHaveBeenCalledWith("classes.class", { class: "7b", asOf: "2026-10-02" });
    expect(screen.getByRole("heading", { name: "In it on other days" })).toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("button", { name: /Enrol/ })).toBeNull();
    expect(screen.getAllByRole("button", { name: /^Correct the days of Mina/ })).toHaveLength(2);
  });

  it("say where nobody was in a class then", async () => {
    search = { asOf: "2026-10-02" };
    open = "7b";
    answer = { ...details, students: [], formerStudents: [] };
    show(<ClassesScreen />);
    expect(await screen.findByText("Nobody was in the class on that day")).toBeInTheDocument();
  });
});
