// The calendar of an academic year: holidays, closures and extra days as a list, and every day as it is.
import {
  Badge,
  Button,
  Group,
  MultiSelect,
  Select,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Table,
  Text,
  TextInput,
  Title,
} from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import {
  calendar,
  calendarFile,
  deleteCalendarEntry,
  listSessions,
  saveCalendarEntry,
} from "../../bindings/operations";
import type { CalendarEntry } from "../../bindings/CalendarEntry";
import type { CalendarKind } from "../../bindings/CalendarKind";
import type { SavedCalendarEntry } from "../../bindings/SavedCalendarEntry";
import type { YearRow } from "../../bindings/YearRow";
import { change, refusal, said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { saveDocument } from "../../components/documents";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import { CalendarYear, covering } from "./CalendarYear";
import classes from "./settings.module.css";

export const kinds = ["holiday", "closure", "extra"] as const satisfies readonly CalendarKind[];
const tones = { holiday: "accent", closure: "attention", extra: "good" } as const;

export function Calendar({ school }: { school: string }) {
  const { t } = useTranslation();
  const years = useQuery({ ...listSessions.query({ school }) });
  const [chosen, setChosen] = useState<string | null>(null);
  if (years.data === undefined)
    return years.error !== null ? (
      <ErrorState error={years.error} onRetry={() => void years.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  const year = years.data.find(({ id }) => id === chosen) ?? years.data.find((one) => one.current) ?? years.data[0];
  if (year === undefined) return <EmptyState title={t("schools.years.none")}>{t("schools.years.noneText")}</EmptyState>;
  return (
    <OfYear key={year.id} school={school} year={year}>
      {years.data.length > 1 && (
        <Select
          aria-label={t("schools.calendar.year")}
          w={160}
          allowDeselect={false}
          data={years.data.map(({ id, title }) => ({ value: id, label: title }))}
          value={year.id}
          onChange={setChosen}
        />
      )}
    </OfYear>
  );
}

function OfYear({ school, year, children }: { school: string; year: YearRow; children: ReactNode }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const found = useQuery({ ...calendar.query({ school, start: year.start, end: year.end }) });
  const [form, setForm] = useState<{ entry: CalendarEntry | null; day: string } | null>(null);
  const mayChange = may("schools.save_calendar_entry");
  const add = () => setForm({ entry: null, day: "" });
  useScreenKeys(mayChange ? [{ keys: "mod+N", label: t("schools.calendar.new"), opens: true, run: add }] : []);
  if (found.data === undefined)
    return found.error !== null ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingShape rows={6} />
    );
  const { entries, schoolDays, gradeLevels } = found.data;
  const file = async () => {
    try {
      await saveDocument(await calendarFile({ school, start: year.start, end: year.end }), true);
    } catch (reason) {
      refusal(reason);
    }
  };
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="start" wrap="nowrap" maw={1120}>
        <div>
          <Title order={2}>{t("schools.calendar.title")}</Title>
          <Text size="sm" c="dimmed">
            {t("schools.calendar.text")}
          </Text>
        </div>
        <Group gap="xs" wrap="nowrap" flex="none">
          {children}
          {entries.length > 0 && (
            <Button variant="default" onClick={() => void file()}>
              {t("schools.calendar.file")}
            </Button>
          )}
          {mayChange && <Button onClick={add}>{t("schools.calendar.new")}</Button>}
        </Group>
      </Group>
      <Text size="sm">{t("schools.calendar.count", { count: schoolDays, year: year.title })}</Text>
      {entries.length === 0 ? (
        <EmptyState title={t("schools.calendar.none")}>{t("schools.calendar.noneText")}</EmptyState>
      ) : (
        <Table maw={1120} className={classes.calendarList}>
          <Table.Tbody>
            {entries.map((entry) => (
              <EntryRow key={entry.id} entry={entry} mayChange={mayChange} onEdit={() => setForm({ entry, day: "" })} />
            ))}
          </Table.Tbody>
        </Table>
      )}
      <CalendarYear
        shown={found.data}
        onDay={mayChange ? (day) => setForm({ entry: covering(entries, day), day }) : null}
      />
      {form !== null && <EntryForm school={school} levels={gradeLevels} {...form} onClose={() => setForm(null)} />}
    </Stack>
  );
}

/** The days of an entry in words. */
function daysOf({ start, end }: CalendarEntry): string {
  return start === end ? formatDay(start) : `${formatDay(start)} – ${formatDay(end)}`;
}

function EntryRow({ entry, mayChange, onEdit }: { entry: CalendarEntry; mayChange: boolean; onEdit: () => void }) {
  const { t } = useTranslation();
  const { id, version, title, gradeLevels } = entry;
  const remove = () =>
    void change(() => deleteCalendarEntry({ id, version }), t("schools.calendar.deleted", { title }));
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="xs">
          <Text span fw={600} size="sm">
            {title}
          </Text>
          <Badge color={tones[entry.kind]} variant="light">
            {t(`schools.calendar.kinds.${entry.kind}`)}
          </Badge>
          {gradeLevels.length > 0 && (
            <Text span size="sm" c="dimmed">
              {t("schools.calendar.only", { count: gradeLevels.length, levels: gradeLevels.join(", ") })}
            </Text>
          )}
        </Group>
      </Table.Td>
      <Table.Td ta="end">{daysOf(entry)}</Table.Td>
      {mayChange && (
        <Table.Td ta="end" w={1} style={{ whiteSpace: "nowrap" }}>
          <Button variant="default" aria-label={t("schools.calendar.edit", { title })} onClick={onEdit}>
            {t("common.edit")}
          </Button>
          <Button
            ms="xs"
            variant="subtle"
            color="wrong"
            aria-label={t("schools.calendar.deleteOf", { title })}
            onClick={remove}
          >
            {t("schools.years.delete")}
          </Button>
        </Table.Td>
      )}
    </Table.Tr>
  );
}

