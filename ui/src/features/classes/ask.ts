// What several parts of the class screens ask.
import { useQuery } from "@tanstack/react-query";
import { listClasses, listSessions, listStaff } from "../../bindings/operations";
import type { YearRow } from "../../bindings/YearRow";
import { listName } from "../../names";
import { usePlace } from "../../session/session";

export function useYears() {
  const { school } = usePlace();
  return useQuery({
    ...listSessions.query({ school: school?.id ?? "" }),
    enabled: school !== null,
  });
}

/** The year in which a day lies; none: it lies in none, or they are not loaded yet. */
export function yearOf(years: readonly YearRow[] | undefined, day: string | null): string | null {
  if (day === null) return null;
  return years?.find(({ start, end }) => start <= day && day <= end)?.id ?? null;
}

/** The staff as choices, by name. */
export function useStaffChoices() {
  const { school } = usePlace();
  const list = useQuery({
    ...listStaff.query({ school: school?.id ?? "", limit: 500 }),
    enabled: school !== null,
  });
  return (list.data?.rows ?? []).map((person) => ({ value: person.id, label: listName(person) }));
}

/** The classes of a year. */
export function useClasses(year: string | null) {
  const { school } = usePlace();
  return useQuery({
    ...listClasses.query({ school: school?.id ?? "", year }),
    enabled: school !== null,
  });
}
