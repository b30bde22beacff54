// Which class, student and page the screen shows, as the address holds it.
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { CardStep } from "../../bindings/CardStep";

export const steps = [
  "marks",
  "comments",
  "class_teacher",
  "principal",
  "ready",
] as const satisfies readonly CardStep[];
export type Step = CardStep;
/** The page, all comments on a student, one comment down the class. */
export const tabs = ["page", "comments", "subject"] as const;
export type Tab = (typeof tabs)[number];

export interface Place {
  class?: string;
  student?: string;
  tab?: Tab;
  /** Whose comment is written down the class: `class_teacher`, `principal`, `course:<id>`. */
  column?: string;
  /** Only the students who lack this. */
  lacking?: Step;
}

export function usePlaceOnScreen() {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const place: Place = {
    class: typeof raw.class === "string" ? raw.class : undefined,
    student: typeof raw.student === "string" ? raw.student : undefined,
    tab: tabs.find((tab) => tab === raw.tab),
    column: typeof raw.column === "string" ? raw.column : undefined,
    lacking: steps.find((step) => step === raw.lacking),
  };
  return {
    place,
    go: (next: Place, replace = false) => void navigate({ to: "/reports", search: { ...next }, replace }),
  };
}
