import { Notifications, notifications } from "@mantine/notifications";
import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { act, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { Act } from "../bindings/Act";
import type { MyChanges } from "../bindings/MyChanges";
import { show } from "../test/render";
import { forgetKeptEdits, keptSheet, onFlush } from "./sheet/keptEdits";
import { undoEntry, undoLatest } from "./undo";

afterEach(() => {
  notifications.clean();
  clearMocks();
});

const done = (entry: string, operation: string, name: string, whyNot: Act["whyNot"] = null): Act => ({
  entry,
  at: "2026-10-14T08:00:00Z",
  user: null,
  userName: null,
  isUndo: false,
  undoneBy: null,
  whyNot,
  words: { operation, kind: "update", name, place: null, day: null, count: 1 },
});

it("takes back what was done last, says what, and goes past what cannot be undone once it said why", async () => {
  let acts = [
    done("e3", "people.delete_students", "Ann Lee"),
    done("e2", "accounts.set_password", "Ben Otieno", { reason: "password" }),
    done("e1", "classes.save_class", "7B"),
  ];
  const undone: string[] = [];
  mockIPC((_, args) => {
    const { operation, input } = args as { operation: string; input: MyChanges & { entry: string } };
    if (operation === "upkeep.my_changes")
      return { acts: acts.filter(({ entry }) => input.except?.includes(entry) !== true).slice(0, 1), redo: null };
    undone.push(input.entry);
    const words = acts.find(({ entry }) => entry === input.entry)?.words;
    acts = acts.filter(({ entry }) => entry !== input.entry);
    return { undo: `u-${input.entry}`, act: words, again: false };
  });
  show(<Notifications />);
  await act(undoLatest);
  expect(await screen.findByText("Undone: Ann Lee deleted")).toBeInTheDocument();
  await act(undoLatest);
  expect(
    await screen.findByText("Not undone: Password of Ben Otieno set. A former password is not kept."),
  ).toBeInTheDocument();
  await act(undoLatest);
  expect(await screen.findByText("Undone: Class 7B changed")).toBeInTheDocument();
  await act(undoLatest);
  expect(await screen.findByText("There is nothing to undo in what you did since you signed in.")).toBeInTheDocument();
  expect(undone).toEqual(["e3", "e1"]);
});

it("says that an act was done again, and offers to undo that", async () => {
  mockIPC(() => ({ undo: "u1", act: done("e1", "classes.save_class", "7B").words, again: true }));
  show(<Notifications />);
  expect(await act(() => undoEntry("u-e1"))).toBe(true);
  expect(await screen.findByText("Done again: Class 7B changed")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Undo" })).toBeInTheDocument();
});

it("says in the words of who stands in the way why an act is not taken back", async () => {
  const words = { operation: "classes.save_class", kind: "update", name: "7B", place: null, day: null, count: 1 };
  mockIPC(() => {
    throw {
      code: "cannot_undo",
      message: "",
      fields: [],
      help: null,
      details: { reason: "changed_since", by: "Ben Otieno", at: "2026-10-14T08:00:00Z", act: words },
    };
  });
  show(<Notifications />);
  expect(await act(() => undoEntry("e1"))).toBe(false);
  expect(await screen.findByText(/^It was changed since\. .*Ben Otieno.*Class 7B changed/)).toBeInTheDocument();
});

it("takes back one act where the key is pressed twice before it is done, and saves first what is typed", async () => {
  const asked: string[] = [];
  const sheet = keptSheet("undo", async () => {
    asked.push("save");
    return [];
  });
  const stop = onFlush(() => {
    stop();
    sheet.keep([{ row: "a", column: "x", text: "12" }]);
  });
  mockIPC((_, args) => {
    const { operation } = args as { operation: string };
    asked.push(operation);
    return operation === "upkeep.my_changes"
      ? { acts: [done("e1", "classes.save_class", "7B")], redo: null }
      : { undo: null, act: done("e1", "classes.save_class", "7B").words, again: false };
  });
  await act(async () => {
    await Promise.all([undoLatest(), undoLatest()]);
  });
  expect(asked).toEqual(["save", "upkeep.my_changes", "upkeep.undo"]);
  forgetKeptEdits();
});
