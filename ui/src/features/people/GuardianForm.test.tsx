import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuardianRow } from "../../bindings/GuardianRow";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { GuardiansTab, NoAccess } from "./GuardiansTab";

vi.mock("../../session/session", () => ({
  useSession: () => ({ may: () => true }),
  usePlace: () => ({ school: { id: "s" } }),
}));

const dev: GuardianRow = {
  id: "dev",
  givenName: "Dev",
  familyName: "Okonkwo",
  email: null,
  phone: "0700 222 222",
  address: null,
  contacts: [{ kind: "phone", label: "work", value: "0733 1" }],
  relationship: "father",
  isPrimary: false,
  mayCollect: true,
  getsLetters: false,
  noAccess: false,
  language: null,
  version: 4,
  guardianshipVersion: 7,
};
const address = { lines: "Mill Lane 3", town: "Rye", region: null, postcode: "TN31", country: null };
const student = { ...aStudent, address, guardians: [dev] };
const sent = vi.fn<(input: object) => void>();
let fields: { field: string; code: string; message: string }[] = [];

beforeEach(() => {
  sent.mockReset();
  fields = [];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation !== "people.save_guardian") return [];
    sent(input);
    if (fields.length > 0) throw { code: "invalid", message: "", fields, help: null, details: null };
    return { student, undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const edit = () => userEvent.click(screen.getByRole("button", { name: "Change Dev Okonkwo" }));
const save = () => userEvent.click(screen.getByRole("button", { name: /^Save/ }));

describe("a guardian of a student", () => {
  it("is shown with every way to reach them, and what of the child is theirs", async () => {
    const { container } = show(<GuardiansTab student={student} mayEdit />);
    expect(screen.getByText("Telephone (work)").nextSibling).toHaveTextContent("0733 1");
    expect(screen.getByText("May collect · Gets no letters")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
  });

  it("is saved with both versions, further numbers in their order, and the student's address", async () => {
    show(<GuardiansTab student={student} mayEdit />);
    await edit();
    await userEvent.click(screen.getByRole("button", { name: "Add a number or an address" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Number or address 2" }), "0744 2");
    await userEvent.click(screen.getByRole("button", { name: "Try 2 earlier" }));
    await userEvent.click(screen.getByRole("button", { name: "Take the address of Mina Okonkwo" }));
    await save();
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        expect.objectContaining({
          student: "1",
          id: "dev",
          version: 4,
          guardianshipVersion: 7,
          address,
          contacts: [
            { kind: "phone", label: "mobile", value: "0744 2" },
            { kind: "phone", label: "work", value: "0733 1" },
          ],
          getsLetters: false,
        }),
      ),
    );
  });

  it("who has no access collects nobody and gets no letters, and everybody sees it", async () => {
    show(<GuardiansTab student={student} mayEdit />);
    await edit();
    await userEvent.click(screen.getByRole("checkbox", { name: /^Has no access to the child/ }));
    expect(screen.getByRole("checkbox", { name: "May collect the child" })).toBeDisabled();
    await save();
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        expect.objectContaining({ noAccess: true, mayCollect: false, getsLetters: false, isPrimary: false }),
      ),
    );
    show(<NoAccess guardians={[{ ...dev, noAccess: true }]} />);
    expect(screen.getByText("No access: Dev Okonkwo (father)")).toBeInTheDocument();
  });

  it("shows what is wrong beside the number", async () => {
    fields = [{ field: "contacts.0.value", code: "too_long", message: "At most 50 characters." }];
    show(<GuardiansTab student={student} mayEdit />);
    await edit();
    await save();
    expect(await screen.findByText("At most 50 characters.")).toBeInTheDocument();
  });
});
