// What is asked, as the address holds it.
import { useComputedColorScheme } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ClassKind } from "../../bindings/ClassKind";
import type { ChartLook } from "../../bindings/ChartLook";
import { coursesForMarks, listClasses, schoolStatistics } from "../../bindings/operations";
import { useTranslation } from "../../i18n";
import { decimalSeparator } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { byTitle } from "../../names";

export const views = ["class", "risk", "school"] as const;
export type View = (typeof views)[number];

export interface Ask {
  view: View;
  class?: string;
  /** One subject of the class; all subjects together where it is left out. */
  course?: string;
  /** One assessment of the subject; the whole term where it is left out. */
  assessment?: string;
  /** The student who is open in the pane. */
  student?: string;
  /** The figure that is open in the pane. */
  figure?: string;
  /** The subject of the school that is open in the pane. */
  subject?: string;
}

export function useAsk() {
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const text = (name: keyof Ask) => (typeof raw[name] === "string" ? { [name]: raw[name] } : {});
  const ask: Ask = {
    view: views.find((view) => view === raw.view) ?? "class",
    ...text("class"),
    ...text("course"),
    ...text("assessment"),
    ...text("student"),
    ...text("figure"),
    ...text("subject"),
  };
  return {
    ask,
    /** Asks something else; what is not named is not asked any more. */
    go: (next: Ask) =>
      void navigate({ to: "/analytics", search: { ...next, view: next.view === "class" ? undefined : next.view } }),
    /** Opens or closes the pane of the same question. */
    open: (pane: Pick<Ask, "student" | "figure" | "subject">) =>
      void navigate({
        to: "/analytics",
        search: {
          ...ask,
          view: ask.view === "class" ? undefined : ask.view,
          student: undefined,
          figure: undefined,
          subject: undefined,
          ...pane,
        },
      }),
  };
}

/** A class with one of its subjects; who may not grade chooses the class first and sees its subjects then. */
export interface Choice {
  class: string;
  classTitle: string;
  classKind: ClassKind;
  course?: string;
  subject?: string;
  subjectTitle?: string;
  marked: boolean;
}

/** Homerooms of which the person teaches nothing by themselves: all subjects may be taught in groups. */
async function homerooms(school: string, year: string | undefined, besides: readonly Choice[]): Promise<Choice[]> {
  const known = new Set(besides.map((one) => one.class));
  return (await listClasses({ school, year: year ?? null, kind: "homeroom" }))
    .filter(({ id }) => !known.has(id))
    .map(({ id, title, kind }) => ({ class: id, classTitle: title, classKind: kind, marked: false }));
}

/** The classes and subjects that the person may look into: who teaches, what they teach. */
export function useChoices(school: string, term: string) {
  const { may } = useSession();
  const { terms } = usePlace();
  const year = terms.find(({ id }) => id === term)?.yearId;
  const grades = may("gradebook.courses_for_marks");
  return useQuery({
    ...(grades ? coursesForMarks : schoolStatistics).about({ school, term }, "choices"),
    queryFn: async (): Promise<Choice[]> => {
      if (grades) {
        const taught = (await coursesForMarks({ school, term })).map((row) => ({ ...row, marked: row.entered > 0 }));
        return inOrder([...taught, ...(await homerooms(school, year, taught))]);
      }
      return inOrder(
        (await schoolStatistics({ school, term })).classes.map(({ id, title, kind, statistics }) => ({
          class: id,
          classTitle: title,
          classKind: kind ?? "homeroom",
          marked: statistics.n > 0,
        })),
      );
    },
  });
}

/** Homerooms before groups, each as people count them: 7A before 10A; subjects stay in their order. */
function inOrder(choices: readonly Choice[]): Choice[] {
  return choices.toSorted(
    (one, other) =>
      Number(one.classKind === "group") - Number(other.classKind === "group") ||
      byTitle(one.classTitle, other.classTitle),
  );
}

/** How charts are to be drawn: the colours of this window, its words. */
export function useChartLook(width = 520): ChartLook {
  const { t } = useTranslation();
  const scheme = useComputedColorScheme("light");
  return useMemo(
    () => ({
      theme: scheme,
      width,
      words: {
        mean: t("analytics.chart.mean"),
        passMark: t("analytics.chart.passMark"),
        student: t("analytics.chart.student"),
        classMean: t("analytics.chart.classMean"),
        median: t("analytics.chart.median"),
        middleHalf: t("analytics.chart.middleHalf"),
        range: t("analytics.chart.range"),
        empty: t("analytics.chart.empty"),
        decimalPoint: decimalSeparator(),
        points: t("analytics.chart.points"),
        percent: t("analytics.chart.percent"),
        students: t("analytics.chart.students"),
        distribution: t("analytics.chart.distribution"),
        spread: t("analytics.chart.spread"),
        bySubject: t("analytics.chart.bySubject"),
        trend: t("analytics.chart.trend"),
      },
    }),
    [scheme, width, t],
  );
}
