import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FieldError } from "../../bindings/FieldError";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { aStudent } from "../../test/student";
import { LeavesSchoolForm } from "./leaving";
import { Place } from "./Place";
import { StudentActs } from "./StudentActs";
import { Standing, standings } from "./StudentStatus";

let held: readonly string[] | "all" = "all";
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({ may: (operation: string) => held === "all" || held.includes(operation) }),
}));

const student: StudentDetails = {
  ...aStudent,
  stays: [
    {
      id: "now",
      firstDay: "2026-09-01",
      entry: "re_enrolled",
      entryReason: "Back from Lagos",
      lastDay: null,
      exit: null,
      exitReason: null,
      cameFrom: null,
      goesTo: null,
      transfer: null,
      version: 4,
    },
    {
      id: "then",
      firstDay: "2024-09-02",
      entry: "enrolled",
      entryReason: null,
      lastDay: "2025-03-31",
      exit: "withdrawn",
      exitReason: "The family moved",
      cameFrom: null,
      goesTo: null,
      transfer: null,
      version: 2,
    },
  ],
  leaves: [{ id: "l", firstDay: "2026-11-02", lastDay: null, reason: "In hospital", version: 7 }],
};
const sent = vi.fn<(operation: string, input: object) => void>();
let refused: Pick<FieldError, "field" | "code" | "message"> | null = null;

beforeEach(() => {
  sent.mockReset();
  held = "all";
  refused = null;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "schools.list_sessions")
      return [
        { id: "y", title: "2026/27", start: "2026-08-01", end: "2027-07-31", terms: [], current: true, version: 1 },
        { id: "z", title: "2027/28", start: "2027-08-01", end: "2028-07-31", terms: [], current: false, version: 1 },
      ];
    if (operation === "classes.list_classes") {
      const { year } = input as { year: string };
      return [
        {
          id: year === "z" ? "8b" : "7b",
          title: year === "z" ? "8B" : "7B",
          kind: "homeroom",
          places: null,
          gradeLevel: null,
        },
      ];
    }
    sent(operation, input);
    if (refused !== null)
      throw { code: "invalid", message: "", fields: [refused], help: "Choose a later day.", details: null };
    return { undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const day = (label: RegExp, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });
const type = (label: string, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });
const press = (name: RegExp | string) => userEvent.click(screen.getByRole("button", { name }));
const pick = async (field: string, option: string) => {
  await userEvent.click(screen.getByRole("combobox", { name: field }));
  await userEvent.click(await screen.findByRole("option", { name: option }));
};
const act = async (name: string) => {
  await press("More for Mina Okonkwo");
  await userEvent.click(await screen.findByRole("menuitem", { name }));
  await screen.findByRole("dialog");
};

describe("a student's place at the school", () => {
  it("is told with days and reasons, the newest first, in a script of any direction", async () => {
    const { container } = show(<Place student={{ ...student, givenName: "منى" }} />, { rtl: true });
    expect(
      within(screen.getByRole("list"))
        .getAllByRole("listitem")
        .map(({ textContent }) => textContent),
    ).toEqual([
      expect.stringMatching(/^On leaveIn hospitalfrom 2 Nov 2026/),
      expect.stringMatching(/^Came backBack from Lagos1 Sept? 2026/),
      expect.stringMatching(/^Left, withdrawnThe family moved31 Mar 2025/),
      expect.stringMatching(/^Enrolled2 Sept? 2024/),
    ]);
    expect(await objections(container)).toEqual([]);
  });

  it("offers nothing that a role may not do", () => {
    held = ["people.student"];
    show(
      <>
        <Place student={student} />
        <StudentActs student={student} onMerge={vi.fn()} />
      </>,
    );
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("has a time corrected, with its end, how and why; what is refused stands at its field", async () => {
    show(<Place student={student} />);
    await press(/^Correct the time at the school from 1 Sep/);
    await screen.findByRole("dialog", { name: "Correct a time at the school" });
    expect(screen.queryByRole("combobox", { name: "How it ended" })).toBeNull();
    day(/^First day/, "15/9/2026");
    day(/^Last day/, "27/11/2026");
    await pick("How it ended", "Graduated");
    type("Why it ended", "  Early exam ");
    refused = { field: "firstDay", code: "in_class_before", message: "The student is in a class from 1 Sep 2026 on." };
    await press(/^Correct the time(?! at)/);
    expect(await screen.findByText(/in a class from 1 Sep 2026 on. Choose a later day./)).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: /^First day/ })).toBeInvalid();
    expect(sent).toHaveBeenCalledWith("people.correct_stay", {
      stay: "now",
      version: 4,
      firstDay: "2026-09-15",
      entryReason: "Back from Lagos",
      lastDay: "2026-11-27",
      exit: "graduated",
      exitReason: "Early exam",
    });
  });

  it("sends no end of a time that goes on after all", async () => {
    show(<Place student={student} />);
    await press(/^Correct the time at the school from 2 Sep/);
    await screen.findByRole("dialog");
    day(/^Last day/, "");
    await press(/^Correct the time(?! at)/);
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenCalledWith("people.correct_stay", {
      stay: "then",
      version: 2,
      firstDay: "2024-09-02",
      entryReason: null,
      lastDay: null,
    });
  });

  it("has a leave ended, or taken back by the day before its first", async () => {
    show(<Place student={student} />);
    await press(/^Change the leave/);
    await screen.findByRole("dialog", { name: "Change the leave" });
    day(/^Last day away/, "4/12/2026");
    await press(/^Save/);
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    await press(/^Change the leave/);
    await screen.findByRole("dialog");
    await press("Take back");
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    const of = { leave: "l", version: 7, firstDay: "2026-11-02", reason: "In hospital" };
    expect(sent.mock.calls.map(([, input]) => input)).toEqual([
      { ...of, lastDay: "2026-12-04" },
      { ...of, lastDay: "2026-11-01" },
    ]);
  });
});

