// Report cards: what is still to do, each student's page, and the documents made of them.
import { IconReport } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["reports.report_card_readiness"] as const;

export const feature: Feature = {
  name: "reports",
  screens: [{ path: "/reports", load: () => import("./ReportsScreen") }],
  rail: [{ label: (t) => t("reports.rail"), icon: IconReport, path: "/reports", order: 60, operations }],
  actions: [
    {
      id: "reports",
      label: (t) => t("reports.action"),
      path: "/reports",
      keywords: (t) => t("reports.keywords.action"),
      operations,
    },
  ],
};
