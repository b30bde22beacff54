// The times of a student at the school, as dated entries: coming, moving between homerooms, being away, leaving.
import type { EnrolmentRow } from "../../bindings/EnrolmentRow";
import type { LeaveRow } from "../../bindings/LeaveRow";
import type { StayRow } from "../../bindings/StayRow";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { dayBeside } from "../../days";

export type PlaceEntry = { id: string; day: string } & (
  | { kind: "came"; stay: StayRow }
  | { kind: "left"; stay: StayRow }
  | { kind: "leave"; leave: LeaveRow }
  | { kind: "homeroom"; class: string; from: string | null }
  | { kind: "out"; class: string }
);

/** On one day: what came first stands first. */
const order = ["came", "homeroom", "leave", "out", "left"] as const;

function homerooms(enrolments: readonly EnrolmentRow[], ends: ReadonlySet<string>): PlaceEntry[] {
  const rows = enrolments
    .filter(({ kind }) => kind === "homeroom")
    .toSorted((one, other) => one.start.localeCompare(other.start));
  return rows.flatMap((row, place): PlaceEntry[] => {
    const before = rows[place - 1];
    const next = rows[place + 1];
    const moved = before?.year === row.year && before.class !== row.class && before.end === dayBeside(row.start, -1);
    const inside: PlaceEntry = {
      kind: "homeroom",
      id: row.id,
      day: row.start,
      class: row.classTitle,
      from: moved ? before.classTitle : null,
    };
    const { end } = row;
    const goesOn = end === null || next?.start === dayBeside(end, 1) || ends.has(end);
    return goesOn ? [inside] : [inside, { kind: "out", id: `${row.id}-out`, day: end, class: row.classTitle }];
  });
}

/** Newest first. */
export function placeHistory({
  stays,
  leaves,
  enrolments,
}: Pick<StudentDetails, "stays" | "leaves" | "enrolments">): PlaceEntry[] {
  const ends = new Set(stays.flatMap(({ lastDay }) => (lastDay === null ? [] : [lastDay])));
  const entries: PlaceEntry[] = [
    ...stays.flatMap((stay): PlaceEntry[] => [
      { kind: "came", id: stay.id, day: stay.firstDay, stay },
      ...(stay.lastDay === null ? [] : [{ kind: "left" as const, id: `${stay.id}-left`, day: stay.lastDay, stay }]),
    ]),
    ...leaves.map((leave): PlaceEntry => ({ kind: "leave", id: leave.id, day: leave.firstDay, leave })),
    ...homerooms(enrolments, ends),
  ];
  return entries.toSorted(
    (one, other) => other.day.localeCompare(one.day) || order.indexOf(other.kind) - order.indexOf(one.kind),
  );
}
