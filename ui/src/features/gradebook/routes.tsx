// Marks: the courses that a person may grade, and the mark sheet of each.
import { IconPencil } from "@tabler/icons-react";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "gradebook",
  screens: [
    { path: "/marks", load: () => import("./CoursesScreen") },
    { path: "/marks/$course", load: () => import("./MarkSheetScreen") },
  ],
  rail: [
    {
      label: (t) => t("gradebook.rail"),
      icon: IconPencil,
      path: "/marks",
      order: 50,
      operations: ["gradebook.courses_for_marks"],
    },
  ],
  actions: [
    {
      id: "marks",
      label: (t) => t("gradebook.action"),
      path: "/marks",
      keywords: (t) => t("gradebook.keywords.action"),
      operations: ["gradebook.record_marks"],
    },
  ],
};
