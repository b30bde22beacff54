import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { MedicalSign } from "./MedicalNotes";
import { NotesTab } from "./NotesTab";

let held: readonly string[] = [];
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: (operation: string) => held.includes(operation) }),
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
}));

const note = (id: string, body: string, mayChange: boolean) => ({
  id,
  day: "2026-11-12",
  body,
  followUp: "2026-11-30",
  by: "Ben Otieno",
  mayChange,
  version: 2,
});
const medical = {
  id: "m",
  condition: "Asthma",
  whatToDo: "Inhaler, then call home.",
  medicine: "Salbutamol",
  by: "Ada Obi",
  at: "2026-11-12T08:00:00Z",
  version: 1,
};
const sent = vi.fn<(operation: string, input: object) => void>();
let pastoral: object[] = [];

beforeEach(() => {
  sent.mockReset();
  forgetDrafts();
  pastoral = [];
  held = ["people.list_behaviour_notes", "people.save_behaviour_note"];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    sent(operation, input);
    if (operation === "people.list_behaviour_notes") return [note("a", "Talked.", true), note("b", "Helped.", false)];
    if (operation === "people.list_pastoral_notes") return pastoral;
    if (operation === "people.list_medical_notes") return [medical];
    return { undo: "e" };
  });
});
afterEach(() => clearMocks());

describe("notes of a student", () => {
  it("offers a teacher to note behaviour and to change what is their own", async () => {
    const { container } = show(<NotesTab student={aStudent} />);
    expect(await screen.findByText("Helped.")).toBeInTheDocument();
    expect(screen.getAllByRole("button", { name: /^Change the note/ })).toHaveLength(1);
    expect(screen.queryByText("In confidence")).toBeNull();
    expect(screen.queryByRole("button", { name: /^Health of/ })).toBeNull();
    expect(await objections(container)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Note on behaviour" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Note" }), "Shared the ball.");
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith("people.save_behaviour_note", {
        student: "1",
        day: "2026-11-30",
        body: "Shared the ball.",
        followUp: null,
      }),
    );
  });

  it("deletes a note in the version that was seen", async () => {
    show(<NotesTab student={aStudent} />);
    await userEvent.click(await screen.findByRole("button", { name: /^Delete the note/ }));
    expect(sent).toHaveBeenCalledWith("people.delete_behaviour_note", { note: "a", version: 2 });
  });

  it("shows what was said in confidence to who may read it", async () => {
    held = ["people.list_behaviour_notes", "people.save_pastoral_note"];
    pastoral = [note("p", "Spoke of home.", true)];
    show(<NotesTab student={aStudent} />);
    expect(await screen.findByText("Spoke of home.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Note on behaviour" })).toBeNull();
  });

  it("opens a medical note by its sign", async () => {
    const { baseElement } = show(<MedicalSign student="1" name="Mina Okonkwo" />);
    expect(sent).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole("button", { name: "There is a medical note on Mina Okonkwo" }));
    expect(await screen.findByText("Inhaler, then call home.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Change: Asthma" })).toBeNull();
    expect(await objections(baseElement)).toEqual([]);
  });

  it("lets the office change a medical note", async () => {
    held = ["people.list_medical_notes", "people.save_medical_note"];
    show(<MedicalSign student="1" name="Mina Okonkwo" />);
    await userEvent.click(screen.getByRole("button", { name: /^There is/ }));
    await userEvent.click(await screen.findByRole("button", { name: "Change: Asthma" }));
    const medicine = screen.getByRole("textbox", { name: "Medicine" });
    await userEvent.clear(medicine);
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        "people.save_medical_note",
        expect.objectContaining({ student: "1", id: "m", version: 1, medicine: null }),
      ),
    );
  });
});
