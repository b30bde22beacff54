// The cursor, the selection, the editor and the history of a sheet, and what each key does to them.
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ClipboardEvent,
  type KeyboardEvent,
} from "react";
import { useTranslation } from "../../i18n";
import { blockOf, placesOf, readBlock, spread, writeBlock, type Place } from "./block";
import { noHistory, record, redo, undo, type CellChange } from "./history";
import { onFlush } from "./keptEdits";
import { arrow, clamp, tab, types } from "./move";
import type { HowCommitted, SheetProps } from "./types";

/** An open editor: what it began with, and whether arrows move the caret (F2) or leave the cell (typing). */
export interface Editing {
  text: string;
  caret: boolean;
}
interface Cursor {
  active: Place;
  anchor: Place;
  editing: Editing | null;
}

export function useSheet({ rows, columns, getCell, onCommit, onHistoryEnd, onActive }: SheetProps, rtl: boolean) {
  const { t } = useTranslation();
  const [cursor, setCursor] = useState<Cursor>({
    active: { row: 0, column: 0 },
    anchor: { row: 0, column: 0 },
    editing: null,
  });
  const [notice, setNotice] = useState<string | null>(null);
  // Keys come faster than renders on a busy machine: what a key sees is this, never the last render.
  const now = useRef(cursor);
  const history = useRef(noHistory);
  const leaving = useRef(false);
  const root = useRef<HTMLDivElement>(null);
  const editor = useRef<HTMLInputElement>(null);
  const extent = { rows: rows.length, columns: columns.length };

  const set = (next: Cursor) => {
    const moved = next.active.row !== now.current.active.row || next.active.column !== now.current.active.column;
    now.current = next;
    setCursor(next);
    const [row, column] = [rows[next.active.row], columns[next.active.column]];
    if (moved && row !== undefined && column !== undefined) onActive?.(row.id, column.id);
  };
  const go = (to: Place, extend = false) =>
    set({ active: to, anchor: extend ? now.current.anchor : to, editing: null });

  /** Every change goes through here, as one step. Returns how many cells were locked. */
  const write = (cells: readonly (Place & { text: string })[]): number => {
    const changes: CellChange[] = [];
    let locked = 0;
    for (const { row: down, column: across, text } of cells) {
      const [row, column] = [rows[down], columns[across]];
      if (row === undefined || column === undefined) continue;
      const cell = getCell(row.id, column.id);
      if (cell.locked !== undefined) locked += 1;
      else if (cell.text !== text) changes.push({ row: row.id, column: column.id, before: cell.text, after: text });
    }
    if (changes.length > 0) {
      history.current = record(history.current, changes);
      onCommit(changes);
    }
    return locked;
  };

  const tell = (locked: number, overflow = 0) => {
    const parts = [
      overflow > 0 ? t("sheet.overflow", { count: overflow }) : null,
      locked > 0 ? t("sheet.locked", { count: locked }) : null,
    ].filter((part) => part !== null);
    setNotice(parts.length > 0 ? parts.join(" ") : null);
  };

  /** Takes what the editor holds. It does nothing where no editor is open. */
  const commit = () => {
    const { active, editing } = now.current;
    if (editing === null) return;
    const text = editor.current?.value.trim() ?? editing.text;
    set({ ...now.current, editing: null });
    tell(write([{ ...active, text }]));
  };

  const step = (taken: ReturnType<typeof undo>, how: HowCommitted) => {
    if (taken === null) {
      onHistoryEnd?.(how === "again");
      return;
    }
    history.current = taken.history;
    setNotice(null);
    onCommit(taken.changes, how);
    const first = taken.changes[0];
    if (first === undefined) return;
    const place = {
      row: rows.findIndex(({ id }) => id === first.row),
      column: columns.findIndex(({ id }) => id === first.column),
    };
    if (place.row >= 0 && place.column >= 0) go(place);
  };

  const open = (editing: Editing) => {
    const { active } = now.current;
    const [row, column] = [rows[active.row], columns[active.column]];
    if (row === undefined || column === undefined) return;
    const { locked } = getCell(row.id, column.id);
    if (locked !== undefined) setNotice(locked);
    else set({ active, anchor: active, editing });
  };

  const textAt = ({ row, column }: Place) => getCell(rows[row]?.id ?? "", columns[column]?.id ?? "").text;
  const selection = () => blockOf(now.current.anchor, now.current.active);

  const fillDown = () => {
    const block = selection();
    tell(
      write(
        placesOf(block)
          .filter(({ row }) => row > block.top)
          .map((place) => ({ ...place, text: textAt({ row: block.top, column: place.column }) })),
      ),
    );
  };

  const editorKey = (event: KeyboardEvent): boolean => {
    const { active, editing } = now.current;
    if (event.nativeEvent.isComposing) return false; // Enter and arrows belong to the input method.
    if (event.key === "Escape") set({ ...now.current, editing: null });
    else if (event.key === "Enter") {
      commit();
      go(clamp({ row: active.row + (event.shiftKey ? -1 : 1), column: active.column }, extent));
    } else if (event.key === "Tab") {
      commit();
      go(tab(active, event.shiftKey, extent) ?? active);
    } else {
      const leaves = editing !== null && !editing.caret && event.key.startsWith("Arrow") && !event.shiftKey;
      const to = leaves ? arrow(event.key, false, active, extent, rtl) : null;
      if (to === null) return false;
      commit();
      go(to);
    }
    return true;
  };

  const command = (event: KeyboardEvent): boolean => {
    switch (event.key.toLowerCase()) {
      case "z":
        if (event.shiftKey) step(redo(history.current), "again");
        else step(undo(history.current), "undone");
        return true;
      case "y":
        step(redo(history.current), "again");
        return true;
      case "a":
        set({
          anchor: { row: 0, column: 0 },
          active: clamp({ row: extent.rows, column: extent.columns }, extent),
          editing: null,
        });
        return true;
      case "d":
        fillDown();
        return true;
      default:
        return false;
    }
  };

  const gridKey = (event: KeyboardEvent): boolean => {
    const { active, anchor } = now.current;
    const mod = event.ctrlKey || event.metaKey;
    const wasLeaving = leaving.current;
    leaving.current = event.key === "Escape";
    const to = event.altKey ? null : arrow(event.key, mod, active, extent, rtl);
    if (to !== null) go(to, event.shiftKey);
    else if (event.key === "Enter")
      go(clamp({ row: active.row + (event.shiftKey ? -1 : 1), column: active.column }, extent));
    else if (event.key === "Tab") {
      const next = wasLeaving ? null : tab(active, event.shiftKey, extent);
      if (next === null) return false; // After Escape, and at either end, Tab leaves the sheet.
      go(next);
    } else if (event.key === "F2") open({ text: textAt(active), caret: true });
    else if (event.key === "Delete" || event.key === "Backspace")
      tell(write(placesOf(selection()).map((place) => ({ ...place, text: "" }))));
    else if (event.key === "Escape") {
      if (active !== anchor) go(active);
      setNotice(null);
    } else if (event.key === "?")
      return false; // No mark: it shows the keys.
    else if (types(event)) open({ text: event.key === " " ? "" : event.key, caret: false });
    else if (event.key === "Process" || event.key === "Dead" || event.nativeEvent.isComposing) {
      open({ text: "", caret: false }); // The editor takes the focus, and with it what the input method composes.
      return false;
    } else return mod && !event.altKey ? command(event) : false;
    return true;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (extent.rows === 0 || extent.columns === 0) return;
    const handled = now.current.editing === null ? gridKey(event) : editorKey(event);
    if (handled) event.preventDefault();
  };

  const copy = (event: ClipboardEvent): boolean => {
    if (now.current.editing !== null) return false;
    const { top, bottom, left, right } = selection();
    const cells = Array.from({ length: bottom - top + 1 }, (_, down) =>
      Array.from({ length: right - left + 1 }, (__, across) => textAt({ row: top + down, column: left + across })),
    );
    event.clipboardData.setData("text/plain", writeBlock(cells));
    event.preventDefault();
    return true;
  };
  const onCut = (event: ClipboardEvent) => {
    if (copy(event)) tell(write(placesOf(selection()).map((place) => ({ ...place, text: "" }))));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (now.current.editing !== null) return;
    event.preventDefault();
    const block = selection();
    const { places, overflow } = spread(
      readBlock(event.clipboardData.getData("text/plain")),
      block,
      extent.rows,
      extent.columns,
    );
    if (places.length === 0 && overflow === 0) return;
    tell(write(places.map((place) => ({ ...place, text: place.text.trim() }))), overflow);
    const end = places.at(-1);
    if (end !== undefined) set({ anchor: { row: block.top, column: block.left }, active: end, editing: null });
  };

  const pick = (place: Place, extend: boolean) => {
    commit();
    go(place, extend);
  };
  const edit = (place: Place) => {
    go(place);
    open({ text: textAt(place), caret: true });
  };

  // The editor takes the focus before the next key, and the sheet takes it back after.
  const isEditing = cursor.editing !== null;
  const hadFocus = useRef(false);
  useLayoutEffect(() => {
    const input = editor.current;
    if (isEditing && input !== null) {
      input.focus({ preventScroll: true });
      input.setSelectionRange(input.value.length, input.value.length);
      hadFocus.current = true;
    } else if (hadFocus.current) {
      hadFocus.current = false;
      if (document.activeElement === document.body || document.activeElement === null)
        root.current?.focus({ preventScroll: true });
    }
  }, [isEditing]);

  // Handlers that rows keep: stable, so that moving the cursor draws two rows and not all of them.
  const latest = useRef({ commit, pick, edit, onKeyDown });
  useLayoutEffect(() => {
    latest.current = { commit, pick, edit, onKeyDown };
  });
  useLayoutEffect(() => onFlush(() => latest.current.commit()), []);
  // Leaving the screen takes what is in the editor along.
  useLayoutEffect(() => () => latest.current.commit(), []);
  const cells = useMemo(
    () => ({
      pick: (place: Place, extend: boolean) => latest.current.pick(place, extend),
      edit: (place: Place) => latest.current.edit(place),
      blur: () => latest.current.commit(),
    }),
    [],
  );
  const dismiss = useCallback(() => setNotice(null), []);

  return {
    cursor,
    notice,
    dismiss,
    root,
    editor,
    cells,
    go,
    onKeyDown,
    onCopy: (event: ClipboardEvent) => {
      copy(event);
    },
    onCut,
    onPaste,
  };
}
