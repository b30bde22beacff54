// What the list of students is narrowed by besides class and status: what an office looks for now and then.
import { Button, Checkbox, Group, Popover, Select, Stack, Text } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { listSettings, studentValues } from "../../bindings/operations";
import type { ListAddress } from "../../components/address";
import { DayToShow } from "../../components/DateField";
import { useTranslation } from "../../i18n";
import { say } from "../../words";
import type { filterIn } from "../lists/address";
import { ownText } from "./ownInput";

const lacking = ["withoutGuardian", "withoutClass"] as const;
const spans = ["born", "joined", "leaving"] as const;

interface MoreFiltersProps {
  school: string;
  filter: ReturnType<typeof filterIn<"students">>;
  choose: ListAddress["choose"];
}

export function MoreFilters({ school, filter, choose }: MoreFiltersProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const values = useQuery({ ...studentValues.query({ school }), enabled: open && school !== "" });
  const spanParts = spans.flatMap((span) => [`${span}From`, `${span}To`]);
  const parts = ["gradeLevel", "sex", "ownField", ...lacking, ...spanParts] as const;
  const on = parts.filter((part) => {
    const held = filter[part as keyof typeof filter];
    return held !== null && held !== false;
  }).length;
  const texts = [
    ["gradeLevel", "anyGradeLevel", values.data?.gradeLevels],
    ["sex", "anySex", values.data?.sexes],
  ] as const;
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" shadow="md" trapFocus returnFocus withinPortal>
      <Popover.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconFilter size="0.875rem" />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {on === 0 ? t("lists.filters.more") : t("lists.filters.moreOn", { count: on })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("lists.filters.more")}>
        <Stack gap="xs">
          <Group gap="xs">
            {texts.map(([part, any, offered]) => (
              <Select
                key={part}
                size="xs"
                w={152}
                clearable
                label={t(`lists.filters.${part}`)}
                placeholder={t(`lists.filters.${any}`)}
                comboboxProps={{ withinPortal: false }}
                // What the address asks for is offered also where nobody has it any more.
                data={[...new Set([...(offered ?? []), ...(filter[part] === null ? [] : [filter[part]])])]}
                value={filter[part]}
                onChange={(value) => choose({ [part]: value })}
              />
            ))}
          </Group>
          {open && <OwnFilter school={school} filter={filter} choose={choose} />}
          {lacking.map((part) => (
            <Checkbox
              key={part}
              size="xs"
              label={t(`lists.filters.${part}`)}
              checked={filter[part]}
              onChange={(event) => choose({ [part]: event.currentTarget.checked ? "yes" : null })}
            />
          ))}
          {spans.map((span) => {
            const what = t(`lists.filters.${span}`);
            return (
              <div key={span}>
                <Text size="xs" fw={500}>
                  {what}
                </Text>
                <Group gap="xs">
                  {(["From", "To"] as const).map((end) => {
                    const part = `${span}${end}` as const;
                    const label = t(end === "From" ? "lists.filters.from" : "lists.filters.to", { what });
                    return (
                      <DayToShow
                        key={end}
                        label={label}
                        placeholder={label}
                        w={152}
                        value={filter[part] ?? ""}
                        onChange={(day) => choose({ [part]: day })}
                        onClear={() => choose({ [part]: null })}
                      />
                    );
                  })}
                </Group>
              </div>
            );
          })}
          <Button
            variant="subtle"
            size="xs"
            disabled={on === 0}
            onClick={() => choose(Object.fromEntries([...parts, "ownValue"].map((part) => [part, null])))}
          >
            {t("lists.filters.clear")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** A value that is chosen is told from nothing, whatever the school calls it. */
const is = "=";
const nothing = "-";

/** By a choice, or a yes or no, that the school keeps of its students. */
function OwnFilter({ school, filter, choose }: MoreFiltersProps) {
  const { t } = useTranslation();
  const settings = useQuery({ ...listSettings.query({ school, list: "students" }), enabled: school !== "" });
  const fields = (settings.data?.columns ?? []).flatMap(({ own, head, sortable }) =>
    own !== null && sortable && (own.kind === "choice" || own.kind === "yes_no") ? [{ ...own, title: say(head) }] : [],
  );
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