describe("the acts on a place", () => {
  it("lets a student leave from the menu by keys alone, today unless another day is typed", async () => {
    show(<StudentActs student={student} onMerge={vi.fn()} />);
    screen.getByRole("button", { name: "More for Mina Okonkwo" }).focus();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByRole("menuitem", { name: "Leaves the school…" })).toBeInTheDocument();
    expect(screen.queryByRole("menuitem", { name: "Comes back…" })).toBeNull();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    const dialog = await screen.findByRole("dialog", { name: "Leaves the school" });
    expect(dialog).toHaveTextContent("Mina Okonkwo");
    expect(dialog).toHaveTextContent(/time in all classes ends with that day.*All records are kept/);
    type("Reason", "Moves to Kano");
    expect(await objections(document.body)).toEqual([]);
    await press(/^Leaves the school/);
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenCalledWith("people.withdraw_students", {
      school: "s",
      students: ["1"],
      lastDay: "2026-11-30",
      exit: "withdrawn",
      reason: "Moves to Kano",
    });
  });

  it("says whom of many it cannot be done with, and takes nothing away", async () => {
    refused = { field: "students", code: "has_left", message: "Ben Otieno left the school on 1 Oct 2026 already." };
    const done = vi.fn();
    show(<LeavesSchoolForm school="s" students={["1", "2"]} onClose={vi.fn()} onDone={done} />);
    expect(await screen.findByText("2 students")).toBeInTheDocument();
    await pick("How", "Graduated");
    await press(/^Leaves the school/);
    expect(await screen.findByRole("alert")).toHaveTextContent("Ben Otieno left the school on 1 Oct 2026 already.");
    expect(done).not.toHaveBeenCalled();
    expect(sent).toHaveBeenCalledWith(
      "people.withdraw_students",
      expect.objectContaining({ students: ["1", "2"], exit: "graduated", reason: null }),
    );
  });

  it("records a leave with an open end, and says at the field why it does not fit", async () => {
    refused = { field: "firstDay", code: "twice", message: "Mina Okonkwo is on leave on some of these days already." };
    show(<StudentActs student={student} onMerge={vi.fn()} />);
    await act("On leave…");
    day(/^First day away/, "7/12/2026");
    await press(/^Record the leave/);
    expect(await screen.findByText(/on leave on some of these days already/)).toBeInTheDocument();
    refused = null;
    day(/^First day away/, "8/12/2026");
    await press(/^Record the leave/);
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenLastCalledWith("people.grant_leave", {
      school: "s",
      students: ["1"],
      firstDay: "2026-12-08",
      lastDay: null,
      reason: null,
    });
  });

  it("lets who has left come back, into a class of the year of that day", async () => {
    show(<StudentActs student={{ ...student, status: "withdrawn" }} onMerge={vi.fn()} />);
    await act("Comes back…");
    await userEvent.click(screen.getByRole("combobox", { name: "Class" }));
    expect(await screen.findByRole("option", { name: "7B" })).toBeInTheDocument();
    day(/^First day back/, "2/8/2027");
    await pick("Class", "8B");
    await press(/^Comes back/);
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenCalledWith("people.re_enrol_students", {
      school: "s",
      students: ["1"],
      firstDay: "2027-08-02",
      reason: null,
      class: "8b",
    });
  });
});

describe("what the head says of a student", () => {
  const today = "2026-11-30";
  const [now, before] = student.stays;
  if (now === undefined || before === undefined) throw new Error("no stays");
  it("is nothing where the student is simply there", () => {
    expect(standings({ status: "active", stays: [now], leaves: [] }, today)).toEqual([]);
  });
  it("has the day of what is not so", () => {
    const until = { id: "l", firstDay: "2026-11-02", lastDay: "2026-12-04", reason: null, version: 1 };
    const ends = (lastDay: string, exit: "withdrawn" | "graduated") => [{ ...now, lastDay, exit }];
    expect(standings({ status: "on_leave", stays: [now], leaves: [until] }, today)).toEqual([
      "On leave until 4 Dec 2026",
    ]);
    expect(standings({ status: "on_leave", stays: [now], leaves: student.leaves }, today)).toEqual(["On leave"]);
    expect(standings({ status: "active", stays: ends("2026-12-16", "withdrawn"), leaves: [] }, today)).toEqual([
      "Leaves on 16 Dec 2026",
    ]);
    expect(standings({ status: "withdrawn", stays: [before], leaves: [] }, today)).toEqual(["Left on 31 Mar 2025"]);
    expect(standings({ status: "graduated", stays: ends("2026-07-31", "graduated"), leaves: [] }, today)).toEqual([
      "Graduated on 31 Jul 2026",
    ]);
    expect(standings({ status: "expected", stays: [{ ...now, firstDay: "2027-01-04" }], leaves: [] }, today)).toEqual([
      "Expected on 4 Jan 2027",
    ]);
  });
  it("says both where somebody is away and is to leave", () => {
    show(
      <Standing
        student={{ status: "on_leave", stays: [{ ...now, lastDay: "2026-12-16", exit: "withdrawn" }], leaves: [] }}
        today={today}
      />,
    );
    expect(screen.getByText("On leave")).toBeInTheDocument();
    expect(screen.getByText("Leaves on 16 Dec 2026")).toBeInTheDocument();
  });
});
