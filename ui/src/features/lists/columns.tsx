// The columns of a list as the operation names them, and what stands in their cells.
import type { ColumnInfo } from "../../bindings/ColumnInfo";
import type { ListCell } from "../../bindings/ListCell";
import type { ListRow } from "../../bindings/ListRow";
import type { ListColumn } from "../../components/PagedTable";
import { Signal, type Tone } from "../../components/Signal";
import { decimalSeparator, formatDay, formatMoment, formatNumber } from "../../numbers";
import { say } from "../../words";

/** Words that are shown as a signal, by their key in the catalogue. */
const tones: Record<string, Tone> = {
  "paper.lists.status.expected": "neutral",
  "paper.lists.status.onLeave": "neutral",
  "paper.lists.status.withdrawn": "neutral",
  "paper.lists.status.graduated": "neutral",
  "paper.lists.status.transferred": "neutral",
  "paper.lists.guardians.noAccess": "wrong",
  "paper.lists.guardians.noAccessTo": "wrong",
  "paper.lists.users.active": "good",
  "paper.lists.users.disabled": "wrong",
  "paper.lists.users.left": "wrong",
  "paper.lists.users.noPassword": "attention",
};
/** The columns by which a row is known. */
const names = ["name", "title", "subject"];

/** A cell as text. */
export function textOf(cell: ListCell | undefined): string {
  switch (cell?.is) {
    case "text":
      return cell.value;
    case "number":
      return formatNumber(cell.value);
    case "decimal":
      return cell.value.replace(".", decimalSeparator());
    case "day":
      return formatDay(cell.value);
    case "moment":
      return formatMoment(cell.value);
    case "said":
      return say(cell.value);
    default:
      return "";
  }
}

function Cell({ cell, bold }: { cell: ListCell | undefined; bold: boolean }) {
  const text = textOf(cell);
  const tone = cell?.is === "said" ? tones[cell.value.key] : undefined;
  if (tone !== undefined) return <Signal tone={tone}>{text}</Signal>;
  if (cell?.is === "number" || cell?.is === "decimal") return text;
  return (
    <bdi className="name" dir="auto" title={text} style={{ display: "block" }}>
      {bold ? <strong style={{ fontWeight: 600 }}>{text}</strong> : text}
    </bdi>
  );
}

/** The columns that a list shows to who chose none. */
export const usualColumns = (known: readonly ColumnInfo[]) => known.filter(({ usual }) => usual).map(({ id }) => id);

/** The chosen columns, in their order, as the table takes them. What somebody chose is never left out for lack of room. */
export function shownColumns(known: readonly ColumnInfo[], chosen: readonly string[]): ListColumn<ListRow>[] {
  const usual = usualColumns(known).join(" ") === chosen.join(" ");
  return chosen.flatMap((id, place) => {
    const column = known.find((one) => one.id === id);
    if (column === undefined) return [];
    return {
      id,
      header: () => say(column.head),
      cell: (row: ListRow) => <Cell cell={row.cells[place]} bold={names.includes(id)} />,
      width: `minmax(${column.narrowest}rem, ${column.share}fr)`,
      numeric: column.numeric,
      sortable: column.sortable,
      ...(usual && column.lesser > 0 ? { lesser: column.lesser } : {}),
    };
  });
}
