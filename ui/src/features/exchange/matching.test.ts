import { describe, expect, it } from "vitest";
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import { fieldOf, fieldsOf, kinds, lacking, match, ownField } from "./matching";

const nothing = {
  ...Object.fromEntries(
    Object.values(fieldsOf)
      .flat()
      .map((field) => [field, null]),
  ),
  marksOf: [],
  own: {},
} as unknown as ColumnMatching;

describe("match", () => {
  it("gives a column to one field only", () => {
    const once = match(nothing, "Adm no", "number");
    expect(fieldOf(once, "Adm no")).toBe("number");
    const moved = match(once, "Adm no", "phone");
    expect([moved.number, moved.phone]).toEqual([null, "Adm no"]);
  });
  it("takes a field from the column that had it", () => {
    const other = match(match(nothing, "A", "number"), "B", "number");
    expect([fieldOf(other, "A"), fieldOf(other, "B")]).toEqual([null, "number"]);
  });
  it("gives a column to a field that the school made, and takes it from there again", () => {
    const once = match(match(nothing, "Bus", "phone"), "Bus", ownField("f"));
    expect([once.phone, once.own, fieldOf(once, "Bus")]).toEqual([null, { f: "Bus" }, "own:f"]);
    expect(match(once, "Bus stop", ownField("f")).own).toEqual({ f: "Bus stop" });
    const moved = match(once, "Bus", "number");
    expect([moved.number, moved.own]).toEqual(["Bus", {}]);
  });
  it("takes several columns as the marks of their subjects", () => {
    const two = match(match(nothing, "Art", "marksOf"), "Music", "marksOf");
    expect([two.marksOf, fieldOf(two, "Art")]).toEqual([["Art", "Music"], "marksOf"]);
    expect(lacking("marks", match(two, "No", "number"))).toEqual([]);
    expect(match(two, "Art", "class").marksOf).toEqual(["Music"]);
  });
  it("forgets a column that is not imported", () =>
    expect(match(match(nothing, "A", "sex"), "A", null)).toEqual(nothing));
});

describe("lacking", () => {
  it("asks for a number and any name", () => {
    expect(lacking("students", nothing)).toEqual(["number", "name"]);
    expect(lacking("students", match(match(nothing, "A", "number"), "B", "family"))).toEqual([]);
    expect(lacking("students", match(match(nothing, "A", "number"), "B", "fullName"))).toEqual([]);
  });
});

describe("kinds of lists", () => {
  it("ask each for what it cannot do without", () => {
    expect(kinds.map((kind) => lacking(kind, nothing))).toEqual([
      ["number", "name"],
      ["name"],
      ["class"],
      ["class", "subject"],
      ["student", "class"],
      ["student", "guardian"],
      ["student", "subject", "mark"],
      ["student", "day", "attendance"],
    ]);
    expect(lacking("enrolments", match(match(nothing, "A", "fullName"), "B", "class"))).toEqual([]);
    expect(lacking("guardians", match(match(nothing, "A", "number"), "B", "guardianFamily"))).toEqual([]);
  });
  it("move a column between fields of another kind than students too", () =>
    expect(fieldOf(match(match(nothing, "A", "teachers"), "A", "subject"), "A")).toBe("subject"));
});
