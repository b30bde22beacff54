// Who is in the class; chosen ones are moved to another class, or leave.
import { ActionIcon, Anchor, Button, Checkbox, Group, Table, Text, Title, Tooltip } from "@mantine/core";
import { IconArrowsExchange, IconDoorExit } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { ClassStudent } from "../../bindings/ClassStudent";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { formatDay } from "../../numbers";
import { useSession } from "../../session/session";
import classes from "./classes.module.css";
import { EndForm, EnrolForm, MoveForm } from "./enrolments";

export function StudentsTab({ details }: { details: ClassDetails }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [form, setForm] = useState<
    { kind: "enrol" } | { kind: "move" | "end"; students: readonly string[]; name?: string } | null
  >(null);
  // Who left meanwhile is chosen no more.
  const here = details.students.filter(({ student }) => chosen.includes(student)).map(({ student }) => student);
  const mayEnrol = may("classes.enrol_students") && !details.deleted;
  const done = () => {
    setForm(null);
    setChosen([]);
  };
  const toggle = (student: string) =>
    setChosen(chosen.includes(student) ? chosen.filter((other) => other !== student) : [...chosen, student]);
  return (
    <>
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
        <EmptyState title={t("classes.students.none")}>{t("classes.students.noneText")}</EmptyState>
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
              {mayEnrol && <Table.Td />}
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
                  <StudentLink student={student} />
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
                      act={(kind) => setForm({ kind, students: [student.student], name: fullName(student) })}
                    />
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
            {t("classes.students.former")}
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
                    {student.end === null ? "" : t("classes.students.left", { day: formatDay(student.end) })}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      {form?.kind === "enrol" && <EnrolForm details={details} onClose={done} />}
      {form?.kind === "move" && <MoveForm from={details} {...form} onClose={() => setForm(null)} onDone={done} />}
      {form?.kind === "end" && <EndForm from={details} {...form} onClose={() => setForm(null)} onDone={done} />}
    </>
  );
}

/** What is done most with one student, without ticking. */
function OneStudent({ student, act }: { student: ClassStudent; act: (kind: "move" | "end") => void }) {
  const { t } = useTranslation();
  const name = fullName(student);
  const [move, end] = [t("classes.students.moveOne", { name }), t("classes.students.endOne", { name })];
  return (
    <Group gap={2} wrap="nowrap" justify="end">
      <Tooltip label={move}>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={move} onClick={() => act("move")}>
          <IconArrowsExchange size="0.875rem" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={end}>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={end} onClick={() => act("end")}>
          <IconDoorExit size="0.875rem" />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}

function StudentLink({ student }: { student: ClassStudent }) {
  const navigate = useNavigate();
  const name = listName(student);
  return (
    <Anchor
      component="button"
      type="button"
      className={`${classes.link} name`}
      title={name}
      onClick={() => void navigate({ to: `/students/${student.student}` })}
    >
      <bdi>{name}</bdi>
      {student.nativeName !== null && (
        <span className={classes.native}>
          <bdi>{student.nativeName}</bdi>
        </span>
      )}
    </Anchor>
  );
}
