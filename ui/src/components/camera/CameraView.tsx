// A session with one camera: its picture with boxes and names over it, and in words what it is doing.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { LiveState } from "../../bindings/LiveState";
import { watchSession } from "../../camera";
import { errorText, useTranslation } from "../../i18n";
import { Signal } from "../Signal";
import { CameraPicture } from "./CameraPicture";
import classes from "./camera.module.css";
import { cameraWords, faceBox } from "./words";

interface CameraViewProps {
  /** As the session was started. */
  first: LiveState;
  onState: (state: LiveState) => void;
  onStop: () => void;
}

export function CameraView({ first, onState, onStop }: CameraViewProps) {
  const { t } = useTranslation();
  const [live, setLive] = useState(first);
  const [failure, setFailure] = useState<unknown>(null);
  const told = useRef(onState);
  useEffect(() => {
    told.current = onState;
  });
  const { session } = first;
  const number = first.cameras[0]?.camera ?? 0;
  useEffect(
    () =>
      watchSession(session, {
        state: (state) => {
          setLive(state);
          told.current(state);
        },
        failed: setFailure,
      }),
    [session],
  );
  const camera = live.cameras.find((one) => one.camera === number);
  const status = camera?.status ?? { state: "ended" as const };
  const { tone, text } = cameraWords(status, t);
  const ended = status.state === "ended" || status.state === "lost";
  return (
    <div>
      <CameraPicture
        session={session}
        camera={number}
        faces={(camera?.faces ?? []).map((face) => faceBox(face, live, t))}
        onFailure={setFailure}
      />
      <div className={classes.words}>
        <span role="status">
          <Signal tone={failure === null ? tone : "wrong"}>{failure === null ? text : errorText(failure)}</Signal>
        </span>
        <Button variant="default" onClick={onStop}>
          {t(ended ? "camera.another" : "camera.stop")}
        </Button>
      </div>
      {live.problem !== null && <Signal tone="attention">{errorText(live.problem)}</Signal>}
    </div>
  );
}
