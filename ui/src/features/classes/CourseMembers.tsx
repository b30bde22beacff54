// Who is in the class of a course: since when, who takes the course, who is exempted from it and why.
import { Button, Checkbox, Group, Table, Text, Title } from "@mantine/core";
import { useState } from "react";
import type { CourseDetails } from "../../bindings/CourseDetails";
import type { CourseMember } from "../../bindings/CourseMember";
import type { ExemptionRow } from "../../bindings/ExemptionRow";
import { Signal } from "../../components/Signal";
import { EmptyState } from "../../components/states";
import { useTranslation, type Translate } from "../../i18n";
import { fullName } from "../../names";
import { formatDay } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import classes from "./classes.module.css";
import { AgainForm, ExemptForm, standing } from "./exemptions";
import { StudentLink } from "./StudentLink";

/** `exempted since 5 Oct 2026`, or from when to when. */
function exemptedText({ start, end }: ExemptionRow, today: string, t: Translate): string {
  if (end !== null) return t("classes.course.exemptTo", { start: formatDay(start), end: formatDay(end) });
  return t(start <= today ? "classes.course.exemptFrom" : "classes.course.exemptLater", { day: formatDay(start) });
}

export function CourseMembers({ details }: { details: CourseDetails }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const today = school?.today ?? "";
  const { members, places, deleted } = details;
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [form, setForm] = useState<{ kind: "exempt" | "again"; students: readonly string[] } | null>(null);
  const mayExempt = may("classes.exempt_students") && !deleted;
  const mayEnd = may("classes.end_exemptions") && !deleted;
  const choosing = mayExempt || mayEnd;
  // Who left meanwhile is chosen no more.
  const here = members.filter(({ student }) => chosen.includes(student));
  const free = here.filter((member) => standing(member, today).length === 0).map(({ student }) => student);
  const exempted = here.filter((member) => standing(member, today).length > 0).map(({ student }) => student);
  const takers = members.filter(({ takes }) => takes).length;
  const toggle = (student: string) =>
    setChosen(chosen.includes(student) ? chosen.filter((other) => other !== student) : [...chosen, student]);
  const done = () => {
    setForm(null);
    setChosen([]);
  };
  const course = { id: details.id, subject: details.subjectTitle, class: details.classTitle };
  const props = { course, onClose: () => setForm(null), onDone: done };
  return (
    <section>
      <div className={classes.bar}>
        <Group gap="xs" align="baseline">
          <Title order={3}>{t("classes.course.members")}</Title>
          <Text size="sm" c="dimmed" role="status">
            {here.length > 0
              ? t("classes.students.chosen", { count: here.length })
              : places === null
                ? t("classes.course.takers", { count: takers })
                : t("classes.course.takersOf", { students: takers, places })}
          </Text>
        </Group>
        <Group gap="xs">
          {mayEnd && exempted.length > 0 && (
            <Button variant="default" onClick={() => setForm({ kind: "again", students: exempted })}>
              {t("classes.courses.again")}
            </Button>
          )}
          {mayExempt && members.length > 0 && (here.length === 0 || free.length > 0) && (
            <Button variant="default" onClick={() => setForm({ kind: "exempt", students: free })}>
              {t("classes.courses.exempt")}
            </Button>
          )}
        </Group>
      </div>
      {members.length === 0 ? (
        <EmptyState title={t("classes.course.nobody")}>{t("classes.course.nobodyText")}</EmptyState>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              {choosing && (
                <Table.Th w={32}>
                  <Checkbox
                    size="xs"
                    aria-label={t("classes.students.all")}
                    checked={here.length === members.length}
                    indeterminate={here.length > 0 && here.length < members.length}
                    onChange={(event) =>
                      setChosen(event.currentTarget.checked ? members.map(({ student }) => student) : [])
                    }
                  />
                </Table.Th>
              )}
              <Table.Th>{t("classes.course.name")}</Table.Th>
              <Table.Th>{t("classes.course.since")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {members.map((member) => (
              <Table.Tr key={member.student}>
                {choosing && (
                  <Table.Td>
                    <Checkbox
                      size="xs"
                      aria-label={t("classes.students.choose", { name: fullName(member) })}
                      checked={chosen.includes(member.student)}
                      onChange={() => toggle(member.student)}
                    />
                  </Table.Td>
                )}
                <Table.Td>
                  <StudentLink student={member} />
                  <Exempted
                    member={member}
                    today={today}
                    {...(mayEnd ? { onAgain: () => setForm({ kind: "again", students: [member.student] }) } : {})}
                  />
                </Table.Td>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  {formatDay(member.start)}
                  {member.end !== null && (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      {t("classes.students.left", { day: formatDay(member.end) })}
                    </Text>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {form?.kind === "exempt" && <ExemptForm {...props} students={members} chosen={form.students} />}
      {form?.kind === "again" && <AgainForm {...props} chosen={form.students} />}
    </section>
  );
}

/** What stands against a member's taking the course, and why, and the way back; whoever takes it has nothing here. */
function Exempted({ member, today, onAgain }: { member: CourseMember; today: string; onAgain?: () => void }) {
  const { t } = useTranslation();
  const exemptions = standing(member, today);
  if (exemptions.length === 0) return null;
  return (
    <>
      {exemptions.map((exemption) => (
        <div key={exemption.id}>
          <Signal tone={exemption.start <= today ? "attention" : "neutral"}>{exemptedText(exemption, today, t)}</Signal>
          {exemption.reason !== null && (
            <Text size="xs" c="dimmed" dir="auto" className={classes.description}>
              {exemption.reason}
            </Text>
          )}
        </div>
      ))}
      {onAgain !== undefined && (
        <Button
          variant="subtle"
          size="compact-xs"
          px={0}
          aria-label={t("classes.course.againOne", { name: fullName(member) })}
          onClick={onAgain}
        >
          {t("classes.courses.again")}
        </Button>
      )}
    </>
  );
}
