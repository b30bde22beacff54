// Whose window this is while somebody is signed in: places, drafts and edits belong to a person.
export interface Owner {
  user: string;
  name: string;
}

let current: Owner | null = null;

export const owner = (): Owner | null => current;
export function setOwner(next: Owner | null): void {
  current = next;
}

/** A name for something of this person alone. */
export const ownKey = (key: string): string => `${current?.user ?? ""}\u0000${key}`;
