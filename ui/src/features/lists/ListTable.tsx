// A list of the school as a table: its columns, views, ways out and changes of many rows are the same for every list.
import { Alert, Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState, type ReactNode } from "react";
import type { ListOf } from "../../bindings/ListOf";
import type { ListRow } from "../../bindings/ListRow";
import type { ListSettings } from "../../bindings/ListSettings";
import { chooseColumns, listSettings, showList } from "../../bindings/operations";
import type { ShowList } from "../../bindings/ShowList";
import type { Sort } from "../../bindings/Sort";
import type { ViewRow } from "../../bindings/ViewRow";
import type { ListAddress } from "../../components/address";
import { refusal } from "../../components/change";
import { PagedTable, type Choosing, type PageRequest } from "../../components/PagedTable";
import { ErrorState, LoadingShape } from "../../components/states";
import { named, useTranslation } from "../../i18n";
import { choicesOf, noFilter } from "./address";
import { ChangeField, useChangeable } from "./ChangeField";
import { ColumnsMenu } from "./ColumnsMenu";
import { shownColumns, textOf, usualColumns } from "./columns";
import { ExportMenu } from "./ExportMenu";
import classes from "./lists.module.css";
import { ViewsMenu } from "./ViewsMenu";

interface ListTableProps {
  school: string;
  label: string;
  /** The list with its filter. */
  of: ListOf;
  address: ListAddress;
  initialSort?: Sort;
  empty: ReactNode;
  filters?: ReactNode;
  /** What else is done with rows that are ticked. */
  actions?: (chosen: readonly string[], done: () => void) => ReactNode;
  /** Whether rows may be ticked for what `actions` does. */
  mayChoose?: boolean;
  /** Whether fields of rows may be changed, as far as the person may at all. */
  mayChange?: boolean;
  /** What else goes out from here, as items of the menu. */
  moreExports?: ReactNode;
}

export function ListTable(props: ListTableProps) {
  const { school, of } = props;
  const settings = useQuery({ ...listSettings.query({ school, list: of.list }), enabled: school !== "" });
  if (settings.data !== undefined) return <Settled {...props} settings={settings.data} />;
  return settings.error === null ? (
    <LoadingShape rows={12} />
  ) : (
    <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
  );
}

function Settled({ settings, ...props }: ListTableProps & { settings: ListSettings }) {
  const { school, label, of, address, initialSort, empty, filters, actions } = props;
  const { mayChoose = false, mayChange = false, moreExports } = props;
  const { t } = useTranslation();
  const viewId = address.chosen("view");
  const view = settings.views.find(({ id }) => id === viewId) ?? null;
  const { columns: ids, setColumns, keepColumns } = useColumns(props, settings, view);
  const columns = useMemo(() => shownColumns(settings.columns, ids), [settings.columns, ids]);
  const [asked, setAsked] = useState<Pick<PageRequest, "sort" | "filter">>({ sort: null, filter: "" });
  const [total, setTotal] = useState(0);
  const onAsked = useCallback((now: Pick<PageRequest, "sort" | "filter">, count: number) => {
    setAsked(now);
    setTotal(count);
  }, []);
  // Another filter is another list; the order of its parts is that of the screen, which is always the same.
  const filter = JSON.stringify(of);
  const shown = useCallback(
    (request: Pick<PageRequest, "sort" | "filter">): ShowList => ({
      school,
      of: JSON.parse(filter) as ListOf,
      search: request.filter === "" ? null : request.filter,
      sort: request.sort,
      columns: [...ids],
    }),
    [school, filter, ids],
  );
  const load = useCallback(
    ({ offset, limit, ...request }: PageRequest) => showList({ ...shown(request), offset, limit }),
    [shown],
  );
  const ticks = useTicks(`${school} ${filter} ${asked.filter}`);
  const mayChangeFields = useChangeable(of.list, settings.columns).length > 0 && mayChange;
  const choosing: Choosing<ListRow> = {
    chosen: ticks.chosen,
    onChoose: ticks.choose,
    label: (row) => t("lists.choose.row", { name: textOf(row.cells[0]) }),
    all: (count) => t("lists.choose.all", { count }),
    key: t("lists.choose.key"),
  };
  const openView = (next: ViewRow | null) =>
    address.go(
      address.open,
      next === null ? { ...noFilter(of.list), view: null } : { ...choicesOf(next.shown.of, next.gone), view: next.id },
    );
  const now = shown(asked);
  return (
    <>
      <PagedTable
        key={`${school} ${view?.id ?? ""}`}
        label={label}
        {...showList.about({ school, of }, ids)}
        load={load}
        columns={columns}
        rowId={(row) => row.id}
        {...sortOf(view, initialSort)}
        initialFilter={view?.shown.search ?? ""}
        onAsked={onAsked}
        empty={empty}
        open={address.open}
        onOpen={(row) => address.go(row.id)}
        filters={
          <>
            {filters}
            {view !== null && view.gone.length > 0 && <GoneNote view={view} />}
            {ticks.count(total) > 0 && (
              <div className={classes.chosen}>
                <span role="status">{t("lists.choose.chosen", { count: ticks.count(total) })}</span>
                {!ticks.all && actions?.(ticks.chosen, ticks.none)}
                {mayChangeFields && (
                  <Button variant="default" size="xs" onClick={() => ticks.setChanging(true)}>
                    {t("lists.choose.change")}
                  </Button>
                )}
                {mayChangeFields && !ticks.all && total > ticks.chosen.length && (
                  <Button variant="subtle" color="gray" size="xs" onClick={ticks.chooseAll}>
                    {t("lists.choose.whole", { count: total })}
                  </Button>
                )}
                <Button variant="subtle" color="gray" size="xs" onClick={ticks.none}>
                  {t("lists.choose.none")}
                </Button>
              </div>
            )}
          </>
        }
        tools={
          <>
            <ViewsMenu
              school={school}
              views={settings.views}
              mayShare={settings.mayShare}
              open={view}
              now={{ of, search: now.search ?? null, sort: now.sort ?? null, columns: [...ids] }}
              onOpen={openView}
            />
            <ColumnsMenu known={settings.columns} shown={ids} onChange={setColumns} onKeep={keepColumns} />
            <ExportMenu shown={now} title={view?.title ?? null} more={moreExports} />
          </>
        }
        {...(mayChoose || mayChangeFields ? { choosing } : {})}
      />
      {ticks.changing && (
        <ChangeField
          school={school}
          of={of}
          search={asked.filter}
          rows={ticks.all ? null : ticks.chosen}
          known={settings.columns}
          onClose={() => ticks.setChanging(false)}
          onDone={ticks.none}
        />
      )}
    </>
  );
}

