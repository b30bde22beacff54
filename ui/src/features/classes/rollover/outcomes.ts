// What may become of a homeroom or a student, as the choices of one field.
import type { RolloverClass } from "../../../bindings/RolloverClass";
import type { RolloverOutcome } from "../../../bindings/RolloverOutcome";
import type { RolloverPlan } from "../../../bindings/RolloverPlan";
import type { RolloverStudent } from "../../../bindings/RolloverStudent";
import { t } from "../../../i18n";
import { byTitle } from "../../../names";

/** What is decided; without an outcome nothing of its own. */
export interface Decision {
  outcome: RolloverOutcome | null;
  /** The homeroom of the new year, where there is one. */
  title: string | null;
}
export interface Choice {
  value: string;
  label: string;
}
export interface Choices {
  group: string;
  items: Choice[];
}

/** What stands for nothing decided: the rule decides about a homeroom, the homeroom about a student. */
export const undecided = "undecided";

/** A decision as the value of a field. */
export function valueFor({ outcome, title }: Decision): string {
  if (outcome === null) return undecided;
  return title === null ? outcome : `${outcome}:${title}`;
}

const outcomes = ["moves", "repeats", "leaves", "graduates"] as const satisfies readonly RolloverOutcome[];

/** The decision that a value stands for. */
export function decisionOf(value: string): Decision {
  const [word, ...rest] = value.split(":");
  const outcome = outcomes.find((one) => one === word) ?? null;
  return { outcome, title: rest.length === 0 ? null : rest.join(":") };
}

const moves = (titles: readonly string[]): Choices => ({
  group: t("classes.rollover.choice.moves"),
  items: titles.map((title) => ({ value: valueFor({ outcome: "moves", title }), label: title })),
});
const ends = (nothing: string): Choices => ({
  group: t("classes.rollover.choice.others"),
  items: [
    { value: "graduates", label: t("classes.rollover.choice.graduates") },
    { value: "leaves", label: t("classes.rollover.choice.leaves") },
    { value: undecided, label: nothing },
  ],
});

/** The titles with one that is chosen and not among them. */
const withOwn = (titles: readonly string[], own: string | null) =>
  own === null || titles.includes(own) ? titles : [own, ...titles];

/** What may become of a homeroom. */
export function classChoices(row: Pick<RolloverClass, "to">, homerooms: readonly string[]): Choices[] {
  return [moves(withOwn(homerooms, row.to)), ends(t("classes.rollover.choice.byRule"))];
}

/** What stands in the field of a homeroom; nothing where no rule says it. */
export function classValue({ outcome, to }: Pick<RolloverClass, "outcome" | "to">): string | null {
  return outcome === null ? null : valueFor({ outcome, title: to });
}

/** What becomes of the homeroom of a student, in the words of a student's field. */
function asClass(home: RolloverClass | undefined): string {
  if (home === undefined) return t("classes.rollover.choice.nothing");
  switch (home.outcome) {
    case "moves":
    case "repeats":
      return t("classes.rollover.choice.asClassMoves", { class: home.to ?? "" });
    case "leaves":
      return t("classes.rollover.choice.asClassLeaves");
    case "graduates":
      return t("classes.rollover.choice.asClassGraduates");
    case null:
      return t("classes.rollover.choice.asClassNothing");
  }
}

/** Where somebody of the homeroom may repeat: the homeroom of the same title first, then those of the same grade level. */
function toRepeat(home: RolloverClass | undefined, { classes, homerooms }: RolloverPlan): readonly string[] {
  const level = home?.gradeLevel ?? null;
  const same = classes.filter(({ gradeLevel }) => level !== null && gradeLevel === level).map(({ title }) => title);
  const own = home?.title ?? "";
  const near = homerooms.filter((title) => title === own || same.includes(title));
  // The new year calls its homerooms otherwise, or the student is in none: any of them.
  return (near.length === 0 ? homerooms : near).toSorted(
    (one, other) => Number(other === own) - Number(one === own) || byTitle(one, other),
  );
}

/** What may become of students of a homeroom, or of several. */
export function studentChoices(
  home: RolloverClass | undefined,
  plan: RolloverPlan,
  { own = null, nothing = asClass(home) }: { own?: Decision | null; nothing?: string } = {},
): Choices[] {
  const ownTitle = (outcome: RolloverOutcome) => (own?.outcome === outcome ? own.title : null);
  const repeats = {
    group: t("classes.rollover.choice.repeats"),
    items: withOwn(toRepeat(home, plan), ownTitle("repeats")).map((title) => ({
      value: valueFor({ outcome: "repeats", title }),
      label: t("classes.rollover.choice.repeatsIn", { class: title }),
    })),
  };
  return [moves(withOwn(plan.homerooms, ownTitle("moves"))), repeats, ends(nothing)].filter(
    ({ items }) => items.length > 0,
  );
}

/** What was decided about the student alone. A homeroom that the new year lacks is shown as where they move. */
export function ownDecision({ by, outcome, to }: Pick<RolloverStudent, "by" | "outcome" | "to">): Decision {
  if (by !== "student") return { outcome: null, title: null };
  return { outcome: outcome ?? (to === null ? null : "moves"), title: to };
}

/** What a decision about a homeroom is called once it is made. */
export function saidOfClass(title: string, { outcome, title: to }: Decision): string {
  if (outcome === null) return t("classes.rollover.decided.classByRule", { class: title });
  if (outcome === "leaves") return t("classes.rollover.decided.classLeaves", { class: title });
  if (outcome === "graduates") return t("classes.rollover.decided.classGraduates", { class: title });
  return t("classes.rollover.decided.classMoves", { class: title, to: to ?? "" });
}

/** The same of students; `name` is whose, where it is one. */
export function saidOfStudents(name: string | null, count: number, { outcome, title }: Decision): string {
  const to = title ?? "";
  const what = outcome ?? "nothing";
  return name === null
    ? t(`classes.rollover.decided.many.${what}`, { count, to })
    : t(`classes.rollover.decided.one.${what}`, { name, to });
}
