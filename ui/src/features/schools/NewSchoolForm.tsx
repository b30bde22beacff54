// A further school of the district: its name, where it is, and its first year with terms of equal length to begin with.
import { Button, Group, Select, SimpleGrid, Text, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { createSchool } from "../../bindings/operations";
import type { SchoolDetails } from "../../bindings/SchoolDetails";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { conventions } from "../../conventions";
import { isDay } from "../../days";
import { useTranslation } from "../../i18n";
import { proposeYear, splitYear } from "../accounts/year";

const mostTerms = 4;

export function NewSchool({ district, timeZone }: { district: string; timeZone: string }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Group justify="space-between" mt="lg" maw={640}>
      <Text size="sm" c="dimmed">
        {t("schools.another.text")}
      </Text>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t("schools.another.title")}
      </Button>
      {opened && <NewSchoolForm district={district} timeZone={timeZone} onClose={() => setOpened(false)} />}
    </Group>
  );
}

function NewSchoolForm({ district, timeZone, onClose }: { district: string; timeZone: string; onClose: () => void }) {
  const { t } = useTranslation();
  const titled = (number: number) => t("accounts.setUp.term", { number });
  const year = proposeYear(conventions().today);
  const initial = {
    name: "",
    identifier: "",
    timeZone,
    yearTitle: year.title,
    yearStart: year.start,
    yearEnd: year.end,
    terms: splitYear(year.start, year.end, 3, titled),
  };
  const draft = useDraft<typeof initial, SchoolDetails>({
    key: `new-school:${district}`,
    initial,
    validate: { yearStart: dayNeeded, yearEnd: dayNeeded, terms: { start: dayNeeded, end: dayNeeded } },
    save: ({ identifier, ...values }) =>
      createSchool({ district, ...values, identifier: identifier.trim() === "" ? null : identifier.trim() }),
    onSaved: ({ name }) => {
      notifications.show({ color: "good", message: t("schools.another.made", { name }) });
      onClose();
    },
  });
  const { form } = draft;
  const { yearStart, yearEnd, terms } = form.values;
  const split = (count: number) => {
    if (isDay(yearStart) && isDay(yearEnd)) form.setFieldValue("terms", splitYear(yearStart, yearEnd, count, titled));
  };
  return (
    <FormModal
      title={t("schools.another.title")}
      draft={draft}
      size="lg"
      onClose={onClose}
      submit={t("schools.another.submit")}
    >
      <SimpleGrid cols={2} spacing="sm" verticalSpacing="xs">
        <TextInput label={t("schools.school.name")} withAsterisk data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label={t("schools.school.identifier")}
          title={t("schools.school.identifierHelp")}
          {...form.getInputProps("identifier")}
        />
        <Select
          label={t("schools.school.timeZone")}
          searchable
          limit={100}
          allowDeselect={false}
          data={[...new Set([timeZone, ...Intl.supportedValuesOf("timeZone"), "UTC"])]}
          {...form.getInputProps("timeZone")}
        />
        <TextInput label={t("schools.another.year")} withAsterisk {...form.getInputProps("yearTitle")} />
        <DateField label={t("schools.another.first")} withAsterisk {...form.getInputProps("yearStart")} />
        <DateField label={t("schools.another.last")} withAsterisk {...form.getInputProps("yearEnd")} />
      </SimpleGrid>
      <Select
        label={t("schools.another.terms")}
        w={200}
        allowDeselect={false}
        value={String(terms.length)}
        onChange={(count) => split(Number(count ?? 1))}
        data={Array.from({ length: mostTerms }, (_, place) => String(place + 1))}
      />
      {terms.map((_, place) => (
        <SimpleGrid key={place} cols={3} spacing="sm">
          <TextInput
            label={t("schools.another.term", { number: place + 1 })}
            withAsterisk
            {...form.getInputProps(`terms.${place}.title`)}
          />
          <DateField label={t("schools.another.first")} withAsterisk {...form.getInputProps(`terms.${place}.start`)} />
          <DateField label={t("schools.another.last")} withAsterisk {...form.getInputProps(`terms.${place}.end`)} />
        </SimpleGrid>
      ))}
    </FormModal>
  );
}
