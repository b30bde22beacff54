// The language in which the window stands. It alone decides words, direction, numbers, days, sorting
// and what the library's parts say by themselves.

/** The languages that the window can stand in; `en-XA` lengthens English, to see whether texts have room. */
export const languages = ["en", "en-XA"] as const;
export type Language = (typeof languages)[number];

let current: Language = "en";
const watchers = new Set<() => void>();

export const language = (): Language => current;

/** The locale of numbers, days and sorting: the system's own where it is of this language, as `en-GB` for English. */
export function locale(): string {
  const [own = "en"] = current.split("-");
  const system = systemLocale();
  return system.split("-")[0] === own ? system : own;
}

/** The system's language; English where it names none that is one, as `C` on a bare Unix. */
export function systemLocale(): string {
  try {
    return Intl.getCanonicalLocales(navigator.language)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** The language is another one now: whatever shows words is drawn anew. */
export function adoptLanguage(next: Language): void {
  current = next;
  for (const watcher of watchers) watcher();
}

export function onLanguage(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
