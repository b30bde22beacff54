// Import and export of rosters: reached from the students, from today and from the palette.
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "exchange",
  screens: [{ path: "/import", load: () => import("./ImportScreen") }],
  actions: [
    {
      id: "import",
      label: (t) => t("exchange.action"),
      path: "/import",
      keywords: (t) => t("exchange.keywords.action"),
      operations: ["exchange.import_apply"],
    },
    {
      id: "export",
      label: (t) => t("exchange.out.action"),
      path: "/import",
      keywords: (t) => t("exchange.keywords.out"),
      operations: ["exchange.export_oneroster"],
    },
  ],
};
