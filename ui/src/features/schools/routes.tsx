// Settings of a school.
import { IconSettings } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["settings"];

export const feature: Feature = {
  name: "schools",
  screens: [{ path: "/settings/{-$open}", load: () => import("./SettingsScreen") }],
  rail: [
    { label: (t) => t("schools.rail"), icon: IconSettings, path: "/settings", order: 130, lower: true, operations },
  ],
  actions: [
    {
      id: "settings-years",
      label: (t) => t("schools.parts.years"),
      path: "/settings/years",
      keywords: "settings academic year term session",
      operations,
    },
    {
      id: "settings-subjects",
      label: (t) => t("schools.parts.subjects"),
      path: "/settings/subjects",
      keywords: "settings",
      operations,
    },
    {
      id: "settings-grades",
      label: (t) => t("schools.parts.grades"),
      path: "/settings/grades",
      keywords: "settings",
      operations,
    },
    {
      id: "settings-faces",
      label: (t) => t("schools.parts.faces"),
      path: "/settings/faces",
      keywords: "settings consent policy camera",
      operations,
    },
    {
      id: "settings-about",
      label: (t) => t("schools.parts.about"),
      path: "/settings/about",
      keywords: "version health",
      operations,
    },
  ],
};
