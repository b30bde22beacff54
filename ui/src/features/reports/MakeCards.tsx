// Making the document: progress with a way to stop, then what came of it: save, open, print.
import { Alert, Button, Group, Progress, SegmentedControl, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { MadeDocument } from "../../bindings/MadeDocument";
import { makeReportCards } from "../../bindings/operations";
import type { ReadinessProblem } from "../../bindings/ReadinessProblem";
import type { ReportKind } from "../../bindings/ReportKind";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import { asOperationError, cancelJob, jobStore } from "../../bridge";
import { Loses } from "../../components/closing";
import { Dialog } from "../../components/Dialog";
import { PersonName } from "../../components/PersonName";
import { errorText, useTranslation, type Translate } from "../../i18n";
import { failed, openDocument, saveDocument } from "../../components/documents";
import classes from "./reports.module.css";
import { problemText } from "./words";

interface MakeCardsProps {
  class: string;
  classTitle: string;
  term: string;
  /** The one student to make it for; the whole class where it is left out. */
  student?: StudentReadiness;
  students: readonly StudentReadiness[];
  ready: number;
  onClose: () => void;
}

export function MakeCards({ class: classId, classTitle, term, student, students, ready, onClose }: MakeCardsProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<ReportKind>("full");
  const [job, setJob] = useState("");
  const make = useMutation({
    mutationFn: (id: string) =>
      makeReportCards(
        {
          class: classId,
          term,
          kind,
          ...(student === undefined ? {} : { students: [student.student.id] }),
        },
        id,
      ),
  });
  const begin = () => {
    const id = crypto.randomUUID();
    setJob(id);
    make.mutate(id);
  };
  const stop = () => cancelJob(job).catch(failed);
  const close = () => {
    if (make.isPending) void stop();
    onClose();
  };
  const title =
    student === undefined
      ? t("reports.make.ofClass", { class: classTitle })
      : t("reports.make.ofStudent", { student: student.student.name });
  const notReady = students.length - ready;
  const foreseen = (student === undefined ? students : [student]).flatMap((one) =>
    one.problems.map((problem) => ({ ...problem, name: one.student.listName })),
  );
  const cancelled = make.error !== null && asOperationError(make.error).code === "cancelled";
  return (
    <Dialog onClose={close} title={title} size="lg">
      {make.isPending && <Loses text={t("reports.make.losing")} button={t("reports.make.stop")} />}
      {make.isPending && (
        <Running job={job} total={student === undefined ? students.length : 1} onStop={() => void stop()} />
      )}
      {make.data !== undefined && <Made made={make.data} students={students} onClose={onClose} />}
      {!make.isPending && make.data === undefined && (
        <Stack gap="md">
          {make.error !== null && (
            <Alert color={cancelled ? "gray" : "wrong"} role="alert">
              {cancelled ? t("reports.make.stopped") : errorText(make.error)} {asOperationError(make.error).help}
            </Alert>
          )}
          {foreseen.length > 0 && (
            <div>
              <Text size="sm" fw={600} mb={4}>
                {t("reports.make.before")}
              </Text>
              <Problems label={t("reports.make.before")} problems={foreseen} t={t} />
            </div>
          )}
          {student === undefined && notReady > 0 && (
            <Text size="sm">{t("reports.make.notReady", { count: notReady })}</Text>
          )}
          <Group justify="space-between">
            <Text size="sm">{t("reports.make.kind")}</Text>
            <SegmentedControl
              size="xs"
              aria-label={t("reports.make.kind")}
              value={kind}
              onChange={(next) => setKind(next as ReportKind)}
              data={[
                { value: "full", label: t("reports.make.full") },
                { value: "marks_only", label: t("reports.make.marksOnly") },
              ]}
            />
          </Group>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button data-autofocus onClick={begin}>
              {student === undefined ? t("reports.make.begin", { count: students.length }) : t("reports.make.beginOne")}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  );
}

function Running({ job, total, onStop }: { job: string; total: number; onStop: () => void }) {
  const { t } = useTranslation();
  const state = useSyncExternalStore(jobStore.subscribe, jobStore.jobs).find(({ id }) => id === job);
  const [done, of] = [state?.done ?? 0, state === undefined || state.total === 0 ? total : state.total];
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {t("reports.make.running", { done, of })}
      </Text>
      <Progress value={of === 0 ? 0 : (100 * done) / of} aria-label={t("reports.make.running", { done, of })} />
      <Group justify="flex-end">
        <Button variant="default" onClick={onStop}>
          {t("reports.make.stop")}
        </Button>
      </Group>
    </Stack>
  );
}

/** Whose card has what wrong with it. */
function Problems({
  label,
  problems,
  t,
}: {
  label: string;
  problems: readonly (ReadinessProblem & { name: string })[];
  t: Translate;
}) {
  return (
    <ul className={classes.problems} aria-label={label}>
      {problems.map((problem, place) => (
        <li key={place}>
          <PersonName name={problem.name} bold />
          <span>
            {problem.leftOut ? t("reports.make.without") : t("reports.make.withRemark")} {problemText(problem, t)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Made({
  made,
  students,
  onClose,
}: {
  made: MadeDocument;
  students: readonly StudentReadiness[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const left = made.problems.filter(({ leftOut }) => leftOut).length;
  const save = useRef<HTMLButtonElement>(null);
  useEffect(() => save.current?.focus(), []); // The button that had the focus is gone.
  const nameOf = (id: string) => students.find(({ student }) => student.id === id)?.student.listName;
  return (
    <Stack gap="md">
      <Text size="sm" role="status">
        {t("reports.make.made", { count: made.students, pages: t("reports.make.pages", { count: made.pages }) })}{" "}
        {left > 0 && t("reports.make.leftOut", { count: left })}
      </Text>
      {made.problems.length > 0 && (
        <Problems
          label={t("reports.make.problems")}
          problems={made.problems.map((problem) => ({ ...problem, name: nameOf(problem.student) ?? problem.number }))}
          t={t}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={() => void openDocument(made)}>
          {t("common.files.open")}
        </Button>
        <Button
          ref={save}
          onClick={() =>
            void saveDocument(made).then((saved) => {
              if (saved) onClose();
            })
          }
        >
          {t("common.save")}
        </Button>
      </Group>
    </Stack>
  );
}
