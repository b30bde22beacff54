// Joins what is stored with what was typed and is not saved yet, as the cells of a sheet.
import { useCallback, useEffect, useMemo, useSyncExternalStore } from "react";
import type { SaveState } from "../states";
import type { CellChange } from "./history";
import { keptSheet, type SaveEdits } from "./keptEdits";
import type { CellView } from "./types";

interface KeptCells {
  getCell: (row: string, column: string) => CellView;
  onCommit: (changes: readonly CellChange[]) => void;
  /** The worst state of any cell, for the indicator. */
  state: SaveState;
  /** Tries again now what could not be saved. */
  retry: () => void;
}

/**
 * `key` names the person and the sheet. `stored` must be stable as long as what is stored is. `check`
 * says why a text cannot be saved, or null; such a text stays in its cell and is not sent.
 */
export function useKeptCells(
  key: string,
  save: SaveEdits,
  stored: (row: string, column: string) => CellView,
  check: (row: string, column: string, text: string) => string | null = () => null,
): KeptCells {
  const sheet = useMemo(() => keptSheet(key, save), [key, save]);
  const edits = useSyncExternalStore(sheet.subscribe, sheet.all);
  // Once the stored value says the same, the kept one has done its duty.
  useEffect(() => sheet.settle(({ row, column, text }) => stored(row, column).text === text), [sheet, stored]);

  const getCell = useCallback(
    (row: string, column: string): CellView => {
      const cell = stored(row, column);
      const edit = edits.get(`${row}\u0000${column}`);
      return edit === undefined ? cell : { ...cell, text: edit.text, state: edit.state, reason: edit.reason };
    },
    [stored, edits],
  );

  const onCommit = useCallback(
    (changes: readonly CellChange[]) => {
      const wrong = changes.map(({ row, column, after }) => ({
        row,
        column,
        text: after,
        reason: check(row, column, after),
      }));
      for (const { row, column, text, reason } of wrong) if (reason !== null) sheet.refuse(row, column, text, reason);
      const good = wrong.filter(({ reason }) => reason === null);
      if (good.length > 0) sheet.keep(good.map(({ row, column, text }) => ({ row, column, text })));
    },
    [sheet, check],
  );

  const states = new Set([...edits.values()].map(({ state }) => state));
  const state: SaveState =
    states.has("refused") || states.has("conflict")
      ? "refused"
      : states.has("unsaved")
        ? "unsaved"
        : states.has("saving")
          ? "saving"
          : states.has("saved")
            ? "saved"
            : "idle";
  return { getCell, onCommit, state, retry: useCallback(() => void sheet.flush(), [sheet]) };
}
