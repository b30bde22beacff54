// A language made of English, for looking at screens: accents show what is not in the catalogue, brackets
// what is cut off, and two fifths more letters whether German or Tamil would have room. Rust makes the
// same for paper.

const plain = "aceghijklnorstuwyzACEGHIJKLNORSTUWYZ";
const accented = "áćéǵĥíĵķĺńóŕśťúŵýźÁĆÉǴĤÍĴĶĹŃÓŔŚŤÚŴÝŹ";
const signs = new Map([...plain].map((sign, place) => [sign, accented[place] ?? sign]));

/** One text: its values stay as they are. What is longer than a word grows by words, so that it can be broken as before. */
export function lengthen(text: string): string {
  const parts = text.split(/(\{\{[^}]+\}\})/);
  const own = (part: string) =>
    part.startsWith("{{") ? part : [...part].map((sign) => signs.get(sign) ?? sign).join("");
  const letters = parts.filter((part) => !part.startsWith("{{")).join("").length;
  const more = "~".repeat(Math.ceil(0.4 * letters));
  return `⟦${parts.map(own).join("")}${text.includes(" ") ? more.replace(/~{6}/g, " ~~~~~") : more}⟧`;
}

export interface Catalogue {
  readonly [name: string]: string | Catalogue;
}

/** A whole catalogue. */
export function lengthened(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(catalogue).map(([name, inner]) => [
      name,
      typeof inner === "string" ? lengthen(inner) : lengthened(inner),
    ]),
  );
}
