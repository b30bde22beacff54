import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CustomField } from "../../bindings/CustomField";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { OwnFieldsPart } from "./OwnFieldsPart";

vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => true }) }));

const field = (id: string, rest: Partial<CustomField> = {}): CustomField => ({
  id,
  about: "student",
  title: id,
  kind: "text",
  choices: [],
  help: null,
  seenBy: [],
  changedBy: [],
  retired: false,
  used: false,
  version: 1,
  ...rest,
});
const fields = [
  field("Bus", { seenBy: ["teacher", "operator"], changedBy: ["operator"] }),
  field("Uniform", { kind: "choice", choices: ["S", "M"], used: true, version: 5 }),
  field("Locker", { retired: true, version: 2 }),
];
const asked = vi.fn<(operation: string, input: object) => void>();
let faults: { field: string; code: string; message: string }[] = [];

beforeEach(() => {
  asked.mockReset();
  faults = [];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "people.list_fields") return fields;
    asked(operation, input);
    if (faults.length > 0) throw { code: "invalid", message: "", fields: faults, help: null, details: null };
    return { field: "new", undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const part = () => show(<OwnFieldsPart school="s" />);
const save = () => userEvent.click(screen.getByRole("button", { name: /^Save/ }));

describe("the school's own fields in the settings", () => {
  it("say who sees and who changes each", async () => {
    const { container } = part();
    const row = (await screen.findByText("Bus")).closest("tr") as HTMLElement;
    expect(within(row).getByText("Teachers of the child or class, Office")).toBeInTheDocument();
    expect(within(row).getByText("Office")).toBeInTheDocument();
    expect(
      within(screen.getByText("Uniform").closest("tr") as HTMLElement).getAllByText("Only who leads the school"),
    ).toHaveLength(2);
    expect(await objections(container)).toEqual([]);
  });

  it("are made with their choices and roles", async () => {
    part();
    const students = await screen.findByRole("region", { name: "Students" });
    await userEvent.click(within(students).getByRole("button", { name: "New field" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "House");
    await userEvent.click(screen.getByRole("combobox", { name: "Kind" }));
    await userEvent.click(await screen.findByRole("option", { name: "Choice" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Choices" }), "Red\n Blue \n\n");
    await userEvent.click(
      within(screen.getByRole("group", { name: "Who sees it" })).getByRole("checkbox", { name: "Office" }),
    );
    await userEvent.click(
      within(screen.getByRole("group", { name: "Who changes it" })).getByRole("checkbox", { name: "Office" }),
    );
    await save();
    await vi.waitFor(() =>
      expect(asked).toHaveBeenCalledWith("people.save_field", {
        school: "s",
        about: "student",
        title: "House",
        kind: "choice",
        choices: ["Red", "Blue"],
        help: null,
        seenBy: ["operator"],
        changedBy: ["operator"],
      }),
    );
  });

  it("keep the kind of a field that holds something, and tell a wrong choice at the list", async () => {
    faults = [{ field: "choices.1", code: "too_long", message: "At most 60 characters." }];
    part();
    await userEvent.click(await screen.findByRole("button", { name: "Change Uniform" }));
    expect(screen.getByRole("combobox", { name: "Kind" })).toBeDisabled();
    await save();
    expect(await screen.findByText("At most 60 characters.")).toBeInTheDocument();
    expect(asked).toHaveBeenCalledWith("people.save_field", expect.objectContaining({ id: "Uniform", version: 5 }));
  });

  it("are moved, taken out of use and used again", async () => {
    part();
    await userEvent.click(await screen.findByRole("button", { name: "Move Uniform up" }));
    await vi.waitFor(() =>
      expect(asked).toHaveBeenCalledWith("people.reorder_fields", {
        school: "s",
        about: "student",
        fields: ["Uniform", "Bus"],
      }),
    );
    await userEvent.click(screen.getByRole("button", { name: "Take Bus out of use" }));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledWith("people.retire_field", { field: "Bus", version: 1 }));
    await userEvent.click(screen.getByRole("button", { name: "Use Locker again" }));
    await vi.waitFor(() => expect(asked).toHaveBeenCalledWith("people.restore_field", { field: "Locker", version: 2 }));
  });
});
