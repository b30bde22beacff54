// Where a student stands with the school.
import type { StudentStatus } from "../../bindings/StudentStatus";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";

export const statuses = ["active", "withdrawn", "graduated"] as const satisfies readonly StudentStatus[];

export function Status({ status }: { status: StudentStatus }) {
  const { t } = useTranslation();
  return status === "active" ? (
    t("people.status.active")
  ) : (
    <Signal tone="neutral">{t(`people.status.${status}`)}</Signal>
  );
}
