// The marks of one sheet between the screen and the operation: which versions were seen, what was
// answered, who else changed a cell. It outlives the screen, as the kept edits do that it saves.
import type { AssessmentColumn } from "../../bindings/AssessmentColumn";
import type { CellResult } from "../../bindings/CellResult";
import type { MarkConflict } from "../../bindings/MarkConflict";
import type { MarkSheet } from "../../bindings/MarkSheet";
import { markSheet, recordMarks, undo } from "../../bindings/operations";
import type { RecordedMarks } from "../../bindings/RecordedMarks";
import type { SheetMark } from "../../bindings/SheetMark";
import {
  keptSheet,
  type CellRefusal,
  type KeptEdit,
  type KeptSheet,
  type SaveEdits,
} from "../../components/sheet/keptEdits";
import type { HowCommitted } from "../../components/sheet/types";
import { SeenVersions } from "../../components/sheet/seenVersions";
import { named, t } from "../../i18n";
import { formatMoment } from "../../numbers";
import { queries } from "../../session/queries";
import type { Asked } from "../../bridge";
import { say } from "../../words";

export const cellId = (student: string, assessment: string): string => `${student}\u0000${assessment}`;

/** One save: by its entry it is taken back, by that of the undo done again. */
interface Save {
  entry: string;
  undo?: string;
  cells: readonly string[];
}

function push(saves: Map<string, Save[]>, save: Save): void {
  save.cells.forEach((cell) => saves.set(cell, [...(saves.get(cell) ?? []), save]));
}

export class SheetMarks {
  /** Names the person and the sheet. */
  readonly key: string;
  readonly asked: Asked;
  readonly course: string;
  readonly term: string;
  private readonly versions = new SeenVersions();
  /** What was typed into each cell that was saved here, and how it is stored. */
  private readonly answers = new Map<string, { typed: string; mark: SheetMark }>();
  private readonly conflicts = new Map<string, MarkConflict>();
  /** The saves that wrote each cell, the last one at the end, and those that were taken back. */
  private readonly saves = new Map<string, Save[]>();
  private readonly takenBack = new Map<string, Save[]>();

  constructor(user: string, course: string, term: string) {
    this.key = `marks:${user}:${course}:${term}`;
    this.asked = markSheet.about({ course, term }, user);
    this.course = course;
    this.term = term;
  }

  get kept(): KeptSheet {
    return keptSheet(this.key, this.save);
  }

  load = async (): Promise<MarkSheet> => {
    const asked = performance.now();
    const sheet = await markSheet({ course: this.course, term: this.term });
    this.versions.show(
      sheet.marks.map((mark) => [cellId(mark.student, mark.assessment), mark.version] as const),
      asked,
    );
    const newer = [...this.answers.values()]
      .map(({ mark }) => mark)
      .filter(({ student, assessment }) => this.versions.isNewer(cellId(student, assessment), asked));
    return { ...sheet, marks: withMarks(sheet.marks, newer) };
  };

  /** Something is about to be typed into these cells. */
  begin(cells: readonly { row: string; column: string }[]): void {
    for (const { row, column } of cells) this.versions.begin(cellId(row, column));
  }

  /** What somebody else wrote into the cell while this person typed. */
  conflict(student: string, assessment: string): MarkConflict | undefined {
    return this.conflicts.get(cellId(student, assessment));
  }

  /** Whether the cell was saved in this window. */
  savedHere(student: string, assessment: string): boolean {
    return this.answers.has(cellId(student, assessment));
  }

  /** Whether anything was saved in this window. */
  get anySaved(): boolean {
    return this.answers.size > 0;
  }

  /** Whether this edit is stored, maybe written otherwise: `13,50` is stored as `13.5`. */
  isStored(edit: KeptEdit): boolean {
    return this.answers.get(cellId(edit.row, edit.column))?.typed === edit.text;
  }

  /**
   * Takes back the save that wrote exactly these cells, or does it again, so that the sheet's own steps and what was
   * done at all agree. Resolves with false where no single save did: then the cells are to be written.
   */
  async takeBack(changes: readonly { row: string; column: string }[], how: HowCommitted): Promise<boolean> {
    await this.kept.flush();
    const [from, to] = how === "undone" ? [this.saves, this.takenBack] : [this.takenBack, this.saves];
    const cells = changes.map(({ row, column }) => cellId(row, column));
    const save = from.get(cells[0] ?? "")?.at(-1);
    if (
      save === undefined ||
      save.cells.length !== cells.length ||
      cells.some((cell) => from.get(cell)?.at(-1) !== save)
    )
      return false;
    cells.forEach((cell) => {
      from.get(cell)?.pop();
      this.answers.delete(cell);
    });
    const by = how === "undone" ? save.entry : save.undo;
    if (by === undefined) return false;
    const { undo: again } = await undo({ entry: by });
    push(to, how === "undone" && again !== null ? { ...save, undo: again } : save);
    await queries.invalidateQueries({ queryKey: this.asked.queryKey });
    return true;
  }

