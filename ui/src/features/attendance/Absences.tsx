// Absence known ahead, of one student: what is coming and what was, entered while the telephone is at the ear.
import { Button, Group, Select, SimpleGrid, Text, TextInput, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AbsenceNotice } from "../../bindings/AbsenceNotice";
import type { AttendanceCodeRow } from "../../bindings/AttendanceCodeRow";
import { deleteAbsence, listAbsences, listAttendanceCodes, saveAbsence } from "../../bindings/operations";
import type { SavedAbsence } from "../../bindings/SavedAbsence";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { change, said } from "../../components/change";
import { DateField, dayFault, dayNeeded } from "../../components/DateField";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { toneOf } from "../../components/meanings";
import { Signal } from "../../components/Signal";
import { conventions } from "../../conventions";
import { useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import { typed } from "../people/names";
import classes from "../people/people.module.css";

/** The days of an absence in words. */
function daysOf({ start, end }: AbsenceNotice): string {
  return start === end ? formatDay(start) : `${formatDay(start)} – ${formatDay(end)}`;
}

interface AbsencesProps {
  student: StudentDetails;
  /** Also those that are over. */
  past?: boolean;
}

export function Absences({ student, past = false }: AbsencesProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const list = useQuery({ ...listAbsences.query({ student: student.id }), enabled: may("attendance.list_absences") });
  const [form, setForm] = useState<{ absence: AbsenceNotice | null } | null>(null);
  const { today } = conventions();
  const mayEnter = may("attendance.save_absence") && student.deletedAt === null;
  const enter = () => setForm({ absence: null });
  useScreenKeys(mayEnter ? [{ keys: "mod+shift+A", label: t("attendance.ahead.new"), opens: true, run: enter }] : []);
  const shown = (list.data ?? []).filter(({ end }) => past || end >= today);
  if (shown.length === 0 && !mayEnter) return null;
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{t("attendance.ahead.title")}</Title>
        {mayEnter && (
          <Button variant="default" onClick={enter}>
            {t("attendance.ahead.new")}
          </Button>
        )}
      </Group>
      {shown.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("attendance.ahead.none")}
        </Text>
      )}
      <ul className={classes.lines} aria-label={t("attendance.ahead.title")}>
        {shown.map((absence) => (
          <li key={absence.id}>
            <span>
              <Signal tone={toneOf[absence.meaning]} sign={absence.code}>
                {daysOf(absence)}
              </Signal>{" "}
              <Text span size="sm">
                <bdi>{absence.reason}</bdi>
              </Text>{" "}
              {absence.saidBy !== null && (
                <Text span size="xs" c="dimmed">
                  <bdi>{t("attendance.ahead.said", { by: absence.saidBy })}</bdi>
                </Text>
              )}
            </span>
            {mayEnter && (
              <span style={{ whiteSpace: "nowrap" }}>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-label={t("attendance.ahead.edit", { days: daysOf(absence) })}
                  onClick={() => setForm({ absence })}
                >
                  {t("common.edit")}
                </Button>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="wrong"
                  aria-label={t("attendance.ahead.takeBackOf", { days: daysOf(absence) })}
                  onClick={() =>
                    void change(
                      () => deleteAbsence({ absence: absence.id, version: absence.version }),
                      t("attendance.ahead.takenBack", { name: fullName(student) }),
                    )
                  }
                >
                  {t("attendance.ahead.takeBack")}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {form !== null && <AbsenceForm student={student} absence={form.absence} onClose={() => setForm(null)} />}
    </section>
  );
}

interface FormProps {
  student: StudentDetails;
  absence: AbsenceNotice | null;
  onClose: () => void;
}

/** Waits for the codes, of which the usual one is chosen already. */
function AbsenceForm(props: FormProps) {
  const codes = useQuery({ ...listAttendanceCodes.query({ school: props.student.school }) });
  const away = (codes.data ?? []).filter(({ meaning }) => meaning === "excused" || meaning === "absent");
  const [first] = away.toSorted(
    (one, other) => Number(other.meaning === "excused") - Number(one.meaning === "excused"),
  );
  return first === undefined ? null : <AbsenceFields {...props} codes={away} usual={first.id} />;
}

function AbsenceFields({
  student,
  absence,
  codes,
  usual,
  onClose,
}: FormProps & { codes: AttendanceCodeRow[]; usual: string }) {
  const { t } = useTranslation();
  const initial = {
    version: absence?.version ?? null,
    start: absence?.start ?? conventions().today,
    end: absence === null || absence.end === absence.start ? "" : absence.end,
    code: absence?.codeId ?? usual,
    reason: absence?.reason ?? "",
    saidBy: absence?.saidBy ?? "",
  };
  const draft = useDraft<typeof initial, SavedAbsence>({
    key: `absence:${student.id}:${absence?.id ?? "new"}`,
    initial,
    validate: { start: dayNeeded, end: (value) => dayFault(value) },
    save: ({ version, start, end, code, reason, saidBy }) =>
      saveAbsence({
        student: student.id,
        ...(absence === null ? {} : { id: absence.id, version }),
        start,
        end: typed(end),
        code,
        reason: typed(reason),
        saidBy: typed(saidBy),
      }),
    onSaved: ({ registers, undo }) => {
      const done = t("attendance.ahead.saved", { name: fullName(student) });
      said(registers === 0 ? done : `${done} ${t("attendance.ahead.registers", { count: registers })}`, undo);
      onClose();
    },
  });
  const { form } = draft;
  const tellers = student.guardians.filter(({ noAccess }) => !noAccess).map((guardian) => fullName(guardian));
  return (
    <FormModal
      title={t("attendance.ahead.of", { name: fullName(student) })}
      draft={draft}
      onClose={onClose}
      onReload={onClose}
    >
      <SimpleGrid cols={2} spacing="sm">
        <DateField label={t("attendance.ahead.start")} withAsterisk {...form.getInputProps("start")} />
        <DateField
          label={t("attendance.ahead.end")}
          description={t("schools.calendar.oneDay")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          data-autofocus
          {...form.getInputProps("end")}
        />
      </SimpleGrid>
      <TextInput
        label={t("attendance.ahead.reason")}
        placeholder={t("attendance.ahead.reasonExample")}
        maxLength={200}
        {...form.getInputProps("reason")}
      />
      <SimpleGrid cols={2} spacing="sm">
        <TextInput
          label={t("attendance.ahead.saidBy")}
          list="absence-said-by"
          maxLength={200}
          {...form.getInputProps("saidBy")}
        />
        <Select
          label={t("attendance.ahead.code")}
          allowDeselect={false}
          data={codes.map(({ id, code, title }) => ({ value: id, label: `${code} · ${title}` }))}
          {...form.getInputProps("code")}
        />
      </SimpleGrid>
      <datalist id="absence-said-by">
        {tellers.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </FormModal>
  );
}
