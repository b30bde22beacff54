// Analytics: how a class did, who is at risk, the school at a glance.
import { IconChartHistogram } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["analytics.term_statistics"] as const;

export const feature: Feature = {
  name: "analytics",
  screens: [{ path: "/analytics", load: () => import("./AnalyticsScreen") }],
  rail: [{ label: (t) => t("analytics.rail"), icon: IconChartHistogram, path: "/analytics", order: 70, operations }],
  actions: [
    {
      id: "analytics",
      label: (t) => t("analytics.actions.class"),
      path: "/analytics",
      keywords: (t) => t("analytics.keywords.class"),
      operations,
    },
    {
      id: "analytics-risk",
      label: (t) => t("analytics.actions.risk"),
      path: "/analytics?view=risk",
      keywords: (t) => t("analytics.keywords.risk"),
      operations: ["analytics.at_risk"],
    },
  ],
};
