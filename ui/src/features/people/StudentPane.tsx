// A student beside the list: what the telephone asks on top, then the tabs.
import type { OperationName } from "../../bindings/operations";
import { Alert, Button, Group, ScrollArea, Stack, Tabs, Tooltip } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { deleteStudents, restoreStudents, student as askStudent } from "../../bindings/operations";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { useListAddress } from "../../components/address";
import { change } from "../../components/change";
import { Pane } from "../../components/Pane";
import { ErrorState, LoadingShape } from "../../components/states";
import { Keys, useScreenKeys } from "../../frame/keys";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { Absences } from "../attendance/Absences";
import { ClassesInShort } from "../classes/kinds";
import { AttendanceTab } from "./AttendanceTab";
import { Changes } from "./Changes";
import { GuardiansTab, NoAccess } from "./GuardiansTab";
import { MarksTab } from "./MarksTab";
import { fullName } from "../../names";
import { MedicalSign } from "./MedicalNotes";
import { MergeWith } from "./MergeForm";
import { NotesTab } from "./NotesTab";
import { Overview } from "./Overview";
import { PortraitHead } from "./PortraitHead";
import classes from "./people.module.css";
import { StudentActs } from "./StudentActs";
import { StudentForm } from "./StudentForm";
import { Standing } from "./StudentStatus";

const tabs = ["overview", "attendance", "marks", "guardians", "notes", "history"] as const;
type Tab = (typeof tabs)[number];
const needs: Partial<Record<Tab, OperationName>> = {
  attendance: "attendance.attendance_summary",
  marks: "analytics.student_performance",
  notes: "people.list_behaviour_notes",
  history: "upkeep.history",
};

export function StudentPane({ student: id, onClose }: { student: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({
    ...askStudent.query({ student: id }),
  });
  if (found.data !== undefined) return <Open student={found.data} onClose={onClose} />;
  return (
    <Pane title={t("people.students.title")} label={t("people.students.title")} onClose={onClose} width={460}>
      {found.error !== null ? (
        <ErrorState error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <LoadingShape rows={8} />
      )}
    </Pane>
  );
}

function Open({ student, onClose }: { student: StudentDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { school } = usePlace();
  const { open, chosen, go, choose } = useListAddress("/students");
  const [opened, setOpened] = useState(0);
  const name = fullName(student);
  const shown = tabs.filter((tab) => needs[tab] === undefined || may(needs[tab]));
  const tab = shown.find((one) => one === chosen("tab")) ?? "overview";
  const deleted = student.deletedAt !== null;
  const mayEdit = may("people.save_student") && !deleted;
  const merging = may("people.merge_students") && !deleted ? chosen("merge") : null;
  const editing = mayEdit && chosen("edit") === "yes";
  useScreenKeys(
    mayEdit
      ? [{ keys: "mod+E", label: t("people.form.edit", { name }), opens: true, run: () => choose({ edit: "yes" }) }]
      : [],
  );
  const ids = { school: student.school, students: [student.id] };
  const current = student.enrolments
    .filter((enrolment) => enrolment.current)
    .map(({ classTitle: title, kind }) => ({ title, kind }));
  return (
    <Pane
      title={<bdi>{name}</bdi>}
      label={name}
      onClose={onClose}
      width={460}
      actions={
        <>
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
          {!deleted && <StudentActs student={student} onMerge={() => choose({ merge: "with" })} />}
        </>
      }
    >
      <Group className={classes.top} wrap="nowrap" align="start">
        <PortraitHead of={{ student: student.id }} person={student} mayEdit={mayEdit} />
        <div className={classes.head}>
          {student.nativeName !== null && (
            <bdi dir="auto" className={classes.native}>
              {student.nativeName}
            </bdi>
          )}
          <Group gap="xs">
            <span className="figures">{t("people.student.number", { number: student.number })}</span>
            {current.length === 0 ? <span>{t("people.student.noClass")}</span> : <ClassesInShort classes={current} />}
            {student.medical && <MedicalSign student={student.id} name={name} />}
            <Standing student={student} today={school?.today ?? ""} />
            <NoAccess guardians={student.guardians} />
          </Group>
        </div>
      </Group>
      {student.deletedAt !== null && (
        <Alert color="attention" p="xs" mb="sm">
          <Group justify="space-between">
            {student.mergedInto === null
              ? t("people.student.isDeleted", { day: formatMoment(student.deletedAt) })
              : t("people.merge.isMerged", { day: formatMoment(student.deletedAt) })}
            {student.mergedInto !== null && (
              <Button variant="default" onClick={() => go(student.mergedInto)}>
                {t("people.merge.open")}
              </Button>
            )}
            {student.mergedInto === null && may("people.restore_students") && (
              <Button
                variant="default"
                onClick={() => void change(() => restoreStudents(ids), t("people.student.restored", { name }))}
              >
                {t("common.restore")}
              </Button>
            )}
          </Group>
        </Alert>
      )}
      <Tabs value={tab} onChange={(next) => choose({ tab: next === "overview" ? null : next })} keepMounted={false}>
        <ScrollArea type="never">
          <Tabs.List className={classes.tabs}>
            {shown.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {t(`people.student.tabs.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        </ScrollArea>
        <Tabs.Panel value="overview" pt="sm">
          <Overview student={student} />
        </Tabs.Panel>
        <Tabs.Panel value="attendance" pt="sm">
          <Stack gap="md">
            <Absences student={student} past />
            <AttendanceTab student={student.id} />
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="marks" pt="sm">
          <MarksTab student={student.id} />
        </Tabs.Panel>
        <Tabs.Panel value="guardians" pt="sm">
          <GuardiansTab student={student} mayEdit={mayEdit && may("people.save_guardian")} />
        </Tabs.Panel>
        <Tabs.Panel value="notes" pt="sm">
          <NotesTab student={student} />
        </Tabs.Panel>
        <Tabs.Panel value="history" pt="sm">
          <Changes school={student.school} table="students" row={student.id} />
        </Tabs.Panel>
      </Tabs>
      {mayEdit && may("people.delete_students") && tab === "overview" && (
        <Button
          variant="subtle"
          color="wrong"
          mt="lg"
          px={0}
          onClick={() =>
            void change(() => deleteStudents(ids), t("people.student.deleted", { name })).then((done) => {
              if (done) onClose();
            })
          }
        >
          {t("people.student.delete")}
        </Button>
      )}
      {merging !== null && open === student.id && (
        <MergeWith
          student={student}
          other={merging === "with" ? null : merging}
          onClose={() => choose({ merge: null })}
          onDone={(kept) => go(kept, { merge: null })}
        />
      )}
      {editing && open === student.id && (
        <StudentForm
          key={opened}
          student={student}
          onClose={() => choose({ edit: null })}
          onSaved={() => choose({ edit: null })}
          onReload={() => setOpened(opened + 1)}
          {...(may("people.merge_students") ? { onMerge: (other) => choose({ edit: null, merge: other }) } : {})}
        />
      )}
    </Pane>
  );
}
