// Academic years with their terms.
import { ActionIcon, Badge, Button, Group, SimpleGrid, Stack, Table, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconTrash } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deletedSessions, deleteSession, listSessions, restoreSession, saveYear } from "../../bindings/operations";
import type { YearRow } from "../../bindings/YearRow";
import { change } from "../../components/change";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import { Deleted } from "./Deleted";
import { GradePlacesForm } from "./GradePlacesForm";
import classes from "./settings.module.css";

export function Years({ school }: { school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery({ ...listSessions.query({ school }) });
  const [form, setForm] = useState<{ year: YearRow | null } | null>(null);
  const [places, setPlaces] = useState<YearRow | null>(null);
  const mayChange = may("schools.save_year");
  const add = () => setForm({ year: null });
  useScreenKeys(mayChange ? [{ keys: "mod+N", label: t("schools.years.new"), opens: true, run: add }] : []);
  if (list.data === undefined)
    return list.error !== null ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  return (
    <Stack gap="sm" maw={720}>
      <Group justify="space-between">
        <div>
          <Title order={2}>{t("schools.years.title")}</Title>
          <Text size="sm" c="dimmed">
            {t("schools.years.text")}
          </Text>
        </div>
        {mayChange && <Button onClick={add}>{t("schools.years.new")}</Button>}
      </Group>
      {list.data.length === 0 && <EmptyState title={t("schools.years.none")}>{t("schools.years.noneText")}</EmptyState>}
      {list.data.map((year) => (
        <section key={year.id} className={classes.year} aria-label={year.title}>
          <Group justify="space-between" mb={6}>
            <Group gap="xs">
              <Title order={3}>{year.title}</Title>
              {year.current && <Badge color="good">{t("schools.years.current")}</Badge>}
              <Text size="sm" c="dimmed">
                {formatDay(year.start)} – {formatDay(year.end)}
              </Text>
            </Group>
            <Group gap="xs">
              {may("classes.save_grade_places") && (
                <Button
                  variant="subtle"
                  aria-label={t("schools.years.places.of", { title: year.title })}
                  onClick={() => setPlaces(year)}
                >
                  {t("schools.years.places.open")}
                </Button>
              )}
              {mayChange && (
                <Button
                  variant="default"
                  aria-label={t("schools.years.edit", { title: year.title })}
                  onClick={() => setForm({ year })}
                >
                  {t("common.edit")}
                </Button>
              )}
              {mayChange && may("schools.delete_session") && !year.current && (
                <Button
                  variant="subtle"
                  color="wrong"
                  onClick={() =>
                    void change(
                      () => deleteSession({ id: year.id, version: year.version }),
                      t("schools.years.deleted", { title: year.title }),
                    )
                  }
                >
                  {t("schools.years.delete")}
                </Button>
              )}
            </Group>
          </Group>
          <Table>
            <Table.Tbody>
              {year.terms.map((term) => (
                <Table.Tr key={term.id}>
                  <Table.Td>
                    {term.title} {term.current && <Badge color="good">{t("schools.years.current")}</Badge>}
                  </Table.Td>
                  <Table.Td ta="end">
                    {formatDay(term.start)} – {formatDay(term.end)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      ))}
      {may("schools.deleted_sessions") && <DeletedYears school={school} />}
      {form !== null && <YearForm school={school} year={form.year} onClose={() => setForm(null)} />}
      {places !== null && <GradePlacesForm school={school} year={places} onClose={() => setPlaces(null)} />}
    </Stack>
  );
}

function DeletedYears({ school }: { school: string }) {
  const { t } = useTranslation();
  const list = useQuery({ ...deletedSessions.query({ school }) });
  const rows = (list.data ?? []).map(({ id, title, yearTitle, start, end, version }) => ({
    id,
    title: yearTitle === null ? title : t("schools.years.termOf", { title, year: yearTitle }),
    detail: `${formatDay(start)} – ${formatDay(end)}`,
    restore: () => restoreSession({ id, version }),
    restored: t("schools.years.restored", { title }),
  }));
  return <Deleted rows={rows} />;
}

interface TermFields {
  id: string | null;
  version: number | null;
  title: string;
  start: string;
  end: string;
}

function YearForm({ school, year, onClose }: { school: string; year: YearRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const initial = {
    version: year?.version ?? null,
    title: year?.title ?? "",
    yearStart: year?.start ?? "",
    yearEnd: year?.end ?? "",
    terms: (year?.terms ?? []).map(
      ({ id, version, title, start, end }): TermFields => ({ id, version, title, start, end }),
    ),
  };
  if (initial.terms.length === 0)
    initial.terms.push({ id: null, version: null, title: t("schools.years.term", { number: 1 }), start: "", end: "" });
  const needed = (value: string) => (value === "" ? t("common.needed") : null);
  const draft = useDraft<typeof initial, YearRow>({
    key: `year:${year?.id ?? `new:${school}`}`,
    initial,
    validate: {
      title: needed,
      yearStart: dayNeeded,
      yearEnd: dayNeeded,
      terms: { title: needed, start: dayNeeded, end: dayNeeded },
    },
    save: ({ version, title, yearStart, yearEnd, terms }) =>
      saveYear({
        school,
        ...(year === null ? {} : { id: year.id, version }),
        title,
        start: yearStart,
        end: yearEnd,
        terms,
      }),
    onSaved: async ({ title }) => {
      notifications.show({ color: "good", message: t("schools.years.saved", { title }) });
      onClose();
      await client.invalidateQueries({ queryKey: listSessions.key });
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={year === null ? t("schools.years.new") : t("schools.years.edit", { title: year.title })}
      draft={draft}
      size="lg"
      onClose={onClose}
      onReload={onClose}
    >
      <SimpleGrid cols={3} spacing="sm">
        <TextInput
          label={t("schools.years.name")}
          placeholder={t("schools.years.example")}
          withAsterisk
          data-autofocus
          {...form.getInputProps("title")}
        />
        <DateField label={t("schools.years.start")} withAsterisk {...form.getInputProps("yearStart")} />
        <DateField label={t("schools.years.end")} withAsterisk {...form.getInputProps("yearEnd")} />
      </SimpleGrid>
      <Text fw={600} size="sm">
        {t("schools.years.terms")}
      </Text>
      {typeof form.errors.terms === "string" && (
        <Text size="xs" c="var(--mantine-color-error)" role="alert">
          {form.errors.terms}
        </Text>
      )}
      {form.values.terms.map((term, place) => (
        <Group key={term.id ?? place} gap="sm" wrap="nowrap" align="start">
          <TextInput
            flex={1}
            aria-label={t("schools.years.termName", { number: place + 1 })}
            {...form.getInputProps(`terms.${place}.title`)}
          />
          <DateField
            w={160}
            aria-label={t("schools.years.termStart", { number: place + 1 })}
            {...form.getInputProps(`terms.${place}.start`)}
          />
          <DateField
            w={160}
            aria-label={t("schools.years.termEnd", { number: place + 1 })}
            {...form.getInputProps(`terms.${place}.end`)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            disabled={form.values.terms.length === 1}
            aria-label={t("schools.years.removeTerm", { number: place + 1 })}
            onClick={() => form.removeListItem("terms", place)}
          >
            <IconTrash size="1rem" />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button
          variant="default"
          onClick={() =>
            form.insertListItem("terms", {
              id: null,
              version: null,
              title: t("schools.years.term", { number: form.values.terms.length + 1 }),
              start: "",
              end: "",
            } satisfies TermFields)
          }
        >
          {t("schools.years.addTerm")}
        </Button>
      </Group>
    </FormModal>
  );
}
