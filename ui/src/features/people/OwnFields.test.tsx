import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FieldValue } from "../../bindings/FieldValue";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { OwnFields } from "./OwnFields";

vi.mock("../../session/session", () => ({ useSession: () => ({ may: () => true }) }));

const field = (id: string, rest: Partial<FieldValue>): FieldValue => ({
  field: id,
  title: id,
  kind: "text",
  choices: [],
  help: null,
  value: null,
  version: null,
  mayChange: true,
  ...rest,
});
const all = [
  field("Bus", { value: "Mill Lane", version: 2, help: "Where the child gets off." }),
  field("Height", { kind: "number", value: "1.5", version: 1 }),
  field("Swims since", { kind: "date" }),
  field("Uniform", { kind: "choice", choices: ["S", "M"], value: "XL", version: 4 }),
  field("Swims", { kind: "yes_no", value: "yes", version: 1 }),
  field("Seat", { value: "front", version: 1, mayChange: false }),
];
let fields = all;
let faults: { field: string; code: string; message: string }[] = [];
const asked = vi.fn<() => void>();
const saved = vi.fn<(input: object) => void>();

beforeEach(() => {
  fields = all;
  faults = [];
  saved.mockReset();
  asked.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "people.field_values") {
      asked();
      return fields;
    }
    saved(input);
    if (faults.length > 0) throw { code: "invalid", message: "", fields: faults, help: null, details: null };
    return { undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const edit = async () => userEvent.click(await screen.findByRole("button", { name: "Change fields of Mina Okonkwo" }));
const save = () => userEvent.click(screen.getByRole("button", { name: /^Save/ }));
const own = () => show(<OwnFields of={{ student: "1" }} name="Mina Okonkwo" />);

describe("the fields that the school made", () => {
  it("are shown with what they hold, and not at all where there is none to see", async () => {
    const { container } = own();
    expect((await screen.findByText("Bus")).nextSibling).toHaveTextContent("Mill Lane");
    expect(screen.getByText("Swims").nextSibling).toHaveTextContent("Yes");
    expect(screen.getByText("Swims since").nextSibling).toHaveTextContent("–");
    expect(await objections(container)).toEqual([]);
  });

  it("leave nothing on the screen where nobody made one", async () => {
    fields = [];
    own();
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    expect(screen.queryByRole("heading")).toBeNull();
  });

  it("are changed by who may, and only what was touched is sent", async () => {
    own();
    await edit();
    expect(screen.queryByRole("textbox", { name: "Seat" })).toBeNull();
    expect(screen.getByText("Where the child gets off.")).toBeInTheDocument();
    fireEvent.change(screen.getByRole("textbox", { name: "Height" }), { target: { value: "1.62" } });
    fireEvent.change(screen.getByRole("textbox", { name: /^Swims since/ }), { target: { value: "4/1/2026" } });
    await userEvent.click(screen.getByRole("combobox", { name: "Uniform" }));
    // A choice that is offered no longer stays with who has it.
    expect(await screen.findByRole("option", { name: "XL" })).toBeInTheDocument();
    await userEvent.click(screen.getByRole("option", { name: "M" }));
    await save();
    await vi.waitFor(() =>
      expect(saved).toHaveBeenCalledWith({
        of: { student: "1" },
        values: [
          { field: "Height", version: 1, value: "1.62" },
          { field: "Swims since", version: null, value: "2026-01-04" },
          { field: "Uniform", version: 4, value: "M" },
        ],
      }),
    );
  });

  it("say beside the field what is wrong with it", async () => {
    faults = [{ field: "values.Height", code: "not_a_number", message: "Type a number such as 12.5." }];
    own();
    await edit();
    fireEvent.change(screen.getByRole("textbox", { name: "Height" }), { target: { value: "tall" } });
    await save();
    expect(await screen.findByText("Type a number such as 12.5.")).toBeInTheDocument();
  });

  it("are only read where none may be changed", async () => {
    fields = all.map((one) => ({ ...one, mayChange: false }));
    own();
    await screen.findByText("Bus");
    expect(screen.queryByRole("button")).toBeNull();
  });
});
