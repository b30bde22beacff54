// No key reaches what lies beneath something that is open in front: a dialog, a menu, a list that
// dropped down. A key that comes before the focus has moved brings it there and is taken there; keys
// that come before there is anything to focus are held, and played to it when it has arrived.

/** What stands in front while it is shown. Only the first kind keeps every key to itself. */
const modal = '[aria-modal="true"]';
/** The locked screen, over everything else. */
const lock = "[data-lock]";
const fronts = `${modal}, [role="menu"], .mantine-Popover-dropdown`;
const focusables = 'input, textarea, select, button, a[href], [tabindex]:not([tabindex="-1"])';

const isShown = (element: Element): boolean => element.closest('[style*="display: none"]') === null;

/** What is in front of the screen now: the one opened last, or null. */
export function front(): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>(lock) ??
    [...document.querySelectorAll<HTMLElement>(fronts)].findLast(isShown) ??
    null
  );
}

/** What opened it, such as the field above a list. */
function anchorOf(part: HTMLElement): HTMLElement | null {
  const opens = (element: HTMLElement) =>
    (element.getAttribute("aria-controls") ?? "")
      .split(" ")
      .some((id) => id !== "" && (id === part.id || part.querySelector(`[id="${id}"]`) !== null));
  return [...document.querySelectorAll<HTMLElement>("[aria-controls]")].find(opens) ?? null;
}

const stops = (part: Element): HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(focusables)].filter(
    (element) => !element.matches(":disabled, [type=hidden]") && isShown(element),
  );

/** Gives the focus to a part of the window: where it asks for it, else to its first field, else to the first thing that takes one. */
export function focusInto(part: HTMLElement): void {
  const all = stops(part);
  const wanted =
    part.querySelector<HTMLElement>("[data-autofocus]") ??
    all.find((element) => element.matches("input, textarea, select")) ??
    all[0] ??
    part;
  wanted.focus({ preventScroll: true });
}

/** Gives the focus to the screen: to what takes its keys, where it has such a part. */
export function focusScreen(): void {
  (document.querySelector<HTMLElement>("main [data-home]") ?? document.getElementById("screen"))?.focus({
    preventScroll: true,
  });
}

/** Gives the focus back to what had it, or to the screen where that is gone. */
export function giveBack(before: Element | null): void {
  if (before instanceof HTMLElement && before !== document.body && before.isConnected && isShown(before))
    before.focus({ preventScroll: true });
  if (document.activeElement !== before) focusScreen();
}

/** Nobody has the focus, or only the screen as a whole. */
export function isFocusFree(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at.id === "screen";
}

const begun = new WeakMap<Event, HTMLElement | null>();

/** Whether the key was pressed while something that keeps every key was in front, also when that closed by it. */
export function wasInFront(event: Event): "modal" | "other" | null {
  const at = begun.get(event);
  return at == null ? null : at.matches(modal) ? "modal" : "other";
}

/** Why keys are held: each with what Escape gives up. */
const holders = new Set<{ onEscape: (() => void) | undefined }>();
let held: KeyboardEvent[] = [];
let playing = false;
/** What is played is not held again. */
const played = new WeakSet<Event>();
const longest = 3_000;
const modifiers = new Set(["Control", "Shift", "Alt", "AltGraph", "Meta", "CapsLock"]);

/**
 * Holds every key from now on until the returned function plays them to what has the focus then, or
 * for 3 seconds. Escape is not held: it gives up what was waited for, and what was typed after it.
 */
export function holdKeys(onEscape?: () => void): () => void {
  const holder = { onEscape };
  holders.add(holder);
  const release = () => {
    clearTimeout(timer);
    holders.delete(holder);
    void playHeld();
  };
  const timer = setTimeout(release, longest);
  return release;
}

/** One key after the other, each after the screen has answered to the one before; what one of them opens holds the rest. */
async function playHeld(): Promise<void> {
  if (playing) return;
  playing = true;
  for (let key = next(); key !== undefined; key = next()) {
    play(key);
    await Promise.resolve();
  }
  playing = false;
}
const next = (): KeyboardEvent | undefined => (holders.size === 0 ? held.shift() : undefined);

let awaited: (() => void) | null = null;

/** Holds the keys until something in front has arrived and has the focus. */
export function awaitFront(): void {
  awaited = holdKeys();
}

/** Forgets the keys that are held: they were for what is out of reach now. */
export function forgetKeys(): void {
  holders.clear();
  held = [];
  awaited = null;
}

/** Something in front is there and has the focus. */
export function frontArrived(): void {
  awaited?.();
  awaited = null;
}

/** Does what the key would have done to what has the focus now. */
function play(key: KeyboardEvent): void {
  const at = document.activeElement instanceof HTMLElement ? document.activeElement : document.body;
  const again = new KeyboardEvent(key.type, key);
  played.add(again);
  if (!at.dispatchEvent(again)) return;
  const field = at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement;
  if (key.ctrlKey || key.metaKey) return;
  if ([...key.key].length === 1 && (field || at.isContentEditable)) document.execCommand("insertText", false, key.key);
  else if (key.key === "Backspace" && field) document.execCommand("delete");
  else if (key.key === "Enter" && at instanceof HTMLInputElement) at.form?.requestSubmit();
  else if ((key.key === "Enter" || key.key === " ") && !field) at.click();
  else if (key.key === "Tab") step(at, key.shiftKey ? -1 : 1);
}

function step(from: HTMLElement, by: number): void {
  const all = stops(front() ?? document.body);
  all[(all.indexOf(from) + by + all.length) % all.length]?.focus();
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.isComposing || modifiers.has(event.key)) return;
  // A hint that is shown over what has the focus would end by this key and keep it from the screen. What has done something
  // with an Escape says so by `preventDefault`.
  if (event.key === "Escape") event.stopPropagation = () => undefined;
  if ((holders.size > 0 || playing) && !played.has(event)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key !== "Escape" || holders.size === 0) held.push(event);
    else {
      held = [];
      const givenUp = [...holders];
      holders.clear();
      givenUp.forEach(({ onEscape }) => onEscape?.());
    }
    return;
  }
  const at = front();
  begun.set(event, at);
  if (at === null || !(event.target instanceof Node)) return;
  const anchor = anchorOf(at);
  if (at.contains(event.target) || anchor?.contains(event.target) === true) {
    if (event.key === "Tab" && at.matches(modal)) goRound(event, at);
    return;
  }
  // The text that the key types goes to whatever has the focus once all have heard of the key.
  event.stopImmediatePropagation();
  if (stops(at).length === 0 && anchor !== null) anchor.focus();
  else focusInto(at);
  const taken = document.activeElement;
  if (taken === null || !(at.contains(taken) || anchor?.contains(taken) === true))
    event.preventDefault(); // Nothing there takes keys.
  else {
    const again = new KeyboardEvent(event.type, event);
    played.add(again);
    if (!taken.dispatchEvent(again)) event.preventDefault();
  }
}

/** Tab goes round in a dialog. */
function goRound(event: KeyboardEvent, dialog: HTMLElement): void {
  const all = stops(dialog);
  const [edge, other] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
  if (event.target !== edge && event.target !== dialog) return;
  event.preventDefault();
  other?.focus();
}

/** Begins to listen; before anything else does, so that nothing hears of a key before. */
export function guardKeys(): () => void {
  window.addEventListener("keydown", onKeyDown, { capture: true });
  return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
}
