// Leads from the students to their guardians and back, with the class and the day that are looked at.
import { SegmentedControl } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";

const paths = { students: "/students", guardians: "/guardians" } as const;

export function StudentsOrGuardians({ shown }: { shown: keyof typeof paths }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen } = useListAddress(paths[shown]);
  if (!may("people.list_students") || !may("people.list_guardians")) return null;
  const kept = (["class", "asOf"] as const).flatMap((part) => {
    const held = chosen(part);
    return held === null ? [] : [[part, held] as const];
  });
  return (
    <SegmentedControl<keyof typeof paths>
      size="xs"
      aria-label={t("people.guardians.switch")}
      value={shown}
      onChange={(to) => void navigate({ to: paths[to], search: Object.fromEntries(kept) })}
      data={[
        { value: "students", label: t("people.students.title") },
        { value: "guardians", label: t("people.guardians.title") },
      ]}
    />
  );
}
