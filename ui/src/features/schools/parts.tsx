// The parts of the settings that are one form each.
import { ActionIcon, Button, Checkbox, Group, NumberInput, Radio, Select, Stack, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import type { SchoolSettings } from "../../bindings/SchoolSettings";
import type { Weekday } from "../../bindings/Weekday";
import { dayOrders, nameOrders } from "../../conventions";
import { FormSection } from "../../components/FormSection";
import { useTranslation } from "../../i18n";
import { languageChoices } from "../../language";
import { useSession } from "../../session/session";
import { useSettings } from "./useSettings";

export interface SettingsPartProps {
  school: string;
  stored: SchoolSettings;
  onReload: () => void;
}

const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const satisfies readonly Weekday[];

/** What is in a field of numbers; an empty one is no 0, so the operation refuses it beside the field. */
export const number = (value: string | number) => (value === "" ? -1 : Number(value));

export function WritingPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("writing", school, stored);
  return (
    <FormSection
      title={t("schools.writing.title")}
      about={t("schools.writing.text")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <Select
        label={t("schools.writing.order")}
        w={320}
        allowDeselect={false}
        data={dayOrders.map((value) => ({ value, label: t(`schools.writing.orders.${value}`) }))}
        {...draft.form.getInputProps("settings.dayOrder")}
      />
      <Select
        label={t("schools.writing.names")}
        description={t("schools.writing.namesHelp")}
        w={320}
        allowDeselect={false}
        data={nameOrders.map((value) => ({ value, label: t(`schools.writing.nameOrders.${value}`) }))}
        {...draft.form.getInputProps("settings.nameOrder")}
      />
      <Select
        label={t("schools.writing.documents")}
        description={t("schools.writing.documentsHelp")}
        w={320}
        allowDeselect={false}
        data={languageChoices()}
        {...draft.form.getInputProps("settings.documentLanguage")}
      />
    </FormSection>
  );
}

export function MarksPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("marks", school, stored);
  const { form } = draft;
  return (
    <FormSection
      title={t("schools.marks.title")}
      about={t("schools.marks.text")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <NumberInput
        label={t("schools.marks.pass")}
        description={t("schools.marks.percent")}
        w={200}
        min={0}
        max={100}
        decimalScale={2}
        {...form.getInputProps("settings.passPercent")}
        onChange={(value) => form.setFieldValue("settings.passPercent", number(value))}
      />
      <Radio.Group label={t("schools.marks.missing")} {...form.getInputProps("settings.missingMarks")}>
        <Stack gap={6} mt={6}>
          <Radio value="zero" label={t("schools.marks.zero")} />
          <Radio value="nothing" label={t("schools.marks.nothing")} />
        </Stack>
      </Radio.Group>
      <Select
        label={t("schools.marks.rounding")}
        description={t("schools.marks.roundingHelp")}
        w={320}
        allowDeselect={false}
        error={form.errors["settings.totalDecimals"]}
        data={[t("schools.marks.whole"), t("schools.marks.oneDecimal"), t("schools.marks.twoDecimals")].map(
          (label, decimals) => ({ value: String(decimals), label }),
        )}
        value={String(form.values.settings.totalDecimals)}
        onChange={(value) => value !== null && form.setFieldValue("settings.totalDecimals", Number(value))}
      />
      <NumberInput
        label={t("schools.marks.few")}
        description={t("schools.marks.fewHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        suffix={` ${t("schools.marks.fewUnit")}`}
        maw={520}
        min={1}
        max={30}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps("settings.classFiguresFrom")}
        onChange={(value) => form.setFieldValue("settings.classFiguresFrom", number(value))}
      />
      <NumberInput
        label={t("schools.marks.risk")}
        description={t("schools.marks.riskHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        suffix=" %"
        maw={420}
        min={1}
        max={100}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps("settings.riskSharePercent")}
        onChange={(value) => form.setFieldValue("settings.riskSharePercent", number(value))}
      />
    </FormSection>
  );
}

export function DayPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("day", school, stored);
  const { form } = draft;
  const { dayStartsMinutes, schoolDays } = form.values.settings;
  const clock = `${String(Math.floor(dayStartsMinutes / 60)).padStart(2, "0")}:${String(dayStartsMinutes % 60).padStart(2, "0")}`;
  const days = weekdays.map((value) => ({ value, label: t(`schools.weekdays.${value}`) }));
  return (
    <FormSection
      title={t("schools.attendance.day")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <Group align="start">
        <TextInput
          label={t("schools.attendance.starts")}
          type="time"
          w={140}
          error={form.errors["settings.dayStartsMinutes"]}
          value={clock}
          onChange={(event) => {
            // A time that is half typed, or cleared, is none: it does not become midnight.
            if (!/^\d\d:\d\d/.test(event.currentTarget.value)) return;
            const [hours = 0, minutes = 0] = event.currentTarget.value.split(":").map(Number);
            form.setFieldValue("settings.dayStartsMinutes", hours * 60 + minutes);
          }}
        />
        <NumberInput
          label={t("schools.attendance.late")}
          suffix={` ${t("schools.attendance.lateUnit")}`}
          w={160}
          min={0}
          max={240}
          allowDecimal={false}
          {...form.getInputProps("settings.lateAfterMinutes")}
          onChange={(value) => form.setFieldValue("settings.lateAfterMinutes", number(value))}
        />
        <Select
          label={t("schools.attendance.firstWeekday")}
          w={180}
          allowDeselect={false}
          data={days}
          {...form.getInputProps("settings.firstWeekday")}
        />
      </Group>
      <Checkbox.Group
        label={t("schools.attendance.schoolDays")}
        error={form.errors["settings.schoolDays"]}
        value={[...schoolDays]}
        onChange={(chosen) =>
          form.setFieldValue(
            "settings.schoolDays",
            weekdays.filter((day) => chosen.includes(day)),
          )
        }
      >
        <Group gap="md" mt={6}>
          {days.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </Group>
      </Checkbox.Group>
    </FormSection>
  );
}

export function ReportsPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("reports", school, stored);
  const { form } = draft;
  const { reportSignatures } = form.values.settings;
  const show = (
    name: "reportShowRank" | "reportShowClassMean" | "reportShowChart" | "reportShowAttendance",
    label: string,
  ) => <Checkbox label={label} {...form.getInputProps(`settings.${name}`, { type: "checkbox" })} />;
  return (
    <FormSection
      title={t("schools.reports.title")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <TextInput
        label={t("schools.reports.heading")}
        description={t("schools.reports.headingHelp")}
        {...form.getInputProps("settings.reportTitle")}
      />
      <Stack gap={6} role="group" aria-label={t("schools.reports.shows")}>
        {show("reportShowRank", t("schools.reports.rank"))}
        {show("reportShowClassMean", t("schools.reports.mean"))}
        {show("reportShowChart", t("schools.reports.chart"))}
        {show("reportShowAttendance", t("schools.reports.attendance"))}
      </Stack>
      <Stack gap={6} role="group" aria-label={t("schools.reports.signatures")}>
        <strong>{t("schools.reports.signatures")}</strong>
        {reportSignatures.map((_, place) => (
          <Group key={place} gap="xs" align="start" wrap="nowrap">
            <TextInput
              flex={1}
              aria-label={t("schools.reports.signature", { number: place + 1 })}
              {...form.getInputProps(`settings.reportSignatures.${place}`)}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t("schools.reports.removeSignature", { number: place + 1 })}
              onClick={() => form.removeListItem("settings.reportSignatures", place)}
            >
              <IconTrash size="1rem" />
            </ActionIcon>
          </Group>
        ))}
        {reportSignatures.length < 4 && (
          <Group>
            <Button variant="default" onClick={() => form.insertListItem("settings.reportSignatures", "")}>
              {t("schools.reports.addSignature")}
            </Button>
          </Group>
        )}
      </Stack>
      <Group align="end" role="group" aria-label={t("schools.reports.lengths")}>
        <NumberInput
          label={t("schools.reports.subjectLength")}
          description={t("schools.reports.lengths")}
          allowDecimal={false}
          {...form.getInputProps("settings.subjectCommentLength")}
          onChange={(value) => form.setFieldValue("settings.subjectCommentLength", number(value))}
        />
        <NumberInput
          label={t("schools.reports.generalLength")}
          description={t("schools.reports.lengths")}
          allowDecimal={false}
          {...form.getInputProps("settings.generalCommentLength")}
          onChange={(value) => form.setFieldValue("settings.generalCommentLength", number(value))}
        />
      </Group>
    </FormSection>
  );
}

export function TodayPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("today", school, stored);
  const { settings } = draft.form.values;
  return (
    <FormSection
      title={t("schools.today.title")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <Checkbox
        label={t("schools.today.steps")}
        checked={!settings.firstHourPutAway}
        onChange={(event) => draft.form.setFieldValue("settings.firstHourPutAway", !event.currentTarget.checked)}
      />
    </FormSection>
  );
}

export function LockPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("lock", school, stored);
  return (
    <FormSection
      title={t("schools.lock.title")}
      about={t("schools.lock.text")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <NumberInput
        label={t("schools.lock.minutes")}
        description={t("schools.lock.minutesHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDecimal={false}
        maw={420}
        {...draft.form.getInputProps("settings.lockAfterMinutes")}
        onChange={(value) => draft.form.setFieldValue("settings.lockAfterMinutes", number(value))}
      />
    </FormSection>
  );
}

export function DataPart({ school, stored, onReload }: SettingsPartProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const draft = useSettings("data", school, stored);
  return (
    <FormSection
      title={t("schools.data.title")}
      about={t("schools.data.text")}
      draft={draft}
      mayChange={may("schools.save_settings")}
      onReload={onReload}
    >
      <NumberInput
        label={t("schools.data.retention")}
        description={t("schools.data.retentionHelp")}
        inputWrapperOrder={["label", "input", "description", "error"]}
        allowDecimal={false}
        maw={420}
        {...draft.form.getInputProps("settings.retentionDays")}
        onChange={(value) => draft.form.setFieldValue("settings.retentionDays", number(value))}
      />
    </FormSection>
  );
}
