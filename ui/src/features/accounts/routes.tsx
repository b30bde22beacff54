// One's own account, and the users with their roles. Signing in and the first run stand outside the frame.
import { IconUserShield } from "@tabler/icons-react";
import type { Feature } from "../../registry";

export const feature: Feature = {
  name: "accounts",
  screens: [
    { path: "/account/password", load: () => import("./ChangePassword") },
    { path: "/account/sessions", load: () => import("./Sessions") },
    { path: "/users/{-$open}", load: () => import("./UsersScreen") },
  ],
  rail: [
    {
      label: (t) => t("accounts.users.rail"),
      icon: IconUserShield,
      path: "/users",
      order: 120,
      lower: true,
      operations: ["accounts.list_users"],
    },
  ],
  actions: [
    {
      id: "account-password",
      label: (t) => t("frame.person.password"),
      path: "/account/password",
      keywords: (t) => t("accounts.keywords.password"),
    },
    {
      id: "account-sessions",
      label: (t) => t("frame.person.sessions"),
      path: "/account/sessions",
      keywords: (t) => t("accounts.keywords.sessions"),
    },
    {
      id: "new-user",
      label: (t) => t("accounts.users.new"),
      path: "/users/new",
      keywords: (t) => t("accounts.keywords.new"),
      operations: ["accounts.save_user"],
    },
  ],
};
