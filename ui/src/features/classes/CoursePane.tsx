// A course beside the list: what it is about, who teaches it, who takes it and who is exempted.
import { Alert, Button, Group, Stack, Text, Textarea, Title, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ChangedCourse } from "../../bindings/ChangedCourse";
import type { CourseDetails } from "../../bindings/CourseDetails";
import { course as askCourse, describeCourse, restoreCourses } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { change, said } from "../../components/change";
import { useDraft } from "../../components/draft";
import { FormModal } from "../../components/FormModal";
import { Pane } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { inOneLine } from "../../names";
import { useSession } from "../../session/session";
import classes from "./classes.module.css";
import { CourseMembers } from "./CourseMembers";
import { GroupBadge } from "./kinds";

export function CoursePane({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({ ...askCourse.query({ course: id }) });
  if (found.data !== undefined) return <Open details={found.data} onClose={onClose} />;
  return (
    <Pane title={t("classes.courseList.title")} label={t("classes.courseList.title")} onClose={onClose} width={500}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingShape rows={10} />
      )}
    </Pane>
  );
}

function Open({ details, onClose }: { details: CourseDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen, choose } = useListAddress("/courses");
  const [opened, setOpened] = useState(0);
  const { deleted, description, classTitle, teachers } = details;
  const title = t("classes.course.title", { subject: details.subjectTitle, class: classTitle });
  const mayDescribe = may("classes.describe_course") && !deleted;
  useScreenKeys(
    mayDescribe
      ? [
          {
            keys: "mod+E",
            label: t("classes.course.describeTitle", { title }),
            opens: true,
            run: () => choose({ edit: "yes" }),
          },
        ]
      : [],
  );
  return (
    <Pane
      title={<bdi>{title}</bdi>}
      label={title}
      onClose={onClose}
      width={500}
      actions={
        <>
          {may("gradebook.mark_sheet") && !deleted && (
            <Button variant="default" onClick={() => void navigate({ to: `/marks/${details.id}` })}>
              {t("classes.course.marks")}
            </Button>
          )}
          {may("classes.class") && (
            <Button
              variant="default"
              aria-label={t("classes.course.toClassOf", { class: classTitle })}
              onClick={() => void navigate({ to: `/classes/${details.class}` })}
            >
              {t("classes.course.toClass")}
            </Button>
          )}
        </>
      }
    >
      <Group gap="xs" className={classes.about}>
        <GroupBadge kind={details.classKind} />
        <span>
          {t("classes.course.teachers")}:{" "}
          {teachers.length === 0 ? (
            t("classes.courses.nobody")
          ) : (
            <bdi>{inOneLine(teachers.map(({ listName }) => listName))}</bdi>
          )}
        </span>
      </Group>
      {deleted && (
        <Alert color="attention" p="xs" mb="sm">
          <Group justify="space-between">
            {t("classes.course.isDeleted")}
            {may("classes.restore_courses") && (
              <Button
                variant="default"
                onClick={() =>
                  void change(
                    () => restoreCourses({ school: details.school, courses: [details.id] }),
                    t("classes.course.restored", { title }),
                  )
                }
              >
                {t("common.restore")}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <Stack gap="md">
        <section>
          <Group justify="space-between" mb={4}>
            <Title order={3}>{t("classes.course.about")}</Title>
            {mayDescribe && (
              <Tooltip
                label={
                  <>
                    {t("classes.course.describeTitle", { title })} <Keys keys="mod+E" />
                  </>
                }
              >
                <Button variant="default" onClick={() => choose({ edit: "yes" })}>
                  {t(description === null ? "classes.course.describe" : "common.edit")}
                </Button>
              </Tooltip>
            )}
          </Group>
          <Description text={description} />
        </section>
        {may("people.list_students") && <CourseMembers details={details} />}
      </Stack>
      {mayDescribe && chosen("edit") === "yes" && (
        <DescriptionForm
          key={opened}
          details={details}
          title={title}
          onClose={() => choose({ edit: null })}
          onReload={() => setOpened(opened + 1)}
        />
      )}
    </Pane>
  );
}

/** What is written about a course, in its lines; that nothing is written yet. */
export function Description({ text }: { text: string | null }) {
  const { t } = useTranslation();
  return text === null ? (
    <Text size="sm" c="dimmed">
      {t("classes.course.noDescription")}
    </Text>
  ) : (
    <Text size="sm" dir="auto" className={classes.description}>
      {text}
    </Text>
  );
}

interface DescriptionFormProps {
  details: CourseDetails;
  title: string;
  onClose: () => void;
  onReload: () => void;
}

function DescriptionForm({ details, title, onClose, onReload }: DescriptionFormProps) {
  const { t } = useTranslation();
  const initial = { version: details.version, description: details.description ?? "" };
  const draft = useDraft<typeof initial, ChangedCourse>({
    key: `course-description:${details.id}`,
    initial,
    save: ({ version, description }) => describeCourse({ course: details.id, version, description }),
    onSaved: ({ undo }) => {
      said(t("classes.course.described", { title }), undo);
      onClose();
    },
  });
  return (
    <FormModal
      title={t("classes.course.describeTitle", { title })}
      draft={draft}
      size="lg"
      onClose={onClose}
      onReload={onReload}
    >
      <Textarea
        label={t("classes.course.description")}
        description={t("classes.course.descriptionHelp")}
        autosize
        minRows={5}
        maxRows={16}
        maxLength={4000}
        dir="auto"
        data-autofocus
        {...draft.form.getInputProps("description")}
      />
    </FormModal>
  );
}
