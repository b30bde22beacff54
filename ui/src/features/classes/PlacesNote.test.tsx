import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { objections, show } from "../../test/render";
import { PlacesNote } from "./PlacesNote";

vi.mock("../../session/session", () => ({ usePlace: () => ({ school: { id: "s", today: "2026-11-30" } }) }));

const asked = vi.fn<(operation: string, input: object) => void>();
beforeEach(() => {
  asked.mockReset();
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    asked(operation, input);
    return [
      { gradeLevel: "7", places: 60, students: 58, version: 1 },
      { gradeLevel: "8", places: null, students: 90, version: null },
    ];
  });
});
afterEach(clearMocks);

const in7 = { title: "7B", students: 20, places: 30, kind: "homeroom" as const, gradeLevel: "7", year: "y" };

it("says of the class and of its grade level how many places are free", async () => {
  const { container } = show(<PlacesNote of={in7} more={2} />);
  expect(await screen.findByText("2 places free in grade level 7.")).toBeVisible();
  expect(screen.getByText("10 places free in 7B.")).toBeVisible();
  expect(asked).toHaveBeenCalledWith("classes.grade_places", { school: "s", year: "y" });
  expect(await objections(container)).toEqual([]);
});

it("says before it is saved that the grade level is full, also where the class is not", async () => {
  show(<PlacesNote of={{ ...in7, places: null }} more={3} />);
  expect(await screen.findByText("Grade level 7 is full: 61 students, places for 60.")).toBeVisible();
  expect(screen.queryByText(/7B/)).toBeNull();
});

it("counts nobody twice who stays in the grade level, and nobody in a group", async () => {
  show(
    <>
      <PlacesNote of={in7} more={3} within="7" />
      <PlacesNote of={{ ...in7, kind: "group" }} more={3} />
      <PlacesNote of={{ ...in7, gradeLevel: null }} more={3} />
      <PlacesNote of={{ ...in7, places: null, gradeLevel: "8" }} more={3} />
    </>,
  );
  expect(await screen.findAllByText("10 places free in 7B.")).toHaveLength(3);
  await vi.waitFor(() => expect(asked).toHaveBeenCalledTimes(1));
  expect(screen.queryByText(/grade level|Grade level/)).toBeNull();
});
