// For who teaches: the registers of the day, each with its button, and what is due.
import { Button, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import type { TeacherToday } from "../../bindings/TeacherToday";
import type { TodayClass } from "../../bindings/TodayClass";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { GroupBadge } from "../classes/kinds";
import { formatTime } from "./time";
import classes from "./today.module.css";

const isMissing = ({ kind, takenAt, off }: TodayClass) => kind === "homeroom" && takenAt === null && off === null;

/** The class whose register of the day is taken next: one's own first. A group has none. */
function nextOf(list: readonly TodayClass[]): string | undefined {
  const missing = list.filter(isMissing);
  return (missing.find(({ classTeacher }) => classTeacher) ?? missing[0])?.class;
}

export function Teacher({ teacher, isSchoolDay }: { teacher: TeacherToday; isSchoolDay: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const next = isSchoolDay ? nextOf(teacher.classes) : undefined;
  const nothing = teacher.assessments.length + teacher.comments.length + teacher.classComments.length === 0;
  return (
    <>
      <section>
        <Title order={2} mb="xs">
          {t("today.classes.title")}
        </Title>
        {teacher.classes.length === 0 && (
          <Text size="sm" c="dimmed">
            {t("today.classes.none")}
          </Text>
        )}
        <ul className={classes.lines}>
          {teacher.classes.map((one) => (
            <li key={one.class}>
              <span className={classes.line}>
                <strong>{one.title}</strong>
                <GroupBadge kind={one.kind} />
                <span className={classes.muted}>
                  {t("today.classes.count", { count: one.students })}
                  {one.classTeacher && ` · ${t("today.classes.own")}`}
                </span>
              </span>
              <span className={classes.line}>
                {one.takenAt !== null && (
                  <Signal tone="good">{t("today.classes.taken", { time: formatTime(one.takenAt) })}</Signal>
                )}
                {isSchoolDay && one.off !== null && one.kind === "homeroom" && (
                  <span className={classes.muted}>{one.off.title ?? t("today.noSchoolDay")}</span>
                )}
                {isMissing(one) && isSchoolDay && <Signal tone="attention">{t("today.classes.missing")}</Signal>}
                <Button
                  variant={one.class === next ? "filled" : "default"}
                  onClick={() =>
                    void navigate({
                      to: `/attendance/${one.class}`,
                      search: one.kind === "group" ? { lesson: 1 } : {},
                    })
                  }
                  aria-label={t(isMissing(one) ? "today.classes.takeOf" : "today.classes.openOf", {
                    class: one.title,
                  })}
                >
                  {t(isMissing(one) && isSchoolDay ? "today.classes.take" : "today.classes.open")}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      </section>
      <section>
        <Title order={2} mb="xs">
          {t("today.due.title")}
        </Title>
        {nothing &&
          (teacher.classes.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t("today.due.noClass")}
            </Text>
          ) : (
            <Signal tone="good">{t("today.due.nothing")}</Signal>
          ))}
        <ul className={classes.lines}>
          {teacher.assessments.map((one) => (
            <li key={one.assessment}>
              <span className={classes.line}>
                <span className="name">
                  {t("today.due.marksOf", { title: one.title, subject: one.subjectTitle, class: one.classTitle })}
                </span>
                <span className={classes.muted}>{t("today.due.marks", { count: one.missing })}</span>
              </span>
              <Button variant="default" onClick={() => void navigate({ to: `/marks/${one.course}` })}>
                {t("today.due.type")}
              </Button>
            </li>
          ))}
          {teacher.classComments.map((one) => (
            <li key={one.class}>
              <span className={classes.line}>
                <span className="name">{t("today.due.classCommentsOf", { class: one.title })}</span>
                <span className={classes.muted}>
                  {t("today.due.comments", { written: one.written, count: one.students })}
                </span>
              </span>
              <Button
                variant="default"
                onClick={() =>
                  void navigate({
                    to: "/reports",
                    search: { class: one.class, tab: "subject", column: "class_teacher" },
                  })
                }
              >
                {t("today.due.write")}
              </Button>
            </li>
          ))}
          {teacher.comments.map((one) => (
            <li key={one.course}>
              <span className={classes.line}>
                <span className="name">
                  {t("today.due.commentsOf", { subject: one.subjectTitle, class: one.classTitle })}
                </span>
                <span className={classes.muted}>
                  {t("today.due.comments", { written: one.written, count: one.students })}
                </span>
              </span>
              <Button
                variant="default"
                onClick={() =>
                  void navigate({
                    to: "/reports",
                    search: { class: one.class, tab: "subject", column: `course:${one.course}` },
                  })
                }
              >
                {t("today.due.write")}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
