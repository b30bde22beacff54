// Faces: consent and enrolment of each student, and the page that tells a parent what is held.
import { IconFaceId } from "@tabler/icons-react";
import type { Feature } from "../../registry";

const operations = ["consent_state"];

export const feature: Feature = {
  name: "faces",
  screens: [
    { path: "/faces", load: () => import("./FacesScreen") },
    { path: "/faces/$student", load: () => import("./HeldScreen") },
  ],
  rail: [{ label: (t) => t("faces.rail"), icon: IconFaceId, path: "/faces", order: 110, lower: true, operations }],
  actions: [{ id: "faces", label: (t) => t("faces.action"), path: "/faces", keywords: "consent enrol template camera recognition privacy", operations }],
};
