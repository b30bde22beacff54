import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { ClassKind } from "../../bindings/ClassKind";
import { objections, show } from "../../test/render";
import { choicesByKind, classesInShort, ClassesInShort } from "./kinds";

const of = (title: string, kind: ClassKind) => ({ title, kind });
const many = [of("Chess", "group"), of("7A", "homeroom"), of("Maths 1", "group")];

describe("the classes of a student", () => {
  it("are named in few letters, the homeroom first", () => {
    expect(classesInShort(many)).toBe("7A +2");
    expect(classesInShort([of("Chess", "group")])).toBe("Chess");
    expect(classesInShort([])).toBe("");
  });

  it("are all told on hover, and to who listens", async () => {
    const { container } = show(<ClassesInShort classes={many} />, { rtl: true });
    expect(screen.getByTitle("7A, Chess, Maths 1")).toBeInTheDocument();
    expect(screen.getByText("7A +2")).toHaveAttribute("aria-hidden");
    expect(screen.getByText("7A, Chess, Maths 1")).toBeInTheDocument();
    expect(await objections(container)).toEqual([]);
  });
});

it("choices stand under their kind only where there are both", () => {
  const choice = (value: string, kind: ClassKind) => ({ value, label: value, kind });
  expect(choicesByKind([choice("set", "group"), choice("7A", "homeroom")])).toEqual([
    { group: "Homerooms", items: [{ value: "7A", label: "7A" }] },
    { group: "Groups", items: [{ value: "set", label: "set" }] },
  ]);
  expect(choicesByKind([choice("set", "group")])).toEqual([{ value: "set", label: "set" }]);
});
