// Where the window stands: starting, first run, signed out or signed in.
import { useSyncExternalStore } from "react";
import type { Whoami } from "../bindings/Whoami";
import { notifications } from "@mantine/notifications";
import { abandonCalls, asOperationError, resumeCalls, type OperationError } from "../bridge";
import { forgetKeptEdits, leaveSaved, suspendKeptEdits } from "../components/sheet/keptEdits";
import { setLanguage, signOut, status, whoami } from "../bindings/operations";
import { speak } from "../i18n";
import { chosenBeforeSignIn, type Language, language, ownLanguage } from "../language";
import { forgetLock, unlocked } from "./lock";
import { owner, setOwner } from "./owner";
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
  if (next.at !== "in" || next.whoami.user !== owner()?.user) forgetLock();
  setOwner(next.at === "in" ? { user: next.whoami.user, name: next.whoami.name } : null);
  entry = next;
  watchers.forEach((watcher) => watcher());
}

export function useEntry(): Entry {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
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
    else await comeIn(await whoami({}));
  } catch (reason) {
    move({ at: "failed", error: asOperationError(reason) });
  }
}

/** Behind the sign-in the window stands in the person's language. */
async function comeIn(who: Whoami): Promise<void> {
  if (who.user !== owner()?.user) forgetLock();
  setOwner({ user: who.user, name: who.name });
  const chosen = chosenBeforeSignIn();
  const own = ownLanguage(who.language, who.schools[0]?.documentLanguage);
  if (chosen !== null && chosen !== who.language) keepLanguage(chosen);
  // English stands in for a language that cannot be fetched.
  if (own !== language()) await speak(own).catch((reason: unknown) => console.error("A language is not there", reason));
  move({ at: "in", whoami: who });
}

/** What was chosen at the sign-in is the person's own from now on, at every computer. */
function keepLanguage(chosen: Language): void {
  setLanguage({ language: chosen }).catch((reason: unknown) => console.error("The language was not kept", reason));
}

/** Somebody signed in. */
export function enter(who: Whoami): void {
  abandonCalls();
  queries.clear();
  void comeIn(who);
}

/** Somebody signed in over the locked screen. What another one had typed there waits, unseen, for that person to come back. */
export function enterOver(who: Whoami): void {
  if (who.user === owner()?.user) {
    resumeCalls();
    unlocked();
    return;
  }
  suspendKeptEdits();
  notifications.clean();
  enter(who);
}

/** Signs out: what is not saved yet is saved first, then everything on the screen is forgotten. Asks where something cannot be saved. */
export function leave(): Promise<void> {
  return leaveSaved({
    how: "signOut",
    anyway: async () => {
      await signOut({});
      giveUp();
    },
  });
}

/** Back to the sign-in screen without saving: the person chose so, or the session was ended. */
export function giveUp(): void {
  abandonCalls();
  forgetKeptEdits();
  queries.clear();
  notifications.clean(); // What was said, and what can be undone, was for the person who left.
  move({ at: "signIn" });
}
