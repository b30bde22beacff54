// Cameras and photographs beside the register: they propose, a person confirms. Unsure faces wait on top.
import { Alert, Button, Text } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { CameraSource } from "../../../bindings/CameraSource";
import type { LiveState } from "../../../bindings/LiveState";
import {
  addCamera,
  addPhotographs,
  confirmProposals,
  correctProposal,
  faceStatus,
  removeCamera,
  startAttendanceSession,
  startPhotographSession,
} from "../../../bindings/operations";
import type { RecordedAttendance } from "../../../bindings/RecordedAttendance";
import type { Register } from "../../../bindings/Register";
import { SourceForm } from "../../../components/camera/SourceForm";
import { refusal } from "../../../components/change";
import { askBeforeLeaving, useLeaving } from "../../../components/leaving";
import { Pane } from "../../../components/Pane";
import { LoadingShape } from "../../../components/states";
import { offerUndo, undoEntry } from "../../../components/undo";
import { watchSession } from "../../../camera";
import { Keys, useScreenKeys } from "../../../frame/keys";
import { errorText, useTranslation } from "../../../i18n";
import { queries } from "../../../session/queries";
import { usePlace } from "../../../session/session";
import classes from "../attendance.module.css";
import type { RegisterCells } from "../cells";
import { fullName, listName } from "../../../names";
import { say } from "../../../words";
import { Cameras } from "./Cameras";
import { Missing, Present } from "./Others";
import { Photographs } from "./Photographs";
import { Proposed, Unsure, type Listed } from "./Proposals";
import { Unknown } from "./Unknown";

/** What the register knows of a session that runs. */
export interface AtCamera {
  /** Recognised, and waiting to be confirmed. */
  waiting: ReadonlySet<string>;
  confirm: (students: readonly string[]) => void;
}

interface CameraPaneProps {
  cells: RegisterCells;
  register: Register;
  /** Told when a session begins or ends and whenever others wait; not with every picture. */
  onCamera: (now: AtCamera | null) => void;
  onClose: () => void;
}

