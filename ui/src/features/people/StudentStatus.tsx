// Where a student stands with the school.
import type { StudentDetails } from "../../bindings/StudentDetails";
import type { StudentStatus } from "../../bindings/StudentStatus";
import { Signal } from "../../components/Signal";
import { t } from "../../i18n";
import { formatDay } from "../../numbers";

export const statuses = [
  "active",
  "expected",
  "on_leave",
  "withdrawn",
  "graduated",
  "transferred",
] as const satisfies readonly StudentStatus[];

/** Whether the student has left, by today. */
export const hasLeft = ({ status }: Pick<StudentDetails, "status">) => ends.some((end) => end === status);

const ends = ["withdrawn", "graduated", "transferred"] as const satisfies readonly StudentStatus[];

/** What is said of whom has left, and of who leaves on a day ahead. */
const words = {
  withdrawn: { left: "people.place.leftOn", leaves: "people.place.leavesOn" },
  graduated: { left: "people.place.graduatedOn", leaves: "people.place.graduatesOn" },
  transferred: { left: "people.place.transferredOn", leaves: "people.place.transfersOn" },
} as const;

type Placed = Pick<StudentDetails, "status" | "stays" | "leaves">;

/** What the student is by today, with its day, and what is known to come; nothing where the student is simply there. */
export function standings({ status, stays, leaves }: Placed, today: string): string[] {
  const [latest] = stays;
  const end = latest?.lastDay ?? null;
  const said: string[] = [];
  if (status === "expected")
    said.push(
      latest === undefined
        ? t("people.status.expected")
        : t("people.place.expectedOn", { day: formatDay(latest.firstDay) }),
    );
  if (status === "on_leave") {
    const away = leaves.find(({ firstDay, lastDay }) => firstDay <= today && (lastDay === null || lastDay >= today));
    const until = away?.lastDay ?? null;
    said.push(until === null ? t("people.status.on_leave") : t("people.place.leaveUntil", { day: formatDay(until) }));
  }
  const left = ends.find((one) => one === status);
  if (left !== undefined) {
    said.push(end === null ? t(`people.status.${left}`) : t(words[left].left, { day: formatDay(end) }));
  } else if (end !== null) {
    said.push(t(words[latest?.exit ?? "withdrawn"].leaves, { day: formatDay(end) }));
  }
  return said;
}

export function Standing({ student, today }: { student: Placed; today: string }) {
  return standings(student, today).map((text) => (
    <Signal key={text} tone="neutral">
      {text}
    </Signal>
  ));
}
