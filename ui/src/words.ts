// What an operation says: a key of the catalogue with its values, so that each person reads it in their language.
import i18next from "i18next";
import type { Message } from "./bindings/Message";

/** The text of a message in the language of the screen; its English text where the catalogue lacks it. */
export function say(message: Message | null | undefined): string {
  if (message === null || message === undefined) return "";
  if (!i18next.exists(message.key, values(message))) return message.text;
  return String(i18next.t(message.key as never, values(message) as never));
}

function values(message: Message): Record<string, string | number> {
  const said = Object.entries(message.values).map(([name, value]) => [
    name,
    typeof value !== "object" ? value : Array.isArray(value) ? value.map(say).join(", ") : say(value),
  ]);
  return Object.fromEntries(said);
}
