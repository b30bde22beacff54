// Who is in the class; chosen ones are moved to another class, or leave.
import { ActionIcon, Button, Checkbox, Group, Menu, Table, Text, Title, Tooltip } from "@mantine/core";
import { IconArrowsExchange, IconCalendarCog, IconDoorExit, IconDots } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { ClassStudent } from "../../bindings/ClassStudent";
import { classPortraits } from "../../bindings/operations";
import { Portrait } from "../../components/Portrait";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName } from "../../names";
import { formatDay, formatSchoolDay } from "../../numbers";
import { useSession } from "../../session/session";
import { CorrectDays } from "./CorrectDays";
import classes from "./classes.module.css";
import { EndForm, EnrolForm, MoveForm } from "./enrolments";
import { StudentLink } from "./StudentLink";

interface StudentsTabProps {
  details: ClassDetails;
  /** The day on which they were read; none: today and later. */
  asOf?: string | null;
}

export function StudentsTab({ details, asOf = null }: StudentsTabProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [form, setForm] = useState<
    | { kind: "enrol" }
    | { kind: "move" | "end"; students: readonly string[]; name?: string }
    | { kind: "correct"; student: ClassStudent }
    | null
  >(null);
  // No list is without its names for want of photographs.
  const { data: faces } = useQuery({
    ...classPortraits.query({ class: details.id }),
    enabled: may("people.class_portraits"),
  });
  // Who left meanwhile is chosen no more.
  const here = details.students.filter(({ student }) => chosen.includes(student)).map(({ student }) => student);
  // Who comes and goes is said of today's class, not of an earlier one that is looked at.
  const mayEnrol = may("classes.enrol_students") && !details.deleted && asOf === null;
  const mayCorrect = may("classes.correct_enrolment") && !details.deleted;
  const done = () => {
    setForm(null);
    setChosen([]);
  };
  const toggle = (student: string) =>
    setChosen(chosen.includes(student) ? chosen.filter((other) => other !== student) : [...chosen, student]);
  return (
    <>
      {asOf !== null && (
        <Text size="sm" c="dimmed" role="status" mb="xs">
          {t("classes.students.asOf", { day: formatSchoolDay(asOf) })}
        </Text>
      )}
      {mayEnrol && (
        <div className={classes.bar}>
          <Text size="sm" c="dimmed" role="status">
            {here.length > 0 && t("classes.students.chosen", { count: here.length })}
          </Text>
          <Group gap="xs">
            {here.length > 0 && (
              <>
                <Button variant="default" onClick={() => setForm({ kind: "move", students: here })}>
                  {t("classes.students.move")}
                </Button>
                <Button variant="default" onClick={() => setForm({ kind: "end", students: here })}>
                  {t("classes.students.end")}
                </Button>
              </>
            )}
            <Button
              variant={details.students.length === 0 ? "filled" : "light"}
              onClick={() => setForm({ kind: "enrol" })}
            >
              {t("classes.students.enrol")}
            </Button>
          </Group>
        </div>
      )}
      {details.students.length === 0 ? (
        asOf === null ? (
          <EmptyState title={t("classes.students.none")}>{t("classes.students.noneText")}</EmptyState>
        ) : (
          <EmptyState title={t("classes.students.noneThen")} />
        )
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              {mayEnrol && (
                <Table.Th w={32}>
                  <Checkbox
                    size="xs"
                    aria-label={t("classes.students.all")}
                    checked={here.length === details.students.length}
                    indeterminate={here.length > 0 && here.length < details.students.length}
                    onChange={(event) =>
                      setChosen(event.currentTarget.checked ? details.students.map(({ student }) => student) : [])
                    }
                  />
                </Table.Th>
              )}
              <Table.Th>{t("classes.students.name")}</Table.Th>
              <Table.Th>{t("classes.students.number")}</Table.Th>
              <Table.Th>{t("classes.students.since")}</Table.Th>
              {(mayEnrol || mayCorrect) && <Table.Td />}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {details.students.map((student) => (
              <Table.Tr key={student.enrolment}>
                {mayEnrol && (
                  <Table.Td>
                    <Checkbox
                      size="xs"
                      aria-label={t("classes.students.choose", { name: fullName(student) })}
                      checked={here.includes(student.student)}
                      onChange={() => toggle(student.student)}
                    />
                  </Table.Td>
                )}
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    {faces !== undefined && faces.length > 0 && (
                      <Portrait
                        small
                        person={student}
                        jpeg={faces.find((face) => face.student === student.student)?.jpeg ?? null}
                      />
                    )}
                    <StudentLink student={student} />
                  </Group>
                </Table.Td>
                <Table.Td>{student.number}</Table.Td>
                <Table.Td style={{ whiteSpace: "nowrap" }}>
                  {formatDay(student.start)}
                  {student.end !== null && (
                    <Text span size="xs" c="dimmed">
                      {" "}
                      {t("classes.students.left", { day: formatDay(student.end) })}
                    </Text>
                  )}
                </Table.Td>
                {mayEnrol && (
                  <Table.Td>
                    <OneStudent
                      student={student}
                      act={(kind) =>
                        setForm(
                          kind === "correct"
                            ? { kind, student }
                            : { kind, students: [student.student], name: fullName(student) },
                        )
                      }
                    />
                  </Table.Td>
                )}
                {!mayEnrol && mayCorrect && (
                  <Table.Td ta="end">
                    <CorrectOne student={student} onClick={() => setForm({ kind: "correct", student })} />
                  </Table.Td>
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {details.formerStudents.length > 0 && (
        <>
          <Title order={3} mt="lg" mb={4}>
            {t(asOf === null ? "classes.students.former" : "classes.students.others")}
          </Title>
          <Table>
            <Table.Tbody>
              {details.formerStudents.map((student) => (
                <Table.Tr key={student.enrolment}>
                  <Table.Td>
                    <StudentLink student={student} />
                  </Table.Td>
                  <Table.Td>{student.number}</Table.Td>
                  <Table.Td>
                    {student.end !== null && t("classes.students.left", { day: formatDay(student.end) })}
                    {student.end === null && asOf !== null && formatDay(student.start)}
                  </Table.Td>
                  {mayCorrect && (
                    <Table.Td ta="end">
                      <CorrectOne student={student} onClick={() => setForm({ kind: "correct", student })} />
                    </Table.Td>
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      {form?.kind === "enrol" && <EnrolForm details={details} onClose={done} />}
      {form?.kind === "move" && <MoveForm from={details} {...form} onClose={() => setForm(null)} onDone={done} />}
      {form?.kind === "correct" && (
        <CorrectDays
          days={daysOf(details, form.student.enrolment)}
          name={fullName(form.student)}
          title={details.title}
          onClose={() => setForm(null)}
        />
      )}
      {form?.kind === "end" && <EndForm from={details} {...form} onClose={() => setForm(null)} onDone={done} />}
    </>
  );
}

/** The days of a time in the class, as they are stored now. */
function daysOf({ students, formerStudents }: ClassDetails, enrolment: string) {
  const found = [...students, ...formerStudents].find((student) => student.enrolment === enrolment);
  return found === undefined ? undefined : { ...found, id: enrolment };
}

function CorrectOne({ student, onClick }: { student: ClassStudent; onClick: () => void }) {
  const { t } = useTranslation();
  const label = t("classes.students.correctOne", { name: fullName(student) });
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        <IconCalendarCog size="0.875rem" />
      </ActionIcon>
    </Tooltip>
  );
}

/** What can be done with one student, without ticking. */
function OneStudent({ student, act }: { student: ClassStudent; act: (kind: "move" | "end" | "correct") => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const label = t("classes.students.more", { name: fullName(student) });
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={label} title={label}>
          <IconDots size="1rem" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconArrowsExchange size="1rem" />} onClick={() => act("move")}>
          {t("classes.students.move")}
        </Menu.Item>
        <Menu.Item leftSection={<IconDoorExit size="1rem" />} onClick={() => act("end")}>
          {t("classes.students.end")}
        </Menu.Item>
        {may("classes.correct_enrolment") && (
          <Menu.Item leftSection={<IconCalendarCog size="1rem" />} onClick={() => act("correct")}>
            {t("classes.students.correct")}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
