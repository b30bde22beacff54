// A day without school is no day for a register, unless somebody means it.
import { Button } from "@mantine/core";
import { IconCalendarOff } from "@tabler/icons-react";
import { useState } from "react";
import type { NoSchool } from "../../bindings/NoSchool";
import { asOperationError } from "../../bridge";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";

interface Refused {
  date: string;
  why: NoSchool;
  title: string | null;
}

/** Why an operation says that there is no school on a day; null for any other failure. */
export function noSchoolOf(error: unknown): Refused | null {
  if (error === null || error === undefined) return null;
  const { code, details } = asOperationError(error);
  return code === "no_school_day" ? (details as Refused) : null;
}

export function NoSchoolDay({ refused, onMeant }: { refused: Refused; onMeant: () => Promise<void> }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const day = formatDay(refused.date);
  const meant = () => {
    setBusy(true);
    void onMeant().finally(() => setBusy(false));
  };
  return (
    <EmptyState
      icon={<IconCalendarOff size="2.5rem" stroke={1.25} />}
      title={t("attendance.offDay.title", { day })}
      action={
        <Button variant="default" loading={busy} onClick={meant}>
          {t("attendance.offDay.meant", { day })}
        </Button>
      }
    >
      {t(`attendance.offDay.${refused.why}`, { title: refused.title ?? "" })} {t("attendance.offDay.text")}
    </EmptyState>
  );
}
