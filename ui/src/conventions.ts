// How the chosen school writes: set by the session before anything of the school is shown.
import type { DayOrder } from "./bindings/DayOrder";
import type { NameOrder } from "./bindings/NameOrder";

export const dayOrders = ["day_first", "month_first", "year_first"] as const satisfies readonly DayOrder[];

export const nameOrders = ["family_first", "given_first"] as const satisfies readonly NameOrder[];

export interface Conventions {
  dayOrder: DayOrder;
  nameOrder: NameOrder;
  /** Today's school day, `YYYY-MM-DD`. */
  today: string;
}

/** Today by this machine's clock, `YYYY-MM-DD`. */
export function machineToday(now = new Date()): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
}

/** The order in which a locale writes day, month and year. */
export function dayOrderOf(locale: string): DayOrder {
  const parts = new Intl.DateTimeFormat(locale, { day: "2-digit", month: "2-digit", year: "numeric" }).formatToParts(
    new Date(0),
  );
  const first = parts.find(({ type }) => type === "day" || type === "month" || type === "year")?.type;
  return first === "year" ? "year_first" : first === "month" ? "month_first" : "day_first";
}

let current: Conventions | null = null;

export function conventions(): Conventions {
  return current ?? { dayOrder: "day_first", nameOrder: "family_first", today: machineToday() };
}

/** Before somebody is signed in there are none. */
export function adoptConventions(next: Conventions | null): void {
  current = next;
}
