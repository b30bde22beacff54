// A spreadsheet: frozen names, cells, totals and a foot that stay in sight, driven by one focused
// element. Only what is on the screen is drawn, and the cell of the cursor always.
import { CloseButton, useDirection } from "@mantine/core";
import { defaultRangeExtractor, useVirtualizer, type Range } from "@tanstack/react-virtual";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, type CSSProperties } from "react";
import { isFocusFree } from "../../frame/gate";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { Numeral } from "../Numeral";
import { useTextScale, useWidth } from "../width";
import { blockOf } from "./block";
import { shareRoom } from "./room";
import classes from "./Sheet.module.css";
import { SheetRowView } from "./SheetRow";
import { sizes, type SheetColumn, type SheetProps } from "./types";
import { useSheet } from "./useSheet";

/** The range on the screen, with the cursor's place even when it is scrolled away. */
const withCursor = (range: Range, place: number): number[] => {
  const shown = defaultRangeExtractor(range);
  return place < range.count && !shown.includes(place) ? [...shown, place].sort((one, other) => one - other) : shown;
};

interface Group {
  title: string;
  first: string;
  start: number;
  width: number;
}

/** The headings over columns beside each other of one group. */
function groupsOf(columns: readonly SheetColumn[]): Group[] {
  const groups: Group[] = [];
  let [start, before] = [0, undefined as string | undefined];
  for (const { id, group, width = sizes.column } of columns) {
    const last = groups.at(-1);
    if (group !== undefined && group === before && last !== undefined) last.width += width;
    else if (group !== undefined) groups.push({ title: group, first: id, start, width });
    before = group;
    start += width;
  }
  return groups;
}

