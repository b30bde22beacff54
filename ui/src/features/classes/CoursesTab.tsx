// What is taught to the class and by whom.
import { ActionIcon, Anchor, Button, Group, MultiSelect, Select, Table, Text, Tooltip } from "@mantine/core";
import { IconPencil, IconTrash, IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ClassDetails } from "../../bindings/ClassDetails";
import type { CourseRow } from "../../bindings/CourseRow";
import { deleteCourse, listSubjects, saveCourse } from "../../bindings/operations";
import type { SavedCourse } from "../../bindings/SavedCourse";
import { change, said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { EmptyState } from "../../components/states";
import { useTranslation } from "../../i18n";
import { inOneLine } from "../../names";
import { useSession } from "../../session/session";
import { useStaffChoices } from "./ask";
import { CoursesForm, NoneFree } from "./CoursesForm";
import { AgainForm, ExemptForm } from "./exemptions";
import classes from "./classes.module.css";

export function CoursesTab({ details }: { details: ClassDetails }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const [form, setForm] = useState<{ course: CourseRow | null } | "several" | null>(null);
  const [exempting, setExempting] = useState<{ kind: "exempt" | "again"; course: CourseRow } | null>(null);
  const mayEdit = may("classes.save_course") && !details.deleted;
  const mayOpen = may("classes.course");
  const mayExempt = may("classes.exempt_students") && !details.deleted;
  const mayEnd = may("classes.end_exemptions") && mayOpen && !details.deleted;
  const part = ({ id, subjectTitle }: CourseRow) => ({ id, subject: subjectTitle, class: details.title });
  return (
    <>
      {mayEdit && (
        <div className={classes.bar}>
          <span />
          <Group gap="xs">
            <Button variant="default" onClick={() => setForm({ course: null })}>
              {t("classes.courses.add")}
            </Button>
            <Button variant={details.courses.length === 0 ? "filled" : "light"} onClick={() => setForm("several")}>
              {t("classes.courses.several")}
            </Button>
          </Group>
        </div>
      )}
      {details.courses.length === 0 ? (
        <EmptyState title={t("classes.courses.none")}>
          {t(mayEdit ? "classes.courses.noneText" : "classes.courses.noneOthers")}
        </EmptyState>
      ) : (
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("classes.courses.subject")}</Table.Th>
              <Table.Th>{t("classes.courses.teachers")}</Table.Th>
              <Table.Td />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {details.courses.map((course) => {
              const subject = course.subjectTitle;
              return (
                <Table.Tr key={course.id}>
                  <Table.Td fw={500}>
                    {mayOpen ? (
                      <Anchor
                        component="button"
                        type="button"
                        size="sm"
                        fw={500}
                        ta="start"
                        aria-label={t("classes.courses.open", { subject })}
                        onClick={() => void navigate({ to: `/courses/${course.id}` })}
                      >
                        {subject}
                      </Anchor>
                    ) : (
                      subject
                    )}
                    {course.exempted > 0 && (
                      <Group gap={6}>
                        <Text span size="xs" c="dimmed" fw={400}>
                          {t("classes.courses.exempted", { count: course.exempted })}
                        </Text>
                        {mayEnd && (
                          <Button
                            variant="subtle"
                            size="compact-xs"
                            px={0}
                            aria-label={t("classes.courses.againOf", { subject })}
                            onClick={() => setExempting({ kind: "again", course })}
                          >
                            {t("classes.courses.again")}
                          </Button>
                        )}
                      </Group>
                    )}
                  </Table.Td>
                  <Table.Td>
                    {course.teachers.length === 0 ? (
                      <Text span size="sm" c="dimmed">
                        {t("classes.courses.nobody")}
                      </Text>
                    ) : (
                      <bdi>{inOneLine(course.teachers.map(({ listName }) => listName))}</bdi>
                    )}
                  </Table.Td>
                  <Table.Td>
                    <Group gap={4} justify="end" wrap="nowrap">
                      {course.mine && may("gradebook.mark_sheet") && (
                        <Button
                          variant="subtle"
                          size="compact-xs"
                          aria-label={t("classes.courses.openMarks", { subject })}
                          onClick={() => void navigate({ to: `/marks/${course.id}` })}
                        >
                          {t("classes.class.marks")}
                        </Button>
                      )}
                      {mayExempt && details.students.length > 0 && (
                        <Tooltip label={t("classes.courses.exemptOf", { subject })}>
                          <ActionIcon
                            variant="subtle"
                            color="gray"
                            aria-label={t("classes.courses.exemptOf", { subject })}
                            onClick={() => setExempting({ kind: "exempt", course })}
                          >
                            <IconUserOff size="1rem" />
                          </ActionIcon>
                        </Tooltip>
                      )}
                      {mayEdit && (
                        <>
                          <Tooltip label={t("classes.courses.edit", { subject })}>
                            <ActionIcon
                              variant="subtle"
                              color="gray"
                              aria-label={t("classes.courses.edit", { subject })}
                              onClick={() => setForm({ course })}
                            >
                              <IconPencil size="1rem" />
                            </ActionIcon>
                          </Tooltip>
                          <Tooltip label={t("classes.courses.delete", { subject })}>
                            <ActionIcon
                              variant="subtle"
                              color="gray"
                              aria-label={t("classes.courses.delete", { subject })}
                              onClick={() =>
                                void change(
                                  () => deleteCourse({ course: course.id }),
                                  t("classes.courses.deleted", { subject, class: details.title }),
                                )
                              }
                            >
                              <IconTrash size="1rem" />
                            </ActionIcon>
                          </Tooltip>
                        </>
                      )}
                    </Group>
                  </Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      )}
      {exempting?.kind === "exempt" && (
        <ExemptForm
          course={part(exempting.course)}
          students={details.students}
          chosen={[]}
          onClose={() => setExempting(null)}
          onDone={() => setExempting(null)}
        />
      )}
      {exempting?.kind === "again" && (
        <AgainForm
          course={part(exempting.course)}
          chosen={[]}
          onClose={() => setExempting(null)}
          onDone={() => setExempting(null)}
        />
      )}
      {form === "several" && <CoursesForm details={details} onClose={() => setForm(null)} />}
      {form !== null && form !== "several" && (
        <CourseForm details={details} course={form.course} onClose={() => setForm(null)} />
      )}
    </>
  );
}

function CourseForm({
  details,
  course,
  onClose,
}: {
  details: ClassDetails;
  course: CourseRow | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const staff = useStaffChoices();
  const subjects = useQuery({
    ...listSubjects.query({ school: details.school }),
  });
  const taught = new Set(details.courses.map(({ subject }) => subject));
  const free = (subjects.data ?? []).filter(({ id }) => id === course?.subject || !taught.has(id));
  const initial = {
    subject: course?.subject ?? (null as string | null),
    teachers: course?.teachers.map(({ id }) => id) ?? [],
  };
  const draft = useDraft<typeof initial, SavedCourse>({
    key: `course:${course?.id ?? `new:${details.id}`}`,
    initial,
    validate: { subject: (id) => (id === null ? t("common.needed") : null) },
    save: ({ subject, teachers }) => saveCourse({ class: details.id, subject: subject ?? "", teachers }),
    onSaved: ({ undo }, { subject }) => {
      said(
        t(course === null ? "classes.courses.added" : "classes.courses.changed", {
          subject: subjects.data?.find(({ id }) => id === subject)?.title ?? "",
        }),
        undo,
      );
      onClose();
    },
  });
  return (
    <FormModal
      title={t("classes.courses.title", { class: details.title })}
      draft={draft}
      onClose={onClose}
      submit={course === null ? t("common.add") : t("common.save")}
    >
      {subjects.data !== undefined && free.length === 0 && <NoneFree subjects={subjects.data} onLeave={onClose} />}
      <Select
        label={t("classes.courses.subject")}
        withAsterisk
        searchable
        disabled={course !== null}
        data={free.map(({ id, title }) => ({ value: id, label: title }))}
        {...draft.form.getInputProps("subject")}
      />
      <MultiSelect
        label={t("classes.courses.teachers")}
        searchable
        hidePickedOptions
        data={staff}
        {...draft.form.getInputProps("teachers")}
      />
    </FormModal>
  );
}
