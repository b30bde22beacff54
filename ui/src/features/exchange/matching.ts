// Which column of a plain list holds what: chosen column by column, asked for field by field.
import type { ColumnMatching } from "../../bindings/ColumnMatching";

export type Field = keyof ColumnMatching;
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

/** What a column is said to hold. */
export function fieldOf(matching: ColumnMatching, header: string): Field | null {
  return fields.find((field) => matching[field] === header) ?? null;
}

/** Says that a column holds a field, or nothing; another column that held it holds nothing then. */
export function match(matching: ColumnMatching, header: string, field: Field | null): ColumnMatching {
  const next = { ...matching };
  for (const one of fields) if (next[one] === header) next[one] = null;
  if (field !== null) next[field] = header;
  return next;
}

/** What is still needed before the rows can be checked. */
export function lacking(matching: ColumnMatching): readonly ("number" | "name")[] {
  return [
    ...(matching.number === null ? ["number" as const] : []),
    ...(matching.fullName === null && matching.given === null && matching.family === null ? ["name" as const] : []),
  ];
}
