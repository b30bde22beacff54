// One row a student, one key a code; the cursor goes down by itself. Minutes may be typed right after
// late: "L 1 2" is twelve minutes, and the next key goes on with the next student.
import { toneOf } from "../../components/meanings";
import { ActionIcon, Button, TextInput, Tooltip } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";
import { useEffect, useRef, useState, type CSSProperties, type KeyboardEvent } from "react";
import type { Register } from "../../bindings/Register";
import type { RegisterStudent } from "../../bindings/RegisterStudent";
import { onFlush, type KeptEdit } from "../../components/sheet/keptEdits";
import { PersonName } from "../../components/PersonName";
import { Signal } from "../../components/Signal";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { MedicalSign } from "../people/MedicalNotes";
import classes from "./attendance.module.css";
import { nothing, valueOfMark, withCode, type RegisterCells, type Value } from "./cells";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { seenByCamera, Source } from "./words";

interface RowsProps {
  cells: RegisterCells;
  register: Register;
  values: ReadonlyMap<string, Value>;
  edits: ReadonlyMap<string, KeptEdit>;
  /** Students whom the camera proposes. */
  seen: ReadonlySet<string>;
  onConfirm: (student: string) => void;
  onHistory: (student: string) => void;
}

/** The code of a key, also where the keyboard writes another script. */
export function codeOfKey(
  codes: Register["codes"],
  key: string,
  physical: string,
): Register["codes"][number] | undefined {
  const is = (letter: string) => codes.find(({ code }) => code.toLocaleUpperCase() === letter.toLocaleUpperCase());
  return is(key) ?? (/^\p{ASCII}$/u.test(key) ? undefined : is(/^Key([A-Z])$/.exec(physical)?.[1] ?? key));
}

