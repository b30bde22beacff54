// How people are named: in lists by the school's setting, in a sentence as one calls them. Lists that are
// sorted by name here and by an operation stand in the same order.
import type { NameOrder } from "./bindings/NameOrder";
import { conventions } from "./conventions";
import { locale } from "./language";

export interface Named {
  givenName: string;
  familyName: string;
  preferredName?: string | null;
}

/** `Okonkwo, Mina (Mimi)`, or `Mina Okonkwo (Mimi)` where the school names people so: for lists and menus. */
export function listName(
  { givenName, familyName, preferredName }: Named,
  order: NameOrder = conventions().nameOrder,
): string {
  const parts = (order === "family_first" ? [familyName, givenName] : [givenName, familyName])
    .map((part) => part.trim())
    .filter((part) => part !== "");
  const name = parts.join(order === "family_first" ? ", " : " ");
  return preferredName === null || preferredName === undefined || preferredName === "" || preferredName === givenName
    ? name
    : `${name} (${preferredName})`;
}

/** `Mina Okonkwo`: for sentences and heads. */
export function fullName({ givenName, familyName }: Named): string {
  return `${givenName} ${familyName}`.trim();
}

/** Names of one line, as lists show them: `Otieno, Ben; Marlow, Bea`. */
export function inOneLine(names: readonly string[], order: NameOrder = conventions().nameOrder): string {
  return names.join(order === "family_first" ? "; " : ", ");
}

/** How the language of the window sorts. */
function compare(one: string, other: string): number {
  return new Intl.Collator(locale(), { numeric: true, sensitivity: "base" }).compare(one, other);
}

/** Compares titles as people count: "2B" before "10A". */
export function byTitle(one: string, other: string): number {
  return compare(one, other) || one.localeCompare(other);
}

/** Compares people by the school's order. */
export function byName(one: Named, other: Named): number {
  const key = (person: Named) =>
    (conventions().nameOrder === "family_first"
      ? [person.familyName, person.givenName]
      : [person.givenName, person.familyName]) as [string, string];
  const [[a, c], [b, d]] = [key(one), key(other)];
  return compare(a, b) || compare(c, d);
}
