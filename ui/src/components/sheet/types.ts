// What a sheet is told. It knows rows, columns and texts; it does not know what they mean.
import type { ReactNode } from "react";
import type { CellChange } from "./history";
import type { EditState } from "./keptEdits";

export interface SheetRow {
  id: string;
  name: string /** Beside the name, smaller. */;
  note?: string;
}

export interface SheetColumn {
  id: string;
  title: string;
  /** Under the title, such as the most that can be had. */
  about?: string;
  /** Columns beside each other of the same group stand under one heading. */
  group?: string;
  /** In pixels; 72 where it is left out. */
  width?: number;
}

/** A column at the end of each row that cannot be typed into and stays in sight. */
export interface SheetTotal {
  id: string;
  title: string;
  width?: number;
  render: (row: string) => ReactNode;
  /** What stands at the foot of it. */
  foot?: (footer: string) => ReactNode;
}

/** A row at the foot that stays in sight. */
export interface SheetFooter {
  id: string;
  title: string;
  render: (column: string) => ReactNode;
}

export interface CellView {
  /** As typed, or as stored. */
  text: string;
  state?: EditState;
  /** Why it was not saved. */
  reason?: string;
  /** Why it cannot be changed. */
  locked?: string;
  /** Why what stands in it has no effect; it can be typed into all the same. */
  idle?: string;
}

/** Whether a step takes one back or does it again; typed where it is left out. */
export type HowCommitted = "undone" | "again";

/** What a cell may become of what is being typed into it. */
export interface Completion {
  /** The whole text of the cell then. */
  text: string;
  label: string;
}

export interface SheetProps {
  label: string;
  nameTitle: string;
  rows: readonly SheetRow[];
  columns: readonly SheetColumn[];
  totals?: readonly SheetTotal[];
  footers?: readonly SheetFooter[];
  /** Cells hold words, which begin where lines do, and not numbers; must be stable. What is proposed while one types. */
  complete?: (text: string) => readonly Completion[];
  /** Must be stable as long as no cell changes. */
  getCell: (row: string, column: string) => CellView;
  /** Everything typed, pasted, cleared, filled, undone: one call a step. */
  onCommit: (changes: readonly CellChange[], how?: HowCommitted) => void;
  /** The key for undoing, or doing again, was pressed and this sheet's own steps have come to an end. */
  onHistoryEnd?: (again: boolean) => void;
  /** The cell under the cursor, for a pane beside the sheet. */
  onActive?: (row: string, column: string) => void;
  onColumnTitle?: (column: string) => void;
  /** A column that the cursor goes to as soon as it is there, and what is told then. */
  goTo?: string | null;
  onGone?: () => void;
}

export const sizes = { name: 220, column: 72, total: 80, head: 56, group: 20, row: 28 } as const;
