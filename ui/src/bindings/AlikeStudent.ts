import type { ClassRef } from "./ClassRef";
import type { StudentId } from "./StudentId";
import type { StudentStatus } from "./StudentStatus";
export type AlikeStudent = { id: StudentId, number: string, givenName: string, familyName: string, birthDate: string | null, status: StudentStatus, classes: Array<ClassRef>, deleted: boolean, };
