// What the catalogue and the code of the screens must be to each other. `catalogue.test.mjs` asks it of
// all of them, and shows each fault found in a piece that has it.
import { parseSync } from "rolldown/utils";
import { askedBy, elsewhere, texts, valuesOf } from "./keys.mjs";

/** Properties that people see or hear. */
const spoken = new Set([
  "label",
  "title",
  "aria-label",
  "placeholder",
  "description",
  "alt",
  "message",
  "tooltip",
  "header",
]);
/** What is called the same in every language. */
const names = new Set(["Homeroom"]);
/** Functions that take a key: what they are given are keys, or a part of the catalogue and a name in it. */
const asking = new Set(["t", "named"]);

/** Every node of a tree, with its parents, the nearest last. */
function* nodes(node, above = []) {
  if (Array.isArray(node)) {
    for (const one of node) yield* nodes(one, above);
    return;
  }
  if (node === null || typeof node !== "object" || typeof node.type !== "string") return;
  yield [node, above];
  const under = [...above, node];
  for (const [name, inner] of Object.entries(node)) if (name !== "parent") yield* nodes(inner, under);
}

/** What one file says: the keys that it asks for, as patterns, and what it says past the catalogue. */
export function reads(name, code) {
  const { program, errors } = parseSync(name, code, { lang: name.endsWith("x") ? "tsx" : "ts" });
  if (errors.length > 0) throw new Error(`${name}: ${errors[0].message}`);
  const asked = [];
  const words = new Set();
  const faults = [];
  const fault = (node, why) => faults.push(`${name}:${code.slice(0, node.start).split("\n").length}: ${why}`);
  for (const [node, above] of nodes(program)) {
    const parent = above.at(-1);
    if (node.type === "Literal" && typeof node.value === "string") words.add(node.value);
    if (node.type === "TemplateElement") words.add(node.value.cooked);
    if (node.type === "CallExpression" && asking.has(calledName(node))) {
      if (!above.some(({ type }) => /Function/.test(type)))
        fault(node, "is said once for all, whatever language is chosen later");
      const [first] = node.arguments;
      const named = calledName(node) === "named";
      for (const pattern of patterns(first)) asked.push(named ? `${pattern}.**` : pattern);
    }
    if (node.type === "JSXText" && isSentence(node.value) && !names.has(node.value.trim()))
      fault(node, `“${node.value.trim()}” is not in the catalogue`);
    const shown = shownBy(node, parent);
    for (const text of literals(shown))
      if (isSentence(text) && !names.has(text)) fault(node, `“${text}” is not in the catalogue`);
    if (shown === undefined && beginsSentence(node) && !above.some(isForProgrammers))
      fault(node, `“${node.value.cooked ?? node.value}” is not in the catalogue`);
    if (isGlued(node)) fault(node, "texts are glued: say it in one text with values");
  }
  return { asked, words, faults };
}

const calledName = ({ callee }) => (callee.type === "Identifier" ? callee.name : undefined);

/** What a key may be: a word for each literal, `*` for what is put in. */
function patterns(node) {
  switch (node?.type) {
    case "Literal":
      return [String(node.value)];
    case "TemplateLiteral":
      return node.quasis.reduce(
        (all, { value }, at) => {
          const inner = at === 0 ? [""] : patterns(node.expressions[at - 1]);
          return all.flatMap((before) => inner.map((one) => before + one + value.cooked));
        },
        [""],
      );
    case "ConditionalExpression":
      return [...patterns(node.consequent), ...patterns(node.alternate)];
    case "LogicalExpression":
      return [...patterns(node.left), ...patterns(node.right)];
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "ParenthesizedExpression":
      return patterns(node.expression);
    default:
      return ["*"];
  }
}

/** The literals that an expression may be, those in a call or a comparison not. */
function* literals(node) {
  switch (node?.type) {
    case "Literal":
      if (typeof node.value === "string") yield node.value;
      return;
    case "TemplateLiteral":
      for (const { value } of node.quasis) yield value.cooked;
      return;
    case "JSXExpressionContainer":
      yield* literals(node.expression);
      return;
    case "ConditionalExpression":
      yield* literals(node.consequent);
      yield* literals(node.alternate);
      return;
    case "LogicalExpression":
      yield* literals(node.left);
      yield* literals(node.right);
      return;
    case "BinaryExpression":
      if (node.operator !== "+") return;
      yield* literals(node.left);
      yield* literals(node.right);
      return;
  }
}

/** Words of a language: two letters together. */
const isSentence = (text) => /\p{L}\p{L}/u.test(text);

