// What the list of students is narrowed by besides class and status: what an office looks for now and then.
import { Checkbox, Group, Select, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { studentValues } from "../../bindings/operations";
import type { ListAddress } from "../../components/address";
import { DayToShow } from "../../components/DateField";
import { useTranslation } from "../../i18n";
import type { filterIn } from "../lists/address";
import { FilterMenu } from "../lists/FilterMenu";
import { OwnFilter } from "../lists/OwnFilter";

const lacking = ["withoutGuardian", "withoutClass"] as const;
const spans = ["born", "joined", "leaving"] as const;
const parts = ["gradeLevel", "sex", "ownField", ...lacking, ...spans.flatMap((span) => [`${span}From`, `${span}To`])];

interface MoreFiltersProps {
  school: string;
  filter: ReturnType<typeof filterIn<"students">>;
  choose: ListAddress["choose"];
}

export function MoreFilters(props: MoreFiltersProps) {
  const { filter, choose } = props;
  return (
    <FilterMenu filter={filter} parts={parts} choose={choose}>
      {() => <Parts {...props} />}
    </FilterMenu>
  );
}

function Parts({ school, filter, choose }: MoreFiltersProps) {
  const { t } = useTranslation();
  const values = useQuery({ ...studentValues.query({ school }), enabled: school !== "" });
  const texts = [
    ["gradeLevel", "anyGradeLevel", values.data?.gradeLevels],
    ["sex", "anySex", values.data?.sexes],
  ] as const;
  return (
    <>
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
      <OwnFilter school={school} list="students" filter={filter} choose={choose} />
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
    </>
  );
}
