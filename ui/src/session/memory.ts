// The few preferences of this window that outlive it: where one was, how it looks. Nothing about a
// child and nothing secret goes in here.
const keys = ["path", "school", "term", "direction", "rail"] as const;
type Key = (typeof keys)[number];

export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(`homeroom.${key}`);
  } catch {
    return null; // Storage can be switched off by policy; the window then starts as new.
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(`homeroom.${key}`, value);
  } catch {
    // As above: a preference that cannot be kept is not worth a message.
  }
}
