import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { Absences } from "./Absences";

let held: readonly string[] = [];
vi.mock("../../session/session", () => ({
  useSession: () => ({ may: (operation: string) => held.includes(operation) }),
}));

const absence = (id: string, start: string, end: string, reason: string) => ({
  id,
  student: aStudent.id,
  start,
  end,
  codeId: "e",
  code: "E",
  meaning: "excused",
  reason,
  saidBy: "the mother",
  enteredBy: "Ada Obi",
  enteredAt: "2026-11-12T08:00:00Z",
  version: 4,
});
const sent = vi.fn<(operation: string, input: object) => void>();

beforeEach(() => {
  sent.mockReset();
  forgetDrafts();
  held = ["attendance.list_absences", "attendance.save_absence"];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    sent(operation, input);
    if (operation === "attendance.list_absences")
      return [
        absence("later", "2999-01-04", "2999-01-08", "Wedding"),
        absence("over", "2001-02-05", "2001-02-05", "Ill"),
      ];
    if (operation === "schools.list_attendance_codes")
      return [
        { id: "p", code: "P", title: "Present", meaning: "present", position: 0, version: 1 },
        { id: "a", code: "A", title: "Absent", meaning: "absent", position: 1, version: 1 },
        { id: "e", code: "E", title: "Excused", meaning: "excused", position: 2, version: 1 },
      ];
    return { absence: absence("new", "2999-01-04", "2999-01-04", ""), registers: 1, undo: "u" };
  });
});
afterEach(() => clearMocks());

describe("absence known ahead", () => {
  it("shows what is coming, and what is over where that is asked for", async () => {
    const { container } = show(<Absences student={aStudent} />);
    expect(await screen.findByText("Wedding")).toBeInTheDocument();
    expect(screen.queryByText("Ill")).toBeNull();
    expect(await objections(container)).toEqual([]);
    show(<Absences student={aStudent} past />);
    expect(await screen.findByText("Ill")).toBeInTheDocument();
  });

  it("is entered as excused, and taken back on the version that was seen", async () => {
    held = [...held, "attendance.delete_absence"];
    show(<Absences student={aStudent} />);
    await userEvent.click(await screen.findByRole("button", { name: "Enter an absence" }));
    const form = await screen.findByRole("dialog");
    await userEvent.type(within(form).getByRole("textbox", { name: "Reason" }), "fever");
    await userEvent.click(within(form).getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith(
        "attendance.save_absence",
        expect.objectContaining({ student: aStudent.id, code: "e", reason: "fever", end: null, saidBy: null }),
      ),
    );
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await userEvent.click(screen.getByRole("button", { name: /^Take back the absence of/ }));
    expect(sent).toHaveBeenCalledWith("attendance.delete_absence", { absence: "later", version: 4 });
  });

  it("is read by whoever may not enter it", async () => {
    held = ["attendance.list_absences"];
    show(<Absences student={aStudent} />);
    expect(await screen.findByText("Wedding")).toBeInTheDocument();
    expect(screen.queryByRole("button")).toBeNull();
  });
});
