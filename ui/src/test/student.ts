// A student as the operations show one, for tests of screens.
import type { StudentDetails } from "../bindings/StudentDetails";

export const aStudent: StudentDetails = {
  id: "1",
  school: "s",
  number: "1007",
  givenName: "Mina",
  middleName: null,
  familyName: "Okonkwo",
  preferredName: null,
  nativeName: null,
  birthDate: null,
  sex: null,
  email: null,
  phone: null,
  gradeLevel: null,
  status: "active",
  stays: [],
  leaves: [],
  createdAt: "2026-09-01T08:00:00Z",
  deletedAt: null,
  guardians: [],
  enrolments: [],
  enrolledOn: null,
  attendance: [],
  version: 3,
};
