// Puts a student into a subject: its courses with their teachers and free places, the first day, and the
// course that is left for it.
import { Alert, Checkbox, Radio, Select, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChangedCourse } from "../../bindings/ChangedCourse";
import type { CourseToJoin } from "../../bindings/CourseToJoin";
import { coursesToJoin, joinCourse, listSubjects } from "../../bindings/operations";
import { AllTheSame } from "../../components/AllTheSame";
import { said } from "../../components/change";
import { DateField, dayNeeded } from "../../components/DateField";
import { useDraft, type DraftForm } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation, type Translate } from "../../i18n";
import { inOneLine } from "../../names";
import { usePlace } from "../../session/session";
import { useYears } from "./ask";
import { GroupBadge } from "./kinds";

interface Fields extends Record<string, unknown> {
  subject: string | null;
  course: string | null;
  start: string;
  /** The courses of the subject that the student keeps beside the new one; the others are left. */
  keeps: string[];
  /** The course and the day for which it is meant although no place is free. */
  sureOf: string;
}

export function JoinForm({ student, name, onClose }: { student: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const years = useYears();
  const year = years.data?.find(({ current }) => current) ?? years.data?.[0];
  const subjects = useQuery({ ...listSubjects.query({ school: school?.id ?? "" }), enabled: school !== null });
  const initial: Fields = { subject: null, course: null, start: school?.today ?? "", keeps: [], sureOf: "" };
  const meant = ({ course, start }: Fields) => `${course} ${start}`;
  const draft: DraftForm<Fields> = useDraft<Fields, ChangedCourse>({
    key: `join:${student}`,
    initial,
    validate: {
      subject: (id) => (id === null ? t("common.needed") : null),
      course: (id) => (id === null ? t("common.needed") : null),
      start: dayNeeded,
    },
    save: (values) =>
      joinCourse({
        student,
        course: values.course ?? "",
        start: values.start,
        insteadOf: left(courses.data ?? [], values)?.id ?? null,
        evenIfFull: values.sureOf === meant(values),
      }),
    onSaved: ({ course, undo }) => {
      said(t("classes.join.done", { name, subject: course.subjectTitle, class: course.classTitle }), undo);
      onClose();
    },
  });
  const { form, refused } = draft;
  const { subject } = form.values;
  const courses = useQuery({
    ...coursesToJoin.query({ student, subject: subject ?? "", year: year?.id ?? "" }),
    enabled: subject !== null && year !== undefined,
  });
  const sure = form.values.sureOf === meant(form.values);
  const full =
    refused !== null &&
    draft.asked("course", "full") &&
    (sure || (form.errors.course !== undefined && form.errors.course !== null));
  const start = form.getInputProps("start");
  return (
    <FormModal
      title={t("classes.join.title", { name })}
      draft={draft}
      size="lg"
      onClose={onClose}
      submit={t("classes.join.submit")}
    >
      <Select
        label={t("classes.join.subject")}
        withAsterisk
        data-autofocus
        searchable
        allowDeselect={false}
        data={(subjects.data ?? []).map(({ id, title }) => ({ value: id, label: title }))}
        {...form.getInputProps("subject")}
        onChange={(id) => {
          form.setValues({ subject: id, course: null, keeps: [] });
          form.clearErrors();
        }}
      />
      {subject === null ? (
        <Text size="sm" c="dimmed">
          {t("classes.join.chooseSubject")}
        </Text>
      ) : courses.data !== undefined ? (
        <Courses
          courses={courses.data}
          name={name}
          value={form.values.course}
          onChange={(id) => {
            form.setFieldValue("course", id);
            form.clearFieldError("course");
          }}
          error={full ? null : form.errors.course}
        />
      ) : courses.error !== null ? (
        <ErrorState error={courses.error} onRetry={() => void courses.refetch()} />
      ) : (
        <LoadingShape rows={3} />
      )}
      <DateField
        label={t("classes.join.start")}
        w={200}
        withAsterisk
        {...start}
        onChange={(day) => {
          start.onChange(day);
          // What was asked was about another day.
          form.clearFieldError("course");
        }}
      />
      <Left courses={courses.data ?? []} values={form.values} onKeep={(keeps) => form.setFieldValue("keeps", keeps)} />
      {full && (
        <AllTheSame
          refused={refused}
          field="course"
          label={t("classes.join.sure")}
          checked={sure}
          onChange={(yes) => form.setFieldValue("sureOf", yes ? meant(form.values) : "")}
        />
      )}
    </FormModal>
  );
}

/** The courses of the subject that the student takes, besides the one that is chosen. */
const others = (courses: readonly CourseToJoin[], { course }: Fields) =>
  courses.filter(({ id, takes }) => takes && id !== course);

/** The course that is left for the new one: one at a time. */
const left = (courses: readonly CourseToJoin[], values: Fields) =>
  others(courses, values).find(({ id }) => !values.keeps.includes(id));

function placesText({ takes, open, students, places }: CourseToJoin, t: Translate): string {
  if (takes) return t("classes.join.taken");
  if (!open) return t("classes.join.otherHomeroom");
  if (places === null) return t("classes.join.noLimit", { count: students });
  if (students >= places) return t("classes.join.full", { students, places });
  return t("classes.join.free", { count: places - students });
}

interface CoursesProps {
  courses: readonly CourseToJoin[];
  name: string;
  value: string | null;
  onChange: (id: string) => void;
  error: React.ReactNode;
}

function Courses({ courses, name, value, onChange, error }: CoursesProps) {
  const { t } = useTranslation();
  if (courses.length === 0)
    return (
      <Alert color="attention" p="xs" role="note">
        {t("classes.join.none")}
      </Alert>
    );
  return (
    <>
      <Radio.Group label={t("classes.join.courses")} withAsterisk value={value} onChange={onChange} error={error}>
        <Stack gap={6} mt={4}>
          {courses.map((course) => (
            <Radio
              key={course.id}
              value={course.id}
              disabled={!course.open}
              label={
                <>
                  <bdi>{course.classTitle}</bdi> <GroupBadge kind={course.classKind} />
                </>
              }
              description={
                <>
                  {course.teachers.length > 0 && (
                    <>
                      <bdi>{inOneLine(course.teachers.map(({ listName }) => listName))}</bdi>
                      {" · "}
                    </>
                  )}
                  <bdi>{placesText(course, t)}</bdi>
                </>
              }
            />
          ))}
        </Stack>
      </Radio.Group>
      {courses.every(({ open }) => !open) && (
        <Alert color="attention" p="xs" role="note">
          {t("classes.join.noneOpen", { name })}
        </Alert>
      )}
    </>
  );
}

interface LeftProps {
  courses: readonly CourseToJoin[];
  values: Fields;
  onKeep: (keeps: string[]) => void;
}

/** Another course of the subject is left, unless the box is cleared. */
function Left({ courses, values, onKeep }: LeftProps) {
  const { t } = useTranslation();
  const leaves = left(courses, values);
  if (values.course === null) return null;
  const taken = others(courses, values);
  const allBut = (id: string | null) => taken.filter((one) => one.id !== id).map((one) => one.id);
  return taken.map(({ id, classTitle, classKind }) => (
    <Checkbox
      key={id}
      label={t("classes.join.leaves", { class: classTitle })}
      description={t(classKind === "group" ? "classes.join.leavesGroup" : "classes.join.leavesHomeroom", {
        class: classTitle,
      })}
      checked={leaves?.id === id}
      onChange={(event) => onKeep(allBut(event.currentTarget.checked ? id : null))}
    />
  ));
}
