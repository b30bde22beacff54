// What changed, by whom and when: everybody's for leaders and the office, one's own for whoever changes anything.
import { Button, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import type { ChangeEntry } from "../../bindings/ChangeEntry";
import { changeMakers, recentChanges } from "../../bindings/operations";
import type { Part } from "../../bindings/Part";
import { actText } from "../../components/acts";
import { useListAddress } from "../../components/address";
import { DateField } from "../../components/DateField";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { undoEntry } from "../../components/undo";
import { UndoList } from "../../components/UndoMenu";
import { dayBeside, isDay } from "../../days";
import { t, useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { ChangePane } from "./ChangePane";
import { StudentChoice } from "./StudentChoice";

/** Each row is asked whether it can be undone, so a page is smaller than that of other lists. */
const pageSize = 40;
const parts = [
  "students",
  "guardians",
  "staff",
  "classes",
  "enrolments",
  "marks",
  "comments",
  "attendance",
  "faces",
  "notes",
  "users",
  "school",
] as const satisfies readonly Part[];
/** Days of which a person asks by a word; the rest is typed. */
const spans = { today: [0, 0], yesterday: [-1, -1], week: [-6, 0] } as const;

/** What an entry did, with what it undid. */
export function said({ words, isUndo }: ChangeEntry): string {
  return isUndo ? t("upkeep.undone", { act: actText(words) }) : actText(words);
}

const columns: ListColumn<ChangeEntry>[] = [
  {
    id: "at",
    header: () => t("upkeep.changes.when"),
    cell: (row) => <span className="figures">{formatMoment(row.at)}</span>,
    width: "minmax(11rem, 1fr)",
  },
  {
    id: "who",
    header: () => t("upkeep.changes.who"),
    cell: (row) => <bdi>{row.userName ?? t("upkeep.homeroom")}</bdi>,
    width: "minmax(8rem, 1fr)",
    lesser: 1,
  },
  {
    id: "what",
    header: () => t("upkeep.changes.what"),
    cell: (row) => <bdi title={said(row)}>{said(row)}</bdi>,
    width: "minmax(12rem, 3fr)",
  },
  { id: "undo", header: () => t("upkeep.changes.state"), cell: (row) => <State row={row} />, width: "7rem", lesser: 2 },
];

/** Whether it stands; a button where it can be undone. */
function State({ row }: { row: ChangeEntry }) {
  if (row.undone)
    return (
      <Text size="xs" c="dimmed">
        {t("upkeep.isUndone")}
      </Text>
    );
  if (row.isUndo || !row.mayUndo || row.whyNot !== null) return null;
  return (
    <Button
      variant="subtle"
      size="compact-xs"
      ml={-8}
      aria-label={t("upkeep.undoOf", { act: said(row) })}
      onClick={(event) => {
        event.stopPropagation();
        void undoEntry(row.entry);
      }}
    >
      {t("common.undo")}
    </Button>
  );
}

export default function ChangesScreen() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  if (school === null)
    return (
      <Screen head={<ScreenHead title={t("upkeep.changes.title")} />}>
        <EmptyState title={t("frame.noSchool")} />
      </Screen>
    );
  if (!may("upkeep.recent_changes"))
    return (
      <Screen head={<ScreenHead title={t("upkeep.changes.mine")} about={t("upkeep.changes.mineText")} />}>
        <div style={{ maxWidth: "44rem" }}>
          <UndoList limit={100} />
        </div>
      </Screen>
    );
  return <OfSchool key={school.id} school={school.id} name={school.name} />;
}

function OfSchool({ school, name }: { school: string; name: string }) {
  const { t } = useTranslation();
  const { open, chosen, go, choose } = useListAddress("/changes");
  const [from, to, user, student] = [chosen("from"), chosen("to"), chosen("user"), chosen("student")];
  const part = parts.find((one) => one === chosen("part")) ?? null;
  const load = useCallback(
    ({ offset, limit }: PageRequest) =>
      recentChanges({
        school,
        from: isDay(from ?? "") ? from : null,
        to: isDay(to ?? "") ? to : null,
        user,
        student,
        part,
        offset,
        limit: Math.min(limit, pageSize),
      }),
    [school, from, to, user, student, part],
  );
  const filtered = [from, to, user, student, part].some((one) => one !== null);
  const clear = () => choose({ from: null, to: null, user: null, student: null, part: null });
  return (
    <Screen
      padded={false}
      head={<ScreenHead title={t("upkeep.changes.title")} about={t("upkeep.changes.about", { school: name })} />}
    >
      <Beside
        pane={open === null ? null : <ChangePane key={open} school={school} entry={open} onClose={() => go(null)} />}
      >
        <PagedTable
          label={t("upkeep.changes.title")}
          {...recentChanges.about({ school }, from, to, user, student, part)}
          load={load}
          columns={columns}
          rowId={(row) => row.entry}
          filterable={false}
          open={open}
          onOpen={(row) => go(row.entry)}
          filters={<Filters school={school} />}
          empty={
            filtered ? (
              <EmptyState
                title={t("upkeep.changes.none")}
                action={
                  <Button variant="default" onClick={clear}>
                    {t("upkeep.changes.clear")}
                  </Button>
                }
              >
                {t("upkeep.changes.noneText")}
              </EmptyState>
            ) : (
              <EmptyState title={t("upkeep.changes.empty")}>{t("upkeep.changes.emptyText")}</EmptyState>
            )
          }
        />
      </Beside>
    </Screen>
  );
}

function Filters({ school }: { school: string }) {
  const { t } = useTranslation();
  const { school: place } = usePlace();
  const { chosen, choose } = useListAddress("/changes");
  const makers = useQuery({
    ...changeMakers.query({ school }),
  });
  const today = place?.today ?? "";
  const [from, to] = [chosen("from") ?? "", chosen("to") ?? ""];
  const span = (Object.keys(spans) as (keyof typeof spans)[]).find(
    (one) => from === dayBeside(today, spans[one][0]) && to === dayBeside(today, spans[one][1]),
  );
  const days =
    chosen("days") === "typed" || (span === undefined && (from !== "" || to !== "")) ? "typed" : (span ?? null);
  const chooseDays = (value: string | null) => {
    const known = value === null || value === "typed" ? undefined : spans[value as keyof typeof spans];
    choose({
      days: value === "typed" ? "typed" : null,
      from: known === undefined ? null : dayBeside(today, known[0]),
      to: known === undefined ? null : dayBeside(today, known[1]),
    });
  };
  return (
    <>
      <Select
        size="xs"
        w={128}
        clearable
        placeholder={t("upkeep.changes.anyDay")}
        aria-label={t("upkeep.changes.day")}
        value={days}
        onChange={chooseDays}
        clearButtonProps={{ "aria-label": t("upkeep.changes.anyDay") }}
        data={[
          ...Object.keys(spans).map((value) => ({
            value,
            label: t(`upkeep.changes.spans.${value as keyof typeof spans}`),
          })),
          { value: "typed", label: t("upkeep.changes.spans.typed") },
        ]}
      />
      {days === "typed" && (
        <>
          <DateField
            size="xs"
            w={150}
            aria-label={t("upkeep.changes.from")}
            placeholder={t("upkeep.changes.from")}
            value={from}
            onChange={(value) => choose({ days: "typed", from: value === "" ? null : value })}
          />
          <DateField
            size="xs"
            w={150}
            aria-label={t("upkeep.changes.to")}
            placeholder={t("upkeep.changes.to")}
            value={to}
            onChange={(value) => choose({ days: "typed", to: value === "" ? null : value })}
          />
        </>
      )}
      <Select
        size="xs"
        w={160}
        clearable
        searchable
        placeholder={t("upkeep.changes.anybody")}
        aria-label={t("upkeep.changes.who")}
        clearButtonProps={{ "aria-label": t("upkeep.changes.anybody") }}
        data={(makers.data ?? []).map(({ user, name }) => ({ value: user, label: name }))}
        value={chosen("user")}
        onChange={(value) => choose({ user: value })}
      />
      <StudentChoice school={school} student={chosen("student")} onChange={(value) => choose({ student: value })} />
      <Select
        size="xs"
        w={140}
        clearable
        placeholder={t("upkeep.changes.anything")}
        aria-label={t("upkeep.changes.part")}
        clearButtonProps={{ "aria-label": t("upkeep.changes.anything") }}
        data={parts.map((value) => ({ value, label: t(`upkeep.parts.${value}`) }))}
        value={chosen("part")}
        onChange={(value) => choose({ part: value })}
      />
    </>
  );
}
