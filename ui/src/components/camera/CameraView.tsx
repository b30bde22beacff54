// The live picture of a session with boxes and names over it, and in words what the camera is doing.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CameraStatus } from "../../bindings/CameraStatus";
import type { LiveFace } from "../../bindings/LiveFace";
import type { LiveState } from "../../bindings/LiveState";
import { watchCamera } from "../../camera";
import { errorText, type Translate } from "../../i18n";
import { Signal, type Tone } from "../Signal";
import { FaceBoxes, type FaceBox } from "./FaceBoxes";
import classes from "./camera.module.css";

export function cameraWords(camera: CameraStatus, t: Translate): { tone: Tone; text: string } {
  switch (camera.state) {
    case "connecting": return { tone: "neutral", text: t("camera.states.connecting") };
    case "running": return { tone: "good", text: t("camera.states.running") };
    case "ended": return { tone: "neutral", text: t("camera.states.ended") };
    case "retrying": return { tone: "attention", text: t("camera.states.retrying", { problem: t(`camera.problems.${camera.problem}`), count: Math.max(1, Math.ceil(camera.waitMs / 1000)) }) };
    case "lost": return { tone: "wrong", text: t("camera.states.lost", { problem: t(`camera.problems.${camera.problem}`) }) };
  }
}

function boxOf({ track, box, state, student }: LiveFace, live: LiveState, t: Translate): FaceBox {
  const near = live.unsure.find((face) => face.track === track)?.candidates[0]?.name;
  const enrolling = live.class === null;
  switch (state) {
    case "recognised": return { id: track, box, tone: "good", label: `✓ ${student?.name ?? ""}` };
    case "unsure": return { id: track, box, tone: "attention", label: `? ${near === undefined ? t("camera.faces.unsureNobody") : t("camera.faces.unsure", { name: near })}` };
    case "unknown": return { id: track, box, tone: "neutral", label: t("camera.faces.unknown") };
    case "looking": return { id: track, box, tone: "neutral", label: enrolling ? "" : t("camera.faces.looking") };
  }
}

interface CameraViewProps {
  /** As the session was started. */
  first: LiveState;
  onState: (state: LiveState) => void;
  onStop: () => void;
}

export function CameraView({ first, onState, onStop }: CameraViewProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [live, setLive] = useState(first);
  const [failure, setFailure] = useState<unknown>(null);
  const told = useRef(onState);
  useEffect(() => { told.current = onState; });
  const { session } = first;
  const number = first.cameras[0]?.camera ?? 0;
  useEffect(() => watchCamera(session, number, {
    draw: (picture) => {
      const on = canvas.current;
      if (on === null) return;
      if (on.width !== picture.width || on.height !== picture.height) Object.assign(on, { width: picture.width, height: picture.height });
      on.getContext("2d")?.drawImage(picture, 0, 0);
    },
    state: (state) => { setLive(state); told.current(state); },
    failed: setFailure,
  }), [session, number]);
  const camera = live.cameras.find((one) => one.camera === number);
  const status = camera?.status ?? { state: "ended" as const };
  const { tone, text } = cameraWords(status, t);
  const ended = status.state === "ended" || status.state === "lost";
  return (
    <div>
      <div className={classes.view}>
        <canvas ref={canvas} width={640} height={360} role="img" aria-label={t("camera.picture")} />
        <FaceBoxes faces={(camera?.faces ?? []).map((face) => boxOf(face, live, t))} />
      </div>
      <div className={classes.words}>
        <span role="status"><Signal tone={failure === null ? tone : "wrong"}>{failure === null ? text : errorText(failure)}</Signal></span>
        <Button variant="default" onClick={onStop}>{t(ended ? "camera.another" : "camera.stop")}</Button>
      </div>
      {live.problem !== null && <Signal tone="attention">{errorText(live.problem)}</Signal>}
    </div>
  );
}
