// No screen names a table: what makes an answer old is said once, in the table of operations.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** What is kept and is no answer of an operation: rows that are here already, the palette, a file, the updater. */
const others = ["rows", "palette", "artifact", "can_update"];
const byHand = /queryKey(?:: |=\{)\[\s*[`"](?<first>\w+)/g;

function* files(below) {
  for (const name of readdirSync(below)) {
    const file = path.join(below, name);
    if (statSync(file).isDirectory()) yield* files(file);
    else if (/(?<!\.test)\.tsx?$/.test(name)) yield file;
  }
}

it("asks only by the queries of the bindings", () => {
  const found = [...files(path.join(import.meta.dirname, ".."))].flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(byHand)]
      .filter(({ groups }) => !others.includes(groups.first))
      .map(({ groups }) => `${file}: ${groups.first}`),
  );
  expect(found).toEqual([]);
  expect([...'useQuery({ queryKey: ["students", school] })'.matchAll(byHand)]).toHaveLength(1);
});
