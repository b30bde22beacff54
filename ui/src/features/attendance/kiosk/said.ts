// What the screen at the door says in large letters: one thing at a time, a greeting first, then the camera's trouble.
import type { GreetingKind } from "../../../bindings/GreetingKind";
import type { KioskPrompt } from "../../../bindings/KioskPrompt";
import type { LiveState } from "../../../bindings/LiveState";
import type { Tone } from "../../../components/Signal";
import { cameraWords } from "../../../components/camera/words";
import { errorText, type Translate } from "../../../i18n";

/** A drawing beside the words; directions are those of the mirrored picture, whichever way the text runs. */
export type Sign =
  | "look"
  | "left"
  | "right"
  | "straight"
  | "nearer"
  | "still"
  | "move"
  | "here"
  | "late"
  | "office"
  | "camera";

export interface Said {
  tone: Tone;
  sign: Sign;
  headline: string;
  /** Only of a greeting. */
  name?: string;
  text: string;
  /** Of the turns that are asked for: done, and how many there are. */
  turns?: readonly [number, number];
}

const greetings: Record<GreetingKind, { tone: Tone; sign: Sign }> = {
  present: { tone: "good", sign: "here" },
  late: { tone: "attention", sign: "late" },
  already_here: { tone: "good", sign: "here" },
  see_office: { tone: "attention", sign: "office" },
};
const prompts: Record<KioskPrompt, { tone: Tone; sign: Sign }> = {
  welcome: { tone: "neutral", sign: "look" },
  come_nearer: { tone: "neutral", sign: "nearer" },
  hold_still: { tone: "neutral", sign: "still" },
  move_head: { tone: "neutral", sign: "move" },
  look_straight: { tone: "neutral", sign: "straight" },
  turn_left: { tone: "neutral", sign: "left" },
  turn_right: { tone: "neutral", sign: "right" },
  try_again: { tone: "attention", sign: "straight" },
  looks_flat: { tone: "attention", sign: "office" },
  go_to_office: { tone: "attention", sign: "office" },
};

/** `failure` is why the window gets no picture; none where it does. */
export function saidAtDoor(live: LiveState, failure: unknown, t: Translate): Said {
  const { kiosk } = live;
  const status = live.cameras[0]?.status ?? { state: "ended" as const };
  if (kiosk?.greeting != null) {
    const { kind, name, minutesLate } = kiosk.greeting;
    return {
      ...greetings[kind],
      name,
      headline: t(`attendance.kiosk.greetings.${kind}`),
      text:
        kind === "late" && minutesLate !== null
          ? t("attendance.kiosk.late", { count: minutesLate })
          : t(`attendance.kiosk.greetingTexts.${kind}`),
    };
  }
  if (failure !== null)
    return {
      tone: "wrong",
      sign: "camera",
      headline: t("attendance.kiosk.trouble"),
      text: `${t("attendance.kiosk.noCamera")} ${errorText(failure)}`,
    };
  if (status.state === "connecting")
    return {
      tone: "neutral",
      sign: "camera",
      headline: t("attendance.kiosk.connecting"),
      text: t("attendance.kiosk.connectingText"),
    };
  if (status.state !== "running")
    return {
      tone: "wrong",
      sign: "camera",
      headline: t("attendance.kiosk.trouble"),
      text: `${t("attendance.kiosk.noCamera")} ${cameraWords(status, t).text}`,
    };
  if (live.problem !== null)
    return {
      tone: "wrong",
      sign: "office",
      headline: t("attendance.kiosk.trouble"),
      text: [errorText(live.problem), live.problem.help].filter(Boolean).join(" "),
    };
  const prompt = kiosk?.prompt ?? "welcome";
  const text = t(`attendance.kiosk.promptTexts.${prompt}`);
  return {
    ...prompts[prompt],
    headline: t(`attendance.kiosk.prompts.${prompt}`),
    text,
    ...(kiosk?.turns == null ? {} : { turns: kiosk.turns }),
  };
}
