import { describe, expect, it } from "vitest";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import { classChoices, classValue, decisionOf, ownDecision, studentChoices, undecided, valueFor } from "./outcomes";

const row = (title: string, gradeLevel: string | null) => ({
  class: title,
  title,
  gradeLevel,
  students: 20,
  outcome: "moves" as const,
  to: "8A",
  by: "rule" as const,
  otherwise: 0,
  unresolved: 0,
});
const plan: RolloverPlan = {
  classes: [row("7A", "7"), row("7B", "7"), row("8A", "8")],
  homerooms: ["7A", "7B", "8A"],
  newClasses: 3,
  newCourses: 0,
  newGradePlaces: 0,
  grades: [],
  counts: { students: 60, moves: 60, repeats: 0, leaves: 0, graduates: 0, unresolved: 0, done: 0 },
};
const values = (choices: ReturnType<typeof studentChoices>) =>
  choices.map(({ items }) => items.map(({ value }) => value));

describe("what may be decided", () => {
  it("goes into a field and comes back, whatever is in a title", () => {
    for (const decision of [
      { outcome: "moves", title: "Year 7: Blue" },
      { outcome: "repeats", title: "leaves" },
      { outcome: "leaves", title: null },
      { outcome: "graduates", title: null },
      { outcome: null, title: null },
    ] as const)
      expect(decisionOf(valueFor(decision))).toEqual(decision);
  });

  it("is for a homeroom one of the new year's, or an end, or the rule; nobody repeats as a class", () => {
    expect(values(classChoices({ to: null }, plan.homerooms))).toEqual([
      ["moves:7A", "moves:7B", "moves:8A"],
      ["graduates", "leaves", undecided],
    ]);
    expect(classValue({ outcome: null, to: null })).toBeNull();
  });

  it("keeps in sight what was decided and is not there any more", () => {
    expect(values(classChoices({ to: "9Z" }, ["8A"]))[0]).toEqual(["moves:9Z", "moves:8A"]);
    const own = ownDecision({ by: "student", outcome: null, to: "9Z" });
    expect(own).toEqual({ outcome: "moves", title: "9Z" });
    expect(values(studentChoices(plan.classes[0], plan, { own }))[0]?.[0]).toBe("moves:9Z");
  });

  it("lets a student repeat in the homeroom of the same title first, then in those of the grade level", () => {
    expect(values(studentChoices(plan.classes[1], plan))[1]).toEqual(["repeats:7B", "repeats:7A"]);
    expect(values(studentChoices(undefined, plan))[1]).toEqual(["repeats:7A", "repeats:7B", "repeats:8A"]);
  });

  it("names what the homeroom does where nothing is decided about the student", () => {
    const last = (home: RolloverPlan["classes"][number] | undefined) =>
      studentChoices(home, plan).at(-1)?.items.at(-1)?.label;
    expect(last(plan.classes[0])).toBe("As the homeroom: 8A");
    expect(last({ ...row("7C", null), outcome: null, to: null })).toBe("As the homeroom: nothing");
    expect(last(undefined)).toBe("Nothing decided");
    expect(ownDecision({ by: "class", outcome: "moves", to: "8A" })).toEqual({ outcome: null, title: null });
  });
});
