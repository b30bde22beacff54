// Pictures taken at the camera: what to mend is said in words, and only a good picture is taken.
import { Button, Text, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraSource } from "../../bindings/CameraSource";
import type { LiveState } from "../../bindings/LiveState";
import { captureFrame, startEnrolmentSession } from "../../bindings/operations";
import { stopCamera } from "../../camera";
import { CameraView } from "../../components/camera/CameraView";
import { SourceForm } from "../../components/camera/SourceForm";
import { Keys, useScreenKeys } from "../../frame/keys";
import { errorText } from "../../i18n";
import classes from "./faces.module.css";
import { faultText } from "./state";

export function EnrolCamera({ student, taken, most, onTaken }: { student: string; taken: number; most: number; onTaken: (upload: string) => void }) {
  const { t } = useTranslation();
  const [live, setLive] = useState<LiveState | null>(null);
  const [poor, setPoor] = useState<string | null>(null);
  const start = useMutation({ mutationFn: (source: CameraSource) => startEnrolmentSession({ student, source }), onSuccess: setLive });
  const capture = useMutation({
    mutationFn: (session: string) => captureFrame({ session }),
    onSuccess: ({ upload, faults }) => {
      setPoor(faults.length === 0 ? null : t("faces.enrol.poor", { reasons: faults.map(faultText).join(" ") }));
      if (faults.length === 0) onTaken(upload);
    },
    onError: (reason) => setPoor(errorText(reason)),
  });
  const take = () => { if (live !== null && taken < most && !capture.isPending) capture.mutate(live.session); };
  useScreenKeys(live === null ? [] : [{ keys: "mod+Enter", label: t("faces.enrol.capture"), run: take }]);
  if (live === null) return <SourceForm onStart={(source) => start.mutate(source)} pending={start.isPending} failure={start.error} />;
  // Before the first picture was looked at there is nothing to mend, and nothing to take.
  const looked = live.camera.state === "running" && (live.faces.length > 0 || live.guidance.length > 0);
  const guidance = live.guidance[0];
  return (
    <>
      <CameraView key={live.session} first={live} onState={setLive} onStop={() => { void stopCamera(live.session); setLive(null); }} />
      <p className={classes.guidance} data-good={(looked && guidance === undefined) || undefined} role="status" aria-live="polite">
        {!looked ? t("faces.enrol.waiting") : guidance === undefined ? `✓ ${t("faces.enrol.ready")}` : faultText(guidance)}
      </p>
      <Tooltip label={<Keys keys="mod+Enter" />}><Button onClick={take} loading={capture.isPending} disabled={taken >= most}>{t("faces.enrol.capture")}</Button></Tooltip>
      {poor !== null && <Text size="xs" c="var(--wrong-text)" role="alert">{poor}</Text>}
      <Text size="xs" c="dimmed">{t("camera.privacy")}</Text>
    </>
  );
}
