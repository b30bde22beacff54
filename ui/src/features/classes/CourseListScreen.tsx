// The courses of a year: subject, class and who teaches them, each opened in the pane with who takes it.
import { Button, Checkbox } from "@mantine/core";
import { IconBook2 } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { CourseListRow } from "../../bindings/CourseListRow";
import { listCourses } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Beside } from "../../components/Pane";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState } from "../../components/states";
import { t, useTranslation } from "../../i18n";
import { inOneLine } from "../../names";
import { usePlace, useSession } from "../../session/session";
import { useYears } from "./ask";
import { ClassesOrCourses } from "./ClassesOrCourses";
import { DeletedFilter, SubjectFilter, YearFilter } from "./filters";
import { CoursePane } from "./CoursePane";
import { ofPlaces } from "./kinds";

/** A text of its own direction, cut at its end, whole on hover. */
function InCell({ text, bold = false }: { text: string; bold?: boolean }) {
  return (
    <bdi className="name" dir="auto" title={text} style={{ display: "block", fontWeight: bold ? 600 : undefined }}>
      {text}
    </bdi>
  );
}

const columns: ListColumn<CourseListRow>[] = [
  {
    id: "subject",
    header: () => t("classes.courseList.subject"),
    cell: (row) => <InCell text={row.subjectTitle} bold />,
    width: "minmax(9rem, 3fr)",
  },
  {
    id: "class",
    header: () => t("classes.courseList.class"),
    cell: (row) => <InCell text={row.classTitle} />,
    width: "minmax(5rem, 2fr)",
  },
  {
    id: "kind",
    header: () => t("classes.kind.label"),
    cell: (row) => t(`classes.kind.${row.classKind}`),
    width: "6rem",
    lesser: 2,
  },
  {
    id: "gradeLevel",
    header: () => t("classes.courseList.grade"),
    cell: (row) => row.gradeLevel,
    width: "minmax(5.5rem, 1fr)",
    lesser: 3,
  },
  {
    id: "teachers",
    header: () => t("classes.courseList.teachers"),
    cell: (row) => <InCell text={inOneLine(row.teachers)} />,
    width: "minmax(9rem, 3fr)",
    lesser: 1,
  },
  {
    id: "students",
    header: () => t("classes.courseList.students"),
    cell: (row) => ofPlaces(row.students, row.places),
    numeric: true,
    width: "6rem",
  },
];

export default function CourseListScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may, whoami } = useSession();
  const { school } = usePlace();
  const { open, chosen, go, choose } = useListAddress("/courses");
  const years = useYears();
  const schoolId = school?.id ?? "";
  const year =
    years.data?.find(({ id }) => id === chosen("year")) ??
    years.data?.find(({ current }) => current) ??
    years.data?.[0] ??
    null;
  const yearId = chosen("year");
  const subject = chosen("subject");
  const mayRestore = may("classes.restore_courses");
  const deleted = mayRestore && chosen("deleted") === "yes";
  const teaches = whoami.staff !== null;
  const taught = teaches && chosen("taught") === "yes";
  const load = useCallback(
    ({ offset, limit, filter }: PageRequest) =>
      listCourses({ school: schoolId, year: yearId, subject, taught, deleted, search: filter, offset, limit }),
    [schoolId, yearId, subject, taught, deleted],
  );
  const filtered = subject !== null || taught;
  const mayAdd = may("classes.save_course");
  const empty = filtered ? (
    <EmptyState
      title={t("classes.courseList.none")}
      action={
        <Button variant="default" onClick={() => choose({ subject: null, taught: null })}>
          {t("classes.courseList.clear")}
        </Button>
      }
    />
  ) : deleted ? (
    <EmptyState title={t("classes.courseList.noneDeleted")} />
  ) : (
    <EmptyState
      icon={<IconBook2 size="2.5rem" stroke={1.25} />}
      title={t("classes.courseList.empty")}
      action={
        mayAdd && <Button onClick={() => void navigate({ to: "/classes" })}>{t("classes.courseList.toClasses")}</Button>
      }
    >
      {t(mayAdd ? "classes.courseList.emptyText" : "classes.courseList.emptyOthers")}
    </EmptyState>
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("classes.courseList.title")}
          about={t("classes.courseList.about", { year: year?.title ?? t("classes.list.noYear") })}
        >
          <ClassesOrCourses shown="courses" />
        </ScreenHead>
      }
    >
      <Beside
        pane={open !== null ? <CoursePane key={open} id={open} onClose={() => go(null, { edit: null })} /> : null}
      >
        <PagedTable
          label={t("classes.courseList.title")}
          {...listCourses.about({ school: schoolId, year: yearId, subject, taught, deleted }, "list")}
          load={load}
          columns={columns}
          rowId={(row) => row.id}
          open={open}
          onOpen={(row) => go(row.id)}
          empty={empty}
          filters={
            <>
              <YearFilter years={years.data ?? []} year={year?.id ?? null} choose={choose} />
              {may("schools.list_subjects") && <SubjectFilter subject={subject} choose={choose} />}
              {mayRestore && <DeletedFilter deleted={deleted} choose={choose} />}
              {teaches && (
                <Checkbox
                  size="xs"
                  label={t("classes.courseList.taught")}
                  checked={taught}
                  onChange={(event) => choose({ taught: event.currentTarget.checked ? "yes" : null })}
                />
              )}
            </>
          }
        />
      </Beside>
    </Screen>
  );
}
