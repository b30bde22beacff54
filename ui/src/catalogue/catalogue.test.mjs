// The catalogue and the code of the screens, held against each other; and every fault that this would
// find, in a piece that has it.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { against, reads, useOf } from "./check.mjs";
import { folder, written } from "./keys.mjs";

const source = path.join(import.meta.dirname, "..");
const json = (language) => readFileSync(path.join(folder, `${language}.json`), "utf8");
const english = JSON.parse(json("en"));
const languages = readdirSync(folder).map((name) => name.replace(".json", ""));

/** What each language besides English must have whole; for the rest of the screens English stands in. */
const proved = [
  "accounts.lock",
  "accounts.required",
  "accounts.signIn",
  "attendance.absent",
  "attendance.day",
  "attendance.history",
  "attendance.meaning",
  "attendance.offDay",
  "attendance.register",
  "attendance.registers",
  "attendance.source",
  "attendance.summary",
  "attendance.views",
  "common",
  "errors",
  "frame",
  "gradebook",
  "language",
  "paper",
  "refusals.accounts",
  "refusals.attendance",
  "refusals.common",
  "refusals.gone",
  "refusals.gradebook",
  "refusals.reports",
  "reports",
  "sheet",
];
const whole = { ar: proved, hi: proved };
/** Texts that are the same in English and in another language. */
const same = new Set(["ltr", "DD/MM/YYYY", "MM/DD/YYYY", "YYYY-MM-DD"]);

function* files(below) {
  for (const name of readdirSync(below)) {
    const file = path.join(below, name);
    if (statSync(file).isDirectory()) {
      if (name !== "bindings" && name !== "test") yield* files(file);
    } else if (/\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && name !== "keys.ts") yield file;
  }
}
/** The sections that Rust says, by functions of their keys' names; `language` it reads by itself. */
const ofRust = new Set(["cli", "faults", "language", "paper", "refusals"]);
const ofScreens = Object.fromEntries(Object.entries(english).filter(([section]) => !ofRust.has(section)));