export function Sheet(props: SheetProps) {
  const {
    label,
    nameTitle,
    rows,
    totals: allTotals = none,
    footers = none,
    getCell,
    complete,
    onColumnTitle,
    goTo = null,
    onGone,
  } = props;
  const { t } = useTranslation();
  const { dir } = useDirection();
  const id = useId();
  const sheet = useSheet(props, dir === "rtl");
  const { active, anchor, editing } = sheet.cursor;
  const scroller = sheet.root;
  const scale = useTextScale();
  const large = useMemo(() => scaled(scale), [scale]);
  const totals = useMemo(
    () => allTotals.map((total) => ({ ...total, width: (total.width ?? sizes.total) * scale })),
    [allTotals, scale],
  );
  const totalsWidth = totals.reduce((sum, { width }) => sum + width, 0);
  const [room, measured] = useWidth();
  const { name, columns } = useMemo(() => {
    const shared = shareRoom(props.columns, totalsWidth / scale, Math.max(0, room - scrollBar) / scale);
    return {
      name: shared.name * scale,
      columns: shared.columns.map((column) => ({ ...column, width: (column.width ?? sizes.column) * scale })),
    };
  }, [props.columns, totalsWidth, room, scale]);
  const footHeight = footers.length * large.row;
  const groups = useMemo(() => groupsOf(columns), [columns]);
  const headHeight = large.head + (groups.length > 0 ? large.group : 0);

  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => large.row,
    overscan: 8,
    paddingStart: headHeight,
    paddingEnd: footHeight,
    scrollPaddingStart: headHeight,
    scrollPaddingEnd: footHeight,
    rangeExtractor: (range) => withCursor(range, active.row),
  });
  const across = useVirtualizer({
    horizontal: true,
    isRtl: dir === "rtl",
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => columns[place]?.width ?? large.column,
    overscan: 3,
    paddingStart: name,
    paddingEnd: totalsWidth,
    scrollPaddingStart: name,
    scrollPaddingEnd: totalsWidth,
    rangeExtractor: (range) => withCursor(range, active.column),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(columns): other columns have other widths.
  // biome-ignore lint/correctness/useExhaustiveDependencies(name): the names push the columns aside.
  useEffect(() => across.measure(), [across, columns, name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies(large): rows are higher in large text.
  useEffect(() => down.measure(), [down, large]);
  // Only a move of the cursor scrolls, or the notice that takes room from it: not the first showing, and not a redraw.
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies(sheet.notice): the notice takes room from the cursor.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    down.scrollToIndex(active.row);
    across.scrollToIndex(active.column);
  }, [active.row, active.column, sheet.notice, down, across]);

  useScreenKeys([
    ...(
      [
        "Enter:down",
        "Tab:right",
        "F2:edit",
        "Delete:clear",
        "mod+C:copy",
        "mod+X:cut",
        "mod+V:paste",
        "mod+D:fill",
        "mod+shift+Z:redo",
      ] as const
    ).map((pair) => {
      const [keys, name] = pair.split(":") as [
        string,
        "down" | "right" | "edit" | "clear" | "copy" | "cut" | "paste" | "fill" | "redo",
      ];
      return { keys, label: t(`sheet.keys.${name}`), run: () => undefined, shownOnly: true };
    }),
  ]);

  useLayoutEffect(() => {
    if (isFocusFree()) scroller.current?.focus({ preventScroll: true });
  }, [scroller]);
  const wanted = goTo === null ? -1 : columns.findIndex((column) => column.id === goTo);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a wish to go somewhere is followed once, when it comes.
  useEffect(() => {
    if (wanted < 0 || editing !== null) return;
    sheet.go({ row: 0, column: wanted });
    scroller.current?.focus({ preventScroll: true });
    onGone?.();
  }, [wanted]);

  const block = blockOf(anchor, active);
  const shown = across.getVirtualItems();
  const cellsWidth = across.getTotalSize() - name - totalsWidth;
  const width = across.getTotalSize();
  return (
    <div className={classes.sheet} ref={measured} style={{ "--name": `${name}px` } as CSSProperties}>
      <div
        ref={scroller}
        data-home
        data-sheet
        className={classes.scroller}
        role="grid"
        aria-label={label}
        tabIndex={0}
        aria-multiselectable
        aria-rowcount={rows.length + 1 + footers.length}
        aria-colcount={columns.length + totals.length + 1}
        aria-activedescendant={
          rows.length > 0 && columns.length > 0 ? `${id}-${active.row}-${active.column}` : undefined
        }
        onKeyDown={sheet.onKeyDown}
        onCopy={sheet.onCopy}
        onCut={sheet.onCut}
        onPaste={sheet.onPaste}
      >
        <div role="row" aria-rowindex={1} className={classes.heads} style={{ width, height: headHeight }}>
          <div role="columnheader" aria-colindex={1} className={classes.corner1} style={{ width: name }}>
            {nameTitle}
          </div>
          <div role="presentation" className={classes.cells} style={{ width: cellsWidth }}>
            {groups.map(({ title, first, start, width: wide }) => (
              <div
                key={first}
                role="presentation"
                className={classes.group}
                style={{ insetInlineStart: start, width: wide, height: large.group }}
              >
                <span title={title}>
                  <bdi>{title}</bdi>
                </span>
              </div>
            ))}
            {shown.map(({ index, start, size }) => {
              const column = columns[index];
              if (column === undefined) return null;
              return (
                <div
                  key={column.id}
                  role="columnheader"
                  aria-colindex={index + 2}
                  className={classes.head}
                  data-active={index === active.column || undefined}
                  data-words={complete !== undefined || undefined}
                  style={{ insetInlineStart: start - name, width: size, insetBlockStart: headHeight - large.head }}
                  title={column.title}
                >
                  {onColumnTitle === undefined ? (
                    <span className={classes.title}>
                      <bdi>{column.title}</bdi>
                    </span>
                  ) : (
                    <button
                      type="button"
                      tabIndex={-1}
                      className={classes.title}
                      onClick={() => onColumnTitle(column.id)}
                    >
                      <bdi>{column.title}</bdi>
                    </button>
                  )}
                  {column.about !== undefined && <span className={classes.about}>{column.about}</span>}
                </div>
              );
            })}
          </div>
          {totals.length > 0 && (
            <div role="presentation" className={classes.totals}>
              {totals.map((total, place) => (
                <div
                  key={total.id}
                  role="columnheader"
                  aria-colindex={columns.length + place + 2}
                  className={classes.total}
                  style={{ width: total.width }}
                  title={total.title}
                >
                  <bdi>{total.title}</bdi>
                </div>
              ))}
            </div>
          )}
        </div>
        <div
          role="presentation"
          className={classes.body}
          style={{ width, height: down.getTotalSize() - headHeight - footHeight }}
        >
          {down.getVirtualItems().map(({ index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const within = index >= block.top && index <= block.bottom;
            return (
              <SheetRowView
                key={row.id}
                id={id}
                index={index}
                top={start - headHeight}
                row={row}
                columns={columns}
                shown={shown}
                nameWidth={name}
                width={cellsWidth}
                totals={totals}
                getCell={getCell}
                active={index === active.row ? active.column : null}
                editing={index === active.row ? editing : null}
                editor={sheet.editor}
                left={within ? block.left : -1}
                right={within ? block.right : -2}
                cells={sheet.cells}
                complete={complete}
              />
            );
          })}
        </div>
        {footers.length > 0 && (
          <div role="presentation" className={classes.feet} style={{ width }}>
            {footers.map((footer, place) => (
              <div key={footer.id} role="row" aria-rowindex={rows.length + 2 + place} className={classes.foot}>
                <div role="rowheader" aria-colindex={1} className={classes.name} style={{ width: name }}>
                  {footer.title}
                </div>
                <div role="presentation" className={classes.cells} style={{ width: cellsWidth }}>
                  {shown.map(({ index, start, size }) => {
                    const column = columns[index];
                    return column === undefined ? null : (
                      <div
                        key={column.id}
                        role="gridcell"
                        aria-readonly
                        aria-colindex={index + 2}
                        className={classes.cell}
                        style={{ insetInlineStart: start - name, width: size }}
                      >
                        <Numeral>{footer.render(column.id)}</Numeral>
                      </div>
                    );
                  })}
                </div>
                {totals.length > 0 && (
                  <div role="presentation" className={classes.totals}>
                    {totals.map((total, at) => (
                      <div
                        key={total.id}
                        role="gridcell"
                        aria-readonly
                        aria-colindex={columns.length + at + 2}
                        className={classes.total}
                        style={{ width: total.width }}
                      >
                        <Numeral>{total.foot?.(footer.id)}</Numeral>
                      </div>
                    ))}
                  </div>
                )}
              </div>
            ))}
          </div>
        )}
      </div>
      <div role="status" aria-live="polite">
        {sheet.notice !== null && (
          <div className={classes.notice}>
            <span>{sheet.notice}</span>
            <CloseButton size="xs" onClick={sheet.dismiss} aria-label={t("common.close")} />
          </div>
        )}
      </div>
    </div>
  );
}

const none: readonly never[] = [];
const scaled = (scale: number) => ({
  column: sizes.column * scale,
  head: sizes.head * scale,
  group: sizes.group * scale,
  row: sizes.row * scale,
});
/** Never covered by a column, whether the system shows a scroll bar or not. */
const scrollBar = 16;
