import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetDrafts } from "../../components/draft";
import { listWith, ownColumn } from "../../test/lists";
import { show } from "../../test/render";
import { aStudent } from "../../test/student";
import { StudentForm } from "./StudentForm";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => vi.fn() }));
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: () => true }),
  usePlace: () => ({ school: { id: "s" } }),
}));

const student = { ...aStudent, birthDate: "1999-05-14" };
const columns = [
  ...listWith("name").columns,
  ownColumn("Bus"),
  ownColumn("Uniform", { kind: "choice", choices: ["S", "M"] }),
  ownColumn("Seat", { mayChangeAll: false }),
];
const sent = vi.fn<(input: { sureOfBirthDate: boolean }) => void>();

beforeEach(() => {
  sent.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { sureOfBirthDate: boolean } };
    if (operation === "classes.list_classes") return [{ id: "7b", title: "7B", kind: "homeroom" }];
    if (operation === "people.next_student_number") return { number: null };
    if (operation === "lists.list_settings") return { columns };
    if (operation !== "people.save_student") return [];
    sent(input);
    if (!input.sureOfBirthDate)
      throw {
        code: "invalid",
        message: "",
        fields: [{ field: "birthDate", code: "unusual", message: "That would be 27 years of age." }],
        help: null,
        details: null,
      };
    return { student, undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

describe("the form of a student", () => {
  it("asks about a rare date of birth instead of refusing it, and sends the answer", async () => {
    const saved = vi.fn();
    show(<StudentForm student={student} onClose={vi.fn()} onSaved={saved} />);
    expect(screen.queryByLabelText("Yes, this date is right")).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await userEvent.click(await screen.findByLabelText("Yes, this date is right"));
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    expect(sent.mock.calls.map(([{ sureOfBirthDate }]) => sureOfBirthDate)).toEqual([false, true]);
    await vi.waitFor(() => expect(saved).toHaveBeenCalledWith("1"));
  });

  it("has no status to choose: leaving and coming back are acts of their own", async () => {
    show(<StudentForm student={student} onClose={vi.fn()} onSaved={vi.fn()} />);
    expect(screen.queryByRole("combobox", { name: "Status" })).toBeNull();
    expect(screen.queryByRole("textbox", { name: /First day at the school/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalled());
    expect(sent.mock.calls[0]?.[0]).not.toHaveProperty("status");
    expect(sent.mock.calls[0]?.[0]).not.toHaveProperty("firstDay");
  });

  it("sends the first day of a new student, in the class too, and nothing where it is left empty", async () => {
    show(<StudentForm student={null} onClose={vi.fn()} onSaved={vi.fn()} />);
    const add = () => userEvent.click(screen.getByRole("button", { name: /^Add the student/ }));
    await add();
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ firstDay: null, class: null });
    fireEvent.change(screen.getByRole("textbox", { name: /First day at the school/ }), {
      target: { value: "4/1/2027" },
    });
    await userEvent.click(screen.getByRole("combobox", { name: "Class" }));
    await userEvent.click(await screen.findByRole("option", { name: "7B" }));
    await add();
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(sent.mock.calls[1]?.[0]).toMatchObject({
      firstDay: "2027-01-04",
      class: "7b",
      classStart: "2027-01-04",
    });
  });

  it("offers a new student's fields that the school made, and sends those that were filled in", async () => {
    show(<StudentForm student={null} onClose={vi.fn()} onSaved={vi.fn()} />);
    fireEvent.change(await screen.findByRole("textbox", { name: "Bus" }), { target: { value: " Mill Lane " } });
    expect(screen.queryByRole("textbox", { name: "Seat" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Add the student/ }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalled());
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ ownValues: [{ field: "Bus", value: "Mill Lane" }] });
    await userEvent.click(screen.getByRole("combobox", { name: "Uniform" }));
    await userEvent.click(await screen.findByRole("option", { name: "M" }));
    await userEvent.click(screen.getByRole("button", { name: /^Add the student/ }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(sent.mock.calls[1]?.[0]).toMatchObject({
      ownValues: [
        { field: "Bus", value: "Mill Lane" },
        { field: "Uniform", value: "M" },
      ],
    });
  });

  it("leaves the fields that the school made to the page of who is there already", async () => {
    show(<StudentForm student={student} onClose={vi.fn()} onSaved={vi.fn()} />);
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() => expect(sent).toHaveBeenCalled());
    expect(screen.queryByRole("textbox", { name: "Bus" })).toBeNull();
    expect(sent.mock.calls[0]?.[0]).not.toHaveProperty("ownValues");
  });
});
