// The language in which the window stands. It alone decides words, direction, numbers, days, sorting
// and what the library's parts say by themselves: the person's own, else the school's, else the system's.
import { recall, remember } from "./session/memory";

/** `en-XA` lengthens and accents English: with it one sees whether texts have room, and which are not in the catalogue. */
export const languages = ["en", "hi", "ar", "en-XA"] as const;
export type Language = (typeof languages)[number];

let current: Language = "en";
const watchers = new Set<() => void>();

export const language = (): Language => current;

export const isLanguage = (name: string | null | undefined): name is Language => languages.some((one) => one === name);

export function directionOf(one: Language): "ltr" | "rtl" {
  return one === "ar" ? "rtl" : "ltr";
}

/** What a language calls itself. */
export function ownName(one: Language): string {
  return new Intl.DisplayNames(one, { type: "language" }).of(one) ?? one;
}

/** The name of a language in the language of the screen; its code where nobody knows it. */
export function nameOfLanguage(code: string): string {
  return new Intl.DisplayNames(current, { type: "language" }).of(code) ?? code;
}

/** The languages of documents and letters, for a choice. */
export function languageChoices() {
  return choices().map((value) => ({ value, label: ownName(value) }));
}

/** The languages that a person can choose; the one for tests where it is on already. */
export function choices(): Language[] {
  return languages.filter((one) => one !== "en-XA" || current === one || import.meta.env.DEV);
}

/** The locale of numbers, days and sorting: the system's own where it is of this language, as `en-GB` for English. Marks
 * are typed and printed with the digits 0 to 9, so they are shown with them too. */
export function locale(): string {
  const [own = "en"] = current.split("-");
  const system = systemLocale();
  const found = system.split("-")[0] === own ? new Intl.Locale(system).baseName : own;
  return own === "en" ? found : `${found}-u-nu-latn`;
}

/** The system's language; English where it names none that is one, as `C` on a bare Unix. */
export function systemLocale(): string {
  try {
    return Intl.getCanonicalLocales(navigator.language)[0] ?? "en";
  } catch {
    return "en";
  }
}

/** The language for a person of a school: what they chose here, else the school's, else the system's. */
export function languageFor(own: string | null, school?: string | null): Language {
  const system = systemLocale().split("-")[0];
  return [own, school, system].find(isLanguage) ?? "en";
}

/** What calendars are given: their words, and the day on which their weeks begin, 0 for Sunday. */
export function calendar(firstDayOfWeek: 0 | 1 | 2 | 3 | 4 | 5 | 6) {
  return { locale: current.split("-")[0] ?? "en", firstDayOfWeek };
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

let beforeSignIn: Language | null = null;

/** Chosen on the sign-in screen: it holds for whoever signs in now. */
export function chooseBeforeSignIn(next: Language): void {
  beforeSignIn = next;
  remember("lastLanguage", next);
}

/** The language of the sign-in screen: in which this computer was last used. */
export const languageHere = (): Language => languageFor(recall("lastLanguage"));

/** The language of the person who is here now: chosen at the sign-in, else their own, else chosen at this computer before,
 * else that of the school's documents. These are English where nobody chose, and then the system's language counts. */
export function ownLanguage(own: string | null = null, school: string | null = null): Language {
  if (beforeSignIn !== null) rememberLanguage(beforeSignIn);
  const chosen = languageFor(beforeSignIn ?? own ?? recall("language"), school === "en" ? null : school);
  beforeSignIn = null;
  remember("lastLanguage", chosen);
  return chosen;
}

/** Chosen on the sign-in screen and not yet taken for whoever came in by it. */
export const chosenBeforeSignIn = (): Language | null => beforeSignIn;

/** This person chose a language. */
export function rememberLanguage(next: Language): void {
  remember("language", next);
  remember("lastLanguage", next);
}
