// A list of the school as its operations answer, for tests of screens that show one.
import type { ListCell } from "../bindings/ListCell";
import type { ListRow } from "../bindings/ListRow";
import type { ListSettings } from "../bindings/ListSettings";

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
