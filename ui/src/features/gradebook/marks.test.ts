import { mockIPC, clearMocks } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { MarkSheet } from "../../bindings/MarkSheet";
import type { RecordMarks } from "../../bindings/RecordMarks";
import type { RecordedMarks } from "../../bindings/RecordedMarks";
import { forgetKeptEdits } from "../../components/sheet/keptEdits";
import { queries } from "../../session/queries";
import { sheetMarks, type SheetMarks } from "./marks";

const none = { n: 0, mean: null, sd: null, median: null, min: null, max: null, q1: null, q3: null };
const stored: MarkSheet = {
  course: "c",
  term: "t",
  class: "k",
  classTitle: "7B",
  subject: "s",
  subjectTitle: "Mathematics",
  termTitle: "Autumn",
  ownEntriesOnly: false,
  students: [],
  categories: [],
  assessments: [{ id: "a", category: "g", title: "Test 1", maximum: "20", date: null, dueDate: null, version: 1 }],
  marks: [{ student: "ada", assessment: "a", state: "marked", text: "12", version: 3 }],
  outside: [{ student: "bob", assessment: "a" }],
  totals: [{ student: "ada", percent: 60, grade: "C", passed: true }],
  footers: [],
  totalFooter: none,
  words: { excused: ["ex"], missing: ["m"] },
  rules: {
    passPercent: 50,
    missingCountsAs: "zero",
    totalDecimals: 1,
    classFiguresFrom: 5,
    fallPercent: 10,
    attendancePercent: 90,
  },
};

let sent: RecordMarks[] = [];
let outcome: RecordedMarks["cells"][number]["result"];
let marks: SheetMarks;
let person = 0;

beforeEach(async () => {
  sent = [];
  mockIPC((_command, payload) => {
    const { operation, input } = payload as { operation: string; input: RecordMarks };
    if (operation === "gradebook.mark_sheet") return stored;
    sent.push(input);
    const cells = input.cells.map(({ student, assessment }) => ({ student, assessment, result: outcome }));
    return {
      cells,
      totals: [{ student: "ada", percent: 67.5, grade: "B", passed: true }],
      footers: [],
      totalFooter: { ...none, n: 1 },
      undo: "u",
    } satisfies RecordedMarks;
  });
  person += 1;
  marks = sheetMarks(`person ${person}`, "c", "t");
  await queries.fetchQuery({ ...marks.asked, queryFn: marks.load });
});
afterEach(() => {
  forgetKeptEdits();
  queries.clear();
  clearMocks();
});

const type = async (row: string, text: string) => {
  marks.begin([{ row, column: "a" }]);
  marks.kept.keep([{ row, column: "a", text }]);
  await marks.kept.flush();
};

describe("the marks of a sheet", () => {
  it("are saved with the version that was seen, and none where the cell was empty", async () => {
    outcome = { outcome: "saved", version: 4, state: "marked", text: "13.5" };
    await type("ada", "13,50");
    await type("bob", "7");
    expect(sent.map(({ cells }) => cells[0]?.seenVersion)).toEqual([3, undefined]);
    await type("ada", "14");
    expect(sent[2]?.cells[0]?.seenVersion).toBe(4);
  });

  it("show how they are stored, and the totals that follow", async () => {
    outcome = { outcome: "saved", version: 4, state: "marked", text: "13.5" };
    await type("ada", "13,50");
    const sheet = queries.getQueryData<MarkSheet>(marks.asked.queryKey);
    expect(sheet?.marks[0]?.text).toBe("13.5");
    expect(sheet?.totals[0]?.percent).toBe(67.5);
    expect(marks.isStored({ row: "ada", column: "a", text: "13,50", state: "saved", at: 0 })).toBe(true);
  });

  it("keep both values of a conflict; what is typed next replaces the other's", async () => {
    outcome = {
      outcome: "conflict",
      current: { text: "18", state: "marked", version: 9, by: "Mina Okoye", at: "2026-11-21T10:00:00Z" },
    };
    await type("ada", "14");
    const edit = marks.kept.get("ada", "a");
    expect(edit).toMatchObject({ text: "14", state: "conflict" });
    expect(edit?.reason).toContain("Mina Okoye");
    expect(marks.conflict("ada", "a")?.text).toBe("18");
    outcome = { outcome: "saved", version: 10, state: "marked", text: "14" };
    await type("ada", "14");
    expect(sent[1]?.cells[0]?.seenVersion).toBe(9);
    expect(marks.conflict("ada", "a")).toBeUndefined();
  });

  it("stay as typed where they are refused, with the reason in the catalogue's words", async () => {
    outcome = { outcome: "refused", code: "above_maximum", message: { key: "refusals.test", values: {}, text: "x" } };
    await type("ada", "200");
    expect(marks.kept.get("ada", "a")).toMatchObject({ text: "200", state: "refused", reason: "The maximum is 20." });
  });
});
