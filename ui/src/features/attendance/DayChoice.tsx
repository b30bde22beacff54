// The day and the lesson whose registers are shown.
import { ActionIcon, Button, Group, Select, Tooltip, useDirection } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { DayToShow } from "../../components/DateField";
import { dayBeside } from "../../days";
import { useTranslation } from "../../i18n";
import { formatSchoolDay } from "../../numbers";
import { useAsk } from "./ask";
import { lessonName } from "./words";

interface DayChoiceProps {
  lessons?: boolean;
  /** Whether there is a register of the whole day; a group has only those of lessons. */
  wholeDay?: boolean;
}

export function DayChoice({ lessons = true, wholeDay = true }: DayChoiceProps) {
  const { t } = useTranslation();
  const { dir } = useDirection();
  const { ask, today, go } = useAsk();
  const [Before, After] = dir === "rtl" ? [IconChevronRight, IconChevronLeft] : [IconChevronLeft, IconChevronRight];
  const to = (date: string) => go({ date, student: undefined }, true);
  return (
    <Group gap={4} wrap="nowrap">
      <Tooltip label={t("attendance.day.before")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("attendance.day.before")}
          onClick={() => to(dayBeside(ask.date, -1))}
        >
          <Before size="1rem" />
        </ActionIcon>
      </Tooltip>
      <DayToShow label={`${t("attendance.day.date")} ${formatSchoolDay(ask.date)}`} value={ask.date} onChange={to} />
      <Tooltip label={t("attendance.day.after")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t("attendance.day.after")}
          onClick={() => to(dayBeside(ask.date, 1))}
        >
          <After size="1rem" />
        </ActionIcon>
      </Tooltip>
      {ask.date !== today && (
        <Button variant="subtle" onClick={() => to(today)}>
          {t("attendance.day.today")}
        </Button>
      )}
      {lessons && (
        <Select
          size="xs"
          w={132}
          aria-label={t("attendance.day.lesson")}
          allowDeselect={false}
          maxDropdownHeight={320}
          value={String(ask.lesson)}
          data={Array.from({ length: 21 }, (_, lesson) => lesson)
            .filter((lesson) => wholeDay || lesson > 0)
            .map((lesson) => ({ value: String(lesson), label: lessonName(lesson, t) }))}
          onChange={(lesson) => go({ lesson: Number(lesson ?? 0) }, true)}
        />
      )}
    </Group>
  );
}
