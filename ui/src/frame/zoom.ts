// How large everything is: Ctrl + and Ctrl − step it, Ctrl 0 brings it back. Kept on this computer.
import { useSyncExternalStore } from "react";
import { recall, remember } from "../session/memory";

/** In per cent of the usual size. */
const steps = [75, 90, 100, 110, 125, 150, 175, 200, 250] as const;
const usual = 100;

let now: number = usual;
const watchers = new Set<() => void>();

function set(percent: number): void {
  now = percent;
  document.documentElement.style.fontSize = percent === usual ? "" : `${percent}%`;
  remember("zoom", String(percent));
  watchers.forEach((watcher) => watcher());
}

/** As it was left on this computer. */
export function beginZoom(): void {
  const kept = Number(recall("zoom"));
  if (steps.some((step) => step === kept)) set(kept);
}

export const larger = (): void => set(steps.find((step) => step > now) ?? now);
export const smaller = (): void => set(steps.findLast((step) => step < now) ?? now);
export const usualSize = (): void => set(usual);

/** Per cent of the usual size. */
export function useZoom(): number {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => now,
  );
}

/** Takes the key where it is one of these. Where `=` or a digit is typed with Shift, the key says `+` or another sign. */
export function zoomKey(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
  if (event.key === "+" || event.key === "=") larger();
  else if (event.key === "-" || event.key === "_") smaller();
  else if (event.key === "0" || event.code === "Digit0") usualSize();
  else return false;
  event.preventDefault();
  return true;
}
