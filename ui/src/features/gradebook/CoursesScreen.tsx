// The courses that a person may grade in this term: choose one to open its mark sheet.
import { Progress, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";
import type { CourseForMarks } from "../../bindings/CourseForMarks";
import { coursesForMarks } from "../../bindings/operations";
import { Missing } from "../../components/Missing";
import { PagedTable, type ListColumn, type PageRequest } from "../../components/PagedTable";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";
import { usePlace } from "../../session/session";
import { byTitle, inOneLine } from "../../names";
import { GroupBadge } from "../classes/kinds";
import classes from "./gradebook.module.css";

function Entered({ course }: { course: CourseForMarks }) {
  if (course.ownEntriesOnly)
    return (
      <Text size="xs" c="dimmed">
        {t("gradebook.handedOver.sign")}
      </Text>
    );
  const cells = course.students * course.assessments;
  if (cells === 0)
    return (
      <Text size="xs" c="dimmed">
        {t("gradebook.courses.noAssessments")}
      </Text>
    );
  const words = t("gradebook.courses.entered", { entered: formatNumber(course.entered), cells: formatNumber(cells) });
  return (
    <div className={classes.entered}>
      <Progress
        value={(100 * course.entered) / cells}
        size="sm"
        aria-label={words}
        color={course.entered >= cells ? "good" : "accent"}
      />
      <bdi>{words}</bdi>
    </div>
  );
}

const columns: ListColumn<CourseForMarks>[] = [
  {
    id: "class",
    header: () => t("gradebook.courses.class"),
    cell: (row) => (
      <span className={classes.ofClass}>
        <strong className="name" dir="auto" title={row.classTitle}>
          {row.classTitle}
        </strong>
        <GroupBadge kind={row.classKind} />
      </span>
    ),
    width: "minmax(8rem, 1.5fr)",
    sortable: true,
  },
  {
    id: "subject",
    header: () => t("gradebook.courses.subject"),
    cell: (row) => <bdi title={row.subjectTitle}>{row.subjectTitle}</bdi>,
    width: "minmax(9rem, 2fr)",
    sortable: true,
  },
  {
    id: "teachers",
    header: () => t("gradebook.courses.teachers"),
    cell: (row) => <bdi title={inOneLine(row.teachers)}>{inOneLine(row.teachers)}</bdi>,
    width: "minmax(9rem, 2fr)",
    lesser: 1,
  },
  {
    id: "students",
    header: () => t("gradebook.courses.students"),
    cell: (row) => row.students,
    numeric: true,
    width: "6rem",
    lesser: 3,
  },
  {
    id: "assessments",
    header: () => t("gradebook.courses.assessments"),
    cell: (row) => row.assessments,
    numeric: true,
    width: "7rem",
    lesser: 2,
  },
  {
    id: "entered",
    header: () => t("gradebook.courses.marks"),
    cell: (row) => <Entered course={row} />,
    width: "minmax(14rem, 2fr)",
  },
];

/** The part of the list that is asked for. The operation returns all courses of the person: there are few. */
function part(all: readonly CourseForMarks[], { offset, limit, sort, filter }: PageRequest) {
  const found = all.filter(({ classTitle, subjectTitle, teachers }) =>
    finds(filter, classTitle, subjectTitle, ...teachers),
  );
  const key = (row: CourseForMarks) =>
    sort?.column === "subject" ? `${row.subjectTitle}\u0000${row.classTitle}` : row.classTitle;
  const sorted =
    sort === null
      ? found
      : found.toSorted((one, other) => byTitle(key(one), key(other)) * (sort.order === "descending" ? -1 : 1));
  return { rows: sorted.slice(offset, offset + limit), total: found.length };
}

export default function CoursesScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school, term } = usePlace();
  const [schoolId, termId] = [school?.id, term?.id];
  const load = useCallback(
    async (request: PageRequest) =>
      part(
        schoolId === undefined || termId === undefined
          ? []
          : await coursesForMarks({ school: schoolId, term: termId, handedOver: true }),
        request,
      ),
    [schoolId, termId],
  );
  return (
    <Screen
      padded={false}
      head={
        <ScreenHead
          title={t("gradebook.courses.title")}
          about={t("gradebook.courses.about", { term: term?.title ?? "" })}
        />
      }
    >
      <PagedTable
        label={t("gradebook.courses.title")}
        {...coursesForMarks.about({ school: schoolId, term: termId }, "list")}
        load={load}
        columns={columns}
        initialSort={{ column: "class", order: "ascending" }}
        rowId={(row) => row.course}
        onOpen={(row) => void navigate({ to: `/marks/${row.course}` })}
        empty={<Missing what={termId === undefined ? "term" : "courses"} />}
      />
    </Screen>
  );
}
