// Whether the palette is open: told at once, in the key that opens it.
import { useSyncExternalStore } from "react";

let opened = false;
let focused: Element | null = null;
const watchers = new Set<() => void>();

function show(next: boolean): void {
  opened = next;
  watchers.forEach((watcher) => watcher());
}

export function openPalette(): void {
  focused = document.activeElement;
  show(true);
}
export const closePalette = (): void => show(false);

/** What had the focus when it was opened. */
export const focusedBefore = (): Element | null => focused;

export function usePaletteOpened(): boolean {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => opened,
  );
}
