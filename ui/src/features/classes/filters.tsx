// What the lists of classes and of courses are narrowed by.
import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { listSubjects } from "../../bindings/operations";
import type { YearRow } from "../../bindings/YearRow";
import type { ListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";
import { usePlace } from "../../session/session";

type Choose = ListAddress["choose"];

interface YearFilterProps {
  years: readonly YearRow[];
  year: string | null;
  choose: Choose;
}

export function YearFilter({ years, year, choose }: YearFilterProps) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={152}
      allowDeselect={false}
      aria-label={t("classes.list.year")}
      value={year}
      onChange={(id) => choose({ year: id })}
      data={years.map(({ id, title, current }) => ({
        value: id,
        label: current ? t("classes.list.current", { title }) : title,
      }))}
    />
  );
}

export function DeletedFilter({ deleted, choose }: { deleted: boolean; choose: Choose }) {
  const { t } = useTranslation();
  return (
    <Select
      size="xs"
      w={144}
      allowDeselect={false}
      aria-label={t("classes.list.shown")}
      value={deleted ? "yes" : "no"}
      onChange={(value) => choose({ deleted: value === "yes" ? "yes" : null })}
      data={[
        { value: "no", label: t("classes.list.present") },
        { value: "yes", label: t("classes.list.deleted") },
      ]}
    />
  );
}

interface SubjectFilterProps {
  subject: string | null;
  choose: Choose;
}

export function SubjectFilter({ subject, choose }: SubjectFilterProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const subjects = useQuery({ ...listSubjects.query({ school: school?.id ?? "" }), enabled: school !== null });
  return (
    <Select
      size="xs"
      w={160}
      clearable
      searchable
      placeholder={t("classes.courseList.anySubject")}
      aria-label={t("classes.courseList.subject")}
      clearButtonProps={{ "aria-label": t("classes.courseList.anySubject") }}
      data={(subjects.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
      value={subject}
      onChange={(id) => choose({ subject: id })}
    />
  );
}
