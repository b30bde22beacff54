import { Notifications, notifications } from "@mantine/notifications";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { act, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Act } from "../bindings/Act";
import type { MyChanges } from "../bindings/MyChanges";
import { show } from "../test/render";
import { undoLatest } from "./undo";

afterEach(() => { notifications.clean(); clearMocks(); });

const done = (entry: string, operation: string, name: string, whyNot: Act["whyNot"] = null): Act => ({
  entry, at: "2026-10-14T08:00:00Z", user: null, userName: null, isUndo: false, undoneBy: null, whyNot,
  words: { operation, kind: "update", name, place: null, day: null, count: 1 },
});

it("takes back what was done last, says what, and goes past what cannot be undone once it said why", async () => {
  let acts = [done("e3", "delete_students", "Ann Lee"), done("e2", "set_password", "Ben Otieno", { reason: "password" }), done("e1", "save_class", "7B")];
  const undone: string[] = [];
  mockIPC((_, args) => {
    const { operation, input } = args as { operation: string; input: MyChanges & { entry: string } };
    if (operation === "my_changes") return { acts: acts.filter(({ entry }) => input.except?.includes(entry) !== true).slice(0, 1), redo: null };
    undone.push(input.entry);
    const words = acts.find(({ entry }) => entry === input.entry)?.words;
    acts = acts.filter(({ entry }) => entry !== input.entry);
    return { undo: `u-${input.entry}`, act: words, again: false };
  });
  show(<Notifications />);
  await act(undoLatest);
  expect(await screen.findByText("Undone: Ann Lee deleted")).toBeInTheDocument();
  await act(undoLatest);
  expect(await screen.findByText("Not undone: Password of Ben Otieno set. A former password is not kept.")).toBeInTheDocument();
  await act(undoLatest);
  expect(await screen.findByText("Undone: Class 7B changed")).toBeInTheDocument();
  await act(undoLatest);
  expect(await screen.findByText("There is nothing to undo in what you did since you signed in.")).toBeInTheDocument();
  expect(undone).toEqual(["e3", "e1"]);
});
