// What a student's card lacks, in words, and who comes next in the list.
import type { CardProblemCode } from "../../bindings/CardProblemCode";
import type { ReportCardReadiness } from "../../bindings/ReportCardReadiness";
import type { StudentReadiness } from "../../bindings/StudentReadiness";
import type { Translate } from "../../i18n";

/** How many letters a sentence names. */
const shownLetters = 6;

/** Letters with their code points, because the screen may lack them as the printer does. */
function lettersText(letters: readonly string[]): string {
  const shown = letters
    .slice(0, shownLetters)
    .map((letter) => `${letter} (U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")})`);
  return [...shown, ...(letters.length > shownLetters ? ["…"] : [])].join(", ");
}

export function problemText(
  { code, letters }: { code: CardProblemCode; letters: readonly string[] },
  t: Translate,
): string {
  return t(`reports.problems.${code}`, { letters: lettersText(letters) });
}

export function lackingText(
  student: StudentReadiness,
  { coursesWithoutAssessments }: Pick<ReportCardReadiness, "coursesWithoutAssessments">,
  t: Translate,
): string {
  const parts: string[] = [];
  const lacks = new Set(student.lacking);
  if (lacks.has("marks") && student.marksNotEntered > 0)
    parts.push(t("reports.lacks.marks", { count: student.marksNotEntered }));
  // Where nothing is assessed there is no result: no more of the class's courses than that are the student's.
  const unassessed = Math.min(coursesWithoutAssessments, student.coursesWithoutResult);
  if (lacks.has("marks") && unassessed > 0) parts.push(t("reports.lacks.assessments", { count: unassessed }));
  if (lacks.has("marks") && student.subjects === 0) parts.push(t("reports.lacks.subjects"));
  if (lacks.has("comments"))
    parts.push(t("reports.lacks.comments", { written: student.courseComments, count: student.subjects }));
  if (lacks.has("class_teacher")) parts.push(t("reports.lacks.classTeacher"));
  if (lacks.has("principal")) parts.push(t("reports.lacks.principal"));
  return parts.join(", ");
}

/**
 * The place so many on from a student among those shown. One who is not shown any more, because what
 * was lacking is written now, stands between those who come before and after in the class.
 */
export function placeFrom(
  all: readonly StudentReadiness[],
  shown: readonly StudentReadiness[],
  open: string | undefined,
  by: number,
): number {
  const places = new Map(all.map(({ student }, place) => [student.id, place]));
  const at = places.get(open ?? "") ?? -1;
  const found = shown.findIndex(({ student }) => (places.get(student.id) ?? 0) >= at);
  const here = found === -1 ? shown.length : found;
  return here + by - (by > 0 && shown[here]?.student.id !== open ? 1 : 0);
}
