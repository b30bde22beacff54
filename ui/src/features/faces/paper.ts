// Whether a recovery key was written down rightly: two of its groups are asked for.

/** Two different places of a key with so many groups; `random` gives numbers from 0 up to 1. */
export function askedPlaces(groups: number, random: () => number = Math.random): readonly [number, number] {
  const first = Math.floor(random() * groups);
  const second = (first + 1 + Math.floor(random() * (groups - 1))) % groups;
  return first < second ? [first, second] : [second, first];
}

/** As people write it: small letters, O for 0, I and L for 1, and spaces do not matter. */
export function sameGroup(typed: string, group: string): boolean {
  const plain = (text: string) =>
    text.toUpperCase().replaceAll(/[\s-]/g, "").replaceAll("O", "0").replaceAll(/[IL]/g, "1");
  return plain(typed) === plain(group);
}