/** A literal that can be nothing but a sentence, wherever it stands: a capital and a second word. */
function beginsSentence(node) {
  const text = node.type === "TemplateElement" ? node.value.cooked : node.type === "Literal" ? node.value : undefined;
  return typeof text === "string" && /^\p{Lu}[\p{L}’']*,? \p{L}/u.test(text);
}

/** What only the log and whoever mends the program read. */
function isForProgrammers(node) {
  if (node.type === "NewExpression") return /Error$/.test(node.callee.name ?? "");
  return node.type === "CallExpression" && node.callee.object?.name === "console";
}

/** What a node puts before people: between tags, or by a property that they see or hear. */
function shownBy(node, parent) {
  if (node.type === "JSXAttribute") return spoken.has(node.name.name) ? node.value : undefined;
  if (node.type === "JSXExpressionContainer") return parent?.type === "JSXAttribute" ? undefined : node.expression;
  return node.type === "Property" && spoken.has(node.key.name ?? node.key.value) ? node.value : undefined;
}

/** Whether it is the text of a key, as it comes from the catalogue. */
function isText(node) {
  return node?.type === "CallExpression" && asking.has(calledName(node));
}

/** A text put behind another, or behind words: languages have other orders. Signs between are fine, as are values. */
function isGlued(node) {
  const parts =
    node.type === "BinaryExpression" && node.operator === "+"
      ? [node.left, node.right]
      : node.type === "TemplateLiteral"
        ? [...node.expressions, ...node.quasis.map(({ value }) => ({ type: "Literal", value: value.cooked }))]
        : [];
  if (!parts.some(isText)) return false;
  return (
    parts.filter(isText).length > 1 ||
    parts.some((part) => part.type === "Literal" && typeof part.value === "string" && isSentence(part.value))
  );
}

/** Keys that are asked for and are not there, and texts that nobody asks for. */
export function useOf(english, files) {
  const all = new Map(texts(english).filter(([key]) => !elsewhere.has(key.split(".")[0])));
  const keys = new Set([...all.keys()].map((key) => askedBy(key, all)));
  const asked = new Set(files.flatMap(({ asked }) => asked));
  const words = new Set(files.flatMap((file) => [...file.words]));
  const used = new Set([...keys].filter((key) => words.has(key)));
  const faults = [];
  for (const pattern of asked) {
    if (pattern === "*") continue;
    const sought = new RegExp(
      `^${pattern.replace(/[.+?^$()[\]{}|\\]/g, "\\$&").replace(/\*+/g, (put) => (put === "*" ? "[^.]+" : ".+"))}$`,
    );
    const found = [...keys].filter((key) => sought.test(key));
    if (found.length === 0) faults.push(`${pattern} is asked for and is not in the catalogue`);
    for (const key of found) used.add(key);
  }
  for (const key of keys) if (!used.has(key)) faults.push(`${key} is in the catalogue and nobody asks for it`);
  return faults;
}

/** The plural forms of a language. */
const formsOf = (language) => new Intl.PluralRules(language).resolvedOptions().pluralCategories;

/** What is wrong with the texts of a language, beside English; `whole` names the parts that it must have whole. */
export function against(english, other, { language, whole, same }) {
  const ours = new Map(texts(english));
  const theirs = new Map(texts(other));
  const faults = [];
  const plurals = new Map();
  const groups = new Set();
  for (const [key, text] of ours) {
    const asked = askedBy(key, ours);
    const values = plurals.get(asked) ?? new Set();
    for (const value of valuesOf(text)) values.add(value);
    plurals.set(asked, values);
    if (asked !== key) groups.add(asked);
  }
  const forms = formsOf(language);
  const isWhole = (key) => whole.some((part) => key === part || key.startsWith(`${part}.`));
  for (const [key, values] of plurals) {
    const wanted = groups.has(key) ? forms.map((form) => `${key}_${form}`) : [key];
    const there = wanted.filter((one) => theirs.has(one));
    if (there.length === 0) {
      if (isWhole(key)) faults.push(`${language}: ${key} is missing`);
      continue;
    }
    for (const one of wanted) if (!theirs.has(one)) faults.push(`${language}: ${one} is missing`);
    for (const one of there) {
      const has = valuesOf(theirs.get(one));
      // A form for one or none may say its number in words.
      const lacks = [...values].filter((value) => !has.includes(value) && !(value === "count" && groups.has(key)));
      const more = has.filter((value) => !values.has(value));
      if (lacks.length > 0) faults.push(`${language}: ${one} lacks {{${lacks.join("}}, {{")}}}`);
      if (more.length > 0) faults.push(`${language}: ${one} has {{${more.join("}}, {{")}}}, which nobody gives`);
      const words = theirs.get(one).replace(/\{\{\w+\}\}/g, "");
      if (theirs.get(one) === ours.get(one) && /\p{L}\p{L}/u.test(words) && !same.has(theirs.get(one)))
        faults.push(`${language}: ${one} is the English text`);
    }
  }
  const known = new Set(
    [...plurals.keys()].flatMap((key) =>
      groups.has(key) ? [...forms, "zero"].map((form) => `${key}_${form}`) : [key],
    ),
  );
  for (const key of theirs.keys()) if (!known.has(key)) faults.push(`${language}: ${key} is in no other language`);
  return faults;
}
