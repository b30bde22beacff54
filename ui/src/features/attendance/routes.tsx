// Attendance: the registers of a day, one register by hand or at the camera, who is absent, the term added up.
import { IconUserCheck } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["attendance.registers_of_day"] as const;

export const feature: Feature = {
  name: "attendance",
  screens: [
    { path: "/attendance", load: () => import("./AttendanceScreen") },
    { path: "/attendance/kiosk", load: () => import("./kiosk/KioskScreen") },
    { path: "/attendance/$class", load: () => import("./RegisterScreen") },
  ],
  rail: [
    {
      label: (t) => t("attendance.rail"),
      icon: IconUserCheck,
      path: "/attendance",
      order: 40,
      operations: ["attendance.registers_of_day", "attendance.absent_today", "attendance.attendance_history"],
    },
  ],
  actions: [
    {
      id: "attendance",
      label: (t) => t("attendance.actions.registers"),
      path: "/attendance",
      keywords: (t) => t("attendance.keywords.registers"),
      operations,
    },
    {
      id: "attendance-absent",
      label: (t) => t("attendance.actions.absent"),
      path: "/attendance?view=absent",
      keywords: (t) => t("attendance.keywords.absent"),
      operations: ["attendance.absent_today"],
    },
    {
      id: "attendance-here",
      label: (t) => t("attendance.actions.here"),
      path: "/attendance?view=here",
      keywords: (t) => t("attendance.keywords.here"),
      operations: ["attendance.here_now"],
    },
    {
      id: "attendance-often",
      label: (t) => t("attendance.actions.often"),
      path: "/attendance?view=often",
      keywords: (t) => t("attendance.keywords.often"),
      operations: ["attendance.often_absent"],
    },
    {
      id: "attendance-summary",
      label: (t) => t("attendance.actions.summary"),
      path: "/attendance?view=summary",
      keywords: (t) => t("attendance.keywords.summary"),
      operations,
    },
    {
      id: "attendance-kiosk",
      label: (t) => t("attendance.actions.kiosk"),
      path: "/attendance/kiosk",
      keywords: (t) => t("attendance.keywords.kiosk"),
      operations: ["desk.start_kiosk"],
    },
  ],
};
