// The camera beside the register: it proposes, a person confirms. Unsure faces wait on top.
import { Alert, Button, Text, Tooltip } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraSource } from "../../../bindings/CameraSource";
import type { LiveState } from "../../../bindings/LiveState";
import { confirmProposals, correctProposal, faceStatus, startAttendanceSession } from "../../../bindings/operations";
import type { RecordedAttendance } from "../../../bindings/RecordedAttendance";
import type { Register } from "../../../bindings/Register";
import { CameraView } from "../../../components/camera/CameraView";
import { SourceForm } from "../../../components/camera/SourceForm";
import { refusal } from "../../../components/change";
import { Pane } from "../../../components/Pane";
import { LoadingShape } from "../../../components/states";
import { offerUndo } from "../../../components/undo";
import { stopCamera } from "../../../camera";
import { Keys, useScreenKeys } from "../../../frame/keys";
import { queries } from "../../../session/queries";
import { usePlace } from "../../../session/session";
import classes from "../attendance.module.css";
import type { RegisterCells, Value } from "../cells";
import { fullName } from "../words";
import { PhotographCheck } from "./PhotographCheck";
import { Proposed, Unsure } from "./Proposals";

interface CameraPaneProps {
  cells: RegisterCells;
  register: Register;
  values: ReadonlyMap<string, Value>;
  /** Tells the register who is recognised and waits to be confirmed. */
  onSeen: (students: ReadonlySet<string>) => void;
  /** Gives the register what confirms a student. */
  onConfirmer: (confirm: () => (student: string) => void) => void;
  onClose: () => void;
}

export function CameraPane({ cells, register, values, onSeen, onConfirmer, onClose }: CameraPaneProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [live, setLive] = useState<LiveState | null>(null);
  const status = useQuery({ queryKey: ["settings", "face_status", school?.id], enabled: school !== null, queryFn: () => faceStatus({ school: school?.id ?? "" }) });
  const start = useMutation({ mutationFn: (source: CameraSource) => startAttendanceSession({ ...cells.of, source }), onSuccess: setLive });
  const session = live?.session;
  const stop = () => {
    if (session !== undefined) void stopCamera(session);
    setLive(null);
  };
  const names = (id: string) => { const row = register.students.find(({ student }) => student === id); return row === undefined ? "" : fullName(row); };

  /** Does something at the camera that writes into the register; offers to take it back. */
  const write = async (doing: () => Promise<RecordedAttendance>, said: (count: number) => string) => {
    try {
      await cells.kept.flush();
      const { cells: written, undo } = await doing();
      const kept = written.filter(({ result }) => result.outcome !== "saved").length;
      if (undo !== null) {
        cells.remember(undo);
        offerUndo(said(written.length - kept), () => cells.undoEntry(undo));
      }
      if (kept > 0) notifications.show({ message: t("attendance.live.kept") });
      await queries.invalidateQueries({ queryKey: cells.queryKey as unknown[] });
    } catch (reason) {
      refusal(reason);
    }
  };
  const confirm = (students: string[]) => {
    if (session === undefined || students.length === 0) return;
    void write(() => confirmProposals({ session, students }), (count) => t("attendance.live.confirmed", { count }));
  };
  const correct = (of: { wrong?: string; track?: number }, right: string | null) => {
    if (session === undefined) return;
    void write(() => correctProposal({ session, wrong: of.wrong ?? null, track: of.track ?? null, right }), () => t("attendance.live.corrected", { name: right === null ? "" : names(right) }));
  };
  const proposed = live?.proposed ?? [];
  const all = proposed.map(({ student }) => student);
  const seen = all.join(" ");
  useEffect(() => { onSeen(new Set(seen === "" ? [] : seen.split(" "))); }, [seen, onSeen]);
  useEffect(() => () => onSeen(new Set()), [onSeen]);
  useEffect(() => { onConfirmer(() => (student) => confirm([student])); }, [session]); // The session is all that it depends on.
  useScreenKeys(all.length > 0 ? [{ keys: "mod+S", label: t("attendance.live.confirmAll", { count: all.length }), run: () => confirm(all) }] : []);

  const students = register.students.map((row) => ({ value: row.student, label: fullName(row), marked: values.get(row.student)?.code !== null }));
  return (
    <Pane title={t("attendance.live.title")} label={t("attendance.live.title")} onClose={onClose} width={400}>
      <div className={classes.sides}>
        {status.data === undefined && status.error === null && <LoadingShape rows={3} />}
        {status.data?.on === false && <Alert color="attention" p="sm">{t("attendance.live.off")} {t("attendance.live.byHand")}</Alert>}
        {status.data?.on === true && status.data.models.problem !== null && <Alert color="wrong" p="sm" title={t("attendance.live.noModels")}>{status.data.models.problem} {status.data.models.help} {t("attendance.live.byHand")}</Alert>}
        {live === null && status.data?.on !== false && (
          <>
            <Text size="sm" c="dimmed">{t("attendance.live.intro")}</Text>
            <SourceForm onStart={(source) => start.mutate(source)} pending={start.isPending} failure={start.error} file={<PhotographCheck cells={cells} register={register} values={values} students={students} />} />
          </>
        )}
        {live !== null && (
          <>
            <CameraView key={live.session} first={live} onState={setLive} onStop={stop} />
            {live.enrolled === 0 && <Alert color="attention" p="xs">{t("attendance.live.nobodyEnrolled")}</Alert>}
            <Text size="xs" c="dimmed" className="figures">
              {t("attendance.live.figures", { recognised: live.proposed.length + live.present.filter((one) => one.recognised).length, enrolled: live.enrolled })} · {t("attendance.live.unknown", { count: live.unknown })} · {t("camera.privacy")}
            </Text>
            <Unsure faces={live.unsure} students={students} onDecide={(track, right) => correct({ track }, right)} />
            <section className={classes.section} aria-label={t("attendance.live.proposed")}>
              <div className={classes.sectionHead}>
                <strong>{t("attendance.live.proposed")}</strong>
                {all.length > 0 && <Tooltip label={<Keys keys="mod+S" />}><Button variant="light" onClick={() => confirm(all)}>{t("attendance.live.confirmAll", { count: all.length })}</Button></Tooltip>}
              </div>
              <Proposed proposals={proposed} students={students} onConfirm={(student) => confirm([student])} onCorrect={(wrong, right) => correct({ wrong }, right)} />
            </section>
          </>
        )}
      </div>
    </Pane>
  );
}
