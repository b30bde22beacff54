// How wide a part of the screen is and how large its text, for what is laid out by them.
import { useCallback, useState, useSyncExternalStore } from "react";

/** The width of an element in pixels, 0 before it is laid out. */
export function useWidth(): [width: number, ref: (element: HTMLElement | null) => (() => void) | undefined] {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [width, ref];
}

let scale = 1;
const watchers = new Set<() => void>();
let probe: HTMLElement | null = null;

/** Sees every change of the text's size, whoever made it: this window, the system, a style of the person. */
function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  if (probe === null) {
    probe = document.createElement("div");
    probe.style.cssText = "position: fixed; visibility: hidden; pointer-events: none; width: 1rem; height: 0";
    probe.setAttribute("aria-hidden", "true");
    document.body.append(probe);
    new ResizeObserver(([entry]) => {
      const next = (entry?.contentRect.width ?? 0) / 16;
      if (next === 0 || next === scale) return;
      scale = next;
      watchers.forEach((each) => each());
    }).observe(probe);
  }
  return () => watchers.delete(watcher);
}

/** How large text is beside its usual size: 2 at 200 %. */
export function useTextScale(): number {
  return useSyncExternalStore(watch, () => scale);
}

/** How many letters' heights (rem) the window is wide. */
export const windowWidth = (): number =>
  window.innerWidth / (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16);
