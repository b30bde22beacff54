// Live sessions as the operations would describe them.
import type { LiveCamera } from "../bindings/LiveCamera";
import type { LiveState } from "../bindings/LiveState";

const camera: LiveCamera = {
  camera: 0,
  kind: "webcam",
  status: { state: "running" },
  sequence: 1,
  faces: [],
  health: {
    frames: 1,
    droppedBeforeDecoding: 0,
    droppedBeforeLooking: 0,
    broken: 0,
    milliseconds: {},
  } as unknown as LiveCamera["health"],
};

/** A session with one camera that runs, and what is named. */
export function liveState(over: Partial<LiveState> = {}, status: LiveCamera["status"] = camera.status): LiveState {
  return {
    session: "live1",
    purpose: "register",
    class: "c1",
    date: "2026-11-21",
    lesson: 0,
    cameras: [{ ...camera, status }],
    present: [],
    proposed: [],
    unsure: [],
    unknown: 0,
    unknownFaces: [],
    missing: [],
    enrolled: 4,
    guidance: [],
    turn: null,
    problem: null,
    kiosk: null,
    model: "test 1",
    ...over,
  };
}

/** A kiosk at the door. */
export function kioskState(
  over: Partial<NonNullable<LiveState["kiosk"]>> = {},
  more: Partial<LiveState> = {},
  status?: LiveCamera["status"],
): LiveState {
  return liveState(
    {
      purpose: "kiosk",
      class: null,
      date: null,
      kiosk: { prompt: "welcome", turns: null, greeting: null, sound: true, ...over },
      ...more,
    },
    status,
  );
}
