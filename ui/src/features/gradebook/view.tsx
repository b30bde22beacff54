// A mark sheet as rows, columns, totals and footers of the spreadsheet. Figures are only written
// here; they come from the same functions as those on the report card.
import type { MarkSheet } from "../../bindings/MarkSheet";
import type { Statistics } from "../../bindings/Statistics";
import type { CellView, SheetColumn, SheetFooter, SheetRow, SheetTotal } from "../../components/sheet/types";
import type { Translate } from "../../i18n";
import { formatDay, formatFixed, formatTotal } from "../../numbers";
import classes from "./gradebook.module.css";
import { cellId, type SheetMarks } from "./marks";

export function rowsOf({ students }: MarkSheet, t: Translate): SheetRow[] {
  return students.map(({ id, listName: name, number, leftOn }) => ({
    id,
    name,
    note: leftOn === null ? number : t("gradebook.sheet.left", { day: formatDay(leftOn) }),
  }));
}

/** The assessments, those of one category beside each other. */
export function columnsOf({ assessments, categories }: MarkSheet, t: Translate): SheetColumn[] {
  return categories.flatMap((category) =>
    assessments
      .filter((assessment) => assessment.category === category.id)
      .map(({ id, title, maximum }) => ({
        id,
        title,
        about: t("gradebook.sheet.of", { maximum }),
        group: category.title,
        width: 76,
      })),
  );
}

export function cellsOf(sheet: MarkSheet, marks: SheetMarks, t: Translate): (row: string, column: string) => CellView {
  const outside = new Set(sheet.outside.map(({ student, assessment }) => cellId(student, assessment)));
  const texts = new Map(sheet.marks.map(({ student, assessment, text }) => [cellId(student, assessment), text]));
  return (row, column) => ({
    text: texts.get(cellId(row, column)) ?? "",
    ...(marks.savedHere(row, column) ? { state: "saved" as const } : {}),
    ...(outside.has(cellId(row, column)) ? { idle: t("gradebook.sheet.outside") } : {}),
  });
}

const feet = ["mean", "sd", "n"] as const;
type Foot = (typeof feet)[number];

function figure(statistics: Statistics | undefined, foot: Foot, decimals = 1): string {
  const value = statistics?.[foot];
  return value === null || value === undefined ? "–" : formatFixed(value, foot === "n" ? 0 : decimals);
}

export function totalsOf({ totals, totalFooter, rules }: MarkSheet, t: Translate): SheetTotal[] {
  const of = new Map(totals.map((total) => [total.student, total]));
  return [
    {
      id: "total",
      title: t("gradebook.sheet.total"),
      width: 76,
      render: (row) => {
        const total = of.get(row);
        if (total === undefined || total.percent === null)
          return (
            <span role="img" aria-label={t("gradebook.explain.nothing")}>
              –
            </span>
          );
        const percent = formatTotal(total.percent, rules);
        return total.passed === false ? (
          <span className={classes.failed} title={t("gradebook.sheet.belowPass")}>
            <span aria-hidden>! </span>
            {percent}
          </span>
        ) : (
          percent
        );
      },
      foot: (foot) => figure(totalFooter, foot as Foot, rules.totalDecimals),
    },
    { id: "grade", title: t("gradebook.sheet.grade"), width: 60, render: (row) => of.get(row)?.grade ?? "" },
  ];
}

export function footersOf({ footers }: MarkSheet, t: Translate): SheetFooter[] {
  const of = new Map(footers.map(({ assessment, statistics }) => [assessment, statistics]));
  return feet.map((foot) => ({
    id: foot,
    title: t(`gradebook.sheet.foot.${foot}`),
    render: (column) => figure(of.get(column), foot),
  }));
}
