// Classes: who is in them, what is taught there and by whom.
import { IconSchool } from "@tabler/icons-react";
import { course as askCourse, listClasses, listCourses } from "../../bindings/operations";
import { finds } from "../../finds";
import { t } from "../../i18n";
import { inOneLine } from "../../names";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "classes",
  screens: [
    { path: "/classes/{-$open}", load: () => import("./ClassesScreen") },
    { path: "/classes/rollover/{-$open}", load: () => import("./rollover/RolloverScreen") },
    { path: "/courses/grid", load: () => import("./CourseGridScreen") },
    { path: "/courses/{-$open}", load: () => import("./CourseListScreen") },
  ],
  rail: [
    {
      label: (t) => t("classes.rail"),
      icon: IconSchool,
      path: "/classes",
      also: ["/courses"],
      order: 30,
      operations: ["classes.list_classes"],
    },
  ],
  actions: [
    {
      id: "new-class",
      label: (t) => t("classes.list.new"),
      path: "/classes/new",
      keywords: (t) => t("classes.keywords.new"),
      operations: ["classes.save_class"],
    },
    {
      id: "copy-classes",
      label: (t) => t("classes.copy.open"),
      path: "/classes/copy",
      keywords: (t) => t("classes.copy.keywords"),
      operations: ["classes.copy_classes"],
    },
    {
      id: "rollover",
      label: (t) => t("classes.rollover.open"),
      path: "/classes/rollover",
      keywords: (t) => t("classes.rollover.keywords"),
      operations: ["classes.roll_over"],
    },
    {
      id: "courses",
      label: (t) => t("classes.courseList.title"),
      path: "/courses",
      keywords: (t) => t("classes.keywords.courses"),
      operations: ["classes.list_courses"],
    },
    {
      id: "course-grid",
      label: (t) => t("classes.grid.title"),
      path: "/courses/grid",
      keywords: (t) => t("classes.grid.keywords"),
      operations: ["classes.save_course_grid"],
    },
  ],
  opened: [
    {
      base: "/classes",
      operation: "classes.list_classes",
      find: async (id, school) => {
        const found = school === null ? undefined : (await listClasses({ school })).find((row) => row.id === id);
        return found === undefined ? null : { id, label: found.title, path: `/classes/${id}` };
      },
    },
    {
      base: "/courses",
      operation: "classes.course",
      find: async (id) => {
        const found = await askCourse({ course: id });
        const label = t("classes.course.title", { subject: found.subjectTitle, class: found.classTitle });
        return found.deleted ? null : { id, label, path: `/courses/${id}` };
      },
    },
  ],
  search: [
    {
      label: (t) => t("classes.found"),
      order: 20,
      operations: ["classes.list_classes"],
      find: async (text, school) => {
        if (school === null) return [];
        const found = (await listClasses({ school })).filter(({ title }) => finds(text, title)).slice(0, 8);
        return found.map(({ id, title, classTeacherName }) => ({
          id,
          label: title,
          ...(classTeacherName === null ? {} : { description: classTeacherName }),
          path: `/classes/${id}`,
        }));
      },
    },
    {
      label: (t) => t("classes.foundCourses"),
      order: 25,
      operations: ["classes.list_courses"],
      find: async (text, school) => {
        if (school === null) return [];
        const { rows } = await listCourses({ school, search: text, limit: 8 });
        return rows.map(({ id, subjectTitle: subject, classTitle, teachers }) => ({
          id,
          label: t("classes.course.title", { subject, class: classTitle }),
          ...(teachers.length === 0 ? {} : { description: inOneLine(teachers) }),
          path: `/courses/${id}`,
        }));
      },
    },
  ],
};
