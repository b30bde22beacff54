// Whether what was typed into the filter of a list is found in a row: as the search for people finds it, but anywhere in
// a word. Lists that the database filters ask it; these are the lists that are here whole.
import type { ComboboxParsedItem, OptionsFilter } from "@mantine/core";

/** Letters that have no decomposition and are yet typed without their stroke. */
const plainLetters: Record<string, string> = {
  ł: "l",
  ø: "o",
  đ: "d",
  ð: "d",
  ħ: "h",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ى: "ي",
  ة: "ه",
};
const twoLetters: Record<string, string> = { ä: "ae", æ: "ae", ö: "oe", ø: "oe", œ: "oe", ü: "ue", å: "aa" };
/** Accents of Latin, Greek, Cyrillic, Hebrew and Arabic, and what cannot be seen; the vowel signs of other scripts stay. */
const accents = /[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]|\p{Cf}/gu;

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(accents, "")
    .toLowerCase()
    .replace(/[łøđðħıßæœþىة]/gu, (letter) => plainLetters[letter] ?? letter)
    .normalize("NFC");
}

const words = (folded: string) => folded.split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== "");
const inTwoLetters = (text: string) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[äæöøœüå]/gu, (letter) => twoLetters[letter] ?? letter);
const inOneLetter = (folded: string) => folded.replace(/ae|aa/gu, "a").replace(/oe/gu, "o").replace(/ue/gu, "u");

/** Every way in which texts may be looked for: as they stand, run together in either order, and without umlauts. */
function ways(texts: readonly string[]): string {
  const text = texts.join(" ");
  const found = words(fold(text));
  const together = texts.flatMap((one) => {
    const parts = words(fold(one));
    return [parts.join(""), parts.toReversed().join("")];
  });
  return [found.join(" "), ...together, inOneLetter(found.join(" ")), words(fold(inTwoLetters(text))).join(" ")].join(
    "\n",
  );
}

/** Whether all words of `typed` are in the texts of a row, in any order, whatever their accents and capitals. */
export function finds(typed: string, ...texts: readonly (string | null | undefined)[]): boolean {
  const wanted = words(fold(typed));
  if (wanted.length === 0) return true;
  const row = ways(texts.filter((text) => text !== null && text !== undefined));
  return wanted.every((word) => row.includes(word) || (word.length >= 4 && row.includes(inOneLetter(word))));
}

/** The options of a field that are found by what was typed into it, in their groups. */
export const findOptions: OptionsFilter = ({ options, search }) =>
  options.flatMap((one): ComboboxParsedItem[] => {
    if (!("group" in one)) return finds(search, one.label) ? [one] : [];
    const items = one.items.filter(({ label }) => finds(search, label));
    return items.length === 0 ? [] : [{ ...one, items }];
  });
