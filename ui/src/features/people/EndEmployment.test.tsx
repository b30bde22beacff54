import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { fireEvent, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FieldError } from "../../bindings/FieldError";
import type { StaffDetails } from "../../bindings/StaffDetails";
import type { StaffRow } from "../../bindings/StaffRow";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { EndEmploymentForm } from "./EndEmployment";
import { Employment, StaffActs } from "./StaffActs";

vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({ may: () => true }),
}));

const person = (id: string, familyName: string, rest: Partial<StaffRow> = {}): StaffRow => ({
  id,
  number: null,
  givenName: "Ben",
  familyName,
  nativeName: null,
  email: null,
  phone: null,
  jobTitle: null,
  courses: 0,
  username: null,
  firstDay: null,
  lastDay: null,
  deleted: false,
  version: 5,
  ...rest,
});
const taught = (course: string, subjectTitle: string, classTitle: string, year: string) => ({
  course,
  class: classTitle,
  classTitle,
  subject: subjectTitle,
  subjectTitle,
  year,
});
const details: StaffDetails = {
  staff: person("ben", "Otieno"),
  address: null,
  contacts: [],
  teaches: [
    taught("m7", "Mathematics", "7B", "y"),
    taught("p7", "Physics", "7B", "y"),
    taught("m8", "Mathematics", "8B", "z"),
    taught("m6", "Mathematics", "6B", "x"),
  ],
  classTeacherOf: [
    { id: "7b", title: "7B", kind: "homeroom" },
    { id: "6b", title: "6B", kind: "homeroom" },
  ],
  undo: null,
};
const years = [
  { id: "z", title: "2027/28", start: "2027-08-01", end: "2028-07-31", terms: [], current: false, version: 1 },
  { id: "y", title: "2026/27", start: "2026-08-01", end: "2027-07-31", terms: [], current: true, version: 1 },
  { id: "x", title: "2025/26", start: "2025-08-01", end: "2026-07-31", terms: [], current: false, version: 1 },
];
const sent = vi.fn<(operation: string, input: object) => void>();
let refused: Pick<FieldError, "field" | "code" | "message">[] = [];
let broken = false;

beforeEach(() => {
  sent.mockReset();
  refused = [];
  broken = false;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: { year?: string } };
    if (operation === "schools.list_sessions") return years;
    if (operation === "classes.list_classes") {
      if (broken) throw { code: "store", message: "no", fields: [], help: null, details: null };
      const classTeacher = input.year === "z" ? "ann" : "ben";
      const title = { x: "6B", y: "7B", z: "8B" }[input.year ?? ""] ?? "";
      return [{ id: title.toLowerCase(), title, year: input.year, kind: "homeroom", classTeacher }];
    }
    if (operation === "people.list_staff")
      return {
        rows: [person("ann", "Lee"), person("ben", "Otieno"), person("eve", "Short", { lastDay: "2026-12-01" })],
        total: 3,
      };
    sent(operation, input);
    if (refused.length > 0) throw { code: "invalid", message: "", fields: refused, help: null, details: null };
    return { undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const open = (onClose = vi.fn()) => {
  show(<EndEmploymentForm details={details} school="s" onClose={onClose} onReload={vi.fn()} />);
  return onClose;
};
const give = async (what: string, to: string) => {
  await userEvent.click(screen.getByRole("combobox", { name: what }));
  await userEvent.click(await screen.findByRole("option", { name: to }));
};
const lastDay = (value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: /^Last day of work/ }), { target: { value } });
const send = () => userEvent.click(screen.getByRole("button", { name: /^Leaves the school/ }));

