import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { GuardianRecord } from "../../bindings/GuardianRecord";
import { objections, show } from "../../test/render";
import { AlikeGuardian } from "./hints";
import SameGuardians from "./SameGuardians";
import { Siblings } from "./Siblings";

const go = vi.fn<(to: object) => void>();
vi.mock("@tanstack/react-router", () => ({ useNavigate: () => go }));
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: () => true }),
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
}));

const mother = (id: string, students: string[]): GuardianRecord => ({
  id,
  givenName: "Ada",
  familyName: "Okonkwo",
  phone: "0711 222 333",
  email: null,
  language: null,
  students: students.map((student) => ({
    student,
    givenName: student,
    familyName: "Okonkwo",
    number: "1",
    relationship: "mother",
  })),
  version: 2,
});

afterEach(() => clearMocks());

describe("families", () => {
  it("shows brothers and sisters with their class, and goes there", async () => {
    const sibling = {
      id: "2",
      givenName: "Obi",
      familyName: "Okonkwo",
      number: "1008",
      status: "active" as const,
      classes: [{ id: "c", title: "5A", kind: "homeroom" as const }],
    };
    const { container } = show(<Siblings student={{ siblings: [sibling] }} />);
    expect(screen.getByText("5A")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Okonkwo, Obi" }));
    expect(go).toHaveBeenCalledWith({ to: "/students/2" });
    expect(await objections(container)).toEqual([]);
  });

  it("offers the guardian who is there already", async () => {
    mockIPC(() => [mother("g", ["Mina"])]);
    const take = vi.fn<(guardian: GuardianRecord) => void>();
    const typed = { givenName: "ada", familyName: "okonkwo", phone: "0711222333" };
    show(<AlikeGuardian school="s" {...typed} besides={[]} onTake={take} />);
    await userEvent.click(await screen.findByRole("button", { name: "It is the same person" }));
    expect(take).toHaveBeenCalledWith(mother("g", ["Mina"]));
  });

  it("makes one of a guardian who is there twice", async () => {
    const sent = vi.fn<(operation: string, input: object) => void>();
    mockIPC((_, payload) => {
      const { operation, input } = payload as { operation: string; input: object };
      sent(operation, input);
      return operation === "people.same_guardians"
        ? [[mother("one", ["Mina"]), mother("two", ["Obi", "Eze"])]]
        : { undo: "e" };
    });
    const { container } = show(<SameGuardians />);
    await userEvent.click(await screen.findByRole("button", { name: "Make one of the rows of Ada Okonkwo" }));
    expect(sent).toHaveBeenCalledWith("people.merge_guardians", {
      school: "s",
      kept: { guardian: "two", version: 2 },
      others: [{ guardian: "one", version: 2 }],
      take: [],
    });
    expect(await objections(container)).toEqual([]);
  });
});
