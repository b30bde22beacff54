import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EarlierSchool } from "../../../bindings/EarlierSchool";
import type { TransferRow } from "../../../bindings/TransferRow";
import { objections, show } from "../../../test/render";
import { EarlierSchools } from "./EarlierSchools";
import { TransferForm } from "./TransferForm";
import TransfersScreen from "./TransfersScreen";
import { TransfersWaiting } from "./TransfersWaiting";

const go = vi.fn<(to: { to: string; search: object }) => void>();
let search: Record<string, unknown> = {};
let held: readonly string[] | "all" = "all";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({}),
  useSearch: () => search,
}));
vi.mock("../../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({ may: (operation: string) => held === "all" || held.includes(operation) }),
}));

const row = (id: string, givenName: string, rest: Partial<TransferRow> = {}): TransferRow => ({
  id,
  fromName: "Hillside School",
  toName: "Greenfield School",
  student: null,
  number: `S-${id}`,
  givenName,
  familyName: "Lee",
  nativeName: null,
  birthDate: "2014-05-04",
  gradeLevel: "7",
  lastDay: "2026-12-04",
  note: null,
  state: "waiting",
  declinedBecause: null,
  ...rest,
});

let incoming: TransferRow[] = [];
let outgoing: TransferRow[] = [];
let schools: { id: string; name: string }[] = [];
let earlier: EarlierSchool[] = [];
const called = vi.fn<(operation: string, input: Record<string, unknown>) => void>();
const inputs = (operation: string) =>
  called.mock.calls.filter(([name]) => name === operation).map(([, input]) => input);

beforeEach(() => {
  go.mockReset();
  called.mockReset();
  search = {};
  held = "all";
  incoming = [row("1", "Ann", { note: "Wears glasses." }), row("2", "Ben", { lastDay: "2026-11-20" })];
  outgoing = [row("3", "Cleo", { student: "c", state: "declined", declinedBecause: "We are full." })];
  schools = [{ id: "h", name: "Hillside School" }];
  earlier = [];
  mockIPC((command, payload) => {
    if (command !== "call") return null;
    const { operation, input } = payload as { operation: string; input: Record<string, unknown> };
    called(operation, input);
    switch (operation) {
      case "people.transfers":
        return { incoming, outgoing };
      case "people.schools_to_transfer_to":
        return schools;
      case "people.accept_transfers":
        return { students: (input.transfers as string[]).map((id) => `made-${id}`), undo: "u" };
      case "people.decline_transfers":
      case "people.transfer_students":
        return { undo: "u" };
      case "analytics.earlier_schools":
        return earlier;
      default:
        return [];
    }
  });
});
afterEach(clearMocks);

describe("students of other schools", () => {
  it("are taken together, from the day after the last one there", async () => {
    show(<TransfersScreen />);
    expect(await screen.findByText("Wears glasses.")).toBeInTheDocument();
    expect(screen.queryByRole("button", { name: /^Take/ })).toBeNull();
    await userEvent.click(screen.getByRole("checkbox", { name: /Ann Lee/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: /Ben Lee/ }));
    expect(await objections(document.body)).toEqual([]);
    await userEvent.click(screen.getByRole("button", { name: "Take 2 students" }));
    const dialog = await screen.findByRole("dialog", { name: "Take from another school" });
    expect(dialog).toHaveTextContent("2 students");
    expect(screen.queryByRole("textbox", { name: /Student number/ })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: /^Take(?! 2)/ }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(inputs("people.accept_transfers")).toEqual([
      { school: "s", transfers: ["1", "2"], firstDay: "2026-12-05", class: null, number: null },
    ]);
  });

  it("open the record that was made of the one", async () => {
    show(<TransfersScreen />);
    await userEvent.click(await screen.findByRole("checkbox", { name: /Ann Lee/ }));
    await userEvent.click(screen.getByRole("button", { name: "Take 1 student" }));
    fireEvent.change(await screen.findByRole("textbox", { name: /Student number/ }), { target: { value: " S-77 " } });
    await userEvent.click(screen.getByRole("button", { name: /^Take(?! 1)/ }));
    await vi.waitFor(() => expect(go).toHaveBeenCalledWith(expect.objectContaining({ to: "/students/made-1" })));
    expect(inputs("people.accept_transfers")[0]).toMatchObject({ number: "S-77" });
  });

  it("are declined with a reason", async () => {
    show(<TransfersScreen />);
    await userEvent.click(await screen.findByRole("checkbox", { name: /Ben Lee/ }));
    await userEvent.click(screen.getByRole("button", { name: "Decline" }));
    fireEvent.change(await screen.findByRole("textbox", { name: "Reason" }), { target: { value: "We are full." } });
    await userEvent.click(screen.getAllByRole("button", { name: /^Decline/ }).at(-1) as HTMLElement);
    await vi.waitFor(() =>
      expect(inputs("people.decline_transfers")).toEqual([{ school: "s", transfers: ["2"], reason: "We are full." }]),
    );
  });

  it("are only read by who may not answer", async () => {
    held = ["people.transfers"];
    show(<TransfersScreen />);
    expect(await screen.findByText("Wears glasses.")).toBeInTheDocument();
    expect(screen.queryByRole("checkbox")).toBeNull();
  });
});

