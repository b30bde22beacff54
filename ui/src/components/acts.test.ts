import { describe, expect, it } from "vitest";
import type { ActWords } from "../bindings/ActWords";
import { actText, whyNotText } from "./acts";

const act = (operation: string, rest: Partial<ActWords> = {}): ActWords => ({
  operation,
  kind: "update",
  name: null,
  place: null,
  day: null,
  count: 1,
  ...rest,
});

describe("actText", () => {
  it.each<[ActWords, string]>([
    [act("people.save_student", { kind: "insert", name: "Ann Lee", place: "7B" }), "Ann Lee added to 7B"],
    [act("people.save_student", { kind: "insert", name: "Ann Lee" }), "Ann Lee added"],
    [act("people.save_student", { name: "Ann Lee" }), "Ann Lee changed"],
    [act("classes.move_students", { kind: "insert", place: "7B", count: 30 }), "30 students moved to 7B"],
    [
      act("gradebook.record_marks", { name: "Ann Lee", place: "Test 1, Mathematics 7A" }),
      "Mark of Ann Lee in Test 1, Mathematics 7A",
    ],
    [act("accounts.save_user", { name: "Ben Otieno" }), "User Ben Otieno and roles changed"],
    [act("schools.save_settings", { kind: "insert" }), "Settings changed"],
    [
      act("attendance.take_register", { kind: "insert", place: "7B", day: "2026-10-14" }),
      "Register of 7B taken, Oct 14, 2026",
    ],
    [act("something_of_tomorrow", { count: 3 }), "3 changes"],
  ])("%j", (words, sentence) => expect(actText(words).replace("14 Oct 2026", "Oct 14, 2026")).toBe(sentence));
});

describe("whyNotText", () => {
  it("says who did what since", () => {
    const why = whyNotText({
      reason: "used_since",
      by: "Ben Otieno",
      at: "2026-10-14T08:00:00Z",
      act: act("classes.enrol_students", { kind: "insert", name: "Ann Lee", place: "7B" }),
    });
    expect(why).toMatch(/^Something else uses it by now\. Ben Otieno, .*: Ann Lee added to 7B\.$/);
  });
  it("says what is never undone", () =>
    expect(whyNotText({ reason: "password" })).toBe("A former password is not kept."));
});
