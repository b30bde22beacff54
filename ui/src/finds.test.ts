import { describe, expect, it } from "vitest";
import { findOptions, finds } from "./finds";

describe("finds", () => {
  it.each([
    ["munoz", "José Muñoz"],
    ["JOS mun", "José Muñoz"],
    ["munoz jose", "José Muñoz"],
    ["mueller", "Jürgen Müller"],
    ["müller", "Dilek Mueller"],
    ["mueller", "Hugo Muller"],
    ["obrien", "Erin O'Brien"],
    ["annalena", "Anna-Lena Groß"],
    ["gross", "Anna-Lena Groß"],
    ["王小明", "小明 王"],
    ["田中太郎", "太郎 田中"],
    ["김민준", "민준 김"],
    ["soeren", "Søren"],
    ["lukasz zolty", "Łukasz Żółty"],
    ["محمد", "مُحَمَّد علي"],
    ["कम", "कमल"],
    ["7b", "7B"],
    ["", "anybody"],
    ["  ", "anybody"],
  ])("%s in %s", (typed, text) => expect(finds(typed, text)).toBe(true));

  it.each([
    ["lee", "Ann Li"],
    ["ann lee", "Ann Li"],
    ["आरवी", "आरव शर्मा"],
  ])("not %s in %s", (typed, text) => expect(finds(typed, text)).toBe(false));

  it("looks in all texts of a row", () => {
    expect(finds("lee 1003", "Ann Lee", null, "1003", undefined)).toBe(true);
  });
});

describe("options of a field", () => {
  const option = (label: string) => ({ value: label, label });

  it("are found with the names in either order, and keep their groups", () => {
    const options = [
      option("Abdullah, Hala"),
      { group: "6C", items: [option("Müller, Hugo"), option("Lee, Ann")] },
      { group: "6D", items: [option("Lee, Bo")] },
    ];
    const found = (search: string) => findOptions({ options, search, limit: 20 });
    expect(found("hala abdullah")).toEqual([options[0]]);
    expect(found("hugo mueller")).toEqual([{ group: "6C", items: [option("Müller, Hugo")] }]);
    expect(found("")).toEqual(options);
  });
});
