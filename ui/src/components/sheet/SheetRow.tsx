// One row of a sheet. It draws again only when its own cells, or the cursor in it, change.
import type { VirtualItem } from "@tanstack/react-virtual";
import { memo, type RefObject } from "react";
import { useTranslation, type Translate } from "../../i18n";
import type { Place } from "./block";
import { Numeral } from "../Numeral";
import classes from "./Sheet.module.css";
import { CompletingEditor } from "./CompletingEditor";
import {
  sizes,
  type CellView,
  type Completion,
  type SheetColumn,
  type SheetRow as Row,
  type SheetTotal,
} from "./types";
import type { Editing } from "./useSheet";

export interface CellHandlers {
  pick: (place: Place, extend: boolean) => void;
  edit: (place: Place) => void;
  blur: () => void;
}

interface SheetRowProps {
  id: string;
  index: number;
  top: number;
  row: Row;
  columns: readonly SheetColumn[];
  shown: readonly VirtualItem[];
  nameWidth: number;
  width: number;
  totals: readonly SheetTotal[];
  getCell: (row: string, column: string) => CellView;
  /** The column of the cursor, when it is in this row. */
  active: number | null;
  editing: Editing | null;
  editor: RefObject<HTMLInputElement | null>;
  /** First and last selected column, when the selection reaches this row. */
  left: number;
  right: number;
  cells: CellHandlers;
  complete: ((text: string) => readonly Completion[]) | undefined;
}

export const SheetRowView = memo(function SheetRowView(props: SheetRowProps) {
  const {
    id,
    index,
    top,
    row,
    columns,
    shown,
    nameWidth,
    width,
    totals,
    getCell,
    active,
    editing,
    editor,
    left,
    right,
    cells,
    complete,
  } = props;
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes.row}
      style={{ top }}
      data-active={active !== null || undefined}
    >
      <div role="rowheader" aria-colindex={1} className={classes.name} style={{ width: nameWidth }}>
        <bdi className="name" dir="auto" title={row.name}>
          {row.name}
        </bdi>
        {row.note !== undefined && <span className={classes.note}>{row.note}</span>}
      </div>
      <div role="presentation" className={classes.cells} style={{ width }}>
        {shown.map(({ index: place, start, size }) => {
          const column = columns[place];
          if (column === undefined) return null;
          return (
            <Cell
              key={column.id}
              id={`${id}-${index}-${place}`}
              at={{ row: index, column: place }}
              start={start - nameWidth}
              size={size}
              label={`${row.name}, ${column.title}`}
              view={getCell(row.id, column.id)}
              selected={place >= left && place <= right}
              active={active === place}
              editing={active === place ? editing : null}
              editor={editor}
              cells={cells}
              complete={complete}
            />
          );
        })}
      </div>
      {totals.length > 0 && (
        <div role="presentation" className={classes.totals}>
          {totals.map((total, place) => (
            <div
              key={total.id}
              role="gridcell"
              aria-colindex={columns.length + place + 2}
              aria-readonly
              className={classes.total}
              style={{ width: total.width ?? sizes.total }}
            >
              <Numeral>{total.render(row.id)}</Numeral>
            </div>
          ))}
        </div>
      )}
    </div>
  );
});

interface CellProps {
  id: string;
  at: Place;
  start: number;
  size: number;
  label: string;
  view: CellView;
  selected: boolean;
  active: boolean;
  editing: Editing | null;
  editor: RefObject<HTMLInputElement | null>;
  cells: CellHandlers;
  complete: ((text: string) => readonly Completion[]) | undefined;
}

function Cell({ id, at, start, size, label, view, selected, active, editing, editor, cells, complete }: CellProps) {
  const { t } = useTranslation();
  const says = [said(view)?.(t), view.idle].filter((text) => text !== undefined).join(" · ");
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={at.column + 2}
      aria-selected={selected}
      aria-readonly={view.locked !== undefined || undefined}
      aria-invalid={view.state === "refused" || view.state === "conflict" || undefined}
      className={classes.cell}
      style={{ insetInlineStart: start, width: size }}
      title={says === "" ? view.locked : says}
      data-active={active || undefined}
      data-state={view.state}
      data-locked={view.locked !== undefined || undefined}
      data-idle={view.idle !== undefined || undefined}
      data-words={complete !== undefined || undefined}
      onPointerDown={(event) => {
        if (event.button !== 0 || editing !== null) return;
        cells.pick(at, event.shiftKey);
      }}
      onPointerEnter={(event) => {
        if (event.buttons === 1 && !active) cells.pick(at, true);
      }}
      onDoubleClick={() => cells.edit(at)}
    >
      {editing === null ? (
        <>
          {complete === undefined ? view.text : <bdi className="name">{view.text}</bdi>}
          {says !== "" && <span className={classes.said}> {says}</span>}
        </>
      ) : complete !== undefined ? (
        <CompletingEditor editor={editor} label={label} text={editing.text} complete={complete} onLeave={cells.blur} />
      ) : (
        <input
          ref={editor}
          className={classes.editor}
          defaultValue={editing.text}
          aria-label={label}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          onBlur={cells.blur}
        />
      )}
      {view.state !== undefined && editing === null && <span className={classes.corner} aria-hidden />}
    </div>
  );
}

type Say = (t: Translate) => string;

/** A cell's state in words; saved cells say nothing. */
function said({ state, reason = "" }: CellView): Say | null {
  switch (state) {
    case "saving":
      return (t) => t("sheet.saving");
    case "unsaved":
      return (t) => t("sheet.unsaved");
    case "refused":
      return (t) => t("sheet.refused", { reason });
    case "conflict":
      return (t) => t("sheet.conflict", { reason });
    default:
      return null;
  }
}
