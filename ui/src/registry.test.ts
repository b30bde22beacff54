import { expect, it } from "vitest";
import { railEntries } from "./registry";

const paths = (...held: string[]) => railEntries(held).map(({ path }) => path);

it("the rail shows a student what a student may call, and staff the list that leads to more", () => {
  expect(paths("people.student")).toContain("/me");
  expect(paths("people.student")).not.toContain("/students");
  const office = paths("people.student", "people.list_students", "upkeep.recent_changes");
  expect(office).toContain("/students");
  expect(office).not.toContain("/me");
});

it("the rail shows what changed to whoever may read it", () => {
  expect(paths("upkeep.recent_changes")).toContain("/changes");
  expect(paths("people.student")).not.toContain("/changes");
});