it("shows what became of whom this school sent", async () => {
  search = { way: "outgoing" };
  show(<TransfersScreen />);
  expect(await screen.findByText("Declined: We are full.")).toBeInTheDocument();
});

it("says above a list that somebody waits, and nothing where nobody does", async () => {
  const shown = show(<TransfersWaiting />);
  await userEvent.click(await screen.findByRole("button", { name: "2 students of other schools wait" }));
  expect(go).toHaveBeenCalledWith({ to: "/transfers" });
  shown.unmount();
  incoming = [];
  outgoing = [];
  called.mockReset();
  show(<TransfersWaiting />);
  await vi.waitFor(() => expect(inputs("people.transfers")).toHaveLength(1));
  expect(screen.queryByRole("button")).toBeNull();
});

describe("sending", () => {
  it("asks for the school, and sends many with reason and note", async () => {
    const done = vi.fn();
    show(<TransferForm school="s" students={["1", "2"]} onClose={vi.fn()} onDone={done} />);
    expect(await screen.findByText("2 students")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: /^Transfer/ }));
    expect(await screen.findByText("Choose the school.")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("combobox", { name: /To the school/ }));
    await userEvent.click(await screen.findByRole("option", { name: "Hillside School" }));
    fireEvent.change(screen.getByRole("textbox", { name: "Note to the other school" }), {
      target: { value: "Asthma" },
    });
    await userEvent.click(screen.getByRole("button", { name: /^Transfer/ }));
    await vi.waitFor(() => expect(done).toHaveBeenCalled());
    expect(inputs("people.transfer_students")).toEqual([
      { school: "s", students: ["1", "2"], to: "h", lastDay: "2026-11-30", reason: null, note: "Asthma" },
    ]);
  });

  it("says where there is no other school", async () => {
    schools = [];
    show(<TransferForm school="s" students={["1"]} name="Ann Lee" onClose={vi.fn()} onDone={vi.fn()} />);
    expect(await screen.findByText("There is no other school in this district.")).toBeInTheDocument();
  });
});

it("reads results of an earlier school, by its own terms", async () => {
  earlier = [
    {
      schoolName: "Hillside School",
      number: "S-1",
      firstDay: "2025-09-01",
      lastDay: "2026-10-09",
      terms: [
        {
          yearTitle: "2026/27",
          termTitle: "Autumn",
          classTitle: "7A",
          overall: 72.5,
          grade: "B",
          subjects: [{ subjectTitle: "Mathematics", percent: 72.5, grade: "B" }],
          attendance: { present: 9, late: 0, absent: 1, excused: 0, leftEarly: 0, elsewhere: 0 } as never,
          attendanceRate: 90,
        },
      ],
    },
  ];
  show(<EarlierSchools student="1" />);
  expect(await screen.findByText("Hillside School")).toBeInTheDocument();
  expect(screen.getByText("2026/27, Autumn, 7A")).toBeInTheDocument();
  expect(screen.getByText("Mathematics")).toBeInTheDocument();
  expect(screen.getByText("90.0 %")).toBeInTheDocument();
});
