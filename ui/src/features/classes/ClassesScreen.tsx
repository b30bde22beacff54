// The classes of a year, each opened in the pane with its students and courses.
import { Button, Group, Select, Tooltip } from "@mantine/core";
import { IconSchool } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { ClassRow } from "../../bindings/ClassRow";
import { listClasses } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { PersonName } from "../../components/PersonName";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { finds } from "../../finds";
import { Keys, useScreenKeys } from "../../frame/keys";
import { t, useTranslation } from "../../i18n";
import { formatSchoolDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { AsOfFilter, asOfIn, AsOfNote } from "../people/AsOf";
import { useYears, yearOf } from "./ask";
import { kinds, ofPlaces } from "./kinds";
import { ClassesOrCourses } from "./ClassesOrCourses";
import { DeletedFilter, YearFilter } from "./filters";
import { ClassForm } from "./ClassForm";
import { CopyForm } from "./CopyForm";
import { byTitle } from "../../names";
import { ClassPane } from "./ClassPane";

const columns: ListColumn<ClassRow>[] = [
  {
    id: "title",
    header: () => t("classes.list.name"),
    cell: (row) => (
      <strong className="name" title={row.title}>
        {row.title}
      </strong>
    ),
    width: "minmax(4.5rem, 2fr)",
    sortable: true,
  },
  {
    id: "kind",
    header: () => t("classes.kind.label"),
    cell: (row) => t(`classes.kind.${row.kind}`),
    width: "6rem",
    sortable: true,
    lesser: 2,
  },
  {
    id: "gradeLevel",
    header: () => t("classes.list.grade"),
    cell: (row) => row.gradeLevel,
    width: "minmax(5.5rem, 1fr)",
    sortable: true,
    lesser: 1,
  },
  {
    id: "teacher",
    header: () => t("classes.list.teacher"),
    cell: (row) => (row.classTeacherName === null ? null : <PersonName name={row.classTeacherName} />),
    width: "minmax(9rem, 3fr)",
    sortable: true,
  },
  {
    id: "room",
    header: () => t("classes.list.room"),
    cell: (row) => row.room,
    width: "minmax(3.5rem, 1fr)",
    lesser: 2,
  },
  {
    id: "students",
    header: () => t("classes.list.students"),
    cell: (row) => ofPlaces(row.students, row.places),
    numeric: true,
    width: "6rem",
    sortable: true,
  },
  {
    id: "courses",
    header: () => t("classes.list.courses"),
    cell: (row) => row.courses,
    numeric: true,
    width: "4.75rem",
    lesser: 3,
  },
];

/** The part that is asked for: the operation returns all classes of a year, which are few. */
export function part(all: readonly ClassRow[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ title, classTeacherName, gradeLevel }) =>
    finds(filter, title, classTeacherName, gradeLevel),
  );
  const order = (one: ClassRow, other: ClassRow) => {
    const compare = (a: string | null, b: string | null) => byTitle(a ?? "", b ?? "");
    const titles = compare(one.title, other.title);
    switch (sort?.column) {
      case "students":
        return one.students - other.students || titles;
      case "teacher":
        return compare(one.classTeacherName, other.classTeacherName) || titles;
      case "kind":
        return kinds.indexOf(one.kind) - kinds.indexOf(other.kind) || titles;
      case "gradeLevel":
        return compare(one.gradeLevel, other.gradeLevel) || titles;
      default:
        return titles;
    }
  };
  const sorted = found.toSorted((one, other) => order(one, other) * (sort?.order === "descending" ? -1 : 1));
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export default function ClassesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { school } = usePlace();
  const { open, chosen, go, choose } = useListAddress("/classes");
  const years = useYears();
  const schoolId = school?.id ?? "";
  const asOf = asOfIn(chosen);
  // A day of another year is looked at in its own.
  const yearId = chosen("year") ?? yearOf(years.data, asOf);
  const year =
    years.data?.find(({ id }) => id === yearId) ??
    years.data?.find(({ current }) => current) ??
    years.data?.[0] ??
    null;
  const deleted = chosen("deleted") === "yes";
  const kind = kinds.find((one) => one === chosen("kind")) ?? null;
  const load = useCallback(
    async (request: PageRequest) =>
      part(await listClasses({ school: schoolId, year: yearId, kind, deleted, asOf }), request),
    [schoolId, yearId, kind, deleted, asOf],
  );
  const mayAdd = may("classes.save_class") && year !== null;
  const mayCopy = may("classes.copy_classes") && year !== null && (years.data?.length ?? 0) > 1;
  const add = () => go("new");
  useScreenKeys(mayAdd ? [{ keys: "mod+N", label: t("classes.list.new"), opens: true, run: add }] : []);
  const head = (
    <ScreenHead
      title={t("classes.list.title")}
      about={t("classes.list.about", { year: year?.title ?? t("classes.list.noYear") })}
    >
      <ClassesOrCourses shown="classes" />
      {may("classes.roll_over") && year !== null && (
        <Button variant="default" onClick={() => void navigate({ to: "/classes/rollover" })}>
          {t("classes.rollover.open")}
        </Button>
      )}
      {mayCopy && (
        <Button variant="default" onClick={() => go("copy")}>
          {t("classes.copy.open")}
        </Button>
      )}
      {mayAdd && (
        <Tooltip
          label={
            <>
              {t("classes.list.new")} <Keys keys="mod+N" />
            </>
          }
        >
          <Button onClick={add}>{t("classes.list.new")}</Button>
        </Tooltip>
      )}
    </ScreenHead>
  );
  if (years.data?.length === 0) {
    return (
      <Screen head={head}>
        <EmptyState
          title={t("classes.list.needsYear")}
          action={
            may("schools.save_year") && (
              <Button onClick={() => void navigate({ to: "/settings/years" })}>{t("classes.list.settings")}</Button>
            )
          }
        >
          {t("classes.list.needsYearText")}
        </EmptyState>
      </Screen>
    );
  }
  const empty = deleted ? (
    <EmptyState title={t("classes.list.none")} />
  ) : kind !== null ? (
    <EmptyState
      title={t("classes.list.noneOfKind")}
      action={
        <Button variant="default" onClick={() => choose({ kind: null })}>
          {t("classes.list.showAll")}
        </Button>
      }
    />
  ) : (
    <EmptyState
      icon={<IconSchool size="2.5rem" stroke={1.25} />}
      title={t("classes.list.empty")}
      action={
        mayAdd && (
          <Group justify="center">
            {mayCopy && <Button onClick={() => go("copy")}>{t("classes.copy.open")}</Button>}
            <Button variant={mayCopy ? "default" : "filled"} onClick={add}>
              {t("classes.list.new")}
            </Button>
          </Group>
        )
      }
    >
      {t("classes.list.emptyText")}
    </EmptyState>
  );
  return (
    <Screen padded={false} head={head}>
      <Beside
        pane={
          open !== null && open !== "new" && open !== "copy" ? (
            <ClassPane key={open} id={open} asOf={asOf} onClose={() => go(null, { tab: null, edit: null })} />
          ) : null
        }
      >
        <PagedTable
          label={t("classes.list.title")}
          {...listClasses.about({ school: schoolId, year: yearId, kind, deleted, asOf }, "list")}
          load={load}
          columns={columns}
          rowId={(row) => row.id}
          initialSort={{ column: "title", order: "ascending" }}
          open={open}
          onOpen={(row) => go(row.id)}
          empty={empty}
          filters={
            <>
              <YearFilter years={years.data ?? []} year={year?.id ?? null} choose={choose} />
              <Select
                size="xs"
                w={152}
                clearable
                placeholder={t("classes.list.anyKind")}
                aria-label={t("classes.kind.label")}
                clearButtonProps={{ "aria-label": t("classes.list.anyKind") }}
                value={kind}
                onChange={(next) => choose({ kind: next })}
                data={kinds.map((value) => ({
                  value,
                  label: t(value === "group" ? "classes.kind.groups" : "classes.kind.homerooms"),
                }))}
              />
              <DeletedFilter deleted={deleted} choose={choose} />
              <AsOfFilter asOf={asOf} choose={choose} />
              {asOf !== null && (
                <AsOfNote choose={choose}>{t("classes.list.asOf", { day: formatSchoolDay(asOf) })}</AsOfNote>
              )}
            </>
          }
        />
      </Beside>
      {open === "new" && mayAdd && (
        <ClassForm details={null} year={year.id} onClose={() => go(null)} onSaved={(id) => go(id)} />
      )}
      {open === "copy" && mayCopy && (
        <CopyForm key={year.id} school={schoolId} year={year} years={years.data ?? []} onClose={() => go(null)} />
      )}
    </Screen>
  );
}
