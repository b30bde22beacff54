// What was done, in a sentence: "Ann Lee added to 7B"; and why it cannot be undone, with who did what since.
import type { ActWords } from "../bindings/ActWords";
import type { WhyNot } from "../bindings/WhyNot";
import { named, t } from "../i18n";
import { formatDay, formatMoment } from "../numbers";

/** An act as a person would say it; what has no sentence of its own is called by its parts. */
export function actText({ operation, kind, name, place, day, count }: ActWords): string {
  const who = name !== null ? "one" : count > 1 ? "many" : "any";
  const at = place === null ? [] : [`${kind}_${who}_in`, `${kind}_in`, `${who}_in`];
  const wanted = [...at, `${kind}_${who}`, kind, who, "any", "many", "one"];
  const values = { name: name ?? "", place: place ?? "", count, day: day === null ? "" : formatDay(day) };
  const texts = [operation, "other"].flatMap((act) => wanted.map((key) => `${act}.${key}`));
  for (const text of texts) {
    const said = named("upkeep.acts", text, values);
    if (said !== undefined) return said.trim();
  }
  return "";
}

/** Why an act cannot be undone. */
export function whyNotText(why: WhyNot): string {
  const reason = t(`upkeep.whyNot.${why.reason}`);
  if (why.reason !== "changed_since" && why.reason !== "used_since") return reason;
  if (why.act === null || why.at === null) return reason;
  return `${reason} ${t("upkeep.whyNot.by", { by: why.by ?? t("upkeep.homeroom"), act: actText(why.act), at: formatMoment(why.at) })}`;
}
