// A student at a glance: whom to call, the classes, the attendance of the year, the person.
import { Anchor, Group, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { AttendanceMeaning } from "../../bindings/AttendanceMeaning";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { Facts } from "../../components/Facts";
import { Signal, type Tone } from "../../components/Signal";
import { formatDay } from "../../numbers";
import { fullName } from "./names";
import classes from "./people.module.css";

export const tones: Record<AttendanceMeaning, Tone> = { present: "good", late: "attention", absent: "wrong", excused: "neutral" };

export function Overview({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const first = student.guardians.find(({ isPrimary }) => isPrimary) ?? student.guardians[0];
  return (
    <Stack gap="md">
      {first !== undefined && (
        <div className={classes.call}>
          <span>{t("people.student.call")}: <bdi>{fullName(first)}</bdi> <Text span size="xs" c="dimmed">{first.relationship}</Text></span>
          <strong className="figures" dir="ltr">{first.phone ?? "–"}</strong>
        </div>
      )}
      <Facts facts={[
        [t("people.student.born"), student.birthDate === null ? null : formatDay(student.birthDate)], [t("people.student.sex"), student.sex], [t("people.student.grade"), student.gradeLevel],
        [t("people.student.phone"), student.phone], [t("people.student.email"), student.email], [t("people.student.since"), formatDay(student.createdAt.slice(0, 10))],
      ]}
      />
      <section>
        <Title order={3} mb={4}>{t("people.student.attendanceYear")}</Title>
        {student.attendance.length === 0
          ? <Text size="sm" c="dimmed">{t("people.student.noAttendance")}</Text>
          : <Group gap="xs">{student.attendance.map(({ meaning, days }) => <Signal key={meaning} tone={tones[meaning]}>{t(`people.meaning.${meaning}`)}: {t("people.student.days", { count: days })}</Signal>)}</Group>}
      </section>
      <section>
        <Title order={3} mb={4}>{t("people.student.classes")}</Title>
        {student.enrolments.length === 0 && <Text size="sm" c="dimmed">{t("people.student.noEnrolment")}</Text>}
        <ul className={classes.lines}>
          {student.enrolments.map((enrolment) => (
            <li key={enrolment.id}>
              <span><Anchor component="button" type="button" size="sm" fw={enrolment.current ? 600 : undefined} onClick={() => void navigate({ to: `/classes/${enrolment.class}` })} aria-label={t("people.student.openClass", { title: enrolment.classTitle })}>{enrolment.classTitle}</Anchor> <Text span size="xs" c="dimmed">{enrolment.yearTitle}</Text></span>
              <span className="figures">{enrolment.end === null ? t("people.student.from", { start: formatDay(enrolment.start) }) : t("people.student.fromTo", { start: formatDay(enrolment.start), end: formatDay(enrolment.end) })}</span>
            </li>
          ))}
        </ul>
      </section>
    </Stack>
  );
}
