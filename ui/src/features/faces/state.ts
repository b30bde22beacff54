// What the screens of `faces` ask, and how states and faults are said.
import { useQuery } from "@tanstack/react-query";
import { consentState, faceStatus } from "../../bindings/operations";
import type { FaceState } from "../../bindings/FaceState";
import type { PhotographFault } from "../../bindings/PhotographFault";
import { en } from "../../catalogue/en";

/** The tables that consent and enrolment are made of. */
export const faceTables = ["consents", "students", "enrolments", "settings"] as const;

export function fullName({ givenName, familyName }: { givenName: string; familyName: string }): string {
  return `${givenName} ${familyName}`.trim();
}

export function useFaceStatus(school: string) {
  return useQuery({ queryKey: ["settings", "face_status", school], queryFn: () => faceStatus({ school }) });
}

const most = 500;

/** One student out of the list, wherever in it; null where the person does not reach the student. */
export async function stateOf(school: string, of: string | undefined, student: string): Promise<FaceState | null> {
  for (let offset = 0; ; offset += most) {
    const { rows, total } = await consentState({ school, class: of ?? null, offset, limit: most });
    const found = rows.find((row) => row.student === student);
    if (found !== undefined) return found;
    if (rows.length === 0 || offset + rows.length >= total) return null;
  }
}

export function useStateOf(school: string, of: string | undefined, student: string) {
  return useQuery({ queryKey: ["face_templates", "state", school, of, student, ...faceTables], queryFn: () => stateOf(school, of, student) });
}

/** The catalogue's sentence for a fault; the operation's own where it has none. */
export function faultText({ code, message }: PhotographFault): string {
  const sentences: Record<string, string> = en.faces.faults;
  return sentences[code] ?? message;
}
