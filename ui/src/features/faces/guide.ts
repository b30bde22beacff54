// Leads through an enrolment at the camera: which pose comes next, what to say now, and when a picture is taken.
// It knows states and times, no screen and no camera.

/** One picture each; three are needed, five are best. */
export const poses = ["straight", "left", "right", "again", "near"] as const;
export type Pose = (typeof poses)[number];

/** For how long a good picture must stay good before it is taken, in milliseconds. */
const hold = 700;
/** The same where nobody knows how far the head is turned: time to turn it. */
const holdUnknown = 2_500;
/** Degrees of the head to the side that count as straight, and from which it is turned. */
const straight = 12;

/** What the camera's session says now. */
export interface Seen {
  /** Whether a picture was looked at at all. */
  looked: boolean;
  /** The words for what has to be mended, by their codes; none: good for a photograph. */
  faults: readonly string[];
  /** How far the head is turned, in degrees, towards the person's own left; null where that is not known. */
  turn: number | null;
}

export type Say =
  | { kind: "waiting" }
  | { kind: "fault"; place: number }
  | { kind: "pose"; pose: Pose }
  | { kind: "back" }
  | { kind: "hold"; time: number }
  | { kind: "enough" };

/** Whether the head is where the pose wants it. Where it is not known every good picture will do. */
export function inPose(pose: Pose, turn: number | null): boolean {
  if (turn === null) return true;
  if (pose === "left") return turn > straight;
  if (pose === "right") return turn < -straight;
  return Math.abs(turn) <= straight;
}

/** What to say, `taken` pictures being there already. */
export function say({ looked, faults, turn }: Seen, taken: number): Say {
  const pose = poses[taken];
  if (pose === undefined) return { kind: "enough" };
  if (!looked) return { kind: "waiting" };
  const aside = pose === "left" || pose === "right";
  if (aside && faults[0] === "turned_aside" && faults.length === 1) return { kind: "back" };
  if (faults.length > 0) return { kind: "fault", place: 0 };
  return inPose(pose, turn)
    ? { kind: "hold", time: turn === null && taken > 0 ? holdUnknown : hold }
    : { kind: "pose", pose };
}

/** Since when it has been good without a break, in milliseconds. */
export interface Held {
  since: number | null;
}

/** What is held after this state, and whether the picture is taken now. */
export function follow(held: Held, said: Say, now: number): { held: Held; take: boolean } {
  if (said.kind !== "hold") return { held: { since: null }, take: false };
  if (held.since === null) return { held: { since: now }, take: false };
  // The next picture begins its own time.
  return now - held.since >= said.time ? { held: { since: null }, take: true } : { held, take: false };
}
