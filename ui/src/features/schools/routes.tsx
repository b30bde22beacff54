// Settings of a school.
import { IconSettings } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["schools.settings"] as const;

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
      keywords: (t) => t("schools.keywords.years"),
      operations,
    },
    {
      id: "settings-subjects",
      label: (t) => t("schools.parts.subjects"),
      path: "/settings/subjects",
      keywords: (t) => t("schools.keywords.subjects"),
      operations,
    },
    {
      id: "settings-grades",
      label: (t) => t("schools.parts.grades"),
      path: "/settings/grades",
      keywords: (t) => t("schools.keywords.grades"),
      operations,
    },
    {
      id: "settings-faces",
      label: (t) => t("schools.parts.faces"),
      path: "/settings/faces",
      keywords: (t) => t("schools.keywords.faces"),
      operations,
    },
    {
      id: "settings-about",
      label: (t) => t("schools.parts.about"),
      path: "/settings/about",
      keywords: (t) => t("schools.keywords.about"),
      operations,
    },
  ],
};
