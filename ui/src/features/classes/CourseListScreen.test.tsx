import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShowList } from "../../bindings/ShowList";
import { listRow, listWith } from "../../test/lists";
import { objections, show } from "../../test/render";
import CourseListScreen from "./CourseListScreen";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let held: readonly string[] | "all" = "all";
let staff: string | null = "ben";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({}),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({
    may: (operation: string) => held === "all" || held.includes(operation),
    whoami: { staff },
  }),
}));

const rows = [listRow("k", "Mathematics", "Set 2", "Otieno, Ben; Marlow, Bea", 24)];
let found = rows;
const asked = vi.fn<(input: ShowList) => void>();

beforeEach(() => {
  go.mockReset();
  asked.mockReset();
  search = {};
  held = "all";
  staff = "ben";
  found = rows;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: ShowList };
    if (operation === "lists.list_settings") return listWith("subject", "class", "teachers", "students");
    if (operation !== "lists.show_list") return [];
    asked(input);
    return { rows: found, total: found.length };
  });
});
afterEach(clearMocks);

describe("the list of courses", () => {
  it("shows subject, class, kind, teachers and places, and opens a course", async () => {
    const { container } = show(<CourseListScreen />, { rtl: true });
    expect(await screen.findByText("Mathematics")).toBeInTheDocument();
    expect(screen.getByText("Otieno, Ben; Marlow, Bea")).toBeInTheDocument();
    expect(screen.getByText("24")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByText("Mathematics"));
    expect(go).toHaveBeenCalledWith(expect.objectContaining({ to: "/courses/k" }));
    await userEvent.click(screen.getByRole("radio", { name: "Classes" }));
    expect(go).toHaveBeenLastCalledWith({ to: "/classes", search: {} });
  });

  it("asks for what is searched, and for the own ones only where the person teaches", async () => {
    search = { taught: "yes", subject: "m" };
    show(<CourseListScreen />);
    await userEvent.type(await screen.findByRole("textbox", { name: "Filter this list" }), "set");
    await vi.waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining({
          search: "set",
          of: expect.objectContaining({ taught: true, subject: "m", deleted: false }) as object,
        }),
      ),
    );
  });

  it("offers nothing that a role may not do, and says who adds courses", async () => {
    held = ["lists.show_list"];
    staff = null;
    search = { taught: "yes", deleted: "yes" };
    found = [];
    show(<CourseListScreen />);
    expect(await screen.findByText(/The office adds courses/)).toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).toBeNull();
    expect(screen.queryByRole("radiogroup")).toBeNull();
    expect(screen.queryByRole("button", { name: "Open the classes" })).toBeNull();
    expect(asked).toHaveBeenCalledWith(
      expect.objectContaining({ of: expect.objectContaining({ taught: false, deleted: false }) as object }),
    );
  });
});
