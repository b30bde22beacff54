import { describe, expect, it } from "vitest";
import { noHistory, record, redo, undo } from "./history";

const paste = [
  { row: "a", column: "x", before: "", after: "1" },
  { row: "b", column: "x", before: "5", after: "2" },
];

describe("history", () => {
  it("takes a whole paste back as one step, and does it again", () => {
    const back = undo(record(noHistory, paste));
    expect(back?.changes.map(({ after }) => after)).toEqual(["", "5"]);
    const again = back === null ? null : redo(back.history);
    expect(again?.changes.map(({ after }) => after)).toEqual(["1", "2"]);
    expect(again?.history.undone).toEqual([]);
  });
  it("does not count what changes nothing", () => {
    expect(record(noHistory, [{ row: "a", column: "x", before: "1", after: "1" }])).toBe(noHistory);
    expect(undo(noHistory)).toBeNull();
    expect(redo(noHistory)).toBeNull();
  });
  it("forgets what was undone once something else is done", () => {
    const back = undo(record(noHistory, paste));
    expect(redo(record(back?.history ?? noHistory, paste))).toBeNull();
  });
});
