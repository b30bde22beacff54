// A long list, fetched page by page as it is scrolled: sorted and filtered by the database, moved
// through by keys, its open row shown in a pane beside it.
import { Checkbox, TextInput, Tooltip, UnstyledButton } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconArrowDown, IconArrowUp, IconSearch } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import {
  createColumnHelper,
  rowSortingFeature,
  tableFeatures,
  useTable,
  type SortingState,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { isFocusFree } from "../frame/gate";
import { Keys, useScreenKeys } from "../frame/keys";
import { useTranslation } from "../i18n";
import { Numeral } from "./Numeral";
import classes from "./PagedTable.module.css";
import { EmptyState, ErrorState, LoadingShape } from "./states";
import { useTextScale, useWidth } from "./width";
import type { Asked } from "../bridge";

export interface Page<Row> {
  rows: Row[];
  total: number;
}
export interface PageRequest {
  offset: number;
  limit: number;
  sort: { column: string; order: "ascending" | "descending" } | null;
  filter: string;
}

export interface ListColumn<Row> {
  /** Also the name by which the operation sorts. */
  id: string;
  /** What stands over it, in the language in which the window stands by then. */
  header: () => string;
  cell: (row: Row) => ReactNode;
  /** A CSS grid track; `minmax(8rem, 1fr)` where it is left out. */
  width?: string;
  numeric?: boolean;
  sortable?: boolean;
  /** Left out where the list has no room for every column, the highest number first. */
  lesser?: number;
}

interface PagedTableProps<Row> {
  /** Names the list for a screen reader. */
  label: string;
  /** What is asked, as a generated question says it `about` its input; only a key, for rows that are here already. */
  queryKey: readonly unknown[];
  meta?: Asked["meta"];
  load: (request: PageRequest) => Promise<Page<Row>>;
  /** Must be stable between renders. */
  columns: readonly ListColumn<Row>[];
  rowId: (row: Row) => string;
  initialSort?: { column: string; order: "ascending" | "descending" };
  /** Shown when there is nothing at all (not when the filter finds nothing). */
  empty: ReactNode;
  filterable?: boolean;
  /** The row that is open in the pane. */
  open?: string | null;
  onOpen?: (row: Row) => void;
  /** More filters, beside the filter's field. */
  filters?: ReactNode;
  /** What is done with the list as a whole, at the end of its bar. */
  tools?: ReactNode;
  /** What stands in the filter's field at first. */
  initialFilter?: string;
  /** Hears how the list is asked for, and how many rows there are in all. Must be stable between renders. */
  onAsked?: (asked: Pick<PageRequest, "sort" | "filter">, total: number) => void;
  /** Where rows can be ticked, for what is done with many of them. */
  choosing?: Choosing<Row>;
}

export interface Choosing<Row> {
  /** The identifiers of the rows that are ticked, also of those that are filtered away. */
  chosen: readonly string[];
  onChoose: (chosen: readonly string[]) => void;
  /** Names the box of a row. */
  label: (row: Row) => string;
  /** Names the box of all rows that are loaded. */
  all: (count: number) => string;
  /** What the space bar does, in the list of keys. */
  key: string;
}

/** The least that a column takes, in pixels. */
function narrowest(width = "minmax(8rem, 1fr)"): number {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Number.parseFloat(/[\d.]+(?=rem)/.exec(width)?.[0] ?? "8") * rem;
}

/** The columns that have room beside each other; all of them while the width is not known (0). */
export function fitting<Column extends { width?: string; lesser?: number }>(
  columns: readonly Column[],
  room: number,
): readonly Column[] {
  if (room === 0) return columns;
  const shown = [...columns];
  const needed = () => shown.reduce((sum, { width }) => sum + narrowest(width), 0);
  while (needed() > room) {
    const least = Math.max(...shown.map(({ lesser = 0 }) => lesser));
    if (least === 0) break;
    shown.splice(
      shown.findIndex(({ lesser }) => lesser === least),
      1,
    );
  }
  return shown;
}

const pageSize = 100;
/** What stands beside the columns: the list's own edges and its scroll bar. */
const besides = 32;
/** The column of the boxes, where rows can be ticked. */
const boxTrack = "2rem";
/** As `--row` has it, in pixels. */
const rowAtUsualSize = 32;
const features = tableFeatures({ rowSortingFeature });

export function PagedTable<Row extends object>(props: PagedTableProps<Row>) {
  const {
    label,
    queryKey,
    meta = {},
    load,
    columns: all,
    rowId,
    initialSort,
    empty,
    filterable = true,
    open = null,
    onOpen,
    filters,
    tools,
    initialFilter = "",
    onAsked,
    choosing,
  } = props;
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState(initialFilter);
  const [filter] = useDebouncedValue(typed.trim(), 120);
  const [sorting, setSorting] = useState<SortingState>(() =>
    initialSort === undefined ? [] : [{ id: initialSort.column, desc: initialSort.order === "descending" }],
  );
  const [active, setActive] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const [width, measured] = useWidth();
  const scale = useTextScale();
  const rowHeight = rowAtUsualSize * scale;
  // Only another set of columns makes the table anew, not every pixel of a resized window.
  const beside = (choosing === undefined ? besides : 2 * besides) * scale;
  const names = fitting(all, Math.max(0, width - beside))
    .map(({ id: name }) => name)
    .join(" ");
  const columns = useMemo(() => all.filter(({ id: name }) => names.split(" ").includes(name)), [all, names]);
  const scroller = useRef<HTMLDivElement>(null);

  const sort =
    sorting[0] === undefined
      ? null
      : { column: sorting[0].id, order: sorting[0].desc ? ("descending" as const) : ("ascending" as const) };
  const list = useInfiniteQuery({
    queryKey: [...queryKey, { sort, filter }],
    meta: { ...meta },
    queryFn: ({ pageParam }) => load({ offset: pageParam, limit: pageSize, sort, filter }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const loaded = pages.reduce((sum, page) => sum + page.rows.length, 0);
      return loaded < last.total && last.rows.length > 0 ? loaded : undefined;
    },
    placeholderData: keepPreviousData,
  });
  const data = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const total = list.data?.pages.at(-1)?.total ?? 0;

  const by = sort?.column ?? null;
  const order = sort?.order ?? "ascending";
  const settled = list.data !== undefined && !list.isPlaceholderData;
  useEffect(() => {
    if (settled) onAsked?.({ sort: by === null ? null : { column: by, order }, filter }, total);
  }, [onAsked, settled, by, order, filter, total]);

  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return columns.map((column) =>
      helper.accessor((row): unknown => row, {
        id: column.id,
        header: column.header,
        enableSorting: column.sortable === true,
        sortDescFirst: false,
        cell: ({ row }) => column.cell(row.original),
      }),
    );
  }, [columns]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    manualSorting: true,
    enableSortingRemoval: false,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const rows = table.getRowModel().rows;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(rowHeight): what was measured no longer holds when rows are of another height.
  useEffect(() => virtual.measure(), [virtual, rowHeight]);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - 30) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, to));
    setActive(next);
    virtual.scrollToIndex(next);
    // Where the pane is open it follows the row, as in a mail program.
    const row = rows[next];
    if (open !== null && row !== undefined) onOpen?.(row.original);
  };
  const toggle = (row: string) =>
    choosing?.onChoose(
      choosing.chosen.includes(row) ? choosing.chosen.filter((other) => other !== row) : [...choosing.chosen, row],
    );
  const onKeyDown = (event: KeyboardEvent) => {
    if (
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      (event.target as HTMLElement).closest("button,input,a") !== null
    )
      return;
    const steps: Record<string, number> = {
      ArrowDown: 1,
      j: 1,
      ArrowUp: -1,
      k: -1,
      PageDown: 15,
      PageUp: -15,
      Home: -Infinity,
      End: Infinity,
    };
    const step = steps[event.key];
    const row = rows[active];
    if (event.key === " " && choosing !== undefined && row !== undefined) toggle(row.id);
    else if (step !== undefined) move(active + step);
    else if (event.key === "Enter" && row !== undefined) onOpen?.(row.original);
    else return;
    event.preventDefault();
  };
  useScreenKeys([
    ...(filterable ? [{ keys: "/", label: t("frame.keys.filter"), run: () => field.current?.focus() }] : []),
    ...(choosing === undefined ? [] : [{ keys: "Space", label: choosing.key, run: () => undefined, shownOnly: true }]),
    {
      keys: "J",
      label: t("frame.keys.move"),
      run: () => {
        scroller.current?.focus();
        move(active + 1);
      },
    },
    {
      keys: "K",
      label: t("frame.keys.move"),
      run: () => {
        scroller.current?.focus();
        move(active - 1);
      },
    },
  ]);

  const shownAtAll = list.data !== undefined && total > 0;
  useLayoutEffect(() => {
    if (shownAtAll && isFocusFree()) scroller.current?.focus({ preventScroll: true });
  }, [shownAtAll]);

  if (list.error !== null && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  const nothing = list.data !== undefined && total === 0;
  const widths = columns.map((column) => column.width ?? "minmax(8rem, 1fr)");
  // Where even those columns that are never left out have no room, the list is moved sideways.
  const least = columns.reduce((sum, column) => sum + narrowest(column.width), choosing === undefined ? 0 : beside / 2);
  const tracks = (choosing === undefined ? widths : [boxTrack, ...widths]).join(" ");
  const ticked = choosing === undefined ? 0 : rows.filter(({ id: row }) => choosing.chosen.includes(row)).length;

  return (
    <div className={classes.table} ref={measured}>
      {(filterable || filters !== undefined) && !(nothing && filter === "" && filters === undefined) && (
        <div className={classes.bar}>
          {filterable && (
            <Tooltip
              label={
                <>
                  {t("common.list.filter")} <Keys keys="/" />
                </>
              }
            >
              <TextInput
                ref={field}
                size="xs"
                className={classes.filter}
                leftSection={<IconSearch size="0.875rem" />}
                placeholder={t("common.list.filter")}
                aria-label={t("common.list.filter")}
                value={typed}
                onChange={(event) => {
                  setTyped(event.currentTarget.value);
                  setActive(0);
                }}
                onKeyDown={(event) => {
                  if (event.key === "ArrowDown" || event.key === "Enter") {
                    event.preventDefault();
                    scroller.current?.focus();
                  }
                  if (event.key === "Escape") {
                    event.preventDefault();
                    setTyped("");
                    scroller.current?.focus();
                  }
                }}
              />
            </Tooltip>
          )}
          {filters}
          <div className={classes.end}>
            <span className={`${classes.count} figures`} role="status">
              <bdi>{list.data === undefined ? "" : t("common.list.count", { count: total })}</bdi>
            </span>
            {tools}
          </div>
        </div>
      )}
      {list.data === undefined && <LoadingShape rows={12} />}
      {nothing && (filter === "" ? empty : <EmptyState title={t("common.nothingFound", { query: filter })} />)}
      {list.data !== undefined && !nothing && (
        <div
          ref={scroller}
          data-home
          className={classes.scroller}
          role="grid"
          aria-label={label}
          aria-rowcount={total + 1}
          tabIndex={0}
          onKeyDown={onKeyDown}
          aria-activedescendant={rows[active] === undefined ? undefined : `${id}-${active}`}
          aria-busy={list.isPlaceholderData}
        >
          <div role="rowgroup" className={classes.heads} style={{ minInlineSize: least }}>
            {table.getHeaderGroups().map((group) => (
              <div
                role="row"
                key={group.id}
                className={classes.row}
                style={{ gridTemplateColumns: tracks }}
                aria-rowindex={1}
              >
                {choosing !== undefined && (
                  <div role="columnheader" className={classes.box}>
                    <Checkbox
                      size="xs"
                      aria-label={choosing.all(rows.length)}
                      checked={ticked === rows.length}
                      indeterminate={ticked > 0 && ticked < rows.length}
                      onChange={(event) => {
                        const shownRows = rows.map(({ id: row }) => row);
                        const others = choosing.chosen.filter((row) => !shownRows.includes(row));
                        choosing.onChoose(event.currentTarget.checked ? [...others, ...shownRows] : others);
                      }}
                    />
                  </div>
                )}
                {group.headers.map((header, place) => {
                  const sorted = header.column.getIsSorted();
                  const numeric = columns[place]?.numeric === true;
                  return (
                    <div
                      key={header.id}
                      role="columnheader"
                      className={classes.head}
                      data-numeric={numeric || undefined}
                      aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : undefined}
                    >
                      {header.column.getCanSort() ? (
                        <UnstyledButton
                          className={classes.sort}
                          onClick={header.column.getToggleSortingHandler()}
                          title={t("common.list.sortBy", { column: columns[place]?.header() ?? "" })}
                        >
                          <table.FlexRender header={header} />
                          {sorted === "asc" && <IconArrowUp size="0.75rem" aria-hidden />}
                          {sorted === "desc" && <IconArrowDown size="0.75rem" aria-hidden />}
                        </UnstyledButton>
                      ) : (
                        <span title={columns[place]?.header()}>
                          <table.FlexRender header={header} />
                        </span>
                      )}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          <div role="rowgroup" style={{ height: virtual.getTotalSize(), minInlineSize: least, position: "relative" }}>
            {shown.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              return (
                <div
                  key={row.id}
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={open === row.id}
                  className={classes.row}
                  data-active={item.index === active || undefined}
                  data-body
                  style={{ gridTemplateColumns: tracks, transform: `translateY(${item.start}px)` }}
                  onClick={() => {
                    setActive(item.index);
                    onOpen?.(row.original);
                  }}
                >
                  {choosing !== undefined && (
                    // A click beside the box opens nothing.
                    <div role="gridcell" className={classes.box} onClick={(event) => event.stopPropagation()}>
                      <Checkbox
                        size="xs"
                        tabIndex={-1}
                        aria-label={choosing.label(row.original)}
                        checked={choosing.chosen.includes(row.id)}
                        onChange={() => toggle(row.id)}
                      />
                    </div>
                  )}
                  {row.getAllCells().map((cell, place) => (
                    <div
                      key={cell.id}
                      role="gridcell"
                      className={classes.cell}
                      data-numeric={columns[place]?.numeric || undefined}
                    >
                      {columns[place]?.numeric === true ? (
                        <Numeral>
                          <table.FlexRender cell={cell} />
                        </Numeral>
                      ) : (
                        <table.FlexRender cell={cell} />
                      )}
                    </div>
                  ))}
                </div>
              );
            })}
          </div>
        </div>
      )}
    </div>
  );
}
