// The comments of one class between the screen and the operation, as the marks of a sheet are: kept
// until they are saved, with the version that was seen.
import type { CommentKind } from "../../bindings/CommentKind";
import { reportComments, saveComments } from "../../bindings/operations";
import type { ReportComments } from "../../bindings/ReportComments";
import { keptSheet, type KeptSheet, type SaveEdits } from "../../components/sheet/keptEdits";
import { SeenVersions } from "../../components/sheet/seenVersions";
import { t } from "../../i18n";
import { queries } from "../../session/queries";
import type { Asked } from "../../bridge";
import { say } from "../../words";

/** Whose comment it is, as the column of a sheet: `class_teacher`, `principal`, `course:<id>`. */
export const columnOf = (kind: CommentKind, course: string | null): string =>
  course === null ? kind : `course:${course}`;
const cellId = (student: string, column: string): string => `${student}\u0000${column}`;

export class ClassComments {
  readonly key: string;
  readonly asked: Asked;
  private readonly class: string;
  private readonly term: string;
  private readonly versions = new SeenVersions();
  /** What somebody else wrote while this person typed. */
  private readonly conflicts = new Map<string, string>();

  constructor(user: string, classId: string, term: string) {
    this.class = classId;
    this.term = term;
    this.key = `comments:${user}:${classId}:${term}`;
    this.asked = reportComments.about({ class: classId, term }, user);
  }

  get kept(): KeptSheet {
    return keptSheet(this.key, this.save);
  }

  load = async (): Promise<ReportComments> => {
    const asked = performance.now();
    const all = await reportComments({ class: this.class, term: this.term });
    this.versions.show(
      all.comments.map(
        ({ student, kind, course, version }) => [cellId(student, columnOf(kind, course)), version] as const,
      ),
      asked,
    );
    return all;
  };

  /** Takes what was typed and begins to save it. */
  write(student: string, column: string, text: string): void {
    this.versions.begin(cellId(student, column));
    this.kept.keep([{ row: student, column, text }]);
  }

  conflict(student: string, column: string): string | undefined {
    return this.conflicts.get(cellId(student, column));
  }

  save: SaveEdits = async (edits) => {
    const comments = edits.map(({ row, column, text }) => {
      const seenVersion = this.versions.of(cellId(row, column));
      const whose = column.startsWith("course:")
        ? { kind: "course" as const, course: column.slice("course:".length) }
        : { kind: column as CommentKind };
      return { student: row, ...whose, body: text, ...(seenVersion === undefined ? {} : { seenVersion }) };
    });
    const { results } = await saveComments({ class: this.class, term: this.term, comments });
    const now = performance.now();
    const refusals = results.flatMap((result, place) => {
      const edit = edits[place];
      if (edit === undefined) return [];
      const { row, column } = edit;
      const id = cellId(row, column);
      const typedOver = this.kept.get(row, column)?.state === "unsaved";
      if (result.outcome === "saved") {
        this.versions.saved(id, result.version, typedOver, now);
        this.conflicts.delete(id);
        return [];
      }
      if (result.outcome === "refused") return [{ row, column, reason: say(result.message) }];
      this.versions.conflict(id, result.current.version, typedOver, now);
      this.conflicts.set(id, result.current.body);
      return [{ row, column, reason: t("reports.comments.changed"), conflict: true }];
    });
    void queries.invalidateQueries({ queryKey: this.asked.queryKey });
    return refusals;
  };
}

let owner = "";
const classes = new Map<string, ClassComments>();

/** The comments of this person's class, the same ones every time the screen comes back. */
export function classComments(user: string, classId: string, term: string): ClassComments {
  if (owner !== user) classes.clear(); // Another person signed in: nothing of the one before stays.
  owner = user;
  const known = classes.get(`${classId}:${term}`) ?? new ClassComments(user, classId, term);
  classes.set(`${classId}:${term}`, known);
  return known;
}
