// A list of the school as its operations answer, for tests of screens that show one.
import type { ColumnInfo } from "../bindings/ColumnInfo";
import type { ListCell } from "../bindings/ListCell";
import type { ListRow } from "../bindings/ListRow";
import type { ListSettings } from "../bindings/ListSettings";
import type { OwnColumn } from "../bindings/OwnColumn";

/** Words of the catalogue, below `paper.lists`. */
export const saidCell = (key: string, text: string): ListCell => ({
  is: "said",
  value: { key: `paper.lists.${key}`, values: {}, text },
});

/** A row whose cells are texts, numbers or whatever else. */
export const listRow = (id: string, ...cells: readonly (string | number | ListCell)[]): ListRow => ({
  id,
  version: 1,
  cells: cells.map((cell) => {
    if (typeof cell === "string") return { is: "text", value: cell };
    return typeof cell === "number" ? { is: "number", value: cell } : cell;
  }),
});

/** A list with these columns, all of them usual, and no views. */
export const listWith = (...columns: readonly string[]): ListSettings => ({
  columns: columns.map((id) => ({
    id,
    head: { key: `paper.lists.columns.${id}`, values: {}, text: id },
    usual: true,
    sortable: false,
    numeric: false,
    narrowest: 5,
    share: 1,
    lesser: 0,
    own: null,
  })),
  chosen: null,
  views: [],
  mayShare: false,
});

/** The column of a field that the school made, by which the list is sorted. */
export const ownColumn = (field: string, rest: Partial<OwnColumn> = {}): ColumnInfo => ({
  id: `field:${field}`,
  head: { key: "paper.lists.ownField", values: { title: field }, text: field },
  usual: false,
  sortable: true,
  numeric: rest.kind === "number",
  narrowest: 6,
  share: 1,
  lesser: 0,
  own: { field, kind: "text", choices: [], help: null, mayChange: true, mayChangeAll: true, ...rest },
});