export function RegisterRows({ cells, register, values, edits, seen, onConfirm, onHistory }: RowsProps) {
  const { t } = useTranslation();
  const { codes, students } = register;
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      students.findIndex(({ student }) => values.get(student)?.code === null),
    ),
  );
  const rows = useRef<(HTMLDivElement | null)[]>([]);
  /** The student just marked late, while minutes may follow. */
  const late = useRef<{ student: string; digits: string } | null>(null);
  const to = (place: number) => {
    const next = Math.max(0, Math.min(students.length - 1, place));
    setActive(next);
    rows.current[next]?.focus();
    rows.current[next]?.scrollIntoView({ block: "nearest" });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies(active): once, where one begins: at the first student without a code.
  useEffect(() => {
    rows.current[active]?.focus();
  }, []);
  // The window closes: what is in a field goes into its cell first.
  useEffect(
    () =>
      onFlush(() => {
        if (document.activeElement instanceof HTMLInputElement) document.activeElement.blur();
      }),
    [],
  );
  const of = (student: string): Value => cells.value(student);
  const give = (place: number, code: string) => {
    const row = students[place];
    if (row === undefined) return;
    cells.put([{ student: row.student, value: withCode(of(row.student), code, codes) }]);
    late.current =
      codes.find(({ id }) => id === code)?.meaning === "late" ? { student: row.student, digits: "" } : null;
    to(place + 1);
  };
  const digit = (key: string) => {
    const now = late.current;
    if (now === null || now.digits.length >= 4) return;
    now.digits += key;
    cells.put([{ student: now.student, value: { ...of(now.student), minutesLate: Number(now.digits) } }]);
  };
  const onKeyDown = (event: KeyboardEvent, place: number) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return;
    const student = students[place]?.student ?? "";
    const code = codeOfKey(codes, event.key, event.code);
    const steps: Record<string, number> = {
      ArrowDown: place + 1,
      ArrowUp: place - 1,
      Home: 0,
      End: students.length - 1,
      PageDown: place + 12,
      PageUp: place - 12,
    };
    const step = steps[event.key];
    const number = /^\p{Nd}$/u.test(event.key) && event.key.length === 1;
    if (!number && code === undefined) late.current = null;
    if (code !== undefined) give(place, code.id);
    else if (number && late.current !== null) digit(latin(event.key));
    else if (step !== undefined) to(step);
    else if (event.key === "Backspace" || event.key === "Delete") cells.put([{ student, value: nothing }]);
    else if (event.key === " " && seen.has(student)) {
      onConfirm(student);
      to(place + 1);
    } else if (event.key === "Enter") rows.current[place]?.querySelector("input")?.focus();
    else return;
    event.preventDefault();
  };
  useScreenKeys([
    ...codes.map(({ code, title }) => ({
      keys: code.toUpperCase(),
      label: t("attendance.register.keys.code", { title }),
      run: () => undefined,
      shownOnly: true,
    })),
    { keys: "ArrowDown", label: t("attendance.register.keys.down"), run: () => to(active + 1) },
    { keys: "ArrowUp", label: t("attendance.register.keys.up"), run: () => to(active - 1) },
    { keys: "0–9", label: t("attendance.register.keys.minutes"), run: () => undefined, shownOnly: true },
    { keys: "Enter", label: t("attendance.register.keys.details"), run: () => undefined, shownOnly: true },
    { keys: "Delete", label: t("attendance.register.keys.clear"), run: () => undefined, shownOnly: true },
    { keys: "Space", label: t("attendance.register.keys.confirm"), run: () => undefined, shownOnly: true },
    {
      keys: "mod+I",
      label: t("attendance.register.keys.history"),
      run: () => {
        const row = students[active];
        if (row !== undefined) onHistory(row.student);
      },
    },
  ]);
  return (
    <div
      className={classes.rows}
      style={{ "--codes": `${codes.length * 2}rem` } as CSSProperties}
      role="grid"
      aria-label={t("attendance.register.label", { class: register.classTitle })}
      aria-rowcount={students.length + 1}
    >
      <div role="row" className={classes.row} data-head aria-rowindex={1}>
        <span role="columnheader" className={classes.place} aria-label="#" />
        <span role="columnheader">{t("attendance.register.name")}</span>
        <span role="columnheader" className={classes.number}>
          {t("attendance.absent.number")}
        </span>
        <span role="columnheader">{t("attendance.register.code")}</span>
        <span role="columnheader" className={classes.details}>
          {t("attendance.register.details")}
        </span>
        <span role="columnheader">{t("attendance.register.source")}</span>
      </div>
      {students.map((row, place) => (
        <div
          key={row.student}
          ref={(element) => {
            rows.current[place] = element;
          }}
          role="row"
          aria-rowindex={place + 2}
          className={classes.row}
          data-body
          data-home={place === active || undefined}
          data-seen={seen.has(row.student) || undefined}
          tabIndex={place === active ? 0 : -1}
          aria-label={fullName(row)}
          onKeyDown={(event) => onKeyDown(event, place)}
          onFocus={() => setActive(place)}
        >
          <span role="gridcell" className={`${classes.place} figures`}>
            {place + 1}
          </span>
          <span role="gridcell" className={classes.name}>
            <PersonName person={row} bold />
            {row.medical && <MedicalSign student={row.student} name={fullName(row)} tabIndex={-1} />}
            {row.nativeName !== null && row.nativeName !== fullName(row) && (
              <span className={classes.native}>
                <PersonName name={row.nativeName} />
              </span>
            )}
          </span>
          <span role="gridcell" className={classes.number} title={row.number}>
            {row.number}
          </span>
          <span role="gridcell" className={classes.codes}>
            {codes.map(({ id, code, title, meaning }) => (
              <button
                key={id}
                type="button"
                tabIndex={-1}
                className={classes.code}
                data-tone={toneOf[meaning]}
                aria-pressed={values.get(row.student)?.code === id}
                data-ahead={(row.ahead?.code === id && values.get(row.student)?.code === null) || undefined}
                aria-label={`${title}: ${fullName(row)}`}
                title={`${title} (${code})`}
                onClick={() => give(place, id)}
              >
                {code}
              </button>
            ))}
          </span>
          <span role="gridcell" className={classes.details}>
            <Details
              cells={cells}
              row={row}
              value={values.get(row.student) ?? nothing}
              codes={codes}
              edit={cells.edit(row.student, edits)}
              seen={seen.has(row.student)}
              onDone={(step) => to(place + step)}
            />
          </span>
          <span role="gridcell" className={classes.source}>
            {row.mark !== null && <Source source={row.mark.source} by={row.mark.by} />}
            {row.mark !== null && (row.mark.changed || seenByCamera.has(row.mark.source)) && (
              <Tooltip
                label={
                  <>
                    {t("attendance.register.keys.history")} <Keys keys="mod+I" />
                  </>
                }
              >
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  tabIndex={-1}
                  aria-label={t("attendance.register.history", { name: fullName(row) })}
                  onClick={() => onHistory(row.student)}
                >
                  <IconHistory size="0.875rem" />
                </ActionIcon>
              </Tooltip>
            )}
          </span>
        </div>
      ))}
    </div>
  );
}

