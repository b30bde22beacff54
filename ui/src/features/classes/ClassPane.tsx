// A class beside the list: its students and its courses.
import { Alert, Button, Group, Tabs, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ClassDetails } from "../../bindings/ClassDetails";
import { class_, deleteClasses, restoreClasses } from "../../bindings/operations";
import { useListAddress } from "../../components/address";
import { change } from "../../components/change";
import { Pane } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { useSession } from "../../session/session";
import { OwnFields } from "../people/OwnFields";
import { ClassForm } from "./ClassForm";
import classes from "./classes.module.css";
import { CoursesTab } from "./CoursesTab";
import { GroupBadge } from "./kinds";
import { StudentsTab } from "./StudentsTab";

interface ClassPaneProps {
  id: string;
  /** The day on which its students are read; none: today and later. */
  asOf: string | null;
  onClose: () => void;
}

export function ClassPane({ id, asOf, onClose }: ClassPaneProps) {
  const { t } = useTranslation();
  const found = useQuery({
    ...class_.query({ class: id, asOf }),
  });
  if (found.data !== undefined) return <Open details={found.data} asOf={asOf} onClose={onClose} />;
  return (
    <Pane title={t("classes.list.title")} label={t("classes.list.title")} onClose={onClose} width={500}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingShape rows={10} />
      )}
    </Pane>
  );
}

interface OpenProps extends Pick<ClassPaneProps, "asOf" | "onClose"> {
  details: ClassDetails;
}

function Open({ details, asOf, onClose }: OpenProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const { chosen, choose } = useListAddress("/classes");
  const [opened, setOpened] = useState(0);
  const { title, kind, deleted } = details;
  const mayEdit = may("classes.save_class") && !deleted;
  const ids = { school: details.school, classes: [details.id] };
  const tab = chosen("tab") === "courses" ? "courses" : "students";
  useScreenKeys(
    mayEdit
      ? [{ keys: "mod+E", label: t("classes.form.edit", { title }), opens: true, run: () => choose({ edit: "yes" }) }]
      : [],
  );
  const about = [
    kind === "group"
      ? null
      : details.classTeacher === null
        ? t("classes.class.noTeacher")
        : t("classes.class.teacher", { name: details.classTeacher.name }),
    details.room === null ? null : t("classes.class.room", { room: details.room }),
    details.places === null ? null : t("classes.class.places", { count: details.places }),
  ].filter((part) => part !== null);
  return (
    <Pane
      title={title}
      label={title}
      onClose={onClose}
      width={500}
      actions={
        <>
          {may("attendance.register") && !deleted && (
            <Button
              variant="default"
              onClick={() =>
                // A group has registers of lessons only.
                void navigate({ to: `/attendance/${details.id}`, search: kind === "group" ? { lesson: 1 } : {} })
              }
            >
              {t(kind === "group" ? "classes.class.lessonRegister" : "classes.class.register")}
            </Button>
          )}
          {mayEdit && (
            <Tooltip
              label={
                <>
                  {t("common.edit")} <Keys keys="mod+E" />
                </>
              }
            >
              <Button variant="default" onClick={() => choose({ edit: "yes" })}>
                {t("common.edit")}
              </Button>
            </Tooltip>
          )}
        </>
      }
    >
      <Group gap="xs" className={classes.about}>
        <GroupBadge kind={kind} />
        <bdi>{about.join(" · ")}</bdi>
      </Group>
      {deleted && (
        <Alert color="attention" p="xs" mb="sm">
          <Group justify="space-between">
            {t("classes.class.isDeleted")}
            {may("classes.restore_classes") && (
              <Button
                variant="default"
                onClick={() => void change(() => restoreClasses(ids), t("classes.class.restored", { title }))}
              >
                {t("common.restore")}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <OwnFields of={{ class: details.id }} name={title} />
      <Tabs value={tab} onChange={(next) => choose({ tab: next === "courses" ? "courses" : null })} keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="students">{t("classes.class.tabs.students", { number: details.students.length })}</Tabs.Tab>
          <Tabs.Tab value="courses">{t("classes.class.tabs.courses", { number: details.courses.length })}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="students" pt="sm">
          <StudentsTab details={details} asOf={asOf} />
        </Tabs.Panel>
        <Tabs.Panel value="courses" pt="sm">
          <CoursesTab details={details} />
        </Tabs.Panel>
      </Tabs>
      {mayEdit && may("classes.delete_classes") && (
        <Button
          variant="subtle"
          color="wrong"
          mt="lg"
          px={0}
          onClick={() =>
            void change(() => deleteClasses(ids), t("classes.class.deleted", { title })).then((done) => {
              if (done) onClose();
            })
          }
        >
          {t("common.delete")}
        </Button>
      )}
      {mayEdit && chosen("edit") === "yes" && (
        <ClassForm
          key={opened}
          details={details}
          year={details.year}
          onClose={() => choose({ edit: null })}
          onSaved={() => choose({ edit: null })}
          onReload={() => setOpened(opened + 1)}
        />
      )}
    </Pane>
  );
}
