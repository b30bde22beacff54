import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { ListStudents } from "../../bindings/ListStudents";
import { forgetDrafts } from "../../components/draft";
import { show } from "../../test/render";
import { EnrolForm } from "./enrolments";

vi.mock("../../session/session", () => ({ usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }) }));
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

it("offers everybody who has not left, by name, also who is yet to come, and says so", async () => {
  const named = { active: "Chen", expected: "Abara", on_leave: "Braun" } as const;
  const sent = vi.fn<(input: object) => void>();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: ListStudents };
    if (operation !== "people.list_students") {
      sent(input);
      return { undo: null };
    }
    const status = input.status as keyof typeof named;
    const row = { id: status, number: "1", givenName: "Mina", familyName: named[status], classes: [], status };
    return { rows: [row], total: 1 };
  });
  const details = {
    id: "7b",
    school: "s",
    title: "7B",
    kind: "group",
    places: 1,
    students: [] as object[],
  } as ClassDetails;
  const closed = vi.fn();
  show(<EnrolForm details={details} onClose={closed} />);
  await userEvent.click(await screen.findByRole("combobox", { name: "Students" }));
  expect((await screen.findAllByRole("option")).map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Abara, Mina.*Expected/),
    expect.stringMatching(/^Braun, Mina.*On leave/),
    expect.stringMatching(/^Chen, Mina/),
  ]);
  expect(screen.getByText("1 place free in 7B.")).toBeVisible();
  await userEvent.click(screen.getByRole("option", { name: /Abara/ }));
  expect(screen.getByText("1 place free in 7B.")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: /^Enrol/ }));
  await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  expect(sent).toHaveBeenCalledWith({ class: "7b", students: ["expected"], start: "2026-11-30" });
});

it("says before it is saved that the class is full", async () => {
  mockIPC((_, payload) => {
    const { status } = (payload as { input: ListStudents }).input;
    const row = { id: "1", number: "1", givenName: "Mina", familyName: "Chen", classes: [], status };
    return status === "active" ? { rows: [row], total: 1 } : { rows: [], total: 0 };
  });
  const inside = [{ student: "2" }, { student: "3" }];
  const details = {
    id: "7b",
    school: "s",
    title: "7B",
    kind: "group",
    places: 2,
    students: inside as object[],
  } as ClassDetails;
  show(<EnrolForm details={details} onClose={() => undefined} />);
  expect(screen.getByText("0 places free in 7B.")).toBeVisible();
  await userEvent.click(await screen.findByRole("combobox", { name: "Students" }));
  const [first] = await screen.findAllByRole("option");
  if (first !== undefined) await userEvent.click(first);
  expect(screen.getByText("7B is full: 3 students, places for 2.")).toBeVisible();
});
