// Classes: who is in them, what is taught there and by whom.
import { IconSchool } from "@tabler/icons-react";
import { listClasses } from "../../bindings/operations";
import { finds } from "../../finds";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "classes",
  screens: [{ path: "/classes/{-$open}", load: () => import("./ClassesScreen") }],
  rail: [
    {
      label: (t) => t("classes.rail"),
      icon: IconSchool,
      path: "/classes",
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
  ],
};
