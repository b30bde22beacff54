// What the list of students is narrowed by besides class and status: what an office looks for now and then.
import { Button, Checkbox, Group, Popover, Select, Stack, Text } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { studentValues } from "../../bindings/operations";
import type { ListAddress } from "../../components/address";
import { DayToShow } from "../../components/DateField";
import { useTranslation } from "../../i18n";
import type { filterIn } from "../lists/address";

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
  const parts = ["gradeLevel", "sex", ...lacking, ...spans.flatMap((span) => [`${span}From`, `${span}To`])] as const;
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
            onClick={() => choose(Object.fromEntries(parts.map((part) => [part, null])))}
          >
            {t("lists.filters.clear")}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
