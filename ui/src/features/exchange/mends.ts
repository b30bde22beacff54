// Refused rows that a person types right: each in the place of the row on its line.
import type { ImportReport } from "../../bindings/ImportReport";
import type { RowCells } from "../../bindings/RowCells";

/** Mended rows by file and line. */
export type Mends = Readonly<Record<string, RowCells>>;

const keyOf = (file: string, line: number) => `${file}\u0000${line}`;

/** A refused row as it now is, with the names of its columns; null where the file has no row of its own there. */
export function rowAt(
  report: ImportReport,
  mends: Mends,
  file: string,
  line: number,
): { headers: readonly string[]; row: RowCells } | null {
  const table = report.refusedRows.find((one) => one.file === file);
  const row = mends[keyOf(file, line)] ?? table?.rows.find((one) => one.line === line);
  return table === undefined || row === undefined ? null : { headers: table.headers, row };
}

/** What is typed into one cell of a row. */
export function mend(mends: Mends, row: RowCells, place: number, text: string): Mends {
  return {
    ...mends,
    [keyOf(row.file, row.line)]: { ...row, cells: row.cells.map((cell, at) => (at === place ? text : cell)) },
  };
}
