// Keyboard shortcuts of a screen: registered while it is shown, listed by `?`, shown in tooltips.
import { useEffect, useRef, useSyncExternalStore } from "react";
import { awaitFront, guardKeys, wasInFront } from "./gate";
import { lockScreen } from "../session/lock";
import { zoomKey } from "./zoom";

export interface ScreenKey {
  /** `mod+K`, `mod+shift+Z`, `Escape`, `/`, `?`, `J`; `mod` is Ctrl, on a Mac Command. */
  keys: string;
  label: string;
  run: () => void;
  /** Also while the cursor is in a field; combinations with `mod` are, undo and redo are not. */
  whileTyping?: boolean;
  /** Listed only: what is focused handles the key itself. */
  shownOnly?: boolean;
  /** Opens a form: what is typed from now on is for it. */
  opens?: boolean;
}

interface Layer {
  keys: readonly ScreenKey[];
  everywhere: boolean;
}

let layers: readonly Layer[] = [];
const watchers = new Set<() => void>();

function setLayers(next: readonly Layer[]): void {
  layers = next;
  watchers.forEach((watcher) => watcher());
}

/** Whether a key event is this combination. Shift is ignored for signs such as `?`, that need it. */
export function matches(event: KeyboardEvent, keys: string): boolean {
  const parts = keys.split("+").map((part) => part.trim());
  const last = (keys.endsWith("+") ? "+" : parts.at(-1)) ?? "";
  const named = parts.map((part) => part.toLowerCase());
  const mod = named.includes("mod");
  if (mod !== (event.ctrlKey || event.metaKey)) return false;
  if (named.includes("alt") !== event.altKey) return false;
  if (event.key.toLowerCase() !== last.toLowerCase()) return false;
  const isLetter = /^[a-z]$/i.test(last);
  return !(isLetter || last.length > 1) || named.includes("shift") === event.shiftKey;
}

/** What takes letters: a field, or a sheet, which leaves `?` to the screen. */
function typesInto(target: EventTarget | null): "field" | "sheet" | null {
  if (!(target instanceof HTMLElement)) return null;
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return "field";
  return target.dataset.sheet === undefined ? null : "sheet";
}

/** Whether a field leaves the key to the screen. */
function passes({ keys, whileTyping = false }: ScreenKey, into: "field" | "sheet" | null): boolean {
  return (
    into === null ||
    whileTyping ||
    (into === "sheet" && keys === "?") ||
    (keys.includes("mod+") && !/mod\+(shift\+)?Z/i.test(keys))
  );
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  // What is open in front keeps the keys to itself, and closes by its own Escape; a menu or a list lets Ctrl K through.
  const over = wasInFront(event);
  // From wherever one is, also over a form that is half filled: it stays as it is.
  if (matches(event, "mod+L") && lockScreen()) {
    event.preventDefault();
    return;
  }
  if (over === "modal") {
    zoomKey(event);
    return;
  }
  const into = typesInto(event.target);
  for (const { keys, everywhere } of [...layers].reverse()) {
    const hit = keys.find(
      (key) =>
        key.shownOnly !== true &&
        matches(event, key.keys) &&
        passes(key, into) &&
        (over === null || (everywhere && key.keys.startsWith("mod+"))),
    );
    if (hit !== undefined) {
      event.preventDefault();
      if (hit.opens === true) awaitFront();
      hit.run();
      return;
    }
  }
  zoomKey(event);
}

guardKeys();
window.addEventListener("keydown", onKeyDown);

/** Registers the keys of what is on the screen; the one mounted last is asked first. */
export function useScreenKeys(keys: readonly ScreenKey[], { everywhere = false } = {}): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  const shape = keys.map((key) => `${key.keys}\u0000${key.label}`).join("\u0001");
  // biome-ignore lint/correctness/useExhaustiveDependencies(shape): what `keys` says; the array is another one at each drawing.
  useEffect(() => {
    const layer: Layer = {
      everywhere,
      keys: current.current.map((key, place) => ({ ...key, run: () => current.current[place]?.run() })),
    };
    setLayers(everywhere ? [layer, ...layers] : [...layers, layer]);
    return () => setLayers(layers.filter((other) => other !== layer));
  }, [shape, everywhere]);
}

export function useKeyLayers(): readonly Layer[] {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => layers,
  );
}

const isMac = typeof navigator !== "undefined" && /Mac/.test(navigator.userAgent);

/** The combination as people know it: `Ctrl K`, on a Mac `⌘ K`. */
export function keyName(keys: string): string {
  const names: Record<string, string> = {
    mod: isMac ? "⌘" : "Ctrl",
    ArrowDown: "↓",
    ArrowUp: "↑",
    Escape: "Esc",
    "＋": "+",
    "-": "−",
  };
  return keys
    .replace(/\+\+$/, "+＋")
    .split("+")
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part[0]?.toUpperCase() + part.slice(1)))
    .join(" ");
}

/** `aria-hidden` where they stand in a button, whose name they are no part of. */
export function Keys({ keys, ...rest }: { keys: string; "aria-hidden"?: true }) {
  return (
    <kbd className="key" dir="ltr" {...rest}>
      {keyName(keys)}
    </kbd>
  );
}
