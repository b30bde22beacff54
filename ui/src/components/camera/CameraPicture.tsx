// The live picture of one camera with boxes over it, as high as it may be and never out of shape.
import { useEffect, useRef, useState } from "react";
import { watchPictures } from "../../camera";
import { useTranslation } from "../../i18n";
import { FaceBoxes, type FaceBox } from "./FaceBoxes";
import classes from "./camera.module.css";

interface CameraPictureProps {
  session: string;
  camera: number;
  faces: readonly FaceBox[];
  /** As in a mirror: for whoever stands in front of it. */
  mirrored?: boolean;
  /** The greatest height, such as `30vh`. */
  most?: string;
  label?: string;
  onFailure: (reason: unknown) => void;
}

export function CameraPicture({
  session,
  camera,
  faces,
  mirrored = false,
  most,
  label,
  onFailure,
}: CameraPictureProps) {
  const { t } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [shape, setShape] = useState(4 / 3);
  const failed = useRef(onFailure);
  useEffect(() => {
    failed.current = onFailure;
  });
  useEffect(
    () =>
      watchPictures(session, camera, {
        draw: (picture) => {
          const on = canvas.current;
          if (on === null) return;
          if (on.width !== picture.width || on.height !== picture.height) {
            Object.assign(on, { width: picture.width, height: picture.height });
            setShape(picture.width / picture.height);
          }
          on.getContext("2d")?.drawImage(picture, 0, 0);
        },
        failed: (reason) => failed.current(reason),
      }),
    [session, camera],
  );
  return (
    <div className={classes.view} style={most === undefined ? undefined : { maxWidth: `calc(${most} * ${shape})` }}>
      <canvas
        ref={canvas}
        width={640}
        height={480}
        role="img"
        aria-label={label ?? t("camera.picture")}
        data-mirrored={mirrored || undefined}
      />
      <FaceBoxes
        faces={
          mirrored
            ? faces.map((face) => ({
                ...face,
                box: [1 - face.box[0] - face.box[2], face.box[1], face.box[2], face.box[3]] as const,
              }))
            : faces
        }
      />
    </div>
  );
}
