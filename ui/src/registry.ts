// How a feature joins the window: it exports `feature` from `features/<feature>/routes.tsx`, with
// its screens, its place in the rail, what it adds to the palette and what it can search. Nothing
// outside a feature's folder names the feature.
import type { OperationName } from "./bindings/operations";
import type { ComponentType } from "react";
import type { Translate } from "./i18n";

/** A place with an address. Screens are loaded when they are first opened. */
export interface Screen {
  /** The address, as the router writes it: `/students`, `/students/$student`. */
  path: string;
  load: () => Promise<{ default: ComponentType }>;
  /** Reads the part of the address after `?`; it must take anything and never throw. */
  search?: (raw: Record<string, unknown>) => Record<string, unknown>;
}

/** An entry of the left rail. The order is one row for all: 10 today, 20 students, 30 classes,
 * 40 attendance, 50 marks, 60 reports, 70 analytics; below the line 110 faces, 120 people and
 * roles, 130 settings. */
export interface RailEntry {
  label: (t: Translate) => string;
  icon: ComponentType<{ size?: string; stroke?: number }>;
  path: string;
  /** Other addresses at which this entry stands as the one that is open. */
  also?: readonly string[];
  order: number;
  lower?: boolean;
  /** Shown to whoever may do one of these operations; to everybody where it is left out. */
  operations?: readonly OperationName[];
  /** Not shown to whoever may do one of these, because another entry leads to more. */
  unless?: readonly OperationName[];
}

/** Something that can be done from the palette. */
export interface PaletteAction {
  id: string;
  label: (t: Translate) => string;
  keywords?: (t: Translate) => string;
  keys?: string;
  operations?: readonly OperationName[];
  /** Where it leads. */
  path: string;
}

/** One thing found by the search in the top bar. */
export interface Hit {
  id: string;
  label: string;
  description?: string;
  path: string;
}

export interface SearchGroup {
  label: (t: Translate) => string;
  /** One row for all: 10 students, 20 classes, 25 courses, 60 staff, 90 guardians. Up to 50 they stand before what can be done. */
  order: number;
  operations?: readonly OperationName[];
  /** `schoolId` is the school chosen in the top bar. */
  find: (text: string, schoolId: string | null) => Promise<Hit[]>;
}

/** Things with an address of their own, `<base>/<identifier>`: the palette lists those that were opened last. */
export interface Opened {
  base: string;
  operation: OperationName;
  /** What the thing is called now; null or a refusal where it is not there for this person. */
  find: (id: string, schoolId: string | null) => Promise<Hit | null>;
}

export interface Feature {
  name: string;
  screens: readonly Screen[];
  rail?: readonly RailEntry[];
  actions?: readonly PaletteAction[];
  search?: readonly SearchGroup[];
  opened?: readonly Opened[];
}

const modules = import.meta.glob<{ feature: Feature }>("./features/*/routes.tsx", { eager: true });

export const features: readonly Feature[] = Object.values(modules).map(({ feature }) => feature);

/** Whether somebody who may do `held` may open what needs one of `needed`. */
export function allows(held: readonly string[], needed: readonly OperationName[] | undefined): boolean {
  return needed === undefined || needed.some((operation) => held.includes(operation));
}

export function railEntries(held: readonly string[]): RailEntry[] {
  return features
    .flatMap(({ rail = [] }) => rail)
    .filter(({ operations, unless }) => allows(held, operations) && (unless === undefined || !allows(held, unless)))
    .sort((one, other) => one.order - other.order);
}
