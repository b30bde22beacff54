import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import type { Act } from "../bindings/Act";
import { objections, show } from "../test/render";
import { redoLatest } from "./undo";
import { UndoList } from "./UndoMenu";

vi.mock("../session/session", () => ({ useSession: () => ({ may: () => true, whoami: { user: "u1" } }) }));
afterEach(() => clearMocks());

const act = (entry: string, name: string, rest: Partial<Act> = {}): Act => ({
  entry,
  at: "2026-10-14T08:00:00Z",
  user: null,
  userName: null,
  isUndo: false,
  undoneBy: null,
  whyNot: null,
  words: { operation: "classes.save_class", kind: "update", name, place: null, day: null, count: 1 },
  ...rest,
});
const acts = [
  act("e3", "7C", { undoneBy: "u-e3" }),
  act("e2", "7B", { whyNot: { reason: "changed_since", by: null, at: null, act: null } }),
  act("e1", "7A"),
];

/** The entries that were asked to be taken back. */
function answers(): string[] {
  const undone: string[] = [];
  mockIPC((_, args) => {
    const { operation, input } = args as { operation: string; input: { entry: string } };
    if (operation === "upkeep.my_changes") return { acts, redo: acts[0] };
    undone.push(input.entry);
    return { undo: "later", act: acts[0]?.words, again: true };
  });
  return undone;
}

it("offers to undo what can be, says why what cannot, and to do again only what was undone last", async () => {
  const undone = answers();
  const { container } = show(<UndoList />);
  expect(await screen.findByRole("button", { name: "Undo: Class 7A changed" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Undo: Class 7B changed" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Undo: Class 7C changed" })).toBeNull();
  expect(screen.getByText("It was changed since.")).toBeInTheDocument();
  expect(await objections(container)).toEqual([]);
  await userEvent.click(screen.getByRole("button", { name: "Do again: Class 7C changed" }));
  await userEvent.click(screen.getByRole("button", { name: "Undo: Class 7A changed" }));
  expect(undone).toEqual(["u-e3", "e1"]);
});

it("the key does again what was undone last", async () => {
  const undone = answers();
  await redoLatest();
  expect(undone).toEqual(["u-e3"]);
});