/** The order in which a list stands at first. */
function sortOf(view: ViewRow | null, usual: Sort | undefined) {
  const sort = view?.shown.sort ?? usual;
  return sort === undefined ? {} : { initialSort: sort };
}

/** The columns that are shown: those of the view that is open, those that the person chose, or the usual ones. */
function useColumns({ school, of }: ListTableProps, settings: ListSettings, view: ViewRow | null) {
  const queries = useQueryClient();
  const [changed, setChanged] = useState<{ under: string | null; columns: readonly string[] } | null>(null);
  const under = view?.id ?? null;
  const own = changed !== null && changed.under === under ? changed.columns : null;
  const ofView = view !== null && view.shown.columns.length > 0 ? view.shown.columns : null;
  const columns = own ?? ofView ?? settings.chosen ?? usualColumns(settings.columns);
  const setColumns = (next: readonly string[]) => setChanged({ under, columns: next });
  const keepColumns = (next: readonly string[] | null) => {
    // A view is changed by keeping it.
    if (view !== null) return;
    const kept = next === null ? null : [...next];
    chooseColumns({ school, list: of.list, columns: kept })
      .then(() => {
        const { queryKey } = listSettings.query({ school, list: of.list });
        queries.setQueryData<ListSettings>(queryKey, (before) => before && { ...before, chosen: kept });
        setChanged(null);
      })
      .catch(refusal);
  };
  // Stable between renders while the columns are the same, as the table wants them.
  const together = columns.join(" ");
  const stable = useMemo(() => together.split(" ").filter((id) => id !== ""), [together]);
  return { columns: stable, setColumns, keepColumns };
}

/** The rows that are ticked: what was ticked under another filter is not seen any more, and not meant. */
function useTicks(under: string) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [all, setAll] = useState(false);
  const [changing, setChanging] = useState(false);
  const [tickedUnder, setTickedUnder] = useState(under);
  if (tickedUnder !== under) {
    setTickedUnder(under);
    setChosen([]);
    setAll(false);
  }
  return {
    chosen,
    all,
    changing,
    setChanging,
    choose: (next: readonly string[]) => {
      setChosen(next);
      setAll(false);
    },
    chooseAll: () => setAll(true),
    none: () => {
      setChosen([]);
      setAll(false);
      setChanging(false);
    },
    count: (total: number) => (all ? total : chosen.length),
  };
}

/** A view whose filter names what is there no longer says so. */
function GoneNote({ view }: { view: ViewRow }) {
  const { t } = useTranslation();
  const fields = view.gone.map((field) => named("lists.views.fields", field) ?? field).join(", ");
  return (
    <Alert color="attention" p="xs" role="note" className={classes.note}>
      {t("lists.views.goneNote", { title: view.title, fields })}
    </Alert>
  );
}
