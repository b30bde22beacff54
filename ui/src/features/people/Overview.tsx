// A student at a glance: whom to call, the classes, the attendance of the year, the person.
import { toneOf } from "../../components/meanings";
import { ActionIcon, Anchor, Button, Group, Stack, Text, Title, Tooltip } from "@mantine/core";
import { IconCalendarCog } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { EnrolmentRow } from "../../bindings/EnrolmentRow";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import { Absences } from "../attendance/Absences";
import { CorrectDays } from "../classes/CorrectDays";
import { EndForm, EnrolInClassForm, MoveForm, type FromClass } from "../classes/enrolments";
import { JoinForm } from "../classes/JoinForm";
import { GroupBadge, homeroomsFirst } from "../classes/kinds";
import { fullName } from "../../names";
import { reachedFacts } from "./contact";
import { OwnFields } from "./OwnFields";
import classes from "./people.module.css";
import { Place } from "./Place";

export function Overview({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  const called = student.guardians.filter(({ noAccess }) => !noAccess);
  const first = called.find(({ isPrimary }) => isPrimary) ?? called[0];
  const others = called.filter((guardian) => guardian !== first);
  return (
    <Stack gap="md">
      {first !== undefined && (
        <div className={classes.call}>
          <span>
            {t("people.student.call")}: <bdi>{fullName(first)}</bdi>{" "}
            <Text span size="xs" c="dimmed">
              {first.relationship}
            </Text>
          </span>
          <strong className="figures" dir="ltr">
            {first.phone ?? "–"}
          </strong>
        </div>
      )}
      {others.length > 0 && (
        <ul className={classes.lines} aria-label={t("people.student.callThen")}>
          {others.map((guardian) => (
            <li key={guardian.id}>
              <span>
                <bdi>{fullName(guardian)}</bdi>{" "}
                <Text span size="xs" c="dimmed">
                  {guardian.relationship}
                </Text>
              </span>
              <span className={`figures ${classes.number}`} dir="ltr">
                {guardian.phone ?? "–"}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Today student={student} />
      {student.status === "active" && <Absences student={student} />}
      <Facts
        facts={[
          [t("people.student.born"), student.birthDate === null ? null : formatDay(student.birthDate)],
          [t("people.student.sex"), student.sex],
          [t("people.student.grade"), student.gradeLevel],
          [t("people.student.phone"), student.phone],
          [t("people.student.email"), student.email],
          ...reachedFacts(student),
          [t("people.student.since"), student.enrolledOn === null ? null : formatDay(student.enrolledOn)],
        ]}
      />
      <OwnFields of={{ student: student.id }} name={fullName(student)} />
      <section>
        <Title order={3} mb={4}>
          {t("people.student.attendanceYear")}
        </Title>
        {student.attendance.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t("people.student.noAttendance")}
          </Text>
        ) : (
          <Group gap="xs">
            {student.attendance.map(({ meaning, days }) => (
              <Signal key={meaning} tone={toneOf[meaning]}>
                {t(`people.meaning.${meaning}`)}: {t("people.student.days", { count: days })}
              </Signal>
            ))}
          </Group>
        )}
      </section>
      <Classes student={student} />
      <Place student={student} />
    </Stack>
  );
}

/** Where the child is today, as far as the registers say. */
function Today({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  // Of somebody who is not here there is nothing to ask.
  if (student.deletedAt !== null || (student.status !== "active" && student.today.length === 0)) return null;
  return (
    <section>
      <Title order={3} mb={4}>
        {t("people.student.today")}
      </Title>
      {student.today.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("people.student.noRegisterToday")}
        </Text>
      ) : (
        <Stack gap={4}>
          {student.today.map((entry) => (
            <Group key={entry.lesson} gap="xs">
              <Signal tone={toneOf[entry.meaning]} sign={entry.code}>
                {entry.codeTitle}
              </Signal>
              <Text size="sm">
                <bdi>
                  {[
                    entry.lesson === 0
                      ? entry.classTitle
                      : `${entry.classTitle}, ${t("people.attendance.lesson", { lesson: entry.lesson })}`,
                    entry.minutesLate === null ? null : t("people.attendance.minutes", { count: entry.minutesLate }),
                    entry.reason,
                  ]
                    .filter((part) => part !== null)
                    .join(" · ")}
                </bdi>
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </section>
  );
}

/** The classes of a student, present ones with what can be done about them. */
function Classes({ student }: { student: StudentDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const [form, setForm] = useState<
    | { kind: "move" | "end"; from: FromClass }
    | { kind: "correct"; enrolment: EnrolmentRow }
    | { kind: "enrol" | "join" }
    | null
  >(null);
  const mayEnrol = may("classes.enrol_students") && student.deletedAt === null;
  const mayCorrect = may("classes.correct_enrolment") && student.deletedAt === null;
  // Where one is now stands on top, the homeroom first.
  const enrolments = [true, false].flatMap((now) =>
    homeroomsFirst(student.enrolments.filter(({ current }) => current === now)),
  );
  const close = () => setForm(null);
  const name = fullName(student);
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{t("people.student.classes")}</Title>
        <Group gap={4}>
          {may("classes.join_course") && student.deletedAt === null && (
            <Button variant="default" onClick={() => setForm({ kind: "join" })}>
              {t("people.student.join")}
            </Button>
          )}
          {mayEnrol && (
            <Button variant="light" onClick={() => setForm({ kind: "enrol" })}>
              {t("people.student.enrol")}
            </Button>
          )}
        </Group>
      </Group>
      {student.enrolments.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.student.noEnrolment")}
        </Text>
      )}
      <ul className={classes.lines}>
        {enrolments.map((enrolment) => {
          const { id, class: inClass, classTitle: title, year, current, start, end } = enrolment;
          const from = { id: inClass, title, year };
          return (
            <li key={id}>
              <span>
                {may("classes.class") ? (
                  <Anchor
                    component="button"
                    type="button"
                    size="sm"
                    ta="start"
                    fw={current ? 600 : undefined}
                    onClick={() => void navigate({ to: `/classes/${inClass}` })}
                    aria-label={t("people.student.openClass", { title })}
                  >
                    {title}
                  </Anchor>
                ) : (
                  <Text span size="sm" fw={current ? 600 : undefined}>
                    {title}
                  </Text>
                )}{" "}
                <GroupBadge kind={enrolment.kind} />{" "}
                <Text span size="xs" c="dimmed">
                  {enrolment.yearTitle}
                </Text>
                <span className={classes.days}>
                  {end === null
                    ? t("people.student.from", { start: formatDay(start) })
                    : t("people.student.fromTo", { start: formatDay(start), end: formatDay(end) })}
                </span>
              </span>
              {(mayEnrol || mayCorrect) && (
                <Group gap={4} wrap="nowrap">
                  {mayEnrol && current && may("classes.move_students") && (
                    <Button
                      variant="default"
                      aria-label={t("people.student.moveOf", { title })}
                      onClick={() => setForm({ kind: "move", from })}
                    >
                      {t("people.student.move")}
                    </Button>
                  )}
                  {mayEnrol && current && may("classes.end_enrolments") && (
                    <Button
                      variant="default"
                      aria-label={t("people.student.endOf", { title })}
                      onClick={() => setForm({ kind: "end", from })}
                    >
                      {t("people.student.end")}
                    </Button>
                  )}
                  {mayCorrect && (
                    <Tooltip label={t("people.student.correctOf", { title })}>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={t("people.student.correctOf", { title })}
                        onClick={() => setForm({ kind: "correct", enrolment })}
                      >
                        <IconCalendarCog size="1rem" />
                      </ActionIcon>
                    </Tooltip>
                  )}
                </Group>
              )}
            </li>
          );
        })}
      </ul>
      {form?.kind === "enrol" && (
        <EnrolInClassForm
          student={student.id}
          name={name}
          inside={student.enrolments.filter(({ current }) => current).map((one) => one.class)}
          onClose={close}
        />
      )}
      {form?.kind === "join" && <JoinForm student={student.id} name={name} onClose={close} />}
      {form?.kind === "correct" && (
        <CorrectDays
          days={student.enrolments.find(({ id }) => id === form.enrolment.id)}
          name={name}
          title={form.enrolment.classTitle}
          onClose={close}
        />
      )}
      {form?.kind === "move" && (
        <MoveForm from={form.from} students={[student.id]} name={name} onClose={close} onDone={close} />
      )}
      {form?.kind === "end" && (
        <EndForm from={form.from} students={[student.id]} name={name} onClose={close} onDone={close} />
      )}
    </section>
  );
}
