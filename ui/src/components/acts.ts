// What was done, in a sentence: "Ann Lee added to 7B"; and why it cannot be undone, with who did what since.
import type { ActWords } from "../bindings/ActWords";
import type { WhyNot } from "../bindings/WhyNot";
import { en } from "../catalogue/en";
import { i18next } from "../i18n";
import { formatDay, formatMoment, formatNumber } from "../numbers";

const sentences: Record<string, Readonly<Record<string, string>>> = en.upkeep.acts;
/** The catalogue by a key that is put together; which keys there are, the catalogue itself says. */
const text = i18next.t.bind(i18next) as unknown as (key: string, values: Readonly<Record<string, unknown>>) => string;

/** An act as a person would say it; what has no sentence of its own is called by its parts. */
export function actText({ operation, kind, name, place, day, count }: ActWords): string {
  const known = sentences[operation] ?? sentences.other ?? {};
  const who = name !== null ? "one" : count > 1 ? "many" : "any";
  const at = place === null ? [] : [`${kind}_${who}_in`, `${kind}_in`, `${who}_in`];
  const key =
    [...at, `${kind}_${who}`, kind, who, "any", "many", "one"].find((one) => known[one] !== undefined) ?? "any";
  const values = {
    name: name ?? "",
    place: place ?? "",
    count: formatNumber(count),
    day: day === null ? "" : formatDay(day),
  };
  return text(`upkeep.acts.${sentences[operation] === undefined ? "other" : operation}.${key}`, values).trim();
}

/** Why an act cannot be undone. */
export function whyNotText(why: WhyNot): string {
  const reason = i18next.t(`upkeep.whyNot.${why.reason}`);
  if (why.reason !== "changed_since" && why.reason !== "used_since") return reason;
  if (why.act === null || why.at === null) return reason;
  return `${reason} ${i18next.t("upkeep.whyNot.by", { by: why.by ?? i18next.t("upkeep.homeroom"), act: actText(why.act), at: formatMoment(why.at) })}`;
}
