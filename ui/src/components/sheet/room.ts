// How the room of a sheet is shared: columns and names grow where there is more than they need, to a
// point; what is left over stays empty behind the totals.
import { sizes, type SheetColumn } from "./types";

const mostName = 320;
/** So that columns are seen too where there is little room. */
const leastName = 130;
const mostGrowth = 1.75;

export interface Shared {
  name: number;
  columns: readonly SheetColumn[];
}

/** `room` and `totals` in pixels; a room of 0 is not known yet. */
export function shareRoom(columns: readonly SheetColumn[], totals: number, room: number): Shared {
  const wanted = columns.reduce((sum, { width = sizes.column }) => sum + width, 0);
  const spare = room - totals - sizes.name - wanted;
  if (room === 0 || wanted === 0) return { name: sizes.name, columns };
  if (spare <= 0) return { name: Math.max(leastName, Math.min(sizes.name, Math.floor(room / 3))), columns };
  const name = Math.min(mostName, sizes.name + Math.floor(spare / 4));
  const growth = Math.min(mostGrowth, 1 + (spare - (name - sizes.name)) / wanted);
  return {
    name,
    columns: columns.map((column) => ({ ...column, width: Math.floor((column.width ?? sizes.column) * growth) })),
  };
}
