import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { SaveClass } from "../../bindings/SaveClass";
import { forgetDrafts } from "../../components/draft";
import { show } from "../../test/render";
import { ClassForm } from "./ClassForm";

vi.mock("../../session/session", () => ({ usePlace: () => ({ school: { id: "s" } }) }));

const homeroom: ClassDetails = {
  id: "7b",
  school: "s",
  year: "y",
  title: "7B",
  kind: "homeroom",
  gradeLevel: null,
  room: null,
  places: null,
  classTeacher: { id: "ben", name: "Ben Otieno", listName: "Otieno, Ben" },
  students: [],
  formerStudents: [],
  courses: [],
  deleted: false,
  version: 2,
};
const sent = vi.fn<(input: SaveClass) => void>();
let refused: object | null = null;

beforeEach(() => {
  sent.mockReset();
  refused = null;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: SaveClass };
    if (operation === "schools.list_sessions") return [];
    if (operation !== "classes.save_class") return { rows: [], total: 0 };
    sent(input);
    if (refused !== null) throw refused;
    return { class: homeroom, undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const save = () => userEvent.click(screen.getByRole("button", { name: /^(Save|Add the class)/ }));

describe("the form of a class", () => {
  it("makes a homeroom with a class teacher and as many as come, unless something else is said", async () => {
    show(<ClassForm details={null} year="y" onClose={vi.fn()} onSaved={vi.fn()} />);
    expect(screen.getByRole("radio", { name: "Homeroom" })).toBeChecked();
    expect(screen.getByRole("combobox", { name: "Class teacher" })).toBeInTheDocument();
    await userEvent.type(screen.getByRole("textbox", { name: "Name" }), "7C");
    await save();
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ kind: "homeroom", title: "7C", places: null, classTeacher: null });
  });

  it("has no class teacher for a group, says what a group is, and sends its kind and its places", async () => {
    show(<ClassForm details={homeroom} year="y" onClose={vi.fn()} onSaved={vi.fn()} />);
    await userEvent.click(screen.getByRole("radio", { name: "Group" }));
    expect(screen.getByText(/beside the homeroom/)).toBeInTheDocument();
    expect(screen.queryByRole("combobox", { name: "Class teacher" })).toBeNull();
    await userEvent.type(screen.getByRole("textbox", { name: "Places" }), "28");
    await save();
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ id: "7b", kind: "group", places: 28, classTeacher: null });
  });

  it("says beside the kind why it cannot be changed, and what to do", async () => {
    refused = {
      code: "invalid",
      message: "",
      fields: [{ field: "kind", code: "has_registers", message: "Day registers were begun." }],
      help: "Make a group beside it.",
      details: null,
    };
    show(<ClassForm details={homeroom} year="y" onClose={vi.fn()} onSaved={vi.fn()} />);
    await userEvent.click(screen.getByRole("radio", { name: "Group" }));
    await save();
    expect(await screen.findByText("Day registers were begun. Make a group beside it.")).toBeInTheDocument();
  });
});
