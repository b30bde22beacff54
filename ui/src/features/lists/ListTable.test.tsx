import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ColumnInfo } from "../../bindings/ColumnInfo";
import type { ListRow } from "../../bindings/ListRow";
import type { ListSettings } from "../../bindings/ListSettings";
import type { PlanChange } from "../../bindings/PlanChange";
import type { ShowList } from "../../bindings/ShowList";
import type { ViewRow } from "../../bindings/ViewRow";
import { useListAddress } from "../../components/address";
import { forgetDrafts } from "../../components/draft";
import { ownColumn } from "../../test/lists";
import { objections, show } from "../../test/render";
import { filterIn } from "./address";
import { ListTable } from "./ListTable";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let held: readonly string[] | "all" = "all";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({}),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", name: "Riverside" } }),
  useSession: () => ({ may: (operation: string) => held === "all" || held.includes(operation) }),
}));

const column = (id: string, usual: boolean): ColumnInfo => ({
  id,
  head: { key: `paper.lists.columns.${id}`, values: {}, text: id },
  usual,
  sortable: id === "name",
  numeric: false,
  narrowest: 5,
  share: 1,
  lesser: 0,
  own: null,
});
const text = (value: string) => ({ is: "text", value }) as const;
const row = (id: string, name: string): ListRow => ({ id, version: 3, cells: [text(name), text(id)] });
const view: ViewRow = {
  id: "v",
  title: "Leavers",
  shared: false,
  mine: true,
  mayChange: true,
  shown: {
    of: { list: "students", class: "gone", gradeLevel: "12" },
    search: "a",
    sort: { column: "name", order: "descending" },
    columns: ["number"],
  },
  gone: ["class"],
  version: 2,
};
let settings: ListSettings;
const sent = vi.fn<(operation: string, input: object) => void>();
const asked = vi.fn<(input: ShowList) => void>();
let answers: Record<string, (input: never) => unknown>;

