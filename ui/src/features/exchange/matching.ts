// Which column of a plain list holds what: chosen column by column, asked for field by field.
import type { ColumnMatching } from "../../bindings/ColumnMatching";
import type { ListKind } from "../../bindings/ListKind";

export type Field = Exclude<keyof ColumnMatching, "own" | "marksOf">;
/** A column that is called as a subject and holds its marks, of which there may be several. */
export const subjectMarks = "marksOf";
export type SubjectMarks = typeof subjectMarks;
/** A field that the school made, as a choice beside the others. */
export type OwnField = `own:${string}`;
export const ownField = (id: string): OwnField => `own:${id}`;
export const fields = [
  "number",
  "given",
  "middle",
  "family",
  "family2",
  "fullName",
  "preferred",
  "nativeName",
  "birthDate",
  "sex",
  "class",
  "section",
  "grade",
  "email",
  "phone",
  "guardianName",
  "guardianGiven",
  "guardianFamily",
  "guardianRelation",
  "guardianPhone",
  "guardianEmail",
  "guardian2Name",
  "guardian2Given",
  "guardian2Family",
  "guardian2Relation",
  "guardian2Phone",
  "guardian2Email",
  "guardian3Name",
  "guardian3Given",
  "guardian3Family",
  "guardian3Relation",
  "guardian3Phone",
  "guardian3Email",
] as const satisfies readonly Field[];

const names = ["number", "given", "family", "family2", "fullName"] as const satisfies readonly Field[];

/** What a list of each kind may hold, in the order in which it is offered. */
export const fieldsOf: Readonly<Record<ListKind, readonly Field[]>> = {
  students: fields,
  staff: [...names, "nativeName", "email", "phone", "jobTitle", "firstDay", "username", "role"],
  classes: ["class", "section", "year", "classKind", "grade", "homeroomTeacher", "places", "room"],
  courses: ["class", "section", "subject", "teachers"],
  enrolments: [...names, "birthDate", "class", "section", "year", "firstDay", "lastDay"],
  guardians: [
    ...names,
    "birthDate",
    "guardianName",
    "guardianGiven",
    "guardianFamily",
    "guardianRelation",
    "guardianPhone",
    "guardianEmail",
    "primary",
  ],
  marks: [
    ...names,
    "birthDate",
    "year",
    "yearStart",
    "yearEnd",
    "term",
    "subject",
    "class",
    "section",
    "classKind",
    "assessment",
    "category",
    "mark",
    "maximum",
    "date",
  ],
  attendance: [...names, "birthDate", "date", "attendance", "minutesLate", "remark"],
};
/** In the order in which a school is set up by them. */
export const kinds = Object.keys(fieldsOf) as readonly ListKind[];

const all: readonly Field[] = [...new Set(Object.values(fieldsOf).flat())];

/** What a column is said to hold. */
export function fieldOf(matching: ColumnMatching, header: string): Field | SubjectMarks | OwnField | null {
  if (matching.marksOf.includes(header)) return subjectMarks;
  const own = Object.entries(matching.own).find(([, held]) => held === header);
  return all.find((field) => matching[field] === header) ?? (own === undefined ? null : ownField(own[0]));
}

/** Says that a column holds a field, or nothing; another column that held it holds nothing then. */
export function match(
  matching: ColumnMatching,
  header: string,
  field: Field | SubjectMarks | OwnField | null,
): ColumnMatching {
  const others = Object.entries(matching.own).filter(([, held]) => held !== header);
  const marksOf = matching.marksOf.filter((held) => held !== header);
  const next: ColumnMatching = { ...matching, marksOf, own: Object.fromEntries(others) };
  for (const one of all) if (next[one] === header) next[one] = null;
  const usual = all.find((one) => one === field);
  if (usual !== undefined) next[usual] = header;
  else if (field === subjectMarks) next.marksOf.push(header);
  else if (field !== null) next.own[field.slice(ownField("").length)] = header;
  return next;
}

export type Lacking = "number" | "name" | "class" | "subject" | "student" | "guardian" | "mark" | "day" | "attendance";

/** What is still needed before the rows can be checked. */
export function lacking(kind: ListKind, matching: ColumnMatching): readonly Lacking[] {
  const has = (...some: readonly Field[]) => some.some((field) => matching[field] !== null);
  const name = has("fullName", "given", "family");
  const needed: Readonly<Record<ListKind, readonly (readonly [Lacking, boolean])[]>> = {
    students: [
      ["number", has("number")],
      ["name", name],
    ],
    staff: [["name", name]],
    classes: [["class", has("class")]],
    courses: [
      ["class", has("class")],
      ["subject", has("subject")],
    ],
    enrolments: [
      ["student", has("number") || name],
      ["class", has("class")],
    ],
    guardians: [
      ["student", has("number") || name],
      ["guardian", has("guardianName", "guardianGiven", "guardianFamily")],
    ],
    marks: [
      ["student", has("number") || name],
      ["subject", has("subject") || matching.marksOf.length > 0],
      ["mark", has("mark") || matching.marksOf.length > 0],
    ],
    attendance: [
      ["student", has("number") || name],
      ["day", has("date")],
      ["attendance", has("attendance")],
    ],
  };
  return needed[kind].filter(([, there]) => !there).map(([what]) => what);
}
