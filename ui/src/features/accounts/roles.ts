// Roles and where they are held, in words and as choices.
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { listSchools, schoolDetails } from "../../bindings/operations";
import type { Role } from "../../bindings/Role";
import type { RoleAt } from "../../bindings/RoleAt";
import { useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";

export const roles = [
  "super_administrator",
  "district_administrator",
  "principal",
  "teacher",
  "operator",
  "counsellor",
  "student",
] as const satisfies readonly Role[];

export interface Where {
  value: string;
  label: string;
}

/** A role's place as a choice: `everywhere`, `district:<id>`, `school:<id>`; empty where none is chosen. */
export function whereOf({ role, school, district }: RoleAt): string {
  if (school !== null) return `school:${school}`;
  if (district !== null) return `district:${district}`;
  return role === "super_administrator" ? "everywhere" : "";
}

export function roleAt(role: Role, where: string): RoleAt {
  const [kind, id] = where.split(":");
  return { role, school: kind === "school" ? (id ?? null) : null, district: kind === "district" ? (id ?? null) : null };
}

/** Roles in words; the places that the person can give a role at. */
export function useRoleWords() {
  const { t } = useTranslation();
  const { whoami } = useSession();
  const { school } = usePlace();
  const details = useQuery({
    ...schoolDetails.query({ school: school?.id ?? "" }),
    enabled: school !== null,
  });
  const schools = useQuery({ ...listSchools.query({}) });
  const district = details.data;
  const named = schools.data ?? whoami.schools;
  const wordsOf = useCallback(
    (at: RoleAt) => {
      const role = t(`accounts.roles.${at.role}`);
      if (at.school === null && at.district === null) return role;
      const where =
        at.school !== null
          ? (named.find(({ id }) => id === at.school)?.name ?? t("accounts.users.unknownSchool"))
          : t("accounts.users.district", {
              name: at.district === district?.district ? (district?.districtName ?? "") : "",
            });
      return t("accounts.users.at", { role, where });
    },
    [t, named, district],
  );
  const placesOf = (role: Role): Where[] => {
    if (role === "super_administrator") return [{ value: "everywhere", label: t("accounts.users.everywhere") }];
    if (role === "district_administrator")
      return district === undefined
        ? []
        : [
            {
              value: `district:${district.district}`,
              label: t("accounts.users.district", { name: district.districtName }),
            },
          ];
    return named.map(({ id, name }) => ({ value: `school:${id}`, label: name }));
  };
  return { wordsOf, placesOf };
}