function* rustFiles(below) {
  for (const name of readdirSync(below)) {
    const file = path.join(below, name);
    if (statSync(file).isDirectory()) {
      if (name !== "tests" && name !== "target") yield* rustFiles(file);
    } else if (name.endsWith(".rs")) yield file;
  }
}
function* keysOf(texts, at) {
  for (const [name, text] of Object.entries(texts)) {
    const key = `${at}.${name}`;
    if (typeof text === "string") yield key.replace(/_(zero|one|two|few|many|other)$/, "");
    else yield* keysOf(text, key);
  }
}
/** How Rust names a key, by its last two parts. */
const inRust = (key) =>
  key
    .split(".")
    .slice(-2)
    .map((part) => part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`))
    .join("::");

const screens = [...files(source)].map((file) => reads(path.relative(source, file), readFileSync(file, "utf8")));

describe("the catalogue", () => {
  it("has the keys that are typed: `npm run keys` writes them", () => {
    expect(readFileSync(path.join(import.meta.dirname, "keys.ts"), "utf8")).toBe(written());
  });

  it("is written as every tool writes it", () => {
    for (const language of languages)
      expect(json(language)).toBe(`${JSON.stringify(JSON.parse(json(language)), null, 2)}\n`);
  });

  it("has every text that is asked for, and none that is not", () => {
    expect(useOf(ofScreens, screens)).toEqual([]);
  });

  it("has no text of Rust that Rust does not say", () => {
    const house = path.join(source, "../..");
    const below = [path.join(house, "crates"), path.join(house, "src-tauri")];
    const code = below.flatMap((at) => [...rustFiles(at)].map((file) => readFileSync(file, "utf8")));
    const said = code.join("").replace(/\s/g, "");
    const says = (key) => ["(", ")", ","].some((after) => said.includes(`${inRust(key)}${after}`));
    const keys = [...ofRust].filter((section) => section !== "language" && english[section] !== undefined);
    const idle = keys.flatMap((section) => [...keysOf(english[section], section)]).filter((key) => !says(key));
    expect(idle).toEqual([]);
  });

  it("is the only place where the screens have words", () => {
    expect(screens.flatMap(({ faults }) => faults)).toEqual([]);
  });

  it("says the same in every language, in its own plurals", () => {
    for (const language of languages)
      expect(
        against(english, JSON.parse(json(language)), {
          language,
          whole: whole[language] ?? [],
          same: language === "en" ? all : same,
        }),
      ).toEqual([]);
  });
});

/** English is the English text. */
const all = { has: () => true };
const page = (inside) => reads("page.tsx", `export const Page = () => <p>{${inside}}</p>;`).faults;

describe("what it finds", () => {
  it("a word between tags, by a condition, in a property", () => {
    expect(reads("page.tsx", "const a = <p>Save all</p>;").faults).toEqual([
      "page.tsx:1: “Save all” is not in the catalogue",
    ]);
    expect(page('busy ? "Saving" : t("common.save")')).toEqual(["page.tsx:1: “Saving” is not in the catalogue"]);
    for (const name of ["label", "title", "aria-label", "placeholder"])
      expect(reads("page.tsx", `const a = <Box ${name}="Class" />;`).faults).toEqual([
        "page.tsx:1: “Class” is not in the catalogue",
      ]);
    expect(reads("page.tsx", "const a = <Box title={`${count} pupils`} />;").faults).toHaveLength(1);
    expect(reads("list.ts", 'const columns = [{ header: "Name" }];').faults).toHaveLength(1);
  });

  it("a sentence anywhere, but not what programmers read", () => {
    expect(reads("a.ts", 'refuse("Nothing was saved");').faults).toEqual([
      "a.ts:1: “Nothing was saved” is not in the catalogue",
    ]);
    expect(reads("a.ts", "refuse(`Nothing was saved of ${name}`);").faults).toHaveLength(1);
    expect(
      reads("a.ts", 'throw new Error("The router has no page"); console.error("The door is shut");').faults,
    ).toEqual([]);
  });

  it("texts that are glued", () => {
    const glued = ["page.tsx:1: texts are glued: say it in one text with values"];
    expect(page('t("a.b") + t("a.c")')).toEqual(glued);
    expect(page("`${t('a.b')} ${t('a.c')}`")).toEqual(glued);
    expect(page("`${t('a.b')} and ${name}`")).toContain(glued[0]);
    expect(page("`${t('a.b')} · ${name}`")).toEqual([]);
  });

  it("a text that is said before the language is known", () => {
    expect(reads("a.ts", "const title = t('a.title');").faults).toEqual([
      "a.ts:1: is said once for all, whatever language is chosen later",
    ]);
    expect(reads("a.ts", "const title = () => t('a.title');").faults).toEqual([]);
  });

  it("a text that is not there, and one that nobody asks for", () => {
    const ask = reads(
      "a.ts",
      "t('a.gone'); t(`a.kinds.${kind}`); named('a.words', word); t(some ? 'a.one' : 'a.more', { count });",
    );
    const catalogue = {
      a: { one: "One", more_one: "1", more_other: "{{count}}", kinds: { x: "X" }, words: { y: "Y" }, idle: "Idle" },
    };
    expect(useOf(catalogue, [ask])).toEqual([
      "a.gone is asked for and is not in the catalogue",
      "a.idle is in the catalogue and nobody asks for it",
    ]);
  });

  it("a language that lacks a text, a plural, a value, or has too many, or is English", () => {
    const ours = {
      a: { name: "Name", of: "Marks of {{name}}", rows_one: "{{count}} row", rows_other: "{{count}} rows" },
    };
    const arabic = (a) => against(ours, { a }, { language: "ar", whole: ["a"], same: new Set() });
    const rows = Object.fromEntries(
      ["zero", "one", "two", "few", "many", "other"].map((form) => [`rows_${form}`, "{{count}} صف"]),
    );
    const { rows_many: _, ...lacking } = rows;
    expect(arabic({ name: "الاسم", of: "درجات {{name}}", ...rows })).toEqual([]);
    expect(arabic({ name: "الاسم", of: "درجات {{name}}", ...lacking })).toEqual(["ar: a.rows_many is missing"]);
    expect(arabic({ of: "درجات {{name}}", ...rows })).toEqual(["ar: a.name is missing"]);
    expect(arabic({ name: "Name", of: "درجات {{nam}}", ...rows, old: "قديم" })).toEqual([
      "ar: a.name is the English text",
      "ar: a.of lacks {{name}}",
      "ar: a.of has {{nam}}, which nobody gives",
      "ar: a.old is in no other language",
    ]);
  });
});