export function CameraPane({ cells, register, onCamera, onClose }: CameraPaneProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const wide = useMediaQuery("(min-width: 100em)");
  const [live, setLive] = useState<LiveState | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const [adding, setAdding] = useState(false);
  const status = useQuery({
    ...faceStatus.query({ school: school?.id ?? "" }),
    enabled: school !== null,
  });
  const session = live?.session;
  const begun = (now: LiveState) => {
    setLive(now);
    setFailure(null);
    setAdding(false);
  };
  const start = useMutation({
    mutationFn: (source: CameraSource) =>
      session === undefined ? startAttendanceSession({ ...cells.of, source }) : addCamera({ session, source }),
    onSuccess: begun,
  });
  const photographs = async (uploads: string[]) => {
    const now = await (session === undefined
      ? startPhotographSession({ ...cells.of, uploads }, crypto.randomUUID())
      : addPhotographs({ session, uploads }, crypto.randomUUID()));
    begun(now);
    return now;
  };
  useEffect(
    () => (session === undefined ? undefined : watchSession(session, { state: setLive, failed: setFailure })),
    [session],
  );
  const stop = () => {
    setLive(null);
    setFailure(null);
    setAdding(false);
  };
  const remove = (camera: number) => {
    if (session === undefined) return;
    if (live?.cameras.length === 1) askBeforeLeaving(stop);
    else removeCamera({ session, camera }).then(setLive).catch(refusal);
  };
  const names = (id: string) => {
    const row = register.students.find(({ student }) => student === id);
    return row === undefined ? "" : fullName(row);
  };

  /** Does something at the camera that writes into the register; offers to take it back. */
  const write = async (doing: () => Promise<RecordedAttendance>, said: (count: number) => string) => {
    try {
      await cells.kept.flush();
      const { cells: written, undo } = await doing();
      const kept = written.filter(({ result }) => result.outcome !== "saved").length;
      if (undo !== null) offerUndo(said(written.length - kept), () => undoEntry(undo));
      else if (written.length === 0) notifications.show({ message: said(0) });
      if (kept > 0) notifications.show({ message: t("attendance.live.kept") });
      await queries.invalidateQueries({ queryKey: cells.asked.queryKey });
    } catch (reason) {
      refusal(reason);
    }
  };
  const confirm = (students: readonly string[]) => {
    if (session === undefined || students.length === 0) return;
    void write(
      () => confirmProposals({ session, students: [...students] }),
      (count) => t("attendance.live.confirmed", { count }),
    );
  };
  const correct = (of: { wrong?: string; track?: number }, right: string | null) => {
    if (session === undefined) return;
    const said =
      right !== null
        ? t("attendance.live.corrected", { name: names(right) })
        : of.wrong !== undefined
          ? t("attendance.live.dismissed", { name: names(of.wrong) })
          : t("attendance.live.nobodyOfClass");
    void write(
      () => correctProposal({ session, wrong: of.wrong ?? null, track: of.track ?? null, right }),
      () => said,
    );
  };
  const proposed = live?.proposed ?? [];
  const unsure = live?.unsure ?? [];
  // By whatever way: the key of the pane and its buttons, another day or class, a student's history, the rail.
  const leaving = useLeaving(
    proposed.length + unsure.length === 0
      ? null
      : {
          title: t("common.closing.title"),
          text: t("attendance.live.losing", { count: proposed.length + unsure.length }),
          leave: t("attendance.live.end"),
          stay: t("common.closing.goOn"),
        },
  );
  const all = proposed.map(({ student }) => student);
  const seen = all.join(" ");
  // biome-ignore lint/correctness/useExhaustiveDependencies(confirm): it depends on the session only.
  useEffect(() => {
    onCamera(session === undefined ? null : { waiting: new Set(seen === "" ? [] : seen.split(" ")), confirm });
  }, [session, seen, onCamera]);
  useEffect(() => () => onCamera(null), [onCamera]);
  const first = unsure[0];
  useScreenKeys(
    first === undefined
      ? []
      : [
          ...first.candidates.map(({ student, name }, nth) => ({
            keys: `mod+${nth + 1}`,
            label: t("attendance.live.keys.candidate", { name }),
            run: () => correct({ track: first.track }, student),
          })),
          { keys: "mod+0", label: t("attendance.live.keys.nobody"), run: () => correct({ track: first.track }, null) },
        ],
  );

  const students = register.students.map((row) => ({ value: row.student, label: listName(row), name: fullName(row) }));
  const listed: Listed = ({ student, name }) => students.find(({ value }) => value === student)?.label ?? name;
  const off = status.data?.on === false;
  const source = (
    <SourceForm
      onStart={(from) => start.mutate(from)}
      pending={start.isPending}
      failure={start.error}
      file={<Photographs onFiles={photographs} />}
    />
  );
  const actions =
    live === null ? undefined : (
      <>
        <Button
          variant="subtle"
          leftSection={<IconPlus size="1rem" />}
          aria-expanded={adding}
          onClick={() => setAdding(!adding)}
        >
          {t("attendance.live.add")}
        </Button>
        <Button variant="default" onClick={() => askBeforeLeaving(stop)}>
          {t("camera.stop")}
        </Button>
      </>
    );
  return (
    <Pane
      title={t("attendance.live.title")}
      label={t("attendance.live.title")}
      onClose={onClose}
      width={wide ? 600 : 424}
      actions={actions}
    >
      <div className={classes.sides}>
        {leaving}
        {status.data === undefined && status.error === null && <LoadingShape rows={3} />}
        {off && (
          <Alert color="attention" p="sm">
            {t("attendance.live.off")} {t("attendance.live.byHand")}
          </Alert>
        )}
        {status.data?.on === true && status.data.models.problem !== null && (
          <Alert color="wrong" p="sm" title={t("attendance.live.noModels")}>
            {say(status.data.models.problem)} {say(status.data.models.help)} {t("attendance.live.byHand")}
          </Alert>
        )}
        {live === null && !off && (
          <>
            <Text size="sm" c="dimmed">
              {t("attendance.live.intro")}
            </Text>
            {source}
          </>
        )}
        {live !== null && (
          <>
            {adding && (
              <section className={classes.adding} aria-label={t("attendance.live.add")}>
                {source}
              </section>
            )}
            <Cameras live={live} onRemove={remove} />
            {failure !== null && (
              <Alert color="wrong" role="alert" p="xs">
                {errorText(failure)}
              </Alert>
            )}
            {live.problem !== null && (
              <Alert color="attention" role="alert" p="xs">
                {errorText(live.problem)} {live.problem.help}
              </Alert>
            )}
            {live.enrolled === 0 && (
              <Alert color="attention" p="xs">
                {t("attendance.live.nobodyEnrolled")}
              </Alert>
            )}
            <Unsure
              faces={unsure}
              students={students}
              listed={listed}
              onDecide={(track, right) => correct({ track }, right)}
            />
            <section className={classes.section} aria-label={t("attendance.live.proposed")}>
              <div className={classes.sectionHead}>
                <strong>{t("attendance.live.proposed")}</strong>
                {all.length > 0 && (
                  <span className={classes.hint}>
                    <bdi>{t("attendance.live.confirmKey")}</bdi> <Keys keys="mod+Enter" />
                  </span>
                )}
              </div>
              <Proposed
                proposals={proposed}
                students={students}
                listed={listed}
                onConfirm={(student) => confirm([student])}
                onCorrect={(wrong, right) => correct({ wrong }, right)}
              />
            </section>
            <Unknown live={live} students={students} />
            <Missing students={live.missing} listed={listed} />
            <Present students={live.present} listed={listed} />
            <Text size="xs" c="dimmed" className="figures">
              {t("attendance.live.figures", {
                recognised: live.proposed.length + live.present.filter((one) => one.recognised).length,
                enrolled: live.enrolled,
              })}{" "}
              · {t("camera.privacy")}
            </Text>
          </>
        )}
      </div>
    </Pane>
  );
}
