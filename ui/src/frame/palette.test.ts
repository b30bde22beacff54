import { expect, it } from "vitest";
import { matching } from "./Palette";

const action = (label: string, keywords = "") => ({ id: label, label, path: "/", keywords, keys: undefined });

it("puts what is called as it was typed before what only has to do with it", () => {
  const all = [action("Students"), action("Report cards", "marks comments"), action("Marks")];
  const { first, others } = matching(all, "mar");
  expect(first.map(({ label }) => label)).toEqual(["Marks"]);
  expect(others.map(({ label }) => label)).toEqual(["Report cards"]);
  expect(matching(all, "").others).toHaveLength(3);
});
