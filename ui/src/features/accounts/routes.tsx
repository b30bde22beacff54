// One's own account: password and sessions. Signing in and the first run stand outside the frame.
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "accounts",
  screens: [
    { path: "/account/password", load: () => import("./ChangePassword") },
    { path: "/account/sessions", load: () => import("./Sessions") },
  ],
  actions: [
    { id: "account-password", label: (t) => t("frame.person.password"), path: "/account/password", keywords: "password security" },
    { id: "account-sessions", label: (t) => t("frame.person.sessions"), path: "/account/sessions", keywords: "sessions devices security" },
  ],
};
