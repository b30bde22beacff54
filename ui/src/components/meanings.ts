// The meanings of attendance codes in their order, and the tone in which each is drawn.
import type { AttendanceMeaning } from "../bindings/AttendanceMeaning";
import type { Tone } from "./Signal";

export const meanings = ["present", "late", "absent", "excused"] as const satisfies readonly AttendanceMeaning[];

export const toneOf: Record<AttendanceMeaning, Tone> = {
  present: "good",
  late: "attention",
  absent: "wrong",
  excused: "neutral",
};

/** None of any meaning, to count from. */
export function noMeanings(): Record<AttendanceMeaning, number> {
  return { present: 0, late: 0, absent: 0, excused: 0 };
}
