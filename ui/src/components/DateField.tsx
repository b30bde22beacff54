// The one field for a day: typed as people type it, in the order of the school, with the day in words
// beside it, or chosen in a calendar. What cannot be read stays in the field.
import { ActionIcon, Popover, TextInput, type TextInputProps } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import { useRef, useState, type KeyboardEvent } from "react";
import type { DayOrder } from "../bindings/DayOrder";
import { conventions } from "../conventions";
import { dayInWords, isDay, readDay, typedDay, type ReadingRules } from "../days";
import { t, useTranslation } from "../i18n";
import { formatSchoolDay } from "../numbers";
import classes from "./DateField.module.css";

export interface DateFieldProps extends Omit<TextInputProps, "value" | "onChange" | "type"> {
  /** `YYYY-MM-DD`, or what was typed where that is no day (see `dayFault`), or empty. */
  value?: string;
  onChange: (value: string) => void;
  /** The day has been, as a birth. */
  past?: boolean;
  /** More about the day, behind its words: an age. */
  tell?: (day: string) => string | null;
  /** Where nobody is signed in yet; else the school's. */
  order?: DayOrder;
  today?: string;
}

/** Why what is in a date field is no day, as a sentence; null where it is one, or nothing. */
export function dayFault(
  value: string,
  {
    past = false,
    order = conventions().dayOrder,
    today = conventions().today,
  }: { past?: boolean; order?: DayOrder; today?: string } = {},
): string | null {
  if (value.trim() === "" || isDay(value)) return null;
  const read = readDay(value, { order, today, past });
  return t(`common.day.${"problem" in read ? read.problem : "unreadable"}`, {
    example: typedDay(today, order),
  });
}

/** For a form: what is wrong with a date field that must hold a day. */
export function dayNeeded(value: string): string | null {
  return value.trim() === "" ? t("common.needed") : dayFault(value);
}

/** How the text of a field and the value of a form hold together: what was typed stays as long as it means the value. */
function useTypedDay(value: string, rules: ReadingRules, onChange: (value: string) => void) {
  const [typed, setTyped] = useState({ text: value, value: "" });
  const text = typed.value === value ? typed.text : isDay(value) ? typedDay(value, rules.order) : value;
  const type = (next: string) => {
    const read = readDay(next, rules);
    const meant = next.trim() === "" ? "" : "day" in read ? read.day : next;
    setTyped({ text: next, value: meant });
    onChange(meant);
  };
  return { text, type };
}

/** The calendar of a field: opened by its button or by the arrow down, closed by Escape without closing what is beneath. */
function useCalendar(onPick: (day: string) => void, today: string, value: string) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const close = () => {
    setOpen(false);
    input.current?.focus();
  };
  return {
    open,
    setOpen,
    input,
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setOpen(true);
    },
    button: (
      <ActionIcon
        variant="subtle"
        color="gray"
        tabIndex={-1}
        aria-label={t("common.day.calendar")}
        title={t("common.day.calendarKey")}
        aria-expanded={open}
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (open ? close() : setOpen(true))}
      >
        <IconCalendar size="1rem" />
      </ActionIcon>
    ),
    dropdown: (
      <Popover.Dropdown
        role="group"
        aria-label={t("common.day.calendar")}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.stopPropagation();
        }}
      >
        <DatePicker
          value={isDay(value) ? value : null}
          defaultDate={isDay(value) ? value : today}
          __stopPropagation
          getDayProps={(day) => (day === (isDay(value) ? value : today) ? { "data-autofocus": true } : {})}
          ariaLabels={{
            nextMonth: t("common.day.nextMonth"),
            previousMonth: t("common.day.previousMonth"),
            nextYear: t("common.day.nextYear"),
            previousYear: t("common.day.previousYear"),
            nextDecade: t("common.day.nextDecade"),
            previousDecade: t("common.day.previousDecade"),
            monthLevelControl: t("common.day.chooseMonth"),
            yearLevelControl: t("common.day.chooseYear"),
          }}
          onChange={(day) => {
            if (day !== null) onPick(day);
            close();
          }}
        />
      </Popover.Dropdown>
    ),
  };
}

