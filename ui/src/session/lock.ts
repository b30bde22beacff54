// The locked screen: what lies beneath stays as it is, out of sight and of reach, until the password is given.
// It locks itself when nobody has touched key or pointer for as long as the school says.
import { asOperationError, resumeLocked, whenLocked } from "../bridge";
import { lockScreen as lockSession } from "../bindings/operations";
import { forgetKeys } from "../frame/gate";

/** Whether there is somebody whose screen can be locked: signed in, and no kiosk, which is left with a password anyway. */
let lockable = false;
let locked = false;
/** Whether the sign-in itself is locked, so that nothing answers to it. */
let sealed = false;
let minutes = 0;
let touched = Date.now();
const watchers = new Set<() => void>();

function set(value: boolean): void {
  locked = value;
  document.documentElement.toggleAttribute("data-locked", value);
  watchers.forEach((watcher) => watcher());
}

/** Whether the screen is locked (for `useSyncExternalStore`). */
export const screenLock = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  locked: (): boolean => locked,
};

let sealing: Promise<void> | null = null;

/** The screen goes first, whatever the database says; that is tried again until the sign-in is locked as well. */
function seal(): void {
  sealing ??= lockSession({})
    .then(
      () => {
        sealed = true;
      },
      (reason: unknown) => {
        const { code } = asOperationError(reason);
        // Locked already, or ended: nothing answers to it.
        if (["locked", "session_expired", "signed_out"].includes(code)) sealed = true;
        else console.error("The sign-in is not locked yet", code);
      },
    )
    .finally(() => {
      sealing = null;
    });
}

/** Resolves when no locking is on its way: an unlocking must not be overtaken by it. */
export const settled = (): Promise<void> => sealing ?? Promise.resolve();

/** Locks the screen at once; false where there is nothing to lock. */
export function lockScreen(): boolean {
  if (!lockable) return false;
  if (locked) return true;
  forgetKeys();
  sealed = false;
  set(true);
  seal();
  return true;
}

/** The password was given: everything is as it was. */
export function unlocked(): void {
  touched = Date.now();
  set(false);
  resumeLocked();
}

/** Nobody is there any more whose screen it was. */
export function forgetLock(): void {
  lockable = false;
  if (locked) set(false);
}

whenLocked(() => {
  if (lockable && !locked) {
    sealed = true;
    forgetKeys();
    set(true);
  }
});

/** Keys and pointers that say that somebody is there. */
const signs = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"] as const;

/** Begins to watch over the screen of whoever is signed in; 0 minutes: it locks only when it is told to. */
export function watchIdle(after: number): () => void {
  lockable = true;
  minutes = after;
  touched = Date.now();
  const note = () => {
    touched = Date.now();
  };
  const look = () => {
    const now = Date.now();
    // A clock that was put back begins anew; a computer that slept has waited.
    touched = Math.min(touched, now);
    if (locked && !sealed) seal();
    else if (!locked && minutes > 0 && now - touched >= minutes * 60_000) lockScreen();
  };
  signs.forEach((sign) => window.addEventListener(sign, note, { capture: true, passive: true }));
  const timer = setInterval(look, 1_000);
  return () => {
    lockable = false;
    clearInterval(timer);
    signs.forEach((sign) => window.removeEventListener(sign, note, { capture: true }));
  };
}
