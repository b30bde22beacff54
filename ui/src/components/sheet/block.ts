// Blocks of cells and their text form, as spreadsheets put it on the clipboard (tab-separated).

/** A place in the sheet by index. */
export interface Place {
  row: number;
  column: number;
}

/** A block of cells from its first to its last row and column, both included. */
export interface Block {
  top: number;
  left: number;
  bottom: number;
  right: number;
}

export function blockOf(anchor: Place, focus: Place): Block {
  return {
    top: Math.min(anchor.row, focus.row),
    bottom: Math.max(anchor.row, focus.row),
    left: Math.min(anchor.column, focus.column),
    right: Math.max(anchor.column, focus.column),
  };
}

export function contains(block: Block, row: number, column: number): boolean {
  return row >= block.top && row <= block.bottom && column >= block.left && column <= block.right;
}

export function placesOf({ top, left, bottom, right }: Block): Place[] {
  return Array.from({ length: bottom - top + 1 }, (_, down) =>
    Array.from({ length: right - left + 1 }, (__, across) => ({ row: top + down, column: left + across })),
  ).flat();
}

/** Writes cells as a spreadsheet does: tabs between, a line a row, quoted where a cell holds a tab, a quote or a line. */
export function writeBlock(rows: readonly (readonly string[])[]): string {
  const quote = (cell: string) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return rows.map((cells) => cells.map(quote).join("\t")).join("\n");
}

/**
 * Reads what a spreadsheet put on the clipboard. One newline at the end belongs to the form and not to
 * the content, so that a pasted column never blanks the cell below it.
 */
export function readBlock(text: string): string[][] {
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  for (;;) {
    const cell = source[at] === '"' ? readQuoted(source, at) : null;
    const end = cell?.end ?? nextBreak(source, at);
    row.push(cell?.text ?? source.slice(at, end));
    if (source[end] !== "\t") {
      rows.push(row);
      row = [];
    }
    if (end >= source.length) return rows;
    at = end + 1;
  }
}

function nextBreak(source: string, from: number): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === "\t" || source[at] === "\n") return at;
  }
  return source.length;
}

/** A quoted cell, if it really is one: closed, and followed by a tab, a newline or the end. */
function readQuoted(source: string, from: number): { text: string; end: number } | null {
  let text = "";
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] !== '"') text += source[at];
    else if (source[at + 1] === '"') {
      text += '"';
      at += 1;
    } else {
      const after = source[at + 1];
      return after === undefined || after === "\t" || after === "\n" ? { text, end: at + 1 } : null;
    }
  }
  return null;
}

/**
 * Where pasted cells land. One cell fills the whole selection; a block whose multiple fits the selection
 * repeats in it; otherwise it is put down once, from the selection's first cell.
 */
export function spread(
  cells: readonly (readonly string[])[],
  selection: Block,
  rows: number,
  columns: number,
): { places: (Place & { text: string })[]; overflow: number } {
  const height = cells.length;
  const width = Math.max(0, ...cells.map((row) => row.length));
  if (width === 0) return { places: [], overflow: 0 };
  const selected = { height: selection.bottom - selection.top + 1, width: selection.right - selection.left + 1 };
  const repeats = selected.height % height === 0 && selected.width % width === 0;
  const total = repeats ? selected : { height, width };
  const places: (Place & { text: string })[] = [];
  let overflow = 0;
  for (let down = 0; down < total.height; down += 1) {
    for (let across = 0; across < total.width; across += 1) {
      const text = cells[down % height]?.[across % width];
      if (text === undefined) continue; // A ragged row says nothing about the cells it does not reach.
      const place = { row: selection.top + down, column: selection.left + across, text };
      if (place.row >= rows || place.column >= columns) overflow += 1;
      else places.push(place);
    }
  }
  return { places, overflow };
}
