import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { GuardianRow } from "../../bindings/GuardianRow";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { Overview } from "./Overview";

vi.mock("@tanstack/react-router", () => ({ useNavigate: () => () => undefined }));
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: () => false }),
  usePlace: () => ({ school: { id: "s", name: "Riverside", today: "2026-11-30" } }),
}));

const guardian = (id: string, relationship: string, phone: string | null, isPrimary = false): GuardianRow => ({
  id,
  givenName: id,
  familyName: "Okonkwo",
  email: null,
  phone,
  address: null,
  contacts: [],
  relationship,
  isPrimary,
  mayCollect: true,
  getsLetters: true,
  noAccess: false,
  language: null,
  version: 1,
  guardianshipVersion: 1,
});

beforeEach(() => mockIPC(() => []));
afterEach(() => clearMocks());

describe("a student at a glance", () => {
  it("answers the telephone: where the child is today, whom to call and whom then, nobody without access", async () => {
    const student = {
      ...aStudent,
      guardians: [
        guardian("Ada", "mother", "0711 1", true),
        guardian("Obi", "father", "0711 2"),
        { ...guardian("Max", "uncle", "0711 3"), noAccess: true },
      ],
      today: [
        {
          lesson: 0,
          classTitle: "7A",
          code: "L",
          codeTitle: "Late",
          meaning: "late" as const,
          reason: "bus",
          minutesLate: 12,
        },
      ],
    };
    const { container } = show(<Overview student={student} />);
    expect(screen.getByText("Late")).toBeVisible();
    expect(screen.getByText("7A · 12 min · bus")).toBeVisible();
    expect(screen.getByText("0711 1")).toBeVisible();
    const then = within(screen.getByRole("list", { name: "Then call" }));
    expect(then.getByText("0711 2")).toBeVisible();
    expect(screen.queryByText("0711 3")).toBeNull();
    expect(await objections(container)).toEqual([]);
  });

  it("says that no register knows the child yet, and nothing of today of who has left", () => {
    const { unmount } = show(<Overview student={aStudent} />);
    expect(screen.getByText("Not in any register of today yet.")).toBeVisible();
    unmount();
    show(<Overview student={{ ...aStudent, status: "withdrawn" }} />);
    expect(screen.queryByText("Not in any register of today yet.")).toBeNull();
  });
});
