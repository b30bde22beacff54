// Where the window stands: starting, first run, signed out or signed in.
import { useSyncExternalStore } from "react";
import type { Whoami } from "../bindings/Whoami";
import { abandonCalls, asOperationError, type OperationError } from "../bridge";
import { flushKeptEdits, forgetKeptEdits } from "../components/sheet/keptEdits";
import { signOut, status, whoami } from "../bindings/operations";
import { queries } from "./queries";

export type Entry =
  | { at: "starting" }
  | { at: "failed"; error: OperationError }
  | { at: "setUp" }
  | { at: "signIn" }
  | { at: "in"; whoami: Whoami };

let entry: Entry = { at: "starting" };
const watchers = new Set<() => void>();

function move(next: Entry): void {
  entry = next;
  watchers.forEach((watcher) => watcher());
}

export function useEntry(): Entry {
  return useSyncExternalStore(
    (watcher) => { watchers.add(watcher); return () => watchers.delete(watcher); },
    () => entry,
  );
}

/** Asks how things stand and shows the screen for it. */
export async function begin(): Promise<void> {
  move({ at: "starting" });
  try {
    const now = await status({});
    if (now.needsSetup) move({ at: "setUp" });
    else if (!now.signedIn) move({ at: "signIn" });
    else move({ at: "in", whoami: await whoami({}) });
  } catch (reason) {
    move({ at: "failed", error: asOperationError(reason) });
  }
}

/** Somebody signed in. */
export function enter(who: Whoami): void {
  queries.clear();
  move({ at: "in", whoami: who });
}

/** Signs out: what is not saved yet is saved first, then everything on the screen is forgotten. */
export async function leave(): Promise<void> {
  await flushKeptEdits();
  await signOut({});
  giveUp();
}

/** Back to the sign-in screen without saving: the person chose so, or the session was ended. */
export function giveUp(): void {
  abandonCalls();
  forgetKeptEdits();
  queries.clear();
  move({ at: "signIn" });
}
