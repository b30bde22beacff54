// Today: what needs doing, and how the school stands.
import { IconSun } from "@tabler/icons-react";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "upkeep",
  screens: [{ path: "/today", load: () => import("./TodayScreen") }],
  rail: [{ label: (t) => t("today.rail"), icon: IconSun, path: "/today", order: 10, operations: ["today"] }],
};
