// The students: found as one types, filtered by class and status, each opened in the pane.
import { Button, Select, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconUpload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { exportStudents, listClasses, listStudents } from "../../bindings/operations";
import type { SortOrder } from "../../bindings/SortOrder";
import type { StudentRow } from "../../bindings/StudentRow";
import type { StudentStatus } from "../../bindings/StudentStatus";
import type { TableFormat } from "../../bindings/TableFormat";
import { useListAddress, type ListAddress } from "../../components/address";
import { refusal } from "../../components/change";
import { FormatMenu } from "../../components/FormatMenu";
import { PagedTable, type Choosing, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { saveArtifact } from "../../files";
import { Keys, useScreenKeys } from "../../frame/keys";
import { t, useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { useYears, yearOf } from "../classes/ask";
import { classChoices, ClassesInShort } from "../classes/kinds";
import { AsOfFilter, asOfIn, AsOfNote } from "./AsOf";
import { LeavesSchoolForm } from "./leaving";
import { MergeForm } from "./MergeForm";
import classes from "./people.module.css";
import { StudentForm } from "./StudentForm";
import { StudentPane } from "./StudentPane";
import { Status, statuses } from "./StudentStatus";

const columns: ListColumn<StudentRow>[] = [
  {
    id: "name",
    header: () => t("people.students.name"),
    cell: (row) => <PersonName person={row} bold />,
    width: "minmax(10rem, 3fr)",
    sortable: true,
  },
  {
    id: "native",
    header: () => t("people.students.native"),
    cell: (row) => (row.nativeName === null ? null : <PersonName name={row.nativeName} />),
    width: "minmax(6rem, 2fr)",
    lesser: 2,
  },
  {
    id: "number",
    header: () => t("people.students.number"),
    cell: (row) => row.number,
    width: "minmax(5rem, 1fr)",
    sortable: true,
  },
  {
    id: "class",
    header: () => t("people.students.class"),
    cell: (row) => <ClassesInShort classes={row.classes} />,
    width: "minmax(4rem, 1fr)",
    sortable: true,
  },
  {
    id: "status",
    header: () => t("people.students.status"),
    cell: (row) => <Status status={row.status} />,
    width: "8rem",
    sortable: true,
    lesser: 1,
  },
];

export default function StudentsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const { open, chosen, go, choose } = useListAddress("/students");
  const schoolId = school?.id ?? "";
  const inClass = chosen("class");
  const status = statuses.find((one) => one === chosen("status")) ?? null;
  const deleted = chosen("deleted") === "yes";
  const asOf = asOfIn(chosen);
  const filtered = inClass !== null || status !== null || deleted || asOf !== null;
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [leaving, setLeaving] = useState(false);
  const [merging, setMerging] = useState(false);
  // What was ticked under other filters is not seen any more, and not meant.
  const filters = JSON.stringify([schoolId, inClass, status, deleted, asOf]);
  const [tickedUnder, setTickedUnder] = useState(filters);
  if (tickedUnder !== filters) {
    setTickedUnder(filters);
    setTicked([]);
  }
  const load = useCallback(
    ({ offset, limit, sort, filter }: PageRequest) =>
      listStudents({
        school: schoolId,
        search: filter,
        class: inClass,
        status,
        deleted,
        asOf,
        sort: sort as { column: string; order: SortOrder } | null,
        offset,
        limit,
      }),
    [schoolId, inClass, status, deleted, asOf],
  );
  const mayAdd = may("people.save_student");
  const mayWithdraw = may("people.withdraw_students") && !deleted && asOf === null;
  const choosing: Choosing<StudentRow> = {
    chosen: ticked,
    onChoose: setTicked,
    label: (row) => t("people.students.choose", { name: fullName(row) }),
    all: (count) => t("people.students.chooseAll", { count }),
    key: t("people.students.toggle"),
  };
  const add = () => go("new");
  useScreenKeys([...(mayAdd ? [{ keys: "mod+N", label: t("people.students.new"), opens: true, run: add }] : [])]);

  const save = async (format: TableFormat) => {
    try {
      const { artifact, rows } = await exportStudents({ school: schoolId, class: inClass, format });
      const path = await saveArtifact(artifact, true);
      if (path !== null)
        notifications.show({ color: "good", message: t("people.students.exported", { count: rows, path }) });
    } catch (reason) {
      refusal(reason);
    }
  };
  const close = () => go(null, { tab: null, edit: null, merge: null });
  const empty = filtered ? (
    <EmptyState
      title={t("people.students.none")}
      action={
        <Button variant="default" onClick={() => choose({ class: null, status: null, deleted: null, asOf: null })}>
          {t("people.students.clear")}
        </Button>
      }
    >
      {t("people.students.noneText")}
    </EmptyState>
  ) : (
    <EmptyState
      icon={<IconUsers size="2.5rem" stroke={1.25} />}
      title={t("people.students.empty")}
      action={
        mayAdd && (
          <>
            <Button onClick={() => void navigate({ to: "/import" })}>{t("people.students.import")}</Button>
            <Button variant="default" onClick={add}>
              {t("people.students.new")}
            </Button>
          </>
        )
      }
    >
      {t("people.students.emptyText")}
    </EmptyState>
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("people.students.title")}
          about={t("people.students.about", { school: school?.name ?? "" })}
        >
          {/* What is exported is the school of today. */}
          {may("exchange.export_students") && asOf === null && (
            <FormatMenu onChoose={(format) => void save(format)}>
              <Button variant="default" leftSection={<IconDownload size="1rem" />}>
                {t("people.students.export")}
              </Button>
            </FormatMenu>
          )}
          {may("exchange.import_apply") && (
            <Button
              variant="default"
              leftSection={<IconUpload size="1rem" />}
              onClick={() => void navigate({ to: "/import" })}
            >
              {t("people.students.import")}
            </Button>
          )}
          {mayAdd && (
            <Tooltip
              label={
                <>
                  {t("people.students.new")} <Keys keys="mod+N" />
                </>
              }
            >
              <Button onClick={add}>{t("people.students.new")}</Button>
            </Tooltip>
          )}
        </ScreenHead>
      }
    >
      <Beside pane={open !== null && open !== "new" ? <StudentPane key={open} student={open} onClose={close} /> : null}>
        <PagedTable
          label={t("people.students.title")}
          {...listStudents.about({ school: schoolId }, inClass, status, deleted, asOf)}
          load={load}
          columns={columns}
          rowId={(row) => row.id}
          initialSort={{ column: "name", order: "ascending" }}
          empty={empty}
          open={open}
          onOpen={(row) => go(row.id)}
          filters={
            <>
              <Filters inClass={inClass} status={status} deleted={deleted} asOf={asOf} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("people.students.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
              {ticked.length > 0 && (
                <div className={classes.chosen}>
                  <span role="status">{t("people.students.chosen", { count: ticked.length })}</span>
                  <Button variant="default" size="xs" onClick={() => setLeaving(true)}>
                    {t("people.place.leaves")}
                  </Button>
                  {ticked.length === 2 && may("people.merge_students") && (
                    <Button variant="default" size="xs" onClick={() => setMerging(true)}>
                      {t("people.merge.act")}
                    </Button>
                  )}
                  <Button variant="subtle" color="gray" size="xs" onClick={() => setTicked([])}>
                    {t("people.students.chooseNone")}
                  </Button>
                </div>
              )}
            </>
          }
          {...(mayWithdraw ? { choosing } : {})}
        />
      </Beside>
      {merging && ticked[0] !== undefined && ticked[1] !== undefined && (
        <MergeForm
          school={schoolId}
          kept={ticked[0]}
          other={ticked[1]}
          onClose={() => setMerging(false)}
          onDone={(kept) => {
            setMerging(false);
            setTicked([]);
            go(kept);
          }}
        />
      )}
      {leaving && (
        <LeavesSchoolForm
          school={schoolId}
          students={ticked}
          onClose={() => setLeaving(false)}
          onDone={() => {
            setLeaving(false);
            setTicked([]);
          }}
        />
      )}
      {open === "new" && mayAdd && <StudentForm student={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}

interface FiltersProps {
  inClass: string | null;
  status: StudentStatus | null;
  deleted: boolean;
  asOf: string | null;
  choose: ListAddress["choose"];
}

function Filters({ inClass, status, deleted, asOf, choose }: FiltersProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const years = useYears();
  const inYear = useQuery({
    ...listClasses.query({ school: school?.id ?? "", year: yearOf(years.data, asOf) }),
    enabled: school !== null,
  });
  return (
    <>
      <Select
        size="xs"
        w={136}
        clearable
        searchable
        placeholder={t("people.students.anyClass")}
        aria-label={t("people.students.class")}
        clearButtonProps={{ "aria-label": t("people.students.anyClass") }}
        data={classChoices(inYear.data ?? [])}
        value={inClass}
        onChange={(id) => choose({ class: id })}
      />
      <Select
        size="xs"
        w={136}
        clearable
        placeholder={t("people.students.anyStatus")}
        aria-label={t("people.students.status")}
        clearButtonProps={{ "aria-label": t("people.students.anyStatus") }}
        data={statuses.map((value) => ({ value, label: t(`people.status.${value}`) }))}
        value={status}
        onChange={(value) => choose({ status: value })}
      />
      <Select
        size="xs"
        w={144}
        allowDeselect={false}
        aria-label={t("people.students.shown")}
        data={[
          { value: "no", label: t("people.students.present") },
          { value: "yes", label: t("people.students.deleted") },
        ]}
        value={deleted ? "yes" : "no"}
        onChange={(value) => choose({ deleted: value === "yes" ? "yes" : null })}
      />
      <AsOfFilter asOf={asOf} choose={choose} />
    </>
  );
}
