// Today: what needs doing, and how the school stands. Changes: what was done, by whom, and what can be undone.
import { IconHistory, IconSun } from "@tabler/icons-react";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "upkeep",
  screens: [
    { path: "/today", load: () => import("./TodayScreen") },
    { path: "/changes/{-$open}", load: () => import("./ChangesScreen") },
  ],
  rail: [
    { label: (t) => t("today.rail"), icon: IconSun, path: "/today", order: 10, operations: ["upkeep.today"] },
    {
      label: (t) => t("upkeep.changes.rail"),
      icon: IconHistory,
      path: "/changes",
      order: 125,
      lower: true,
      operations: ["upkeep.recent_changes"],
    },
  ],
  actions: [
    {
      id: "undo-list",
      label: (t) => t("upkeep.changes.whatCanBeUndone"),
      path: "/changes",
      keywords: (t) => t("upkeep.keywords.whatCanBeUndone"),
      operations: ["upkeep.my_changes"],
    },
  ],
};
