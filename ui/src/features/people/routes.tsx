// Students, guardians and staff: lists, what is known of each, and the search in the top bar.
import { IconIdBadge2, IconUser, IconUsers } from "@tabler/icons-react";
import { guardian as askGuardian, searchPeople, staffMember, student as askStudent } from "../../bindings/operations";
import type { PersonHit } from "../../bindings/PersonHit";
import { t } from "../../i18n";
import type { Feature, Hit } from "../../registry";
import { listName } from "../../names";
import { classesInShort } from "../classes/kinds";

function hits(people: readonly PersonHit[]): Hit[] {
  return people.map((person) => {
    const names = [listName(person), person.nativeName].filter((name) => name !== null).join(" · ");
    if (person.kind === "staff")
      return { id: person.id, label: names, description: person.detail, path: `/staff/${person.id}` };
    // A guardian is found on the telephone to speak of the child.
    const description =
      person.kind === "guardian"
        ? t(person.noAccess ? "people.found.noAccess" : "people.found.guardian", { students: person.detail })
        : [person.number, person.detail].filter((part) => part !== null && part !== "").join(" · ");
    return { id: person.id, label: names, description, path: `/students/${person.students[0] ?? person.id}` };
  });
}

const openedStudent = async (id: string): Promise<Hit | null> => {
  const student = await askStudent({ student: id });
  const current = student.enrolments.filter((enrolment) => enrolment.current);
  const short = classesInShort(current.map(({ classTitle: title, kind }) => ({ title, kind })));
  const description = [student.number, short].filter((part) => part !== "").join(" · ");
  return student.deletedAt === null ? { id, label: listName(student), description, path: `/students/${id}` } : null;
};

export const feature: Feature = {
  name: "people",
  screens: [
    { path: "/students/{-$open}", load: () => import("./StudentsScreen") },
    { path: "/guardians/{-$open}", load: () => import("./GuardiansScreen") },
    { path: "/same-guardians", load: () => import("./SameGuardians") },
    { path: "/transfers", load: () => import("./transfers/TransfersScreen") },
    { path: "/staff/{-$open}", load: () => import("./StaffScreen") },
    { path: "/me", load: () => import("./OwnScreen") },
  ],
  rail: [
    {
      label: (t) => t("people.own.rail"),
      icon: IconUser,
      path: "/me",
      order: 5,
      operations: ["people.student"],
      unless: ["people.list_students"],
    },
    {
      label: (t) => t("people.rail.students"),
      icon: IconUsers,
      path: "/students",
      also: ["/guardians"],
      order: 20,
      operations: ["people.list_students"],
    },
    {
      label: (t) => t("people.rail.staff"),
      icon: IconIdBadge2,
      path: "/staff",
      order: 118,
      lower: true,
      operations: ["people.list_staff"],
    },
  ],
  actions: [
    {
      id: "new-student",
      label: (t) => t("people.students.new"),
      path: "/students/new",
      keywords: (t) => t("people.keywords.new"),
      operations: ["people.save_student"],
    },
    {
      id: "guardians",
      label: (t) => t("people.guardians.title"),
      path: "/guardians",
      keywords: (t) => t("people.keywords.guardians"),
      operations: ["people.list_guardians"],
    },
    {
      id: "same-guardians",
      label: (t) => t("people.same.title"),
      path: "/same-guardians",
      keywords: (t) => t("people.keywords.same"),
      operations: ["people.merge_guardians"],
    },
    {
      id: "transfers",
      label: (t) => t("people.transfers.title"),
      path: "/transfers",
      keywords: (t) => t("people.keywords.transfers"),
      operations: ["people.transfers"],
    },
    {
      id: "new-staff",
      label: (t) => t("people.staff.new"),
      path: "/staff/new",
      keywords: (t) => t("people.keywords.staffNew"),
      operations: ["people.save_staff"],
    },
  ],
  opened: [
    { base: "/students", operation: "people.student", find: openedStudent },
    {
      base: "/guardians",
      operation: "people.guardian",
      find: async (id) => ({
        id,
        label: listName((await askGuardian({ guardian: id })).guardian),
        path: `/guardians/${id}`,
      }),
    },
    {
      base: "/staff",
      operation: "people.staff_member",
      find: async (id) => ({ id, label: listName((await staffMember({ staff: id })).staff), path: `/staff/${id}` }),
    },
  ],
  search: (["student", "staff", "guardian"] as const).map((kind) => ({
    label: (t) => t(`people.found.${kind}s`),
    order: { student: 10, staff: 60, guardian: 90 }[kind],
    operations: ["people.search_people"],
    find: async (text, school) => (school === null ? [] : hits(await searchPeople({ school, text, kind }))),
  })),
};
