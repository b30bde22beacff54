// What somebody opened last, for the palette: addresses only, kept for the person on this computer.
// What they are called is asked anew each time, by whoever may still see it.
import { features, railEntries, type Hit } from "../registry";
import { recall, remember } from "../session/memory";
import type { Translate } from "../i18n";

const kept = 9;

/** The addresses opened last, newest first. */
export function recentPaths(): string[] {
  try {
    const paths: unknown = JSON.parse(recall("recent") ?? "[]");
    return Array.isArray(paths) ? paths.filter((path) => typeof path === "string") : [];
  } catch {
    return []; // Written by hand, or cut off: the list begins anew.
  }
}

/** The kind of thing that an address opens, with the thing's identifier. */
function opens(path: string) {
  const all = features.flatMap(({ opened = [] }) => opened);
  const [, base = "", id = ""] = /^(\/[^/]+)\/([^/]+)$/.exec(path) ?? [];
  const kind = all.find((one) => one.base === base);
  return kind === undefined || id === "new" ? null : { kind, id };
}

/** Somebody is at this address now. */
export function noteOpened(path: string): void {
  if (opens(path) === null && !features.some(({ rail = [] }) => rail.some((entry) => entry.path === path))) return;
  remember("recent", JSON.stringify([path, ...recentPaths().filter((other) => other !== path)].slice(0, kept)));
}

/** What these addresses are called; those are left out that are gone, or that this person may not see any more. */
export async function findNames(
  paths: readonly string[],
  held: readonly string[],
  school: string | null,
  t: Translate,
): Promise<Hit[]> {
  const hits = await Promise.all(
    paths.map(async (path): Promise<Hit | null> => {
      const entry = railEntries(held).find((one) => one.path === path);
      if (entry !== undefined) return { id: path, label: entry.label(t), path };
      const found = opens(path);
      if (found === null || !held.includes(found.kind.operation)) return null;
      return found.kind.find(found.id, school).catch(() => null); // Deleted, or of a class that is somebody else's now.
    }),
  );
  return hits.filter((hit) => hit !== null);
}
