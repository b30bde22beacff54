// Calendars begin the week on the day that the school has set.
import { DatesProvider } from "@mantine/dates";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { settings as askSettings } from "../bindings/operations";
import type { Weekday } from "../bindings/Weekday";
import { calendar } from "../language";
import { usePlace, useSession } from "./session";

const weekdays = [
  "sunday",
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
] as const satisfies readonly Weekday[];

export function WeekStart({ children }: { children: ReactNode }) {
  const { may } = useSession();
  const { school } = usePlace();
  const id = school?.id ?? "";
  const stored = useQuery({
    ...askSettings.query({ school: id }),
    enabled: school !== null && may("schools.settings"),
  });
  const day = weekdays.indexOf(stored.data?.settings.firstWeekday ?? "monday") as 0 | 1 | 2 | 3 | 4 | 5 | 6;
  return <DatesProvider settings={calendar(day)}>{children}</DatesProvider>;
}
