import { clearMocks, mockIPC } from "@tauri-apps/api/mocks";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SavedComments } from "../../bindings/SavedComments";
import type { SaveComments } from "../../bindings/SaveComments";
import { forgetKeptEdits } from "../../components/sheet/keptEdits";
import { queries } from "../../session/queries";
import { classComments, columnOf } from "./comments";

let sent: SaveComments[] = [];
let result: SavedComments["results"][number];

beforeEach(() => {
  sent = [];
  mockIPC((_command, payload) => {
    const { operation, input } = payload as { operation: string; input: SaveComments };
    if (operation === "gradebook.report_comments") {
      return {
        students: [],
        courses: [],
        comments: [{ student: "ada", kind: "course", course: "m", body: "Good.", version: 2 }],
        classTeacherWritable: true,
        principalWritable: false,
        longestCourse: 200,
        longestGeneral: 400,
      };
    }
    sent.push(input);
    return { results: input.comments.map(() => result), undo: null };
  });
});
afterEach(() => {
  forgetKeptEdits();
  queries.clear();
  clearMocks();
});

describe("comments", () => {
  it("are saved with whose they are and the version that was seen", async () => {
    const comments = classComments("one", "7B", "autumn");
    await comments.load();
    result = { outcome: "saved", version: 3 };
    comments.write("ada", columnOf("course", "m"), "Very good.");
    await comments.kept.flush();
    comments.write("ada", columnOf("class_teacher", null), "Kind.");
    await comments.kept.flush();
    expect(sent.map(({ comments: [first] }) => first)).toEqual([
      { student: "ada", kind: "course", course: "m", body: "Very good.", seenVersion: 2 },
      { student: "ada", kind: "class_teacher", body: "Kind." },
    ]);
  });

  it("keep both texts of a conflict until one is chosen", async () => {
    const comments = classComments("two", "7B", "autumn");
    await comments.load();
    const column = columnOf("course", "m");
    result = { outcome: "conflict", current: { body: "Excellent.", version: 5 } };
    comments.write("ada", column, "Very good.");
    await comments.kept.flush();
    expect(comments.kept.get("ada", column)).toMatchObject({ text: "Very good.", state: "conflict" });
    expect(comments.conflict("ada", column)).toBe("Excellent.");
    result = { outcome: "saved", version: 6 };
    comments.write("ada", column, "Very good.");
    await comments.kept.flush();
    expect(sent[1]?.comments[0]?.seenVersion).toBe(5);
    expect(comments.conflict("ada", column)).toBeUndefined();
  });
});