/** A decimal digit of any script as 0 to 9. */
function latin(digit: string): string {
  const point = digit.codePointAt(0) ?? 48;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(point - zero);
}

interface DetailsProps {
  cells: RegisterCells;
  row: RegisterStudent;
  value: Value;
  codes: Register["codes"];
  edit: KeptEdit | undefined;
  seen: boolean;
  onDone: (step: number) => void;
}

/** Minutes and reason where they belong to the code; what was not saved, with what can be done. */
function Details({ cells, row, value, codes, edit, seen, onDone }: DetailsProps) {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const name = fullName(row);
  const meaning = codes.find(({ id }) => id === value.code)?.meaning;
  const letter = (id: string | null) => codes.find((code) => code.id === id)?.code ?? t("attendance.register.nothing");
  const put = (change: Partial<Value>) =>
    cells.put([{ student: row.student, value: { ...cells.value(row.student), ...change } }]);
  const minutes = (text: string) => {
    const number = text.trim() === "" ? null : Number(text.trim());
    const good = number === null || (Number.isInteger(number) && number >= 0 && number <= 1440);
    setWrong(!good);
    if (good) put({ minutesLate: number });
  };
  const keys = (stored: string) => (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") {
      event.preventDefault();
      event.currentTarget.blur();
      onDone(1);
    }
    if (event.key === "Escape") {
      event.preventDefault();
      event.currentTarget.value = stored;
      onDone(0);
    }
  };
  if (edit?.state === "conflict") {
    const other = cells.other(row.student);
    const by = other?.mark.by ?? t("attendance.register.someone");
    return (
      <span className={classes.trouble} role="alert">
        <Signal tone="wrong" />
        {t("attendance.register.wrote", { by, code: letter(other?.mark.code ?? null), mine: letter(value.code) })}
        <Button size="compact-xs" variant="default" onClick={() => cells.insist(row.student)}>
          {t("attendance.register.keepMine")}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => cells.put([{ student: row.student, value: valueOfMark(other?.mark ?? row.mark) }])}
        >
          {t("attendance.register.takeTheirs")}
        </Button>
      </span>
    );
  }
  if (edit?.state === "refused") {
    return (
      <span className={classes.trouble} role="alert">
        <Signal tone="wrong" />
        {edit.reason}
        <Button size="compact-xs" variant="default" onClick={() => cells.insist(row.student)}>
          {t("common.retry")}
        </Button>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => cells.put([{ student: row.student, value: valueOfMark(row.mark) }])}
        >
          {t("attendance.register.back")}
        </Button>
      </span>
    );
  }
  const stored = value.minutesLate === null ? "" : String(value.minutesLate);
  return (
    <>
      {row.ahead !== null && value.code === null && (
        <span className={classes.ahead}>
          {t("attendance.ahead.known")}
          {": "}
          <bdi>
            {[row.ahead.reason, t("attendance.ahead.until", { day: formatDay(row.ahead.end) })]
              .filter((part) => part !== null)
              .join(", ")}
          </bdi>
        </span>
      )}
      {seen && (
        <span title={t("attendance.register.seenHint")}>
          <Signal tone="good" sign="◉">
            {t("attendance.register.seen")}
          </Signal>
        </span>
      )}
      {meaning === "late" && (
        <TextInput
          key={`m${stored}`}
          className={classes.minutes}
          size="xs"
          inputMode="numeric"
          maxLength={4}
          tabIndex={-1}
          aria-label={t("attendance.register.minutes", { name })}
          error={wrong}
          title={wrong ? t("attendance.register.minutesWrong") : undefined}
          defaultValue={stored}
          rightSection={<span className={classes.hint}>{t("attendance.register.minutesUnit")}</span>}
          rightSectionWidth={32}
          onBlur={(event) => minutes(event.currentTarget.value)}
          onKeyDown={keys(stored)}
        />
      )}
      {meaning !== undefined && meaning !== "present" && (
        <TextInput
          key={`r${value.reason ?? ""}`}
          className={classes.reason}
          size="xs"
          maxLength={200}
          tabIndex={-1}
          aria-label={t("attendance.register.reason", { name })}
          placeholder={t("attendance.register.reasonHint")}
          defaultValue={value.reason ?? ""}
          onBlur={(event) =>
            put({ reason: event.currentTarget.value.trim() === "" ? null : event.currentTarget.value.trim() })
          }
          onKeyDown={keys(value.reason ?? "")}
        />
      )}
    </>
  );
}
