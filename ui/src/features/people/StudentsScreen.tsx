// The students: found as one types, filtered by class and status, each opened in the pane.
import { Button, Select, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconUpload, IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import { exportStudents, listClasses, listStudents } from "../../bindings/operations";
import type { SortOrder } from "../../bindings/SortOrder";
import type { StudentRow } from "../../bindings/StudentRow";
import type { StudentStatus } from "../../bindings/StudentStatus";
import type { TableFormat } from "../../bindings/TableFormat";
import { useListAddress } from "../../components/address";
import { refusal } from "../../components/change";
import { FormatMenu } from "../../components/FormatMenu";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { saveArtifact } from "../../files";
import { Keys, useScreenKeys } from "../../frame/keys";
import { t, useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { classChoices, ClassesInShort } from "../classes/kinds";
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
  const filtered = inClass !== null || status !== null || deleted;
  const load = useCallback(
    ({ offset, limit, sort, filter }: PageRequest) =>
      listStudents({
        school: schoolId,
        search: filter,
        class: inClass,
        status,
        deleted,
        sort: sort as { column: string; order: SortOrder } | null,
        offset,
        limit,
      }),
    [schoolId, inClass, status, deleted],
  );
  const mayAdd = may("people.save_student");
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
  const close = () => go(null, { tab: null, edit: null });
  const empty = filtered ? (
    <EmptyState
      title={t("people.students.none")}
      action={
        <Button variant="default" onClick={() => choose({ class: null, status: null, deleted: null })}>
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
          {may("exchange.export_students") && (
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
          {...listStudents.about({ school: schoolId }, inClass, status, deleted)}
          load={load}
          columns={columns}
          rowId={(row) => row.id}
          initialSort={{ column: "name", order: "ascending" }}
          empty={empty}
          open={open}
          onOpen={(row) => go(row.id)}
          filters={<Filters inClass={inClass} status={status} deleted={deleted} choose={choose} />}
        />
      </Beside>
      {open === "new" && mayAdd && <StudentForm student={null} onClose={() => go(null)} onSaved={(id) => go(id)} />}
    </Screen>
  );
}

interface FiltersProps {
  inClass: string | null;
  status: StudentStatus | null;
  deleted: boolean;
  choose: (choices: Record<string, string | null>) => void;
}

function Filters({ inClass, status, deleted, choose }: FiltersProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const classes = useQuery({
    ...listClasses.query({ school: school?.id ?? "" }),
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
        data={classChoices(classes.data ?? [])}
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
    </>
  );
}
