// Students between the schools of the district: whom others send here and who wait for an answer, and whom this school
// sent and the other one has not taken.
import { Button, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import type { TransferRow } from "../../../bindings/TransferRow";
import { transfers } from "../../../bindings/operations";
import { useListAddress } from "../../../components/address";
import { PagedTable, type Choosing, type ListColumn, type PageRequest } from "../../../components/PagedTable";
import { PersonName } from "../../../components/PersonName";
import { Screen, ScreenHead } from "../../../components/ScreenHead";
import { Signal } from "../../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../../components/states";
import { finds } from "../../../finds";
import { t, useTranslation } from "../../../i18n";
import { fullName } from "../../../names";
import { formatDay } from "../../../numbers";
import { usePlace, useSession } from "../../../session/session";
import classes from "../people.module.css";
import { AcceptForm, DeclineForm } from "./AnswerForms";

const ways = ["incoming", "outgoing"] as const;
type Way = (typeof ways)[number];

export default function TransfersScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  if (school !== null) return <OfSchool key={school.id} school={school.id} />;
  return (
    <Screen head={<ScreenHead title={t("people.transfers.title")} />}>
      <EmptyState title={t("frame.noSchool")} />
    </Screen>
  );
}

function OfSchool({ school }: { school: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen, choose } = useListAddress("/transfers");
  const way: Way = ways.find((one) => one === chosen("way")) ?? "incoming";
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [form, setForm] = useState<"accept" | "decline" | null>(null);
  const found = useQuery(transfers.query({ school }));
  const rows = found.data?.[way];
  const here = (rows ?? []).filter(({ id }) => ticked.includes(id));
  const mayAnswer = way === "incoming" && may("people.accept_transfers");
  const done = (students: readonly string[]) => {
    setForm(null);
    setTicked([]);
    const [only] = students;
    if (students.length === 1 && only !== undefined) void navigate({ to: `/students/${only}` });
  };
  const choosing: Choosing<TransferRow> = {
    chosen: ticked,
    onChoose: setTicked,
    label: (row) => t("lists.choose.row", { name: fullName(row) }),
    all: (count) => t("lists.choose.all", { count }),
    key: t("lists.choose.key"),
  };
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead title={t("people.transfers.title")} about={t("people.transfers.about")}>
          {mayAnswer && here.length > 0 && (
            <>
              <Button variant="default" onClick={() => setForm("decline")}>
                {t("people.transfers.decline")}
              </Button>
              <Button onClick={() => setForm("accept")}>
                {t("people.transfers.acceptCount", { count: here.length })}
              </Button>
            </>
          )}
        </ScreenHead>
      }
    >
      {rows === undefined ? (
        found.error === null ? (
          <LoadingShape />
        ) : (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        )
      ) : (
        <Rows
          key={way}
          way={way}
          rows={rows}
          stamp={[school, way, found.dataUpdatedAt]}
          counts={{ incoming: found.data?.incoming.length ?? 0, outgoing: found.data?.outgoing.length ?? 0 }}
          onWay={(next) => {
            setTicked([]);
            choose({ way: next === "incoming" ? null : next });
          }}
          onOpen={(row) => {
            if (row.student !== null) void navigate({ to: `/students/${row.student}` });
            else setTicked([row.id]);
          }}
          choosing={mayAnswer ? choosing : null}
        />
      )}
      {form === "accept" && here.length > 0 && (
        <AcceptForm school={school} rows={here} onClose={() => setForm(null)} onDone={done} />
      )}
      {form === "decline" && here.length > 0 && (
        <DeclineForm school={school} rows={here} onClose={() => setForm(null)} onDone={done} />
      )}
    </Screen>
  );
}

interface RowsProps {
  way: Way;
  rows: readonly TransferRow[];
  /** Tells one answer from the next. */
  stamp: readonly unknown[];
  counts: Record<Way, number>;
  onWay: (way: Way) => void;
  onOpen: (row: TransferRow) => void;
  choosing: Choosing<TransferRow> | null;
}

function Rows({ way, rows, stamp, counts, onWay, onOpen, choosing }: RowsProps) {
  const { t } = useTranslation();
  const columns = useMemo(() => columnsOf(way), [way]);
  const load = useCallback(
    ({ offset, limit, filter }: PageRequest) => {
      const matching = rows.filter((row) =>
        finds(filter, fullName(row), row.number, row.nativeName, row.fromName, row.toName),
      );
      return Promise.resolve({ rows: matching.slice(offset, offset + limit), total: matching.length });
    },
    [rows],
  );
  return (
    <PagedTable
      label={t(`people.transfers.${way}`)}
      queryKey={["rows", "transfers", ...stamp]}
      load={load}
      columns={columns}
      rowId={(row) => row.id}
      open={null}
      onOpen={onOpen}
      filters={
        <SegmentedControl
          size="xs"
          aria-label={t("people.transfers.title")}
          value={way}
          onChange={(next) => onWay(next as Way)}
          data={ways.map((value) => ({ value, label: t(`people.transfers.${value}Count`, { count: counts[value] }) }))}
        />
      }
      empty={<EmptyState title={t(`people.transfers.none.${way}`)}>{t("people.transfers.noneText")}</EmptyState>}
      {...(choosing === null ? {} : { choosing })}
    />
  );
}

function columnsOf(way: Way): ListColumn<TransferRow>[] {
  const incoming = way === "incoming";
  return [
    {
      id: "name",
      header: () => t("people.transfers.name"),
      cell: (row) => <PersonName person={row} />,
      width: "minmax(9rem, 2fr)",
    },
    {
      id: "school",
      header: () => t(incoming ? "people.transfers.from" : "people.transfers.to"),
      cell: (row) => <bdi>{incoming ? row.fromName : row.toName}</bdi>,
      width: "minmax(8rem, 2fr)",
    },
    {
      id: "lastDay",
      header: () => t("people.transfers.lastDay"),
      cell: ({ lastDay }) => formatDay(lastDay),
      width: "7.5rem",
    },
    {
      id: "born",
      header: () => t("people.student.born"),
      cell: ({ birthDate }) => (birthDate === null ? null : formatDay(birthDate)),
      width: "7rem",
      lesser: 2,
    },
    {
      id: "grade",
      header: () => t("people.student.grade"),
      cell: ({ gradeLevel }) => gradeLevel,
      width: "5.5rem",
      lesser: 3,
    },
    {
      id: "note",
      header: () => t(incoming ? "people.transfers.note" : "people.transfers.state"),
      cell: (row) => (incoming ? <Note text={row.note} /> : <State row={row} />),
      width: "minmax(8rem, 3fr)",
      lesser: 1,
    },
  ];
}

function Note({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <bdi className={classes.reason} title={text}>
      {text}
    </bdi>
  );
}

function State({ row: { state, declinedBecause } }: { row: TransferRow }) {
  const { t } = useTranslation();
  if (state !== "declined") return <Signal tone="neutral">{t("people.transfers.stateWaiting")}</Signal>;
  return (
    <Signal tone="attention">
      {declinedBecause === null
        ? t("people.transfers.stateDeclined")
        : t("people.transfers.stateDeclinedBecause", { reason: declinedBecause })}
    </Signal>
  );
}
