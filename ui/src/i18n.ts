// The message catalogue: keys are typed, so that a text that does not exist fails the type check.
import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import { OperationError, asOperationError } from "./bridge";
import { en } from "./catalogue/en";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

void i18next.use(initReactI18next).init({
  lng: "en",
  fallbackLng: "en",
  resources: { en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

export { i18next };
export type Translate = TFunction;

/** The sentence for a failure: the catalogue's for its code, else the operation's own. */
export function errorText(reason: unknown): string {
  const error = reason instanceof OperationError ? reason : asOperationError(reason);
  const sentences: Record<string, string> = en.errors;
  return sentences[error.code] ?? error.message;
}
