import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import ConsentsScreen from "./ConsentsScreen";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => vi.fn() }));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-21" } }),
  useSession: () => ({ may: () => true }),
}));

const row = (student: string, givenName: string, rest: object = {}) => ({
  student,
  number: student,
  givenName,
  familyName: "Lee",
  nativeName: null,
  consent: null,
  consentCurrent: false,
  consentEnded: null,
  objection: null,
  mayConsent: false,
  guardians: [{ id: `g${student}`, name: `Parent of ${givenName}`, relationship: "mother" }],
  templates: 0,
  outdatedTemplates: 0,
  photographs: 0,
  evidence: 0,
  enrolledAt: null,
  goesOn: null,
  ...rest,
});
const consent = { id: "c", givenBy: "Parent", relationship: "mother", givenOn: "2026-09-01", wordingVersion: "1" };
const recorded = vi.fn<(input: { letters: { student: string }[] }) => void>();

beforeEach(() => {
  recorded.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { letters: { student: string }[] } };
    switch (operation) {
      case "faces.face_status":
        return { on: true, policyVersion: "2", policy: "The wording." };
      case "attendance.registers_of_day":
        return { classes: [{ class: "7b", classTitle: "7B" }] };
      case "faces.consent_state":
        return {
          rows: [
            row("1", "Ann"),
            row("2", "Ben", { consent, consentCurrent: true }),
            row("3", "Cem", { consent, consentCurrent: false }),
            row("4", "Dee", { objection: "2026-10-01" }),
          ],
          total: 4,
        };
      default:
        recorded(input);
        return { consents: ["k1", "k2"] };
    }
  });
});
afterEach(() => clearMocks());

describe("consents from letters", () => {
  it("lists who needs one: nobody who agreed to this wording, and nobody who said no", async () => {
    const { container } = show(<ConsentsScreen />);
    expect(await screen.findByLabelText("The letter of Ann Lee has come back")).toBeInTheDocument();
    expect(screen.getByLabelText("The letter of Cem Lee has come back")).toBeInTheDocument();
    expect(screen.queryByLabelText("The letter of Ben Lee has come back")).toBeNull();
    expect(screen.queryByLabelText("The letter of Dee Lee has come back")).toBeNull();
    expect(await objections(container)).toEqual([]);
  });

  it("records a whole class in one go", async () => {
    show(<ConsentsScreen />);
    await userEvent.click(await screen.findByLabelText("All letters have come back"));
    await userEvent.click(screen.getByRole("button", { name: "Record 2 consents" }));
    await vi.waitFor(() =>
      expect(recorded.mock.calls[0]?.[0].letters.map(({ student }) => student)).toEqual(["1", "3"]),
    );
  });
});
