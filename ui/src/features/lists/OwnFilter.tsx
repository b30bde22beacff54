// Narrows a list to a choice, or a yes or no, of a field that the school made.
import { Group, Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ListName } from "../../bindings/ListName";
import { listSettings } from "../../bindings/operations";
import type { ListAddress } from "../../components/address";
import { useTranslation } from "../../i18n";
import { say } from "../../words";
import { ownText } from "../people/ownInput";
import { FilterMenu } from "./FilterMenu";

/** A value that is chosen is told from nothing, whatever the school calls it. */
const is = "=";
const nothing = "-";

interface OwnFilterProps {
  school: string;
  list: ListName;
  filter: { ownField: string | null; ownValue: string | null };
  choose: ListAddress["choose"];
}

/** The fields to which whoever is signed in narrows the list. */
function useNarrowing(school: string, list: ListName) {
  const settings = useQuery({ ...listSettings.query({ school, list }), enabled: school !== "" });
  return (settings.data?.columns ?? []).flatMap(({ own, head, sortable }) =>
    own !== null && sortable && (own.kind === "choice" || own.kind === "yes_no") ? [{ ...own, title: say(head) }] : [],
  );
}

export function OwnFilter({ school, list, filter, choose }: OwnFilterProps) {
  const { t } = useTranslation();
  const fields = useNarrowing(school, list);
  const field = fields.find((one) => one.field === filter.ownField);
  if (fields.length === 0) return null;
  const offered = field?.kind === "yes_no" ? ["yes", "no"] : (field?.choices ?? []);
  // What the address asks for is offered also where it can be chosen no longer.
  const values = [...new Set([...offered, ...(filter.ownValue === null ? [] : [filter.ownValue])])];
  return (
    <Group gap="xs">
      <Select
        size="xs"
        w={152}
        clearable
        label={t("lists.filters.ownField")}
        placeholder={t("lists.filters.anyOwnField")}
        comboboxProps={{ withinPortal: false }}
        data={fields.map(({ field: value, title: label }) => ({ value, label }))}
        value={field === undefined ? null : filter.ownField}
        onChange={(value) => choose({ ownField: value, ownValue: null })}
      />
      {field !== undefined && (
        <Select
          size="xs"
          w={152}
          allowDeselect={false}
          label={field.title}
          comboboxProps={{ withinPortal: false }}
          data={[
            { value: nothing, label: t("lists.filters.ownNothing") },
            ...values.map((value) => ({ value: `${is}${value}`, label: ownText(field.kind, value) })),
          ]}
          value={filter.ownValue === null ? nothing : `${is}${filter.ownValue}`}
          onChange={(value) => choose({ ownValue: value?.startsWith(is) === true ? value.slice(is.length) : null })}
        />
      )}
    </Group>
  );
}

const parts = ["ownField"] as const;

/** The same as all that stands behind a list's button; nothing where the school keeps nothing to narrow it to. */
export function OwnFilterMenu(props: OwnFilterProps) {
  const fields = useNarrowing(props.school, props.list);
  if (fields.length === 0) return null;
  return (
    <FilterMenu filter={props.filter} parts={parts} choose={props.choose}>
      {() => <OwnFilter {...props} />}
    </FilterMenu>
  );
}
