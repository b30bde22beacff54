import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { forgetDrafts } from "../../components/draft";
import { show } from "../../test/render";
import { StudentForm } from "./StudentForm";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => vi.fn() }));
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: () => true }),
  usePlace: () => ({ school: { id: "s" } }),
}));

const student: StudentDetails = {
  id: "1",
  school: "s",
  number: "1007",
  givenName: "Mina",
  middleName: null,
  familyName: "Okonkwo",
  preferredName: null,
  nativeName: null,
  birthDate: "1999-05-14",
  sex: null,
  email: null,
  phone: null,
  gradeLevel: null,
  status: "active",
  createdAt: "2026-09-01T08:00:00Z",
  deletedAt: null,
  guardians: [],
  enrolments: [],
  enrolledOn: null,
  attendance: [],
  version: 3,
};
const sent = vi.fn<(input: { sureOfBirthDate: boolean; status: string }) => void>();

beforeEach(() => {
  sent.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { sureOfBirthDate: boolean; status: string } };
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

  it("says of a student who leaves what the word alone does not do", async () => {
    show(<StudentForm student={student} onClose={vi.fn()} onSaved={vi.fn()} />);
    expect(screen.queryByRole("note")).toBeNull();
    await userEvent.click(screen.getByRole("combobox", { name: "Status" }));
    await userEvent.click(await screen.findByRole("option", { name: "Withdrawn" }));
    expect(screen.getByRole("note")).toHaveTextContent(/Withdrawn/);
  });
});
