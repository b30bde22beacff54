// How what was typed becomes an input.

/** What was typed in a field that may be left empty. */
export function typed(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}
