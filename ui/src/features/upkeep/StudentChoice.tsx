// One student, found as one types; as a filter, so that none means everybody.
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { searchPeople, student as askStudent } from "../../bindings/operations";
import { useTranslation } from "../../i18n";
import { listName } from "../../names";

export function StudentChoice({
  school,
  student,
  label,
  onChange,
}: {
  school: string;
  student: string | null;
  /** Above the field, where it is one of a form. */
  label?: string;
  onChange: (student: string | null) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [asked] = useDebouncedValue(text.trim(), 120);
  const chosen = useQuery({
    ...askStudent.query({ student: student ?? "" }),
    enabled: student !== null,
  });
  const found = useQuery({
    ...searchPeople.query({ school, text: asked, kind: "student" }),
    enabled: asked !== "",
  });
  const hits = (found.data ?? []).map((hit) => ({
    value: hit.id,
    label: `${listName(hit)}${hit.number === null ? "" : ` · ${hit.number}`}`,
  }));
  const known =
    chosen.data === undefined
      ? []
      : [{ value: chosen.data.id, label: `${listName(chosen.data)} · ${chosen.data.number}` }];
  const data = [...known.filter(({ value }) => !hits.some((hit) => hit.value === value)), ...hits];
  return (
    <Select
      {...(label === undefined
        ? { size: "xs", w: 190, placeholder: t("upkeep.changes.anyStudent"), "aria-label": t("upkeep.changes.student") }
        : { label })}
      clearable
      searchable
      clearButtonProps={{ "aria-label": t("upkeep.changes.anyStudent") }}
      data={data}
      value={student}
      onChange={onChange}
      onSearchChange={setText}
      filter={({ options }) => options}
      nothingFoundMessage={
        asked === ""
          ? t("upkeep.changes.typeName")
          : found.isFetching
            ? t("common.loading")
            : t("common.nothingFound", { query: asked })
      }
    />
  );
}
