// Who agrees, as it is chosen and as the operation takes it.
import type { RecordConsent } from "../../bindings/RecordConsent";

/** `who` is a guardian's id, `own` for the student, or `other` for somebody who is named. */
export function giverOf({
  who,
  givenBy,
  relationship,
}: {
  who: string;
  givenBy: string;
  relationship: string;
}): Pick<RecordConsent, "guardian" | "own" | "givenBy" | "relationship"> {
  if (who === "own") return { own: true };
  if (who === "other") return { givenBy: givenBy.trim(), relationship: relationship.trim() };
  return { guardian: who };
}