describe("a member of staff who leaves", () => {
  it("hands over everything of the years that go on, and only that, to who works here longer", async () => {
    const closed = open();
    await screen.findByRole("combobox", { name: "Class teacher of 7B" });
    lastDay("16/12/2026");
    expect(screen.queryByRole("combobox", { name: /6B/ })).toBeNull();
    await userEvent.click(screen.getByRole("combobox", { name: "Physics, 7B" }));
    expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
      "Nobody yet",
      "Lee, Ben",
    ]);
    await userEvent.keyboard("{Escape}");
    await give("All of it goes to", "Lee, Ben");
    await give("Physics, 7B", "Nobody yet");
    expect(await objections(document.body)).toEqual([]);
    await send();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(sent).toHaveBeenCalledWith("people.end_employment", {
      staff: "ben",
      version: 5,
      lastDay: "2026-12-16",
      courses: [
        { course: "m7", to: "ann" },
        { course: "p7", to: null },
        { course: "m8", to: "ann" },
      ],
      homerooms: [{ class: "7b", to: "ann" }],
    });
  });

  it("sends nothing before it is said of everything to whom it goes", async () => {
    open();
    await screen.findByRole("combobox", { name: "Class teacher of 7B" });
    await give("Mathematics, 7B", "Lee, Ben");
    await send();
    expect(await screen.findAllByText("This is needed.")).toHaveLength(3);
    expect(sent).not.toHaveBeenCalled();
  });

  it("hands over nothing of a year that is over by then", async () => {
    const closed = open();
    await screen.findByRole("combobox", { name: "Class teacher of 7B" });
    lastDay("31/7/2027");
    expect(screen.queryByRole("combobox", { name: "Mathematics, 7B" })).toBeNull();
    await give("Mathematics, 8B", "Lee, Ben");
    await send();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(sent.mock.calls[0]?.[1]).toMatchObject({ courses: [{ course: "m8", to: "ann" }], homerooms: [] });
  });

  it("shows at its own field what is refused, and forgets it when another one is chosen", async () => {
    refused = [
      { field: "courses.1.to", code: "unknown", message: "Nobody of the staff is this." },
      { field: "lastDay", code: "before_first", message: "Ben Otieno came to the school on 1 Jan 2027 only." },
    ];
    open();
    await screen.findByRole("combobox", { name: "Class teacher of 7B" });
    await give("All of it goes to", "Lee, Ben");
    await send();
    expect(await screen.findByText("Nobody of the staff is this.")).toBeInTheDocument();
    expect(screen.getByRole("combobox", { name: "Physics, 7B" })).toBeInvalid();
    expect(screen.getByText(/came to the school on 1 Jan 2027 only/)).toBeInTheDocument();
    await give("Physics, 7B", "Nobody yet");
    expect(screen.queryByText("Nobody of the staff is this.")).toBeNull();
  });

  it("says what could not be read instead of leaving it out", async () => {
    broken = true;
    open();
    expect(await screen.findByRole("button", { name: /Try again/ })).toBeInTheDocument();
    expect(screen.queryByText("What goes on after that day")).toBeNull();
    await send();
    expect(sent).not.toHaveBeenCalled();
  });
});

describe("employment", () => {
  it("is resumed from a day for who has left, and says since when somebody is gone", async () => {
    const staff = person("ben", "Otieno", { lastDay: "2026-10-30" });
    show(
      <>
        <Employment staff={staff} />
        <StaffActs details={{ ...details, staff }} school="s" />
      </>,
    );
    expect(screen.getByText("Left on 30 Oct 2026")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "More for Ben Otieno" }));
    expect(await screen.findByRole("menuitem", { name: "Works here again…" })).toBeInTheDocument();
    expect(screen.queryByRole("menuitem", { name: "Leaves the school…" })).toBeNull();
    await userEvent.click(screen.getByRole("menuitem", { name: "Works here again…" }));
    await screen.findByRole("dialog");
    fireEvent.change(screen.getByRole("textbox", { name: /^First day back at work/ }), {
      target: { value: "4/1/2027" },
    });
    await userEvent.click(screen.getByRole("button", { name: /^Works here again/ }));
    await vi.waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(sent).toHaveBeenCalledWith("people.resume_employment", {
      staff: "ben",
      version: 5,
      firstDay: "2027-01-04",
    });
  });
});
