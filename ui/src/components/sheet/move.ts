// Where a key leads in a sheet: arithmetic on places, nothing else.
import type { Place } from "./block";

export interface Extent {
  rows: number;
  columns: number;
}

export function clamp({ row, column }: Place, { rows, columns }: Extent): Place {
  return { row: Math.max(0, Math.min(rows - 1, row)), column: Math.max(0, Math.min(columns - 1, column)) };
}

/** The place after an arrow, Home, End or a page; null for any other key. */
export function arrow(key: string, mod: boolean, from: Place, extent: Extent, rtl: boolean, page = 15): Place | null {
  const far = mod ? Number.MAX_SAFE_INTEGER : 1;
  const onward = rtl ? -far : far;
  switch (key) {
    case "ArrowDown":
      return clamp({ row: from.row + far, column: from.column }, extent);
    case "ArrowUp":
      return clamp({ row: from.row - far, column: from.column }, extent);
    case "ArrowRight":
      return clamp({ row: from.row, column: from.column + onward }, extent);
    case "ArrowLeft":
      return clamp({ row: from.row, column: from.column - onward }, extent);
    case "PageDown":
      return clamp({ row: from.row + page, column: from.column }, extent);
    case "PageUp":
      return clamp({ row: from.row - page, column: from.column }, extent);
    case "Home":
      return { row: mod ? 0 : from.row, column: 0 };
    case "End":
      return clamp({ row: mod ? extent.rows : from.row, column: extent.columns }, extent);
    default:
      return null;
  }
}

/** The next place for Tab: along the row, then the next row; null past the last and before the first cell. */
export function tab(from: Place, back: boolean, { rows, columns }: Extent): Place | null {
  const next = from.row * columns + from.column + (back ? -1 : 1);
  return next < 0 || next >= rows * columns ? null : { row: Math.floor(next / columns), column: next % columns };
}

/** Whether a key types something. AltGr comes as Ctrl and Alt together on some systems. */
export function types(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): boolean {
  const chord = (event.ctrlKey && !event.altKey) || event.metaKey || (event.altKey && !event.ctrlKey);
  return [...event.key].length === 1 && !chord;
}