  save: SaveEdits = async (edits) => {
    const cells = edits.map(({ row, column, text }) => {
      const seenVersion = this.versions.of(cellId(row, column));
      return { student: row, assessment: column, text, ...(seenVersion === undefined ? {} : { seenVersion }) };
    });
    const answer = await recordMarks({ course: this.course, term: this.term, cells });
    const now = performance.now();
    if (answer.undo !== null) {
      const saved = answer.cells
        .filter(({ result }) => result.outcome === "saved")
        .map(({ student, assessment }) => cellId(student, assessment));
      saved.forEach((cell) => this.takenBack.delete(cell));
      push(this.saves, { entry: answer.undo, cells: saved });
    }
    const columns = queries.getQueryData<MarkSheet>(this.asked.queryKey)?.assessments ?? [];
    const refusals = answer.cells.flatMap((cell, place) => this.answered(cell, edits[place]?.text ?? "", columns, now));
    queries.setQueryData<MarkSheet>(this.asked.queryKey, (sheet) =>
      sheet === undefined ? undefined : withAnswer(sheet, answer),
    );
    // What somebody else wrote is shown at once, also where no announcement reaches this machine.
    if (refusals.some(({ conflict }) => conflict)) void queries.invalidateQueries({ queryKey: this.asked.queryKey });
    return refusals;
  };

  private answered(
    { student, assessment, result }: CellResult,
    typed: string,
    columns: readonly AssessmentColumn[],
    now: number,
  ): CellRefusal[] {
    const id = cellId(student, assessment);
    const typedOver = this.kept.get(student, assessment)?.state === "unsaved";
    if (result.outcome === "saved") {
      const { version, state, text } = result;
      this.versions.saved(id, version, typedOver, now);
      this.answers.set(id, { typed, mark: { student, assessment, state, text, version: version ?? 0 } });
      this.conflicts.delete(id);
      return [];
    }
    if (result.outcome === "conflict") {
      this.versions.conflict(id, result.current.version, typedOver, now);
      this.conflicts.set(id, result.current);
      return [{ row: student, column: assessment, reason: conflictText(result.current), conflict: true }];
    }
    const maximum = columns.find((column) => column.id === assessment)?.maximum ?? "";
    return [{ row: student, column: assessment, reason: refusalText(result.code, say(result.message), maximum) }];
  }
}

function conflictText({ text, by, at }: MarkConflict): string {
  return t("gradebook.conflict.reason", {
    by: by ?? t("gradebook.conflict.somebody"),
    text: text === "" ? t("gradebook.conflict.empty") : text,
    at: at === null ? "" : formatMoment(at),
  });
}

/** The catalogue's sentence for a refusal; the operation's own where it has none. */
export function refusalText(code: string, message: string, maximum: string): string {
  return named("gradebook.refused", code, { maximum }) ?? message;
}

function withMarks(marks: readonly SheetMark[], newer: readonly SheetMark[]): SheetMark[] {
  const all = new Map(marks.map((mark) => [cellId(mark.student, mark.assessment), mark]));
  for (const mark of newer) all.set(cellId(mark.student, mark.assessment), mark);
  return [...all.values()];
}

/** The sheet after a save: its cells, and the totals and figures that follow from them. */
export function withAnswer(sheet: MarkSheet, answer: RecordedMarks): MarkSheet {
  const totals = new Map(answer.totals.map((total) => [total.student, total]));
  const footers = new Map(answer.footers.map((footer) => [footer.assessment, footer]));
  const saved = answer.cells.flatMap(({ student, assessment, result }) =>
    result.outcome === "saved"
      ? [{ student, assessment, state: result.state, text: result.text, version: result.version ?? 0 }]
      : [],
  );
  return {
    ...sheet,
    marks: withMarks(sheet.marks, saved),
    totals: sheet.totals.map((total) => totals.get(total.student) ?? total),
    footers: sheet.footers.map((footer) => footers.get(footer.assessment) ?? footer),
    totalFooter: answer.totalFooter,
  };
}

let owner = "";
const sheets = new Map<string, SheetMarks>();

/** The marks of this person's sheet, the same ones every time the screen comes back. */
export function sheetMarks(user: string, course: string, term: string): SheetMarks {
  if (owner !== user) sheets.clear(); // Another person signed in: nothing of the one before stays.
  owner = user;
  const known = sheets.get(`${course}:${term}`) ?? new SheetMarks(user, course, term);
  sheets.set(`${course}:${term}`, known);
  return known;
}
