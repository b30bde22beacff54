// What the screens of `faces` ask, and how states and faults are said.
import { useQuery } from "@tanstack/react-query";
import { consentState, faceStatus, lookAlikes } from "../../bindings/operations";
import type { LookAlike } from "../../bindings/LookAlike";
import type { FaceState } from "../../bindings/FaceState";
import type { PhotographFault } from "../../bindings/PhotographFault";
import { named } from "../../i18n";
import { queries } from "../../session/queries";
import { say } from "../../words";

export function useFaceStatus(school: string) {
  return useQuery({
    ...faceStatus.query({ school }),
  });
}

/** What is asked about faces is asked again: this window has changed it. */
export function facesChanged(): void {
  for (const { key: queryKey } of [faceStatus, consentState, lookAlikes]) void queries.invalidateQueries({ queryKey });
}

/** One student; null where the person does not reach the student. */
export function useStateOf(school: string, student: string) {
  return useQuery({
    ...consentState.query({ school, student, offset: 0, limit: 1 }),
    select: ({ rows }): FaceState | null => rows[0] ?? null,
  });
}

/** How many templates there are, of whatever model. */
export const templatesOf = ({ templates, outdatedTemplates }: FaceState): number => templates + outdatedTemplates;

/** Whether anything of the face is held. */
export const holdsAnything = (state: FaceState): boolean => templatesOf(state) + state.photographs + state.evidence > 0;

/** The catalogue's sentence for a fault; the operation's own where it has none. */
export function faultText({ code, message }: PhotographFault): string {
  return named("faces.faults", code) ?? say(message);
}

/** Who is enrolled already and looks the same, where an enrolment was refused for it. */
export function takenBy(details: unknown): string {
  if (
    typeof details !== "object" ||
    details === null ||
    !("lookAlikes" in details) ||
    !Array.isArray(details.lookAlikes)
  )
    return "";
  return (details.lookAlikes as readonly LookAlike[]).map(({ name, number }) => `${name} (${number})`).join(", ");
}
