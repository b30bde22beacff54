import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CourseDetails } from "../../bindings/CourseDetails";
import type { CourseMember } from "../../bindings/CourseMember";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { CoursePane } from "./CoursePane";

const go = vi.fn<(to: { to: string }) => void>();
let search: Record<string, unknown> = {};
let held: readonly string[] | "all" = "all";
vi.mock("@tanstack/react-router", () => ({
  useNavigate: () => go,
  useParams: () => ({ open: "k" }),
  useSearch: () => search,
}));
vi.mock("../../session/session", () => ({
  usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }),
  useSession: () => ({ may: (operation: string) => held === "all" || held.includes(operation) }),
}));

const member = (student: string, familyName: string, exemptions: CourseMember["exemptions"] = []): CourseMember => ({
  student,
  number: student,
  givenName: "Mina",
  familyName,
  preferredName: null,
  nativeName: null,
  start: "2026-09-01",
  end: null,
  exemptions,
  takes: !exemptions.some(({ start, end }) => start <= "2026-11-30" && (end === null || end >= "2026-11-30")),
});
const details: CourseDetails = {
  id: "k",
  school: "s",
  year: "y",
  class: "7b",
  classTitle: "7B",
  classKind: "homeroom",
  subject: "m",
  subjectTitle: "Religion",
  description: null,
  teachers: [],
  members: [
    member("1", "Abara"),
    member("2", "Braun", [{ id: "x", start: "2026-10-05", end: null, reason: "Asked by the parents" }]),
    member("3", "Chen", [{ id: "z", start: "2027-01-11", end: "2027-01-15", reason: null }]),
    member("4", "Dursun", [{ id: "w", start: "2026-09-01", end: "2026-09-30", reason: "Over" }]),
  ],
  places: 28,
  deleted: false,
  version: 3,
};
const sent = vi.fn<(operation: string, input: object) => void>();
let answer = details;

beforeEach(() => {
  go.mockReset();
  sent.mockReset();
  search = {};
  held = "all";
  answer = details;
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "classes.course") return answer;
    sent(operation, input);
    return { course: details, undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const row = async (name: string) => {
  const found = (await screen.findByRole("button", { name })).closest("tr");
  if (found === null) throw new Error("no row");
  return within(found);
};

describe("the page of a course", () => {
  it("says of each member who takes it, who is exempted from when to when, and why", async () => {
    const { container } = show(<CoursePane id="k" onClose={vi.fn()} />);
    expect((await row("Abara, Mina")).queryByText(/exempted/)).toBeNull();
    const braun = await row("Braun, Mina");
    expect(braun.getByText(/exempted since/)).toBeInTheDocument();
    expect(braun.getByText("Asked by the parents")).toBeInTheDocument();
    const chen = await row("Chen, Mina");
    expect(chen.getByText(/exempted .* to /)).toBeInTheDocument();
    expect((await row("Dursun, Mina")).queryByText(/exempted/)).toBeNull();
    expect(screen.getByText("3 of 28 places taken")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
  });

  it("exempts the chosen ones, with a reason, and lets one take it again", async () => {
    show(<CoursePane id="k" onClose={vi.fn()} />);
    await userEvent.click(await screen.findByLabelText("Choose Mina Abara"));
    await userEvent.click(screen.getByRole("button", { name: "Exempt…" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Reason" }), "Other faith");
    await userEvent.click(screen.getByRole("button", { name: /^Exempt(?!…)/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith("classes.exempt_students", {
        course: "k",
        students: ["1"],
        start: "2026-11-30",
        end: null,
        reason: "Other faith",
      }),
    );
    await userEvent.click(await screen.findByRole("button", { name: "Mina Braun takes it again" }));
    await userEvent.click(await screen.findByRole("button", { name: /^Take it again/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith("classes.end_exemptions", { course: "k", students: ["2"], from: "2026-11-30" }),
    );
  });

  it("offers a teacher to write about it and to open the marks, and not to exempt", async () => {
    held = ["classes.describe_course", "gradebook.mark_sheet", "people.list_students"];
    search = { edit: "yes" };
    show(<CoursePane id="k" onClose={vi.fn()} />);
    await userEvent.type(await screen.findByRole("textbox", { name: "Description" }), "Bring the red book.");
    await userEvent.click(screen.getByRole("button", { name: /^Save/ }));
    await vi.waitFor(() =>
      expect(sent).toHaveBeenCalledWith("classes.describe_course", {
        course: "k",
        version: 3,
        description: "Bring the red book.",
      }),
    );
    expect(screen.queryByText("Exempt…")).toBeNull();
    expect(screen.queryByLabelText("Choose all")).toBeNull();
    expect(screen.queryByText("Takes it again…")).toBeNull();
  });

  it("brings a deleted course back, and offers nothing else of it", async () => {
    answer = { ...details, deleted: true };
    show(<CoursePane id="k" onClose={vi.fn()} />);
    await userEvent.click(await screen.findByRole("button", { name: "Restore" }));
    expect(sent).toHaveBeenCalledWith("classes.restore_courses", { school: "s", courses: ["k"] });
    expect(screen.queryByRole("button", { name: "Marks" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Write about it" })).toBeNull();
  });
});
