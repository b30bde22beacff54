// The cameras and photographs of a session side by side, each with what it is doing and a way to let it go.
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { LiveCamera } from "../../../bindings/LiveCamera";
import type { LiveState } from "../../../bindings/LiveState";
import { CameraPicture } from "../../../components/camera/CameraPicture";
import { cameraWords, faceBox } from "../../../components/camera/words";
import { Signal } from "../../../components/Signal";
import { errorText, useTranslation, type Translate } from "../../../i18n";
import classes from "../attendance.module.css";

/** "Webcam", or "Webcam 2" where there are several of a kind. */
export function cameraName(camera: LiveCamera, all: readonly LiveCamera[], t: Translate): string {
  const kind = t(`attendance.live.kinds.${camera.kind}`);
  const same = all.filter((one) => one.kind === camera.kind);
  return same.length === 1 ? kind : t("attendance.live.nthCamera", { kind, nth: same.indexOf(camera) + 1 });
}

export function Cameras({ live, onRemove }: { live: LiveState; onRemove: (camera: number) => void }) {
  const { t } = useTranslation();
  const { cameras } = live;
  return (
    <ul
      className={classes.cameras}
      data-several={cameras.length > 1 || undefined}
      aria-label={t("attendance.live.cameras")}
    >
      {cameras.map((camera) => (
        <Camera
          key={camera.camera}
          live={live}
          camera={camera}
          name={cameraName(camera, cameras, t)}
          several={cameras.length > 1}
          onRemove={() => onRemove(camera.camera)}
        />
      ))}
    </ul>
  );
}

function Camera({
  live,
  camera,
  name,
  several,
  onRemove,
}: {
  live: LiveState;
  camera: LiveCamera;
  name: string;
  several: boolean;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const [failure, setFailure] = useState<unknown>(null);
  const still = camera.kind === "photograph";
  const { tone, text } =
    failure !== null
      ? { tone: "wrong" as const, text: errorText(failure) }
      : still
        ? { tone: "neutral" as const, text: t("attendance.live.facesFound", { count: camera.faces.length }) }
        : cameraWords(camera.status, t);
  return (
    <li className={classes.camera}>
      <CameraPicture
        session={live.session}
        camera={camera.camera}
        faces={camera.faces.map((face) => faceBox(face, live, t))}
        most={several ? "24vh" : "32vh"}
        label={still ? name : t("attendance.live.pictureOf", { name })}
        onFailure={setFailure}
      />
      <div className={classes.cameraWords}>
        <span>
          <strong>{name}</strong>{" "}
          <span role="status">
            <Signal tone={tone} {...(still ? { sign: "▣" } : {})}>
              {text}
            </Signal>
          </span>
        </span>
        <Tooltip label={t(still ? "attendance.live.removePhotograph" : "attendance.live.removeCamera")}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t("attendance.live.remove", { name })}
            onClick={onRemove}
          >
            <IconX size="1rem" />
          </ActionIcon>
        </Tooltip>
      </div>
    </li>
  );
}
