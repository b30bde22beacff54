// A time of the day as this person's system writes it.
export function formatTime(moment: string): string {
  const date = new Date(moment);
  return Number.isNaN(date.getTime())
    ? moment
    : new Intl.DateTimeFormat(navigator.language, { timeStyle: "short" }).format(date);
}
