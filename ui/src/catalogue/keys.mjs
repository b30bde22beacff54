// Writes `keys.ts` from the English catalogue: every key with the names of the values that its text
// takes, so that a text that does not exist, or a value that is missing, fails the type check.
// `npm run keys` does it, and so does `cargo xtask bindings`; a test compares.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Where the languages are, a file each. */
export const folder = path.join(import.meta.dirname, "../../../crates/words/catalogue");
const file = path.join(import.meta.dirname, "keys.ts");
const english = () => JSON.parse(readFileSync(path.join(folder, "en.json"), "utf8"));

/** Parts of the catalogue that are spoken by Rust alone: on paper, on the command line. */
export const elsewhere = new Set(["cli", "faults", "letters", "log", "mail", "paper"]);

const forms = /_(zero|one|two|few|many|other)$/;

/** Every text of a catalogue by its whole key, a plural once for each of its forms. */
export function texts(catalogue, above = "") {
  return Object.entries(catalogue).flatMap(([name, inner]) =>
    typeof inner === "string" ? [[above + name, inner]] : texts(inner, `${above}${name}.`),
  );
}

/** The key by which the screens ask for a text: of all forms of a plural the same. */
export function askedBy(key, all) {
  const plain = key.replace(forms, "");
  return plain !== key && all.has(`${plain}_other`) ? plain : key;
}

/** The names of the values in a text. */
export function valuesOf(text) {
  return [...text.matchAll(/\{\{(\w+)(?:, ?\w+)?\}\}/g)].map(([, name]) => name);
}

/** Every key that screens may ask for, with the names of its values. */
export function keys(catalogue = english()) {
  const all = new Map(texts(catalogue).filter(([key]) => !elsewhere.has(key.split(".")[0])));
  const found = new Map();
  for (const [key, text] of all) {
    const asked = askedBy(key, all);
    const names = found.get(asked) ?? new Set(asked === key ? [] : ["count"]);
    for (const name of valuesOf(text)) names.add(name);
    found.set(asked, names);
  }
  return found;
}

/** The file as it must be. */
export function written() {
  const found = keys();
  const sections = new Set(
    [...found.keys()].flatMap((key) => key.split(".").map((_, at, parts) => parts.slice(0, at).join("."))),
  );
  sections.delete("");
  const lines = [...found].map(
    ([key, names]) => `  "${key}": ${[...names].map((name) => `"${name}"`).join(" | ") || "never"};`,
  );
  return [
    "// Written from the catalogue by `npm run keys`; a test compares. Do not edit.",
    "",
    "/** Every text of the screens, with the names of the values that it takes. */",
    "export interface Texts {",
    ...lines,
    "}",
    "",
    "/** Every part of the catalogue that holds texts. */",
    "export type Section =",
    `${[...sections].map((section) => `  | "${section}"`).join("\n")};`,
    "",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(file, written());
