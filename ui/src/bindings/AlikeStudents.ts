import type { SchoolId } from "./SchoolId";
import type { StudentId } from "./StudentId";
export type AlikeStudents = { school: SchoolId, givenName: string, familyName: string, birthDate?: string | null, besides?: StudentId | null, };
