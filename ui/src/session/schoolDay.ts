// Whether there is school on a day: one of the weekdays of the school's settings, within a term.
import { useQuery } from "@tanstack/react-query";
import type { Weekday } from "../bindings/Weekday";
import type { WhoamiTerm } from "../bindings/WhoamiTerm";
import { settings } from "../bindings/operations";
import { usePlace, useSession } from "./session";

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const satisfies readonly Weekday[];

/** `date` is `YYYY-MM-DD`. */
export function hasSchool(date: string, schoolDays: readonly Weekday[], terms: readonly Pick<WhoamiTerm, "startDate" | "endDate">[]): boolean {
  const weekday = weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()];
  return weekday !== undefined && schoolDays.includes(weekday) && terms.some(({ startDate, endDate }) => startDate <= date && date <= endDate);
}

/** True as long as it is not known otherwise: whoever may not read the settings is told nothing wrong. */
export function useHasSchool(date: string): boolean {
  const { may } = useSession();
  const { school, terms } = usePlace();
  const id = school?.id ?? "";
  const stored = useQuery({ queryKey: ["settings", id], queryFn: () => settings({ school: id }), enabled: school !== null && may("settings") });
  return stored.data === undefined || hasSchool(date, stored.data.settings.schoolDays, terms);
}
