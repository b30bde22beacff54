// Who is on site now, as far as the registers say: to be counted when the house is left, on the screen and on paper.
import { Button, SegmentedControl } from "@mantine/core";
import { IconPrinter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { hereNow, printHereNow } from "../../bindings/operations";
import type { HereBy } from "../../bindings/HereBy";
import type { PersonHere } from "../../bindings/PersonHere";
import type { Whereabouts } from "../../bindings/Whereabouts";
import { refusal } from "../../components/change";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { PersonName } from "../../components/PersonName";
import { Signal, type Tone } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { finds } from "../../finds";
import { openArtifact } from "../../files";
import { t, useTranslation } from "../../i18n";
import { byTitle } from "../../names";
import { formatTime } from "../upkeep/time";
import classes from "./attendance.module.css";

const tones: Record<Whereabouts, Tone> = { here: "good", unknown: "attention", away: "neutral" };
const ranks: Record<Whereabouts, string> = { here: "0", unknown: "1", away: "2" };

const classOf = (row: PersonHere) => row.classTitle ?? (row.isStaff ? t("attendance.here.staff") : "");

const columns: ListColumn<PersonHere>[] = [
  {
    id: "class",
    header: () => t("attendance.absent.class"),
    cell: classOf,
    width: "minmax(5rem, 1fr)",
    sortable: true,
  },
  {
    id: "place",
    header: () => t("attendance.here.place"),
    cell: (row) => row.place ?? "",
    width: "minmax(4rem, 1fr)",
    sortable: true,
  },
  {
    id: "name",
    header: () => t("schools.calendar.name"),
    cell: (row) => <PersonName name={row.listName} />,
    width: "minmax(11rem, 3fr)",
    sortable: true,
  },
  {
    id: "whereabouts",
    header: () => t("attendance.here.whereabouts"),
    cell: (row) => <Signal tone={tones[row.whereabouts]}>{t(`attendance.here.states.${row.whereabouts}`)}</Signal>,
    width: "9rem",
    sortable: true,
  },
  {
    id: "since",
    header: () => t("attendance.here.since"),
    cell: (row) => (row.since === null ? "" : formatTime(row.since)),
    width: "7rem",
    lesser: 1,
  },
];

const keys: Record<string, (row: PersonHere) => string> = {
  // Whoever is in no class stands below, the staff last.
  class: (row) => [row.isStaff ? "2" : row.classTitle === null ? "1" : "0", classOf(row), row.listName].join("\u0000"),
  place: (row) => [row.place === null ? "1" : "0", row.place ?? "", row.listName].join("\u0000"),
  name: (row) => row.listName,
  whereabouts: (row) => [ranks[row.whereabouts], row.listName].join("\u0000"),
};

function part(all: readonly PersonHere[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter((row) => finds(filter, row.name, classOf(row), row.place));
  const key = keys[sort?.column ?? ""];
  const sign = sort?.order === "descending" ? -1 : 1;
  const sorted = key === undefined ? found : found.toSorted((one, other) => byTitle(key(one), key(other)) * sign);
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export function HereView({ school }: { school: string }) {
  const { t } = useTranslation();
  const found = useQuery({ ...hereNow.query({ school }) });
  const [by, setBy] = useState<HereBy>("class");
  const [making, setMaking] = useState(false);
  const people = found.data?.people;
  const load = useCallback((request: PageRequest) => Promise.resolve(part(people ?? [], request)), [people]);
  const print = async () => {
    setMaking(true);
    try {
      await openArtifact((await printHereNow({ school, by })).artifact);
    } catch (reason) {
      refusal(reason);
    } finally {
      setMaking(false);
    }
  };
  if (found.data === undefined)
    return found.error === null ? (
      <LoadingShape rows={12} />
    ) : (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    );
  const { here, unknown, away } = found.data;
  return (
    <PagedTable
      key={by}
      label={t("attendance.views.here")}
      queryKey={["rows", "here", by, found.dataUpdatedAt]}
      load={load}
      columns={columns}
      rowId={(row) => row.id}
      initialSort={{ column: by, order: "ascending" }}
      filters={
        <>
          <SegmentedControl
            size="xs"
            aria-label={t("attendance.here.place")}
            value={by}
            onChange={(next) => setBy(next as HereBy)}
            data={[
              { value: "class", label: t("attendance.here.byClass") },
              { value: "place", label: t("attendance.here.byPlace") },
            ]}
          />
          <Button leftSection={<IconPrinter size="0.875rem" />} loading={making} onClick={() => void print()}>
            {t("attendance.here.print")}
          </Button>
          <span className={classes.period}>{t("attendance.here.about", { here, unknown, away })}</span>
        </>
      }
      empty={<EmptyState title={t("attendance.here.empty")}>{t("attendance.here.emptyText")}</EmptyState>}
    />
  );
}
