import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CourseToJoin } from "../../bindings/CourseToJoin";
import type { JoinCourse } from "../../bindings/JoinCourse";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { JoinForm } from "./JoinForm";

vi.mock("../../session/session", () => ({ usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }) }));

const course = (rest: Partial<CourseToJoin>): CourseToJoin => ({
  id: "x",
  class: "c",
  classTitle: "Set",
  classKind: "group",
  teachers: [],
  students: 3,
  places: null,
  takes: false,
  open: true,
  ...rest,
});
let courses: CourseToJoin[] = [];
let full = false;
const sent = vi.fn<(input: JoinCourse) => void>();

beforeEach(() => {
  sent.mockReset();
  full = false;
  courses = [
    course({ id: "own", classTitle: "7B", classKind: "homeroom", takes: true, open: false }),
    course({ id: "other", classTitle: "7C", classKind: "homeroom", open: false }),
    course({ id: "set2", classTitle: "Set 2", students: 27, places: 28 }),
    course({ id: "set3", classTitle: "Set 3", students: 28, places: 28 }),
  ];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: JoinCourse };
    if (operation === "schools.list_sessions") return [{ id: "y", title: "2026", current: true }];
    if (operation === "schools.list_subjects") return [{ id: "m", title: "Mathematics" }];
    if (operation === "classes.courses_to_join") return courses;
    sent(input);
    if (full && input.evenIfFull !== true)
      throw {
        code: "invalid",
        message: "",
        fields: [{ field: "course", code: "full", message: "All 28 places are taken." }],
        help: "Choose another course.",
        details: null,
      };
    return { course: { subjectTitle: "Mathematics", classTitle: "Set 2" }, undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

async function open(onClose = vi.fn()) {
  show(<JoinForm student="mina" name="Mina Okonkwo" onClose={onClose} />);
  await userEvent.click(screen.getByRole("combobox", { name: "Subject" }));
  await userEvent.click(await screen.findByRole("option", { name: "Mathematics" }));
  return within(await screen.findByRole("radiogroup", { name: /^Course/ }));
}
const add = () => userEvent.click(screen.getByRole("button", { name: /^Add/ }));

describe("adding a student to a subject", () => {
  it("says which courses have free places, and offers none that the student cannot be put into", async () => {
    const list = await open();
    expect(list.getByRole("radio", { name: /Set 2/ })).toBeEnabled();
    expect(list.getByText("1 place free")).toBeInTheDocument();
    expect(list.getByText("full: 28 of 28")).toBeInTheDocument();
    expect(list.getByRole("radio", { name: "7B" })).toBeDisabled();
    expect(list.getByRole("radio", { name: "7C" })).toBeDisabled();
    expect(list.getByText("only for its homeroom")).toBeInTheDocument();
    expect(await objections(document.body)).toEqual([]);
    await add();
    expect(sent).not.toHaveBeenCalled();
  });

  it("leaves the course that was taken, which the ticked box says", async () => {
    const closed = vi.fn();
    const list = await open(closed);
    await userEvent.click(list.getByRole("radio", { name: /Set 2/ }));
    expect(screen.getByRole("checkbox", { name: "Leaves 7B" })).toBeChecked();
    await add();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(sent.mock.calls[0]?.[0]).toEqual({
      student: "mina",
      course: "set2",
      start: "2026-11-30",
      insteadOf: "own",
      evenIfFull: false,
    });
  });

  it("leaves nothing where the box is cleared", async () => {
    const list = await open();
    await userEvent.click(list.getByRole("radio", { name: /Set 2/ }));
    await userEvent.click(screen.getByRole("checkbox", { name: "Leaves 7B" }));
    await add();
    expect(sent.mock.calls[0]?.[0]).toMatchObject({ course: "set2", insteadOf: null });
  });

  it("asks where no place is free, and sends that it is meant; another course is asked about anew", async () => {
    full = true;
    const list = await open();
    await userEvent.click(list.getByRole("radio", { name: /Set 3/ }));
    await add();
    expect(await screen.findByRole("alert")).toHaveTextContent("All 28 places are taken.");
    await userEvent.click(screen.getByLabelText("Add all the same"));
    await userEvent.click(list.getByRole("radio", { name: /Set 2/ }));
    await add();
    await userEvent.click(await screen.findByLabelText("Add all the same"));
    await add();
    expect(sent.mock.calls.map(([input]) => [input.course, input.evenIfFull])).toEqual([
      ["set3", false],
      ["set2", false],
      ["set2", true],
    ]);
  });
});
