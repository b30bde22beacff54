import type { Channel } from "@tauri-apps/api/core";
import { clearMocks, mockIPC, mockWindows } from "@tauri-apps/api/mocks";
import { act, cleanup, configure, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { App } from "../../../app";
import type { LiveState } from "../../../bindings/LiveState";
import type { Register } from "../../../bindings/Register";
import type { Whoami } from "../../../bindings/Whoami";
import { abandonCalls } from "../../../bridge";
import { giveUp } from "../../../session/entry";
import { queries } from "../../../session/queries";
import { liveState } from "../../../test/live";
import { objections } from "../../../test/render";

const operations = [
  "attendance.registers_of_day",
  "attendance.register",
  "attendance.record_attendance",
  "attendance.mark_all_present",
  "attendance.take_register",
  "desk.start_attendance_session",
  "desk.confirm_proposals",
  "desk.correct_proposal",
  "upkeep.undo",
  "faces.face_status",
  "desk.unknown_faces",
  "desk.list_cameras",
];
const who: Whoami = {
  user: "u1",
  username: "mina",
  name: "Mina Okonkwo",
  staff: null,
  student: null,
  mustChangePassword: false,
  language: null,
  lockAfterMinutes: 15,
  roles: ["teacher"],
  schools: [
    {
      id: "s1",
      name: "Riverside School",
      timeZone: "UTC",
      today: "2026-11-21",
      dayOrder: "day_first",
      nameOrder: "family_first",
      documentLanguage: "en",
      roles: ["teacher"],
      operations,
      currentTerm: "t1",
      terms: [
        {
          id: "t1",
          yearId: "y1",
          title: "Autumn",
          yearTitle: "2026/27",
          startDate: "2026-09-01",
          endDate: "2026-12-18",
        },
      ],
    },
  ],
};
const pupils = ["Ann Ash", "Bea Birch", "Cem Cedar", "Dan Elm", "Eve Fir"];
const [ann, bea, cem, dan, eve] = ["p0", "p1", "p2", "p3", "p4"] as const;
const register: Register = {
  class: "c1",
  classTitle: "7B",
  date: "2026-11-21",
  lesson: 0,
  today: true,
  noSchool: null,
  unmarked: 5,
  takenBy: null,
  takenAt: null,
  version: 0,
  counts: { present: 0, late: 0, absent: 0, excused: 0 },
  students: pupils.map((name, place) => ({
    student: `p${place}`,
    number: `100${place}`,
    givenName: name.split(" ")[0] ?? "",
    familyName: name.split(" ")[1] ?? "",
    preferredName: null,
    nativeName: null,
    medical: false,
    mark: null,
    ahead: null,
  })),
  codes: [
    { id: "k1", code: "P", title: "Present", meaning: "present", position: 0, version: 1 },
    { id: "k2", code: "L", title: "Late", meaning: "late", position: 1, version: 1 },
  ],
};
const of = (student: string) => ({ student, number: `100${student[1] ?? ""}`, name: pupils[Number(student[1])] ?? "" });
const proposal = (student: string, minutesLate: number | null = null) => ({
  ...of(student),
  score: 0.71,
  margin: 0.2,
  frames: 4,
  firstSeen: "2026-11-21T09:00:00Z",
  minutesLate,
  source: "camera" as const,
});
const away = (student: string, over = {}) => ({
  ...of(student),
  canBeRecognised: true,
  meaning: null,
  rejected: false,
  ...over,
});

const begun = liveState({
  proposed: [proposal(ann), proposal(bea, 7)],
  unsure: [
    {
      track: 9,
      reason: "not_clear",
      candidates: [
        { ...of(cem), score: 0.52 },
        { ...of(dan), score: 0.5 },
      ],
    },
  ],
  unknown: 1,
  missing: [away(cem), away(dan, { canBeRecognised: false }), away(eve, { rejected: true })],
});

const calls = vi.fn<(operation: string, input: unknown) => void>();
let states: Channel<LiveState> | null;
let commands: string[];
/** What the camera's next state is. */
const tell = (state: LiveState) =>
  act(() => {
    states?.onmessage(state);
  });

function answer(begins: LiveState) {
  const saved = (students: readonly string[]) => ({
    cells: students.map((student) => ({ student, result: { outcome: "saved", version: 1 } })),
    undo: "entry1",
  });
  const answers: Record<string, (input: never) => unknown> = {
    "accounts.status": () => ({ needsSetup: false, signedIn: true, version: "1" }),
    "accounts.whoami": () => who,
    "accounts.my_sessions": () => [],
    "attendance.register": () => register,
    "attendance.registers_of_day": () => ({
      date: register.date,
      lesson: 0,
      noSchool: null,
      classes: [],
      taken: 0,
      counts: register.counts,
    }),
    "faces.face_status": () => ({
      on: true,
      policy: "",
      policyVersion: "1",
      ownConsentAge: 16,
      models: { detector: "d", embedder: "e", problem: null, help: null },
      key: { place: "system", problem: null, help: null },
      recoveryPrintedAt: null,
      enrolled: {
        version: "e",
        students: 4,
        templates: 12,
        outdatedStudents: 0,
        outdatedTemplates: 0,
        outdatedVersions: [],
        photographs: 0,
      },
    }),
    "desk.list_cameras": () => [{ device: 0, name: "Webcam" }],
    "desk.start_attendance_session": () => begins,
    "desk.unknown_faces": () => [],
    "desk.confirm_proposals": ({ students }: { students: string[] }) => saved(students),
    "desk.correct_proposal": () => saved([]),
    "upkeep.undo": () => ({ undone: 1 }),
  };
  mockIPC((command, payload) => {
    const sent = payload as { operation: string; input: never; states: Channel<LiveState> };
    commands.push(command);
    if (command === "watch_session") states = sent.states;
    if (command !== "call") return null;
    calls(sent.operation, sent.input);
    const made = answers[sent.operation];
    if (made === undefined) throw { code: "not_found", message: sent.operation, fields: [], help: null, details: null };
    return made(sent.input);
  });
}

/** Opens the register with the camera beside it, and starts the camera. */
async function start(begins: LiveState) {
  answer(begins);
  window.location.hash = "#/attendance/c1?date=2026-11-21&camera=true";
  const user = userEvent.setup({ delay: null });
  const { container } = render(<App />);
  const button = await screen.findByRole("button", { name: "Start the camera" });
  await waitFor(() => expect(button).toBeEnabled());
  await user.click(button);
  const pane = await screen.findByRole("complementary", { name: "Camera" });
  await within(pane).findByText("Recognised");
  return { user, pane, container };
}

const sentTo = (operation: string) => calls.mock.calls.filter(([name]) => name === operation).map(([, input]) => input);

// The window loads its parts when they are asked for, which takes a while on a busy machine.
beforeAll(() => configure({ asyncUtilTimeout: 10_000 }));
beforeEach(() => {
  calls.mockClear();
  states = null;
  commands = [];
  mockWindows("main");
  window.localStorage.clear();
  queries.clear();
});
afterEach(async () => {
  cleanup();
  // The session and its pictures are let go with the screen.
  await waitFor(() => expect(commands).toEqual(expect.arrayContaining(["leave_camera", "stop_camera"])));
  abandonCalls();
  giveUp();
  clearMocks();
});

describe("the lists of a live session", () => {
  it("show who is recognised, unsure, unknown and missing, with why, and nothing that axe objects to", async () => {
    const { pane } = await start(begun);
    const recognised = within(pane).getByRole("region", { name: "Recognised" });
    expect(
      within(recognised)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual([expect.stringContaining("Ash, Ann"), expect.stringMatching(/Birch, Bea.*7 min late/)]);
    const unsure = within(pane).getByRole("group", { name: "Who is this?" });
    expect(within(unsure).getByRole("button", { name: /Cedar, Cem.*0\.52 alike/ })).toBeInTheDocument();
    expect(within(unsure).getByRole("button", { name: /Elm, Dan.*0\.50? alike/ })).toBeInTheDocument();
    expect(within(pane).getByText("1 unknown face")).toBeInTheDocument();
    const missing = within(pane).getByText("3 missing").closest("details") as HTMLElement;
    expect(
      within(missing)
        .getAllByRole("listitem")
        .map((item) => item.textContent),
    ).toEqual(["Cedar, Cem", "Elm, Dannot enrolled: by hand", "Fir, Evesaid not to be there"]);
    expect(within(pane).queryByText(/^\d+ there$/)).not.toBeInTheDocument();
    expect(await objections(pane)).toEqual([]);
  });

  it("follow the camera, and say so where nobody waits", async () => {
    const { pane } = await start(begun);
    tell({
      ...begun,
      proposed: [],
      unsure: [],
      unknown: 0,
      missing: [],
      present: [
        { ...of(ann), meaning: "present", source: "camera", recognised: true },
        { ...of(bea), meaning: "late", source: "hand", recognised: false },
      ],
    });
    expect(within(pane).getByText("Nobody is waiting to be confirmed.")).toBeInTheDocument();
    expect(within(pane).queryByRole("group", { name: "Who is this?" })).not.toBeInTheDocument();
    expect(within(pane).queryByText(/unknown face/)).not.toBeInTheDocument();
    const there = within(pane).getByText("2 there").closest("details") as HTMLElement;
    expect(
      within(there)
        .getAllByRole("listitem", { hidden: true })
        .map((item) => item.textContent),
    ).toEqual(["Ash, AnnCamera", expect.stringMatching(/^Birch, Bea.*Late.*By hand$/)]);
    expect(within(pane).getByText(/1 of 4 enrolled recognised/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Confirm" })).toBeDisabled();
  });

  it("write nothing until a person confirms; one key confirms all who wait, and undo takes all of it back", async () => {
    const { user } = await start(begun);
    expect(sentTo("desk.confirm_proposals")).toEqual([]);
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(await screen.findByText("2 students marked from the camera")).toBeInTheDocument();
    expect(sentTo("desk.confirm_proposals")).toEqual([{ session: "live1", students: [ann, bea] }]);
    tell({ ...begun, proposed: [] });
    await user.keyboard("{Control>}{Enter}{/Control}");
    expect(sentTo("desk.confirm_proposals")).toHaveLength(1);
    expect(sentTo("attendance.mark_all_present")).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(sentTo("upkeep.undo")).toEqual([{ entry: "entry1" }]);
  });

  it("confirm one, and the space bar confirms from the row", async () => {
    const { user, pane } = await start(begun);
    await user.click(within(pane).getByRole("button", { name: "Confirm Bea Birch" }));
    expect(sentTo("desk.confirm_proposals")).toEqual([{ session: "live1", students: [bea] }]);
    act(() => screen.getByRole("row", { name: "Ann Ash" }).focus());
    await user.keyboard(" ");
    await waitFor(() => expect(sentTo("desk.confirm_proposals").at(-1)).toEqual({ session: "live1", students: [ann] }));
    act(() => screen.getByRole("row", { name: "Cem Cedar" }).focus());
    await user.keyboard(" ");
    expect(sentTo("desk.confirm_proposals")).toHaveLength(2);
  });

  it("correct one to another student or to nobody, and leave it at that when cancelled", async () => {
    const { user, pane } = await start(begun);
    await user.click(within(pane).getByRole("button", { name: "Not Ann Ash" }));
    await user.click(within(pane).getByRole("button", { name: "Cancel" }));
    expect(sentTo("desk.correct_proposal")).toEqual([]);
    await user.click(within(pane).getByRole("button", { name: "Not Ann Ash" }));
    const recognised = within(pane).getByRole("region", { name: "Recognised" });
    const choice = within(recognised).getByRole("combobox", { name: "Choose the student" });
    await user.click(choice);
    const offered = within(
      await waitFor(() => {
        const list = document.getElementById(choice.getAttribute("aria-controls") ?? "");
        expect(list).not.toBeNull();
        return list as HTMLElement;
      }),
    );
    expect(offered.queryByRole("option", { name: "Ash, Ann", hidden: true })).not.toBeInTheDocument();
    await user.click(offered.getByRole("option", { name: "Fir, Eve", hidden: true }));
    expect(await screen.findByText("Eve Fir marked present")).toBeInTheDocument();
    await user.click(within(pane).getByRole("button", { name: "Not Bea Birch" }));
    await user.click(within(recognised).getByRole("button", { name: "Nobody of this class" }));
    expect(await screen.findByText("Not counted as Bea Birch any more")).toBeInTheDocument();
    expect(sentTo("desk.correct_proposal")).toEqual([
      { session: "live1", wrong: ann, track: null, right: eve },
      { session: "live1", wrong: bea, track: null, right: null },
    ]);
  });

  it("let keys decide the first face that is unsure: 1 and 2 are the candidates, 0 is nobody", async () => {
    const { user, pane } = await start(begun);
    await user.keyboard("{Control>}2{/Control}");
    expect(await screen.findByText("Dan Elm marked present")).toBeInTheDocument();
    tell({ ...begun, unsure: [{ track: 10, reason: "looks_flat", candidates: [] }] });
    expect(within(pane).getByText(/Looks like a photograph or a screen/)).toBeInTheDocument();
    await user.keyboard("{Control>}0{/Control}");
    expect(await screen.findByText("Not counted as anybody of this class")).toBeInTheDocument();
    expect(sentTo("desk.correct_proposal")).toEqual([
      { session: "live1", wrong: null, track: 9, right: dan },
      { session: "live1", wrong: null, track: 10, right: null },
    ]);
  });
});
