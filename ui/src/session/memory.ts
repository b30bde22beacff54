// The few preferences that outlive this window: how it looks, which is the computer's, and where
// somebody was, which is that person's. Nothing about a child and nothing secret goes in here.
import { owner } from "./owner";

type OfComputer = "lastLanguage" | "rail" | "zoom";
type OfPerson = "language" | "path" | "school" | "term" | "recent";
const ofComputer: ReadonlySet<string> = new Set<OfComputer>(["lastLanguage", "rail", "zoom"]);

const nameOf = (key: OfComputer | OfPerson): string =>
  ofComputer.has(key) ? `homeroom.${key}` : `homeroom.${owner()?.user ?? ""}.${key}`;

export function recall(key: OfComputer | OfPerson): string | null {
  try {
    return localStorage.getItem(nameOf(key));
  } catch {
    return null; // Storage can be switched off by policy; the window then starts as new.
  }
}

export function remember(key: OfComputer | OfPerson, value: string): void {
  try {
    localStorage.setItem(nameOf(key), value);
  } catch {
    // As above: a preference that cannot be kept is not worth a message.
  }
}