beforeEach(() => {
  go.mockReset();
  sent.mockReset();
  asked.mockReset();
  search = {};
  held = "all";
  settings = {
    columns: ["name", "number", "email", "gradeLevel", "sex"].map((id, place) => column(id, place < 2)),
    chosen: null,
    views: [view],
    mayShare: false,
  };
  answers = {};
  mockIPC((command, payload) => {
    if (command !== "call") {
      sent(command, payload as object);
      return command === "save_artifact" ? "/home/list.csv" : null;
    }
    const { operation, input } = payload as { operation: string; input: ShowList };
    if (operation === "lists.show_list") {
      asked(input);
      return { rows: [row("1", "Abara"), row("2", "Braun")], total: 40 };
    }
    if (operation === "lists.list_settings") return settings;
    if (operation === "lists.student_values") return { gradeLevels: ["7", "8"], sexes: [] };
    if (operation === "people.list_staff") return { rows: [], total: 0 };
    sent(operation, input);
    return answers[operation]?.(input as never) ?? { undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

function Students() {
  const address = useListAddress("/students");
  const filter = filterIn("students", address.chosen);
  return (
    <ListTable
      school="s"
      label="Students"
      of={{ list: "students", ...filter, status: null }}
      address={address}
      initialSort={{ column: "name", order: "ascending" }}
      empty={null}
      mayChange
    />
  );
}

describe("a list of the school", () => {
  it("shows the usual columns, and those that are ticked and moved by keys, kept when the menu closes", async () => {
    const { container } = show(<Students />);
    await screen.findByText("Abara");
    expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual(["", "Name", "Number"]);
    expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ columns: ["name", "number"] }));
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Columns" }));
    const email = await screen.findByRole("checkbox", { name: "E-mail" });
    email.focus();
    await userEvent.keyboard(" ");
    await userEvent.keyboard("{Alt>}{ArrowUp}{/Alt}");
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ columns: ["name", "email", "number"] })),
    );
    await userEvent.keyboard("{ArrowUp}");
    expect(screen.getByRole("checkbox", { name: "Name" })).toHaveFocus();
    expect(sent).not.toHaveBeenCalled();
    await userEvent.keyboard("{Escape}");
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith("lists.choose_columns", {
        school: "s",
        list: "students",
        columns: ["name", "email", "number"],
      }),
    );
  });

  it("goes back to the usual columns, and never hides the last one", async () => {
    settings = { ...settings, chosen: ["email"] };
    show(<Students />);
    await screen.findByRole("grid");
    await userEvent.click(screen.getByRole("button", { name: "Columns" }));
    expect(await screen.findByRole("checkbox", { name: "E-mail" })).toBeDisabled();
    await userEvent.click(screen.getByRole("button", { name: "The usual columns" }));
    await userEvent.keyboard("{Escape}");
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith("lists.choose_columns", { school: "s", list: "students", columns: null }),
    );
  });

  it("opens a view with its filter, order and columns, without what is gone, which it says", async () => {
    search = { status: "active" };
    const { unmount } = show(<Students />);
    await screen.findByRole("grid");
    await userEvent.click(screen.getByRole("button", { name: "Views" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: /Leavers/, hidden: true }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { gradeLevel: "12", view: "v" } }));
    unmount();
    search = { gradeLevel: "12", view: "v" };
    show(<Students />);
    expect(await screen.findByRole("note")).toHaveTextContent(/Leavers was narrowed to .*: a class/);
    await waitFor(() =>
      expect(asked).toHaveBeenLastCalledWith(
        expect.objectContaining({
          columns: ["number"],
          search: "a",
          sort: { column: "name", order: "descending" },
          of: expect.objectContaining({ list: "students", gradeLevel: "12", class: null }) as object,
        }),
      ),
    );
  });

  it("keeps the list as a view, which only the office shares", async () => {
    search = { gradeLevel: "8" };
    answers["lists.save_view"] = () => ({ view: { ...view, id: "w", title: "Eighth" }, undo: null });
    show(<Students />);
    await screen.findByRole("grid");
    await userEvent.click(screen.getByRole("button", { name: "Views" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Keep as a view…", hidden: true }));
    await userEvent.type(await screen.findByRole("textbox", { name: /^Name/ }), "Eighth");
    expect(screen.queryByRole("checkbox", { name: "For everybody at the school" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Keep/ }));
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        "lists.save_view",
        expect.objectContaining({
          title: "Eighth",
          shared: false,
          shown: expect.objectContaining({
            of: expect.objectContaining({ gradeLevel: "8" }) as object,
            columns: ["name", "number"],
          }) as object,
        }),
      ),
    );
    expect(go).toHaveBeenLastCalledWith(
      expect.objectContaining({ search: expect.objectContaining({ view: "w" }) as object }),
    );
  });

  it("saves and prints the list as it is shown", async () => {
    answers["lists.export_list"] = () => ({ artifact: "a", fileName: "list", rows: 40 });
    show(<Students />);
    await screen.findByText("Abara");
    await userEvent.click(screen.getByRole("button", { name: "Export" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Text (.csv)", hidden: true }));
    await waitFor(() => expect(sent).toHaveBeenCalledWith("save_artifact", { id: "a", choose: true }));
    const shown = { sort: { column: "name", order: "ascending" }, columns: ["name", "number"] };
    expect(sent).toHaveBeenCalledWith("lists.export_list", expect.objectContaining({ ...shown, format: "csv" }));
    await userEvent.click(screen.getByRole("button", { name: "Export" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "Print, on its side", hidden: true }));
    await waitFor(() => expect(sent).toHaveBeenCalledWith("open_artifact", { id: "a" }));
  });

  it("says before what a change does to how many, changes all of the list, and tells what was left", async () => {
    const planned = vi.fn<(input: PlanChange) => void>();
    answers["lists.plan_change"] = (input: PlanChange) => {
      planned(input);
      return {
        rows: [
          { id: "1", version: 3, name: "Abara", now: "7" },
          { id: "2", version: 3, name: "Braun", now: null },
        ],
        same: 38,
      };
    };
    answers["lists.change_field"] = () => ({
      rows: [
        { id: "1", name: "Abara", outcome: { outcome: "saved", version: 4 } },
        { id: "2", name: "Braun", outcome: { outcome: "conflict", current: "9" } },
      ],
      undo: "e",
    });
    show(<Students />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "Choose Abara" }));
    expect(screen.getByText("1 chosen")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Choose all 40 of the list" }));
    expect(screen.getByText("40 chosen")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Change a field…" }));
    const dialog = await screen.findByRole("dialog");
    await userEvent.type(within(dialog).getByRole("combobox", { name: "New value" }), "8");
    await waitFor(() =>
      expect(planned).toHaveBeenLastCalledWith(
        expect.objectContaining({ rows: null, field: "gradeLevel", value: "8" }),
      ),
    );
    expect(await within(dialog).findByText("Changes 2. 38 have this already.")).toBeInTheDocument();
    expect(within(dialog).getByText("Abara: now 7")).toBeInTheDocument();
    expect(await objections(dialog)).toEqual([]);
    await userEvent.click(within(dialog).getByRole("button", { name: "Change 2" }));
    expect(await screen.findByText("Braun: somebody else changed it meanwhile")).toBeInTheDocument();
    expect(sent).toHaveBeenCalledWith(
      "lists.change_field",
      expect.objectContaining({
        rows: [
          { id: "1", version: 3 },
          { id: "2", version: 3 },
        ],
      }),
    );
  });

  it("shows a field that the school made as a column, and changes it for many by its kind", async () => {
    held = ["lists.change_field"];
    settings = {
      ...settings,
      columns: [
        ...settings.columns,
        ownColumn("Height", { kind: "number" }),
        ownColumn("Uniform", { kind: "choice", choices: ["S", "M"] }),
        ownColumn("Care", { mayChange: false, mayChangeAll: false }),
      ],
      chosen: ["name", "field:Height"],
    };
    const planned = vi.fn<(input: PlanChange) => void>();
    answers["lists.plan_change"] = (input: PlanChange) => {
      planned(input);
      return { rows: [{ id: "1", version: 0, name: "Abara", now: null }], same: 0 };
    };
    answers["lists.change_field"] = () => ({ rows: [], undo: "e" });
    show(<Students />);
    await userEvent.click(await screen.findByRole("checkbox", { name: "Choose Abara" }));
    expect(screen.getByRole("columnheader", { name: /Height/ })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Change a field…" }));
    const dialog = await screen.findByRole("dialog");
    // The fields that every school has are the office's; of the school's own those that one changes are offered.
    await userEvent.click(within(dialog).getByRole("combobox", { name: "Field" }));
    const offered = screen.getAllByRole("option", { hidden: true }).map(({ textContent }) => textContent);
    expect(offered).toEqual(expect.arrayContaining(["Height", "Uniform"]));
    expect(offered).not.toContain("Care");
    expect(offered).not.toContain("Grade level");
    await userEvent.type(within(dialog).getByRole("textbox", { name: "New value" }), "1.5");
    await waitFor(() =>
      expect(planned).toHaveBeenLastCalledWith(
        expect.objectContaining({ rows: ["1"], field: "field:Height", value: "1.5" }),
      ),
    );
    await userEvent.click(within(dialog).getByRole("combobox", { name: "Field" }));
    await userEvent.click(screen.getByRole("option", { name: "Uniform", hidden: true }));
    await userEvent.click(within(dialog).getByRole("combobox", { name: "New value" }));
    await userEvent.click(screen.getByRole("option", { name: "M", hidden: true }));
    await waitFor(() =>
      expect(planned).toHaveBeenLastCalledWith(expect.objectContaining({ field: "field:Uniform", value: "M" })),
    );
    expect(await objections(dialog)).toEqual([]);
    await userEvent.click(await within(dialog).findByRole("button", { name: "Change 1" }));
    await waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        "lists.change_field",
        expect.objectContaining({ field: "field:Uniform", value: "M", rows: [{ id: "1", version: 0 }] }),
      ),
    );
  });

  it("has nothing to tick for who may change nothing", async () => {
    held = [];
    show(<Students />);
    await screen.findByText("Abara");
    expect(screen.queryByRole("checkbox")).toBeNull();
  });
});
