// What a student's card lacks, in words.
import type { ReadinessProblem } from "../../bindings/ReadinessProblem";
import type { ReportCardReadiness } from "../../bindings/ReportCardReadiness";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import { en } from "../../catalogue/en";
import type { Translate } from "../../i18n";
import type { Step } from "./ask";

/** Whether the student still lacks what a step is about. Where there is no assessment yet, all lack marks. */
export function lacks(student: StudentReadiness, step: Step, { courses, assessments }: Pick<ReportCardReadiness, "courses" | "assessments">): boolean {
  switch (step) {
    case "marks": return student.marksNotEntered > 0 || assessments === 0;
    case "comments": return student.courseComments < courses;
    case "classTeacher": return !student.classTeacherComment;
    case "principal": return !student.principalComment;
    case "ready": return !student.ready;
  }
}

/** The catalogue's sentence for a problem; the operation's own where it has none. */
export function problemText({ code, message }: Pick<ReadinessProblem, "code" | "message">): string {
  const sentences: Record<string, string> = en.reports.problems;
  return sentences[code] ?? message;
}

export function lackingText(student: StudentReadiness, courses: number, t: Translate): string {
  const parts: string[] = [];
  if (student.marksNotEntered > 0) parts.push(t("reports.lacks.marks", { count: student.marksNotEntered }));
  else if (student.coursesWithoutResult > 0) parts.push(t("reports.lacks.results", { count: student.coursesWithoutResult }));
  if (student.courseComments < courses) parts.push(t("reports.lacks.comments", { written: student.courseComments, courses }));
  if (!student.classTeacherComment) parts.push(t("reports.lacks.classTeacher"));
  if (!student.principalComment) parts.push(t("reports.lacks.principal"));
  return parts.join(", ");
}
