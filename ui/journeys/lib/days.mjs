// Days as operations take them, `2026-11-30`.

const daysFrom = (day, step) => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + step);
  return date.toISOString().slice(0, 10);
};

/** The last weekday before a day. */
export function schoolDayBefore(day) {
  let before = daysFrom(day, -1);
  while ([0, 6].includes(new Date(`${before}T00:00:00Z`).getUTCDay())) before = daysFrom(before, -1);
  return before;
}
