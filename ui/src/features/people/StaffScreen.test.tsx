import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ShowList } from "../../bindings/ShowList";
import type { StaffRow } from "../../bindings/StaffRow";
import { forgetDrafts } from "../../components/draft";
import { listRow, listWith, ownColumn } from "../../test/lists";
import { objections, show } from "../../test/render";
import StaffScreen from "./StaffScreen";

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
  useSession: () => ({ may: (operation: string) => operation !== "upkeep.history" }),
}));

const ben: StaffRow = {
  id: "ben",
  number: null,
  givenName: "Ben",
  familyName: "Otieno",
  nativeName: null,
  email: null,
  phone: null,
  jobTitle: null,
  courses: 0,
  username: "b.otieno",
  firstDay: "2020-09-01",
  lastDay: "2026-12-16",
  deleted: false,
  version: 5,
};
const details = { staff: ben, address: null, contacts: [], teaches: [], classTeacherOf: [], undo: null };
const all = [listRow("ben", "Otieno, Ben")];
let rows = all;
const asked = vi.fn<(of: object) => void>();
const saved = vi.fn<(input: object) => void>();

beforeEach(() => {
  go.mockReset();
  asked.mockReset();
  saved.mockReset();
  search = {};
  rows = all;
  open = undefined;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: ShowList };
    if (operation === "people.staff_member") return details;
    if (operation === "people.save_staff") {
      saved(input);
      return details;
    }
    if (operation === "people.field_values") return [];
    if (operation === "people.portrait") return null;
    if (operation === "lists.list_settings") {
      const known = listWith("name");
      return { ...known, columns: [...known.columns, ownColumn("Permit", { kind: "yes_no" })] };
    }
    if (operation !== "lists.show_list") return { rows: [], total: 0 };
    asked(input.of);
    return { rows, total: rows.length };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

describe("the list of the staff", () => {
  it("shows those who have left, beside the deleted", async () => {
    show(<StaffScreen />);
    await screen.findByRole("grid");
    await userEvent.click(screen.getByRole("combobox", { name: "Deleted or not" }));
    await userEvent.click(await screen.findByRole("option", { name: "Left" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { left: "yes" } }));
  });

  it("asks for those who have left", async () => {
    search = { left: "yes" };
    show(<StaffScreen />);
    await screen.findByRole("grid");
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ left: true, deleted: false, asOf: null }));
  });

  it("is read as of a day, says so, and leads back", async () => {
    search = { asOf: "2025-10-02" };
    const { container } = show(<StaffScreen />);
    expect(await screen.findByRole("note")).toHaveTextContent("Who worked here on Thu 2 Oct 2025");
    await screen.findByRole("grid");
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ asOf: "2025-10-02", left: false }));
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Today" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("is narrowed to a yes or no that the school keeps of its staff", async () => {
    show(<StaffScreen />);
    await userEvent.click(await screen.findByRole("button", { name: "More filters" }));
    await userEvent.click(await screen.findByRole("combobox", { name: "Own field" }));
    await userEvent.click(screen.getByRole("option", { name: "Permit" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { ownField: "Permit" } }));
  });

  it("asks for what the address says of such a field, and leads back from nobody", async () => {
    search = { ownField: "Permit", ownValue: "yes", left: "yes" };
    rows = [];
    show(<StaffScreen />);
    await userEvent.click(await screen.findByRole("button", { name: "Clear the filters" }));
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ ownField: "Permit", ownValue: "yes" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("says of a person since when and until when, and saves the first day", async () => {
    open = "ben";
    search = { edit: "yes" };
    show(<StaffScreen />);
    expect(await screen.findByText("Leaves on 16 Dec 2026")).toBeInTheDocument();
    expect(screen.getByText("Works here since").nextSibling).toHaveTextContent("1 Sep 2020");
    const field = await screen.findByRole("textbox", { name: /^First day of employment/ });
    fireEvent.change(field, { target: { value: "1/9/2019" } });
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() => expect(saved).toHaveBeenCalledWith(expect.objectContaining({ firstDay: "2019-09-01" })));
  });

  it("asks of somebody new what the school keeps of its staff", async () => {
    open = "new";
    show(<StaffScreen />);
    await userEvent.click(await screen.findByRole("combobox", { name: "Permit" }));
    await userEvent.click(await screen.findByRole("option", { name: "No" }));
    const add = screen.getAllByRole("button", { name: /^Add/ }).find((one) => one.getAttribute("type") === "submit");
    if (add !== undefined) await userEvent.click(add);
    await vi.waitFor(() =>
      expect(saved).toHaveBeenCalledWith(expect.objectContaining({ ownValues: [{ field: "Permit", value: "no" }] })),
    );
  });
});
