import { describe, expect, it } from "vitest";
import { Teachers } from "./grid";

const person = (id: string, name: string) => ({ id, name, listName: name });
const teachers = new Teachers([
  person("b", "Ben Otieno"),
  person("c", "Chloë Dubois"),
  person("a", "Ann Lee"),
  person("a2", "Ann Lee"),
  person("d", "Ben Dubois"),
]);

describe("what a cell of the grid says", () => {
  it("tells a course of nobody from none", () => {
    expect([teachers.text(null), teachers.text([]), teachers.text(["b", "c"])]).toEqual([
      "",
      "–",
      "Ben Otieno; Chloë Dubois",
    ]);
    expect([teachers.read(" "), teachers.read("-"), teachers.read("–")]).toEqual([
      { teachers: null },
      { teachers: [] },
      { teachers: [] },
    ]);
  });
  it("is read by a part of a name, whatever its accents", () => {
    expect(teachers.read("otie; chloe")).toEqual({ teachers: ["b", "c"] });
    expect(teachers.read("Ben Otieno;ben otieno")).toEqual({ teachers: ["b"] });
  });
  it("guesses nobody", () => {
    expect(teachers.read("ben")).toEqual({
      reason: "several of the staff are called “ben”: type more of the name",
    });
    expect(teachers.read("otieno; Zoe")).toEqual({ reason: "nobody of the staff is called “Zoe”" });
  });
  it("tells two of one name apart", () => {
    expect(teachers.text(["a", "a2"])).toBe("Ann Lee; Ann Lee (2)");
    expect(teachers.read("Ann Lee (2)")).toEqual({ teachers: ["a2"] });
    expect(teachers.read("Ann Lee")).toEqual({ teachers: ["a"] });
  });
  it("proposes who the last name may mean, beside those before", () => {
    expect(teachers.complete("otieno; dub")).toEqual([
      { label: "Chloë Dubois", text: "otieno; Chloë Dubois" },
      { label: "Ben Dubois", text: "otieno; Ben Dubois" },
    ]);
    expect([teachers.complete(""), teachers.complete("ben;"), teachers.complete("-")]).toEqual([[], [], []]);
  });
});
