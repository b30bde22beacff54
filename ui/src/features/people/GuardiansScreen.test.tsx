import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuardianDetails } from "../../bindings/GuardianDetails";
import type { GuardianRow } from "../../bindings/GuardianRow";
import type { ShowList } from "../../bindings/ShowList";
import { forgetDrafts } from "../../components/draft";
import { listRow, listWith, ownColumn, saidCell } from "../../test/lists";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import GuardiansScreen from "./GuardiansScreen";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let open: string | undefined;
let held: (operation: string) => boolean;
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({ open }),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
  useSession: () => ({ may: (operation: string) => held(operation) }),
}));

const theirs = { isPrimary: false, mayCollect: true, getsLetters: true, noAccess: false };
const child = { number: "1", familyName: "Okonkwo", status: "active" as const, there: true, classes: [] };
const details: GuardianDetails = {
  school: "s",
  guardian: {
    id: "dev",
    givenName: "Dev",
    familyName: "Okonkwo",
    email: "dev@example.org",
    phone: "0700 222 222",
    address: null,
    contacts: [],
    language: null,
    children: [
      {
        ...child,
        ...theirs,
        student: "mina",
        givenName: "Mina",
        relationship: "father",
        isPrimary: true,
        classes: [{ id: "7a", title: "7A", kind: "homeroom" }],
      },
      {
        ...child,
        student: "tobi",
        givenName: "Tobi",
        relationship: "stepfather",
        status: "graduated",
        there: false,
        isPrimary: false,
        mayCollect: false,
        getsLetters: false,
        noAccess: true,
      },
    ],
    version: 4,
  },
};
const asRow: GuardianRow = {
  ...details.guardian,
  ...theirs,
  relationship: "father",
  guardianshipVersion: 7,
};
const asked = vi.fn<(input: ShowList) => void>();
const saved = vi.fn<(input: object) => void>();

beforeEach(() => {
  go.mockReset();
  asked.mockReset();
  saved.mockReset();
  search = {};
  open = undefined;
  held = (operation) => operation !== "upkeep.history";
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: ShowList };
    if (operation === "people.guardian") return details;
    if (operation === "people.student") return { ...aStudent, id: "mina", guardians: [asRow] };
    if (operation === "people.save_guardian") {
      saved(input);
      return { student: aStudent, undo: null };
    }
    if (operation === "lists.list_settings") {
      const known = listWith("name", "children", "noAccess");
      return { ...known, columns: [...known.columns, ownColumn("Newsletter", { kind: "yes_no" })] };
    }
    if (operation !== "lists.show_list") return [];
    asked(input);
    return {
      rows: [listRow("dev", "Okonkwo, Dev", "Mina (7A)", saidCell("guardians.noAccess", "No access"))],
      total: 1,
    };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const of = () => asked.mock.lastCall?.[0].of;

describe("the list of guardians", () => {
  it("is searched, opens somebody, and leads to the students of the same class", async () => {
    search = { class: "7a", tab: "x" };
    const { container } = show(<GuardiansScreen />, { rtl: true });
    await userEvent.click(await screen.findByText("Okonkwo, Dev"));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ to: "/guardians/dev" }));
    expect(within(screen.getByRole("row", { name: /Okonkwo, Dev/ })).getByText("No access")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await userEvent.type(screen.getByRole("textbox", { name: "Filter this list" }), "dev@");
    await vi.waitFor(() => expect(asked).toHaveBeenLastCalledWith(expect.objectContaining({ search: "dev@" })));
    expect(of()).toMatchObject({ list: "guardians", class: "7a", left: false, noAccess: false });
    await userEvent.click(screen.getByRole("radio", { name: "Students" }));
    expect(go).toHaveBeenLastCalledWith({ to: "/students", search: { class: "7a" } });
  });

  it("is narrowed to whose children have left, who has no access, and what is known of them", async () => {
    show(<GuardiansScreen />);
    await screen.findByRole("grid");
    for (const [option, part] of [
      ["Children have left", "left"],
      ["Without access to a child", "noAccess"],
    ] as const) {
      await userEvent.click(screen.getByRole("combobox", { name: "Which guardians" }));
      await userEvent.click(await screen.findByRole("option", { name: option }));
      expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { [part]: "yes" } }));
    }
    await userEvent.click(screen.getByRole("button", { name: "More filters" }));
    await userEvent.click(await screen.findByRole("checkbox", { name: "Gets letters" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { getsLetters: "yes" } }));
    await userEvent.click(screen.getByRole("combobox", { name: "Own field" }));
    await userEvent.click(screen.getByRole("option", { name: "Newsletter" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { ownField: "Newsletter" } }));
  });

  it("is read as of a day, of which nobody has left", async () => {
    search = { asOf: "2025-10-02", left: "yes" };
    show(<GuardiansScreen />);
    expect(await screen.findByRole("note")).toHaveTextContent("Thu 2 Oct 2025");
    await screen.findByRole("grid");
    expect(of()).toMatchObject({ asOf: "2025-10-02", left: false });
  });
});

describe("a guardian beside the list", () => {
  it("shows each child with what is theirs, and leads there", async () => {
    open = "dev";
    const { container } = show(<GuardiansScreen />);
    const pane = await screen.findByRole("complementary", { name: "Dev Okonkwo" });
    expect(within(pane).getByText("No access to Tobi Okonkwo")).toBeInTheDocument();
    expect(within(pane).getByText("father · 7A")).toBeInTheDocument();
    expect(within(pane).getByText("stepfather · Graduated")).toBeInTheDocument();
    expect(within(pane).getByText("May collect · Gets letters")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await userEvent.click(within(pane).getByRole("button", { name: "Okonkwo, Mina" }));
    expect(go).toHaveBeenLastCalledWith({ to: "/students/mina" });
    await userEvent.click(within(pane).getByRole("button", { name: "Change what concerns Tobi Okonkwo" }));
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: { edit: "tobi" } }));
  });

  it("is changed in the form of the child, under the versions that were seen", async () => {
    open = "dev";
    search = { edit: "mina" };
    show(<GuardiansScreen />);
    const phone = await screen.findByRole("textbox", { name: "Telephone" });
    await userEvent.clear(phone);
    await userEvent.type(phone, "0711");
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(saved).toHaveBeenCalledWith(
        expect.objectContaining({ student: "mina", id: "dev", version: 4, guardianshipVersion: 7, phone: "0711" }),
      ),
    );
    expect(go).toHaveBeenLastCalledWith(expect.objectContaining({ search: {} }));
  });

  it("is changed by the office alone", async () => {
    held = (operation) => ["people.list_guardians", "people.guardian"].includes(operation);
    open = "dev";
    search = { edit: "mina" };
    show(<GuardiansScreen />);
    await screen.findByRole("complementary", { name: "Dev Okonkwo" });
    expect(screen.queryByRole("button", { name: /^Change/ })).toBeNull();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(screen.queryByRole("radiogroup")).toBeNull();
  });
});
