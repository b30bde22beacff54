import { describe, expect, it } from "vitest";
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import { fieldOf, fields, lacking, match } from "./matching";

const nothing = Object.fromEntries(fields.map((field) => [field, null])) as ColumnMatching;

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
  it("forgets a column that is not imported", () =>
    expect(match(match(nothing, "A", "sex"), "A", null)).toEqual(nothing));
});

describe("lacking", () => {
  it("asks for a number and any name", () => {
    expect(lacking(nothing)).toEqual(["number", "name"]);
    expect(lacking(match(match(nothing, "A", "number"), "B", "family"))).toEqual([]);
    expect(lacking(match(match(nothing, "A", "number"), "B", "fullName"))).toEqual([]);
  });
});