interface EntryFormProps {
  school: string;
  levels: readonly string[];
  entry: CalendarEntry | null;
  /** The day that was chosen for a new one; else empty. */
  day: string;
  onClose: () => void;
}

function EntryForm({ school, levels, entry, day, onClose }: EntryFormProps) {
  const { t } = useTranslation();
  const initial = {
    version: entry?.version ?? null,
    kind: entry?.kind ?? ("holiday" as CalendarKind),
    title: entry?.title ?? "",
    start: entry?.start ?? day,
    end: entry === null || entry.end === entry.start ? "" : entry.end,
    gradeLevels: entry?.gradeLevels ?? [],
  };
  const draft = useDraft<typeof initial, SavedCalendarEntry>({
    key: `calendar:${entry?.id ?? `new:${school}:${day}`}`,
    initial,
    validate: {
      title: (value) => (value.trim() === "" ? t("common.needed") : null),
      start: dayNeeded,
      end: (value) => dayFault(value),
    },
    save: ({ version, end, ...typed }) =>
      saveCalendarEntry({
        school,
        ...(entry === null ? {} : { id: entry.id, version }),
        ...typed,
        end: end === "" ? null : end,
      }),
    onSaved: ({ entry: { title }, registers, undo }) => {
      said(t("schools.calendar.saved", { title }), undo);
      if (registers > 0)
        notifications.show({ color: "attention", message: t("schools.calendar.registers", { count: registers }) });
      onClose();
    },
  });
  const { form } = draft;
  return (
    <FormModal
      title={entry === null ? t("schools.calendar.new") : t("schools.calendar.edit", { title: entry.title })}
      draft={draft}
      onClose={onClose}
      onReload={onClose}
    >
      <SegmentedControl
        fullWidth
        aria-label={t("schools.calendar.kind")}
        data={kinds.map((value) => ({ value, label: t(`schools.calendar.kinds.${value}`) }))}
        {...form.getInputProps("kind")}
      />
      <Text size="xs" c="dimmed">
        {t(`schools.calendar.about.${form.values.kind}`)}
      </Text>
      <TextInput
        label={t("schools.calendar.name")}
        placeholder={t(`schools.calendar.examples.${form.values.kind}`)}
        withAsterisk
        data-autofocus
        {...form.getInputProps("title")}
      />
      <SimpleGrid cols={2} spacing="sm">
        <DateField label={t("schools.years.start")} withAsterisk {...form.getInputProps("start")} />
        <DateField
          label={t("schools.years.end")}
          description={t("schools.calendar.oneDay")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          {...form.getInputProps("end")}
        />
      </SimpleGrid>
      {(levels.length > 0 || form.values.gradeLevels.length > 0) && (
        <MultiSelect
          label={t("schools.calendar.levels")}
          placeholder={form.values.gradeLevels.length === 0 ? t("schools.calendar.everybody") : ""}
          data={[...new Set([...levels, ...form.values.gradeLevels])]}
          searchable
          clearable
          {...form.getInputProps("gradeLevels")}
        />
      )}
    </FormModal>
  );
}
