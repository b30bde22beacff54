// What a camera is doing and what its faces are, in words.
import type { CameraStatus } from "../../bindings/CameraStatus";
import type { LiveFace } from "../../bindings/LiveFace";
import type { LiveState } from "../../bindings/LiveState";
import type { Translate } from "../../i18n";
import type { Tone } from "../Signal";
import type { FaceBox } from "./FaceBoxes";

export function cameraWords(camera: CameraStatus, t: Translate): { tone: Tone; text: string } {
  switch (camera.state) {
    case "connecting":
      return { tone: "neutral", text: t("camera.states.connecting") };
    case "running":
      return { tone: "good", text: t("camera.states.running") };
    case "ended":
      return { tone: "neutral", text: t("camera.states.ended") };
    case "retrying":
      return {
        tone: "attention",
        text: t("camera.states.retrying", {
          problem: t(`camera.problems.${camera.problem}`),
          count: Math.max(1, Math.ceil(camera.waitMs / 1000)),
        }),
      };
    case "lost":
      return { tone: "wrong", text: t("camera.states.lost", { problem: t(`camera.problems.${camera.problem}`) }) };
  }
}

/** The box of a face with what is known of it: always with a sign, not by its colour alone. */
export function faceBox({ track, box, state, student }: LiveFace, live: LiveState, t: Translate): FaceBox {
  const unsure = live.unsure.find((face) => face.track === track);
  const near = unsure?.candidates[0]?.name;
  switch (state) {
    case "recognised":
      return { id: track, box, tone: "good", label: `✓ ${student?.name ?? ""}` };
    case "unsure":
      return {
        id: track,
        box,
        tone: "attention",
        label:
          unsure?.reason === "looks_flat"
            ? `? ${t("camera.faces.flat")}`
            : near === undefined
              ? `? ${t("camera.faces.unsureNobody")}`
              : t("camera.faces.unsure", { name: near }),
      };
    case "unknown":
      return { id: track, box, tone: "neutral", label: t("camera.faces.unknown") };
    case "looking":
      return { id: track, box, tone: "neutral", label: live.purpose === "register" ? t("camera.faces.looking") : "" };
  }
}
