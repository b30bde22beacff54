// A list's filter as its address holds it: each part under its own name, a yes or no as `yes`.
import type { ListName } from "../../bindings/ListName";
import type { ListOf } from "../../bindings/ListOf";
import type { ListAddress } from "../../components/address";
import { isDay } from "../../days";

type Kind = "text" | "yes" | "day";

/** The parts of each list's filter. */
export const filterParts = {
  students: {
    class: "text",
    status: "text",
    asOf: "day",
    deleted: "yes",
    gradeLevel: "text",
    sex: "text",
    withoutGuardian: "yes",
    withoutClass: "yes",
    bornFrom: "day",
    bornTo: "day",
    joinedFrom: "day",
    joinedTo: "day",
    leavingFrom: "day",
    leavingTo: "day",
    ownField: "text",
    ownValue: "text",
  },
  guardians: {
    class: "text",
    left: "yes",
    noAccess: "yes",
    mayCollect: "yes",
    getsLetters: "yes",
    withoutPhone: "yes",
    withoutEmail: "yes",
    asOf: "day",
    ownField: "text",
    ownValue: "text",
  },
  staff: { deleted: "yes", left: "yes", asOf: "day", ownField: "text", ownValue: "text" },
  classes: { year: "text", kind: "text", deleted: "yes", asOf: "day", ownField: "text", ownValue: "text" },
  courses: { year: "text", subject: "text", taught: "yes", deleted: "yes" },
  users: {},
} as const satisfies Record<ListName, Record<string, Kind>>;

type Choices = Record<string, string | null>;

/** What the address holds of a list's filter: a text or day, or whether it says yes. */
export function filterIn<List extends ListName>(
  list: List,
  chosen: ListAddress["chosen"],
): {
  [Part in keyof (typeof filterParts)[List]]: (typeof filterParts)[List][Part] extends "yes" ? boolean : string | null;
} {
  const read = (name: string, kind: Kind) => {
    const held = chosen(name);
    if (kind === "yes") return held === "yes";
    return kind === "day" && held !== null && !isDay(held) ? null : held;
  };
  const parts = Object.entries(filterParts[list]) as [string, Kind][];
  return Object.fromEntries(parts.map(([name, kind]) => [name, read(name, kind)])) as ReturnType<typeof filterIn<List>>;
}

/** An address without any filter of the list. */
export const noFilter = (list: ListName): Choices =>
  Object.fromEntries(Object.keys(filterParts[list]).map((name) => [name, null]));

/** A filter as choices of the address, without the parts that are named. */
export function choicesOf(of: ListOf, without: readonly string[] = []): Choices {
  const { list, ...filter } = of;
  const parts = Object.entries(filter as Record<string, string | boolean | null | undefined>);
  const held = parts.filter(
    ([name, value]) => !without.includes(name) && value !== null && value !== undefined && value !== false,
  );
  return {
    ...noFilter(list),
    ...Object.fromEntries(held.map(([name, value]) => [name, value === true ? "yes" : String(value)])),
  };
}
