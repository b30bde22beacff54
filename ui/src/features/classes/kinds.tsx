// Homerooms and groups: how they are told apart, and how classes of both kinds are offered for a choice.
import { Badge, VisuallyHidden } from "@mantine/core";
import type { ClassKind } from "../../bindings/ClassKind";
import { t, useTranslation } from "../../i18n";
import { formatNumber } from "../../numbers";

export const kinds = ["homeroom", "group"] as const satisfies readonly ClassKind[];

/** Stands beside the name of a group; a homeroom is what a class is mostly, and says nothing. */
export function GroupBadge({ kind }: { kind: ClassKind }) {
  const { t } = useTranslation();
  if (kind !== "group") return null;
  return (
    <Badge size="sm" variant="default" tt="none" fw={500}>
      {t("classes.kind.group")}
    </Badge>
  );
}

/** Homerooms before groups, each in the order in which they came. */
export function homeroomsFirst<Class extends { kind: ClassKind }>(classes: readonly Class[]): Class[] {
  return [...classes.filter(({ kind }) => kind === "homeroom"), ...classes.filter(({ kind }) => kind === "group")];
}

/** Choices under the name of their kind where there are both, homerooms first. */
export function choicesByKind(choices: readonly { value: string; label: string; kind: ClassKind }[]) {
  const groups = kinds
    .map((kind) => ({
      group: t(kind === "group" ? "classes.kind.groups" : "classes.kind.homerooms"),
      items: choices.filter((one) => one.kind === kind).map(({ value, label }) => ({ value, label })),
    }))
    .filter(({ items }) => items.length > 0);
  return groups.length === 2 ? groups : groups.flatMap(({ items }) => items);
}

/** Classes as choices. */
export function classChoices(classes: readonly { id: string; title: string; kind: ClassKind }[]) {
  return choicesByKind(classes.map(({ id, title, kind }) => ({ value: id, label: title, kind })));
}

interface Titled {
  title: string;
  kind: ClassKind;
}

const allTitles = (classes: readonly Titled[]) =>
  homeroomsFirst(classes)
    .map(({ title }) => title)
    .join(", ");

/** The classes of a student in few letters, the homeroom by its name: `7A +2`. */
export function classesInShort(classes: readonly Titled[]): string {
  const [first, ...others] = homeroomsFirst(classes);
  if (first === undefined) return "";
  return others.length === 0
    ? first.title
    : t("classes.kind.andOthers", { class: first.title, others: formatNumber(others.length) });
}

/** The same in a row: all of them on hover, and for who listens. */
export function ClassesInShort({ classes }: { classes: readonly Titled[] }) {
  const all = allTitles(classes);
  const short = classesInShort(classes);
  if (short === all)
    return (
      <bdi className="name" dir="auto" title={all} style={{ display: "block" }}>
        {all}
      </bdi>
    );
  return (
    <span className="name" dir="auto" title={all} style={{ display: "block", position: "relative" }}>
      <bdi aria-hidden>{short}</bdi>
      <VisuallyHidden>{all}</VisuallyHidden>
    </span>
  );
}
