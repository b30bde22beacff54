// Several subjects with their teachers in one step, also for other classes of the year.
import { Alert, Button, Checkbox, Group, MultiSelect, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ClassDetails } from "../../bindings/ClassDetails";
import { listSubjects, saveCourses } from "../../bindings/operations";
import type { SavedCourses } from "../../bindings/SavedCourses";
import type { SubjectRow } from "../../bindings/SubjectRow";
import { said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { useClasses, useStaffChoices } from "./ask";
import { classChoices } from "./kinds";

interface Fields extends Record<string, unknown> {
  /** The subjects that are chosen, with who teaches them. */
  courses: { subject: string; teachers: string[] }[];
  also: string[];
}

export function CoursesForm({ details, onClose }: { details: ClassDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const subjects = useQuery({
    ...listSubjects.query({ school: details.school }),
  });
  const others = useClasses(details.year);
  const staff = useStaffChoices();
  const taught = new Set(details.courses.map(({ subject }) => subject));
  const free = (subjects.data ?? []).filter(({ id }) => !taught.has(id));
  const draft = useDraft<Fields, SavedCourses>({
    key: `courses:new:${details.id}`,
    initial: { courses: [], also: [] },
    validate: { courses: (chosen) => (chosen.length === 0 ? t("classes.courses.chooseOne") : null) },
    save: ({ courses, also }) => saveCourses({ class: details.id, courses, also }),
    onSaved: ({ added, undo }) => {
      said(t("classes.courses.addedMany", { count: added }), undo);
      onClose();
    },
  });
  const { form } = draft;
  const { courses } = form.values;
  const choose = (subject: string, chosen: boolean) =>
    form.setFieldValue(
      "courses",
      chosen ? [...courses, { subject, teachers: [] }] : courses.filter((one) => one.subject !== subject),
    );
  const teach = (subject: string, teachers: string[]) =>
    form.setFieldValue(
      "courses",
      courses.map((one) => (one.subject === subject ? { subject, teachers } : one)),
    );
  return (
    <FormModal
      title={t("classes.courses.titleMany", { class: details.title })}
      draft={draft}
      size="lg"
      onClose={onClose}
      submit={t("common.add")}
    >
      {subjects.data !== undefined && free.length === 0 && <NoneFree subjects={subjects.data} onLeave={onClose} />}
      {typeof form.errors.courses === "string" && (
        <Alert color="wrong" role="alert" p="xs">
          {form.errors.courses}
        </Alert>
      )}
      {free.length > 0 && (
        <Stack gap={6} role="group" aria-label={t("classes.courses.subjects")}>
          {free.map(({ id, title }) => {
            const place = courses.findIndex(({ subject }) => subject === id);
            const chosen = courses[place];
            return (
              <Group key={id} gap="sm" wrap="nowrap" align="start">
                <Checkbox
                  label={title}
                  checked={chosen !== undefined}
                  onChange={(event) => choose(id, event.currentTarget.checked)}
                  mt={7}
                  w={180}
                  error={form.errors[`courses.${place}.subject`]}
                />
                {chosen !== undefined && (
                  <MultiSelect
                    flex={1}
                    size="xs"
                    searchable
                    hidePickedOptions
                    aria-label={t("classes.courses.teachersOf", { subject: title })}
                    placeholder={chosen.teachers.length === 0 ? t("classes.courses.teachers") : undefined}
                    data={staff}
                    value={chosen.teachers}
                    onChange={(teachers) => teach(id, teachers)}
                    error={form.errors[`courses.${place}.teachers`]}
                  />
                )}
              </Group>
            );
          })}
        </Stack>
      )}
      {free.length > 0 && (
        <MultiSelect
          label={t("classes.courses.also")}
          description={t("classes.courses.alsoHelp")}
          searchable
          clearable
          hidePickedOptions
          data={classChoices((others.data ?? []).filter(({ id }) => id !== details.id))}
          {...form.getInputProps("also")}
        />
      )}
    </FormModal>
  );
}

/** No subject is free: because there are none at the school, or because all are taught here. */
export function NoneFree({ subjects, onLeave }: { subjects: readonly SubjectRow[]; onLeave: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const mayAdd = may("schools.save_subject");
  const none = subjects.length === 0;
  return (
    <Stack gap="xs" align="start">
      <Text size="sm">
        {t(none ? "classes.courses.noSubjects" : "classes.courses.all")}
        {!mayAdd && ` ${t("classes.courses.subjectsOthers")}`}
      </Text>
      {mayAdd && (
        <Button
          variant={none ? "filled" : "default"}
          onClick={() => {
            onLeave();
            void navigate({ to: "/settings/subjects" });
          }}
        >
          {t("classes.courses.addSubjects")}
        </Button>
      )}
    </Stack>
  );
}
