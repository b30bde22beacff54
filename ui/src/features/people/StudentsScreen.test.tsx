import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShowList } from "../../bindings/ShowList";
import { forgetDrafts } from "../../components/draft";
import { listRow, listWith, saidCell } from "../../test/lists";
import { objections, show } from "../../test/render";
import StudentsScreen from "./StudentsScreen";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let held: readonly string[] | "all" = "all";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({}),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
  useSession: () => ({ may: (operation: string) => held === "all" || held.includes(operation) }),
}));

const said = (status: string, text: string) => saidCell(`status.${status}`, text);
const all = [
  listRow("1", "Abara, Mina", said("active", "Active")),
  listRow("2", "Braun, Mina", said("onLeave", "On leave")),
  listRow("3", "Chen, Mina", said("expected", "Expected")),
];
let rows = all;
const asked = vi.fn<(of: object) => void>();
const ofYear = vi.fn<(input: object) => void>();
const sent = vi.fn<(operation: string, input: object) => void>();

beforeEach(() => {
  go.mockReset();
  asked.mockReset();
  ofYear.mockReset();
  sent.mockReset();
  search = {};
  held = "all";
  rows = all;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: ShowList };
    if (operation === "classes.list_classes") {
      ofYear(input);
      return [];
    }
    if (operation === "schools.list_sessions")
      return [
        { id: "y", title: "2026/27", start: "2026-08-01", end: "2027-07-31", terms: [], current: true, version: 1 },
        { id: "x", title: "2025/26", start: "2025-08-01", end: "2026-07-31", terms: [], current: false, version: 1 },
      ];
    if (operation === "people.transfers") return { incoming: [], outgoing: [] };
    if (operation === "lists.list_settings") return listWith("name", "status");
    if (operation === "lists.student_values") return { gradeLevels: ["7", "8"], sexes: ["female"] };
    if (operation !== "lists.show_list") {
      sent(operation, input);
      return { undo: null };
    }
    asked(input.of);
    return { rows, total: rows.length };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

describe("the list of students", () => {
  it("says what each is, and is narrowed to everything that a student can be", async () => {
    show(<StudentsScreen />);
    expect(await screen.findByText("Expected")).toBeInTheDocument();
    expect(screen.getByText("On leave")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("combobox", { name: "Status" }));
    expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
      "Active",
      "Expected",
      "On leave",
      "Withdrawn",
      "Graduated",
      "Transferred",
    ]);
    await userEvent.click(screen.getByRole("option", { name: "On leave" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { status: "on_leave" } }));
  });

  it("is read as of a day that is typed, from the address", async () => {
    show(<StudentsScreen />);
    await screen.findByRole("grid");
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ asOf: null }));
    const field = screen.getByRole("textbox", { name: "As of" });
    fireEvent.change(field, { target: { value: "2/10/2026" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { asOf: "2026-10-02" } }));
  });

  it("says of which day it is, leads back to today, and lets nobody leave from there", async () => {
    search = { asOf: "2025-10-02", status: "on_leave" };
    const { container } = show(<StudentsScreen />);
    expect(await screen.findByRole("note")).toHaveTextContent("Who was at the school on Thu 2 Oct 2025");
    await screen.findByRole("grid");
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ asOf: "2025-10-02", status: "on_leave" }));
    // The classes to choose from are those of then.
    await vi.waitFor(() => expect(ofYear).toHaveBeenLastCalledWith({ school: "s", year: "x" }));
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Today" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { status: "on_leave" } }));
    const field = screen.getByRole("textbox", { name: "As of" });
    fireEvent.change(field, { target: { value: "" } });
    fireEvent.blur(field);
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { status: "on_leave" } }));
  });

  it("offers to clear a day on which nobody was there", async () => {
    search = { asOf: "1990-10-02" };
    rows = [];
    show(<StudentsScreen />);
    await userEvent.click(await screen.findByRole("button", { name: "Clear the filters" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("lets many who are ticked leave in one act", async () => {
    show(<StudentsScreen />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "Choose Abara, Mina" }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Choose Chen, Mina" }));
    expect(screen.getByText("2 chosen")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Leaves the school…" }));
    await screen.findByRole("dialog");
    await userEvent.click(screen.getByRole("button", { name: /^Leaves the school(?!…)/ }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenCalledWith("people.withdraw_students", {
      school: "s",
      students: ["1", "3"],
      lastDay: "2026-11-30",
      exit: "withdrawn",
      reason: null,
    });
    expect(screen.queryByText("2 chosen")).toBeNull();
  });

  it("is narrowed by what an office looks for now and then", async () => {
    search = { gradeLevel: "8", withoutGuardian: "yes", bornFrom: "2013-01-01", joinedTo: "no day" };
    const { container } = show(<StudentsScreen />);
    await screen.findByRole("grid");
    const narrowed = {
      gradeLevel: "8",
      withoutGuardian: true,
      withoutClass: false,
      bornFrom: "2013-01-01",
      joinedTo: null,
    };
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining(narrowed));
    await userEvent.click(screen.getByRole("button", { name: "3 more filters" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "In no class" }));
    expect(go).toHaveBeenLastCalledWith(
      expect.objectContaining({ search: expect.objectContaining({ withoutClass: "yes", gradeLevel: "8" }) as object }),
    );
    const field = screen.getByRole("textbox", { name: "Leaving up to" });
    fireEvent.change(field, { target: { value: "31/7/2027" } });
    fireEvent.keyDown(field, { key: "Enter" });
    expect(go).toHaveBeenLastCalledWith(
      expect.objectContaining({ search: expect.objectContaining({ leavingTo: "2027-07-31" }) as object }),
    );
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Clear these" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("has nothing to tick for who may not let students leave", async () => {
    held = ["lists.show_list"];
    show(<StudentsScreen />);
    await screen.findByRole("grid");
    expect(screen.queryByRole("checkbox")).toBeNull();
  });
});
