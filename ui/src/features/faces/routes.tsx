// Faces: consent and enrolment of each student, many at once, who looks alike, who used them when, their key, and the
// page that tells a parent what is held.
import { IconFaceId } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["faces.consent_state"] as const;

export const feature: Feature = {
  name: "faces",
  screens: [
    { path: "/faces", load: () => import("./FacesScreen") },
    { path: "/faces/bulk", load: () => import("./BulkScreen") },
    { path: "/faces/consents", load: () => import("./ConsentsScreen") },
    { path: "/faces/alike", load: () => import("./AlikeScreen") },
    { path: "/faces/uses", load: () => import("./UsesScreen") },
    { path: "/faces/keys", load: () => import("./KeysScreen") },
    { path: "/faces/$student", load: () => import("./HeldScreen") },
  ],
  rail: [{ label: (t) => t("faces.rail"), icon: IconFaceId, path: "/faces", order: 110, lower: true, operations }],
  actions: [
    {
      id: "faces",
      label: (t) => t("faces.action"),
      path: "/faces",
      keywords: (t) => t("faces.keywords.action"),
      operations,
    },
    {
      id: "faces-bulk",
      label: (t) => t("faces.actions.bulk"),
      path: "/faces/bulk",
      keywords: (t) => t("faces.keywords.bulk"),
      operations: ["faces.enrol_faces_in_bulk"],
    },
    {
      id: "faces-consents",
      label: (t) => t("faces.letters.open"),
      path: "/faces/consents",
      keywords: (t) => t("faces.keywords.open"),
      operations: ["faces.record_consents"],
    },
    {
      id: "faces-alike",
      label: (t) => t("faces.actions.alike"),
      path: "/faces/alike",
      keywords: (t) => t("faces.keywords.alike"),
      operations: ["faces.look_alikes"],
    },
    {
      id: "faces-uses",
      label: (t) => t("faces.actions.uses"),
      path: "/faces/uses",
      keywords: (t) => t("faces.keywords.uses"),
      operations: ["faces.face_uses"],
    },
    {
      id: "faces-keys",
      label: (t) => t("faces.actions.keys"),
      path: "/faces/keys",
      keywords: (t) => t("faces.keywords.keys"),
      operations: ["faces.show_recovery_key", "faces.purge_faces"],
    },
  ],
};
