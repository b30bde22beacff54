import { afterEach, describe, expect, it } from "vitest";
import { adoptConventions, type Conventions } from "./conventions";
import { byName, byTitle, fullName, inOneLine, listName } from "./names";

const write = (nameOrder: Conventions["nameOrder"]) =>
  adoptConventions({ dayOrder: "day_first", nameOrder, today: "2026-11-29" });
afterEach(() => adoptConventions(null));

const people = [
  { givenName: "Zoë", familyName: "Aubert" },
  { givenName: "Aarav", familyName: "Sharma" },
  { givenName: "Élodie", familyName: "Muñoz" },
];

describe("names", () => {
  it("stand in lists in the school's order, and are sorted by the same", () => {
    write("family_first");
    expect(people.toSorted(byName).map((one) => listName(one))).toEqual([
      "Aubert, Zoë",
      "Muñoz, Élodie",
      "Sharma, Aarav",
    ]);
    write("given_first");
    expect(people.toSorted(byName).map((one) => listName(one))).toEqual(["Aarav Sharma", "Élodie Muñoz", "Zoë Aubert"]);
  });
  it("say how somebody is called, and leave out what is blank", () => {
    expect(listName({ givenName: "Mina", familyName: "Okonkwo", preferredName: "Mimi" })).toBe("Okonkwo, Mina (Mimi)");
    expect(listName({ givenName: "Pelé", familyName: "" })).toBe("Pelé");
    expect(fullName({ givenName: "Mina", familyName: "Okonkwo" })).toBe("Mina Okonkwo");
  });
  it("stay apart where several stand in one line", () => {
    write("family_first");
    expect(inOneLine(people.slice(0, 2).map((one) => listName(one)))).toBe("Aubert, Zoë; Sharma, Aarav");
    write("given_first");
    expect(inOneLine(people.slice(0, 2).map((one) => listName(one)))).toBe("Zoë Aubert, Aarav Sharma");
  });
});

it("titles are sorted as people count", () => {
  expect(["10A", "2B", "Year 11", "1", "Year 2", "2a"].toSorted(byTitle)).toEqual([
    "1",
    "2a",
    "2B",
    "10A",
    "Year 2",
    "Year 11",
  ]);
});
