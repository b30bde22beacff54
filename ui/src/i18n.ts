// The words of the window, in the language in which it stands: one catalogue a language, shared with
// Rust, English for what another lacks. Keys and values are typed by `catalogue/keys.ts`.
import en from "catalogue/en.json";
import i18next from "i18next";
import { useSyncExternalStore } from "react";
import { asOperationError, OperationError } from "./bridge";
import type { Section, Texts } from "./catalogue/keys";
import { adoptLanguage, directionOf, language, type Language, locale, onLanguage } from "./language";

export type Key = keyof Texts;
type NameIn<K extends Key> = K extends Key ? Texts[K] : never;
/** What the text of a key takes; of several keys, what any of them takes. A plural goes by `count`. */
export type Values<K extends Key> = {
  [Name in NameIn<K>]: Name extends "count" ? number : string | number;
};
export type Translate = <K extends Key>(
  key: K,
  ...values: [NameIn<K>] extends [never] ? [] : [values: Values<K>]
) => string;

/** Numbers in a sentence are written as everywhere else; names in it keep their own direction, where it runs from right to left. */
function written(value: unknown): string {
  const text =
    typeof value === "number"
      ? new Intl.NumberFormat(locale(), { maximumFractionDigits: 2 }).format(value)
      : String(value);
  return directionOf(language()) === "rtl" && text !== "" ? `\u2068${text}\u2069` : text;
}

const nothing = () => undefined;
void i18next.use({ type: "formatter", init: nothing, add: nothing, addCached: nothing, format: written }).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false, alwaysFormat: true },
  initAsync: false,
});
/** Keys and values are checked by the types above, which know them better. */
const say = i18next.t as unknown as (key: string, values: object) => string;

/** The catalogues besides English, each with the words of its calendar; they are fetched when they are spoken. */
const others: Record<Exclude<Language, "en">, () => Promise<object>> = {
  hi: async () => (await Promise.all([import("catalogue/hi.json"), import("dayjs/locale/hi")]))[0].default,
  ar: async () => (await Promise.all([import("catalogue/ar.json"), import("dayjs/locale/ar")]))[0].default,
  "en-XA": async () => (await import("./catalogue/pseudo")).lengthened(en),
};

/** The window speaks this language from here on; what it shows is drawn anew. */
export async function speak(next: Language): Promise<void> {
  if (next !== "en" && !i18next.hasResourceBundle(next, "translation"))
    i18next.addResourceBundle(next, "translation", await others[next]());
  await i18next.changeLanguage(next);
  document.documentElement.lang = next;
  document.documentElement.dir = directionOf(next);
  adoptLanguage(next);
}

/** The text of a key, with its values, in the language of the window. */
export const t: Translate = (key, ...[values]) => say(key, { ...values });

/** The text that an operation names, of a part of the catalogue: none where that part has no such text. */
export function named(section: Section, name: string, values: Readonly<Record<string, string | number>> = {}) {
  const key = `${section}.${name}`;
  return i18next.exists(key, { ...values }) ? say(key, { ...values }) : undefined;
}

/** The texts for a component, drawn anew where the language changes. */
export function useTranslation(): { t: Translate } {
  useSyncExternalStore(onLanguage, language);
  return { t };
}

/** The sentence for a failure: the catalogue's for its code, else the operation's own. */
export function errorText(reason: unknown): string {
  const error = reason instanceof OperationError ? reason : asOperationError(reason);
  return named("errors", error.code) ?? error.message;
}
