import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { forgetDrafts } from "../../components/draft";
import { objections, show } from "../../test/render";
import { GradePlacesForm } from "./GradePlacesForm";

const saved = vi.fn<(input: object) => void>();
const closed = vi.fn();
let faults: { field: string; code: string; message: string }[] = [];

beforeEach(() => {
  saved.mockReset();
  closed.mockReset();
  faults = [];
  mockIPC((_, payload) => {
    const { operation, input } = payload as { operation: string; input: object };
    if (operation === "classes.grade_places")
      return [
        { gradeLevel: "7", places: 60, students: 58, version: 3 },
        { gradeLevel: "8", places: null, students: 40, version: null },
      ];
    saved(input);
    if (faults.length > 0) throw { code: "invalid", message: "", fields: faults, help: null, details: null };
    return { levels: [], undo: null };
  });
});
afterEach(() => {
  forgetDrafts();
  clearMocks();
});

const form = () =>
  show(<GradePlacesForm school="s" year={{ id: "y", title: "2026/27" }} onClose={closed} />, { rtl: true });
const save = () => userEvent.click(screen.getByRole("button", { name: /^Save/ }));
const places = (level: string) => screen.findByRole("textbox", { name: `Places of grade level ${level}` });

describe("the places of the grade levels of a year", () => {
  it("are said under the version that was seen, with who takes them; empty is as many as come", async () => {
    const { container } = form();
    expect(await places("7")).toHaveValue("60");
    expect(screen.getByText("58")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
    await userEvent.clear(await places("7"));
    await userEvent.type(await places("8"), "45");
    await save();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
    expect(saved).toHaveBeenCalledWith({
      school: "s",
      year: "y",
      levels: [
        { gradeLevel: "7", places: null, version: 3 },
        { gradeLevel: "8", places: 45, version: null },
      ],
    });
  });

  it("are said of a grade level without a homeroom yet, which needs its name", async () => {
    form();
    await userEvent.click(await screen.findByRole("button", { name: "Add a grade level" }));
    await save();
    expect(saved).not.toHaveBeenCalled();
    await userEvent.type(screen.getByRole("textbox", { name: "New grade level 3" }), "9");
    await userEvent.type(await places("9"), "30");
    faults = [{ field: "levels.2.places", code: "out_of_range", message: "1 to 9,999 places." }];
    await save();
    expect(await screen.findByText("1 to 9,999 places.")).toBeInTheDocument();
    expect(saved).toHaveBeenLastCalledWith(
      expect.objectContaining({
        levels: expect.arrayContaining([{ gradeLevel: "9", places: 30, version: null }]) as object,
      }),
    );
    await userEvent.click(screen.getByRole("button", { name: "Remove grade level 3" }));
    faults = [];
    await save();
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });
});