export function DateField({
  value = "",
  onChange,
  past = false,
  tell,
  order,
  today,
  error,
  disabled,
  onBlur,
  ...rest
}: DateFieldProps) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(value !== "");
  const rules: ReadingRules = { order: order ?? conventions().dayOrder, today: today ?? conventions().today, past };
  const { text, type } = useTypedDay(value, rules, (next) => {
    setLeft(false);
    onChange(next);
  });
  const calendar = useCalendar(onChange, rules.today, value);
  const words = isDay(value)
    ? [dayInWords(value, rules.order), tell?.(value) ?? null].filter((part) => part !== null).join(" · ")
    : null;
  return (
    <Popover
      opened={calendar.open}
      onChange={calendar.setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          ref={calendar.input}
          autoComplete="off"
          spellCheck={false}
          placeholder={t(`common.day.pattern.${rules.order}`)}
          disabled={disabled ?? false}
          data-day={isDay(value) ? value : ""}
          inputWrapperOrder={["label", "input", "error", "description"]}
          rightSection={calendar.button}
          data-mantine-stop-propagation={calendar.open ? "true" : undefined}
          description={
            <span className={words === null ? classes.none : classes.words} aria-live="polite">
              {words ?? "–"}
            </span>
          }
          {...rest}
          value={text}
          onChange={(event) => type(event.currentTarget.value)}
          error={error ?? (left ? dayFault(value, rules) : null)}
          onKeyDown={calendar.onKeyDown}
          onBlur={(event) => {
            setLeft(true);
            onBlur?.(event);
          }}
        />
      </Popover.Target>
      {calendar.dropdown}
    </Popover>
  );
}

interface DayStepProps {
  value: string;
  onChange: (day: string) => void;
  label: string;
  size?: TextInputProps["size"];
  w?: number;
  /** Where no day may be shown (`value` is empty then): what stands in the empty field, and what emptying it does. */
  placeholder?: string;
  onClear?: () => void;
}

/** A day that says what is shown, as the day of a register: it is taken on Enter or when the field is left, and stands there in words. */
export function DayToShow({ value, onChange, label, size = "xs", w = 176, placeholder, onClear }: DayStepProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [refused, setRefused] = useState(false);
  const { today, dayOrder } = conventions();
  const take = (text: string) => {
    if (text.trim() === "" && onClear !== undefined) {
      setTyped(null);
      if (value !== "") onClear();
      return;
    }
    const read = readDay(text, { order: dayOrder, today });
    setRefused(!("day" in read));
    if (!("day" in read)) return;
    setTyped(null);
    if (read.day !== value) onChange(read.day);
  };
  const calendar = useCalendar(
    (day) => {
      setTyped(null);
      onChange(day);
    },
    today,
    value,
  );
  return (
    <Popover
      opened={calendar.open}
      onChange={calendar.setOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <TextInput
          ref={calendar.input}
          size={size}
          w={w}
          aria-label={label}
          placeholder={placeholder ?? ""}
          autoComplete="off"
          spellCheck={false}
          data-day={value}
          rightSection={calendar.button}
          data-mantine-stop-propagation={calendar.open ? "true" : undefined}
          value={typed ?? formatSchoolDay(value)}
          error={refused && typed !== null ? dayFault(typed) : null}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setRefused(false);
          }}
          onFocus={(event) => event.currentTarget.select()}
          onBlur={() => {
            if (typed === "" && onClear === undefined) setTyped(null);
            else if (typed !== null) take(typed);
          }}
          onKeyDown={(event) => {
            if (event.key === "Enter" && typed !== null) {
              event.preventDefault();
              take(typed);
            } else if (event.key === "Escape" && typed !== null) {
              event.preventDefault();
              setTyped(null);
            } else calendar.onKeyDown(event);
          }}
        />
      </Popover.Target>
      {calendar.dropdown}
    </Popover>
  );
}
