// Every day of a year at a glance, month by month: without school, with it on a day that would have none, for some only.
import { Group, Text } from "@mantine/core";
import { Month } from "@mantine/dates";
import type { Calendar } from "../../bindings/Calendar";
import type { CalendarEntry } from "../../bindings/CalendarEntry";
import { useTranslation } from "../../i18n";
import { locale } from "../../language";
import { formatDay } from "../../numbers";
import classes from "./settings.module.css";

type Look = "holiday" | "closure" | "extra" | "some" | "free";

/** The entry of the calendar that stands on a day: an extra day before all others, what is for everybody before the rest. */
export function covering(entries: readonly CalendarEntry[], day: string): CalendarEntry | null {
  const on = entries.filter(({ start, end }) => start <= day && day <= end);
  const rank = ({ kind, gradeLevels }: CalendarEntry) => (kind === "extra" ? 0 : 2) + (gradeLevels.length > 0 ? 1 : 0);
  return on.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** How a day looks; none for a day like any other. */
function looks(shown: Calendar): Map<string, { look: Look; title: string }> {
  const days = new Map<string, { look: Look; title: string }>();
  for (const { date, off } of shown.days) {
    const entry = covering(shown.entries, date);
    if (off === null && entry === null) continue;
    const title = entry?.title ?? "";
    if (entry === null) days.set(date, { look: "free", title });
    else if (entry.kind !== "extra" && entry.gradeLevels.length > 0)
      days.set(date, { look: off === null ? "some" : "free", title });
    else days.set(date, { look: entry.kind, title });
  }
  return days;
}

/** The first days of the months from one day to another. */
function months(start: string, end: string): string[] {
  const found: string[] = [];
  let [year, month] = start.split("-").map(Number) as [number, number];
  for (;;) {
    const first = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-01`;
    if (first > end || found.length >= 24) return found;
    found.push(first);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

const legend = ["holiday", "closure", "extra", "some", "free"] as const;

export function CalendarYear({ shown, onDay }: { shown: Calendar; onDay: ((day: string) => void) | null }) {
  const { t } = useTranslation();
  const days = looks(shown);
  const name = new Intl.DateTimeFormat(locale(), { month: "long", year: "numeric", timeZone: "UTC" });
  return (
    <>
      <Group gap="md" className={classes.legend} aria-hidden>
        {legend.map((look) => (
          <Group key={look} gap={6}>
            <span className={classes.swatch} data-look={look} />
            <Text size="xs">{t(`schools.calendar.legend.${look}`)}</Text>
          </Group>
        ))}
      </Group>
      <div className={classes.months}>
        {months(shown.start, shown.end).map((month) => (
          <section key={month} aria-label={name.format(new Date(month))}>
            <Text size="sm" fw={600} mb={2}>
              {name.format(new Date(month))}
            </Text>
            <Month
              month={month}
              hideOutsideDates
              static={onDay === null}
              withCellSpacing={false}
              size="xs"
              getDayProps={(date) => {
                const day = days.get(date);
                const words = [formatDay(date), day?.title].filter(Boolean).join(": ");
                return {
                  "data-look": day?.look,
                  className: classes.day,
                  title: words,
                  // The list above is the way by keyboard; three hundred stops would be in everybody's way.
                  tabIndex: -1,
                  "aria-label": words,
                  ...(date === shown.today ? { "data-today": true } : {}),
                  ...(date < shown.start || date > shown.end ? { disabled: true } : {}),
                  ...(onDay === null ? {} : { onClick: () => onDay(date) }),
                };
              }}
            />
          </section>
        ))}
      </div>
    </>
  );
}
