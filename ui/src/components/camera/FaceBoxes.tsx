// Boxes with names over a picture. Places are shares of it, so that they fit at every size; a picture
// is never mirrored, not even from right to left.
import type { Tone } from "../Signal";
import classes from "./camera.module.css";

export interface FaceBox {
  id: string | number;
  box: readonly [number, number, number, number];
  tone: Tone;
  label: string;
}

const share = (value: number) => `${100 * value}%`;

export function FaceBoxes({ faces }: { faces: readonly FaceBox[] }) {
  return (
    <div className={classes.boxes} dir="ltr">
      {faces
        .toSorted((one, other) => one.box[0] - other.box[0])
        .map(({ id, box: [left, top, width, height], tone, label }) => (
          <div
            key={id}
            className={classes.box}
            data-tone={tone}
            data-high={top < 0.12 || undefined}
            data-side={left + width / 2 > 0.5 ? "right" : "left"}
            style={{ left: share(left), top: share(top), width: share(width), height: share(height) }}
          >
            {label !== "" && <bdi className={classes.tag}>{label}</bdi>}
          </div>
        ))}
    </div>
  );
}
