import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FirstStepState } from "../../bindings/FirstStepState";
import { objections, show } from "../../test/render";
import { FirstHour } from "./FirstHour";

const go = vi.fn<(to: { to: string }) => void>();
let refused: readonly string[] = [];
vi.mock("@tanstack/react-router", async (real) => ({ ...(await real<object>()), useNavigate: () => go }));
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: (operation: string) => !refused.includes(operation) }),
}));

const steps: FirstStepState[] = [
  { step: "students", done: true, count: 31, of: null },
  { step: "subjects", done: false, count: 0, of: null },
  { step: "accounts", done: false, count: 0, of: 4 },
  { step: "courses", done: false, count: 0, of: 2 },
  { step: "assessment", done: false, count: 0, of: null },
  { step: "card", done: false, count: 0, of: null },
];

beforeEach(() => {
  refused = [];
  go.mockReset();
});
afterEach(() => clearMocks());

describe("the first hour", () => {
  it("says what is done and what is open, and leads to each step's place", async () => {
    const { container } = show(<FirstHour school="s" steps={steps} />);
    expect([...container.querySelectorAll("li")].map((line) => [line.dataset.step, line.dataset.done])).toEqual(
      steps.map(({ step, done }) => [step, String(done)]),
    );
    expect(screen.getByText("31 students are here.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "Subjects: open" }));
    expect(go).toHaveBeenCalledWith({ to: "/settings/subjects" });
    expect(await objections(container)).toEqual([]);
  });

  it("leads nobody to what a leader does", () => {
    refused = ["accounts.make_staff_account", "schools.save_settings"];
    show(<FirstHour school="s" steps={steps} />);
    expect(screen.queryByRole("button", { name: "Accounts for the staff: open" })).toBeNull();
    expect(screen.getByText("A leader of the school does this.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: "Put away" })).toBeNull();
  });

  it("is put away for the whole school, and not there where nothing is open", async () => {
    const saved = vi.fn<(input: unknown) => void>();
    mockIPC((_, payload) => {
      const { operation, input } = payload as { operation: string; input: unknown };
      if (operation === "schools.save_settings") saved(input);
      return { version: 3, settings: { passPercent: 40, firstHourPutAway: false } };
    });
    const { container, unmount } = show(<FirstHour school="s" steps={steps} />);
    await userEvent.click(screen.getByRole("button", { name: "Put away" }));
    await vi.waitFor(() =>
      expect(saved).toHaveBeenCalledWith({
        school: "s",
        version: 3,
        settings: { passPercent: 40, firstHourPutAway: true },
      }),
    );
    expect(container.querySelectorAll("li")).toHaveLength(6);
    unmount();
    expect(show(<FirstHour school="s" steps={null} />).container.querySelector("section")).toBeNull();
  });
});
