import { act, fireEvent, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it } from "vitest";
import { setOwner } from "../../session/owner";
import { objections, show } from "../../test/render";
import { forgetKeptEdits, keptSheet } from "./keptEdits";
import { KeptNote } from "./KeptNote";

beforeEach(() => setOwner({ user: "u1", name: "Mina Okonkwo" }));
afterEach(() => {
  forgetKeptEdits();
  setOwner(null);
});

it("says of cells that were typed before and are not saved whose they are, and throws them away", async () => {
  const sheet = keptSheet("note", async () => []);
  sheet.refuse("a", "x", "12,5,0", "No number.");
  await new Promise((later) => setTimeout(later, 5));
  const { container } = show(<KeptNote sheet={sheet} />);
  expect(screen.getByRole("status")).toHaveTextContent(/^1 cell is not saved: typed by Mina Okonkwo/);
  expect(await objections(container)).toEqual([]);
  fireEvent.click(screen.getByRole("button", { name: "Throw it away" }));
  expect(screen.queryByRole("status")).toBeNull();
  expect(sheet.all().size).toBe(0);
  // What is typed from here on is marked in its own cell.
  act(() => sheet.refuse("a", "x", "abc", "No number."));
  expect(screen.queryByRole("status")).toBeNull();
});
