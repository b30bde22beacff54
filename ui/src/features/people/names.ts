// How people are named in lists and heads, and how what was typed becomes an input.
interface Named { givenName: string; familyName: string; preferredName?: string | null }

/** `Okonkwo, Mina (Mimi)`: as a list is sorted. */
export function listName({ givenName, familyName, preferredName }: Named): string {
  const name = `${familyName}, ${givenName}`;
  return preferredName === null || preferredName === undefined || preferredName === givenName ? name : `${name} (${preferredName})`;
}

/** `Mina Okonkwo`. */
export function fullName({ givenName, familyName }: Named): string {
  return `${givenName} ${familyName}`;
}

/** What was typed in a field that may be left empty. */
export function typed(text: string): string | null {
  const trimmed = text.trim();
  return trimmed === "" ? null : trimmed;
}
