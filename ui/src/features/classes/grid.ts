// The grid of courses between the screen and the operation: what a cell says in words, what was seen in it when somebody
// began to type, and what was answered. It outlives the screen, as the kept edits do that it saves.
import type { CourseGrid } from "../../bindings/CourseGrid";
import type { GridCell } from "../../bindings/GridCell";
import { courseGrid, saveCourseGrid } from "../../bindings/operations";
import type { SaveGridCell } from "../../bindings/SaveGridCell";
import type { Asked } from "../../bridge";
import { keptSheet, type KeptSheet, type SaveEdits } from "../../components/sheet/keptEdits";
import type { Completion } from "../../components/sheet/types";
import { finds } from "../../finds";
import { t } from "../../i18n";
import { say } from "../../words";

/** A course that nobody teaches yet. */
const nobody = "–";
const between = "; ";
/** So many are proposed at once. */
const proposed = 8;

const cellId = (row: string, column: string): string => `${row}\u0000${column}`;

/** Who may teach, each by a name that nobody else has. */
export class Teachers {
  private readonly names = new Map<string, string>();
  private readonly ids = new Map<string, string>();

  constructor(staff: CourseGrid["staff"]) {
    for (const { id, name } of staff) {
      let own = name;
      for (let number = 2; this.ids.has(own.toLowerCase()); number += 1) own = `${name} (${number})`;
      this.names.set(id, own);
      this.ids.set(own.toLowerCase(), id);
    }
  }

  /** What stands in a cell. */
  text(teachers: readonly string[] | null): string {
    if (teachers === null) return "";
    const known = teachers.map((id) => this.names.get(id)).filter((name) => name !== undefined);
    return known.length === 0 ? nobody : known.join(between);
  }

  private called(part: string): readonly string[] {
    const whole = this.ids.get(part.toLowerCase());
    if (whole !== undefined) return [whole];
    return [...this.names].filter(([, name]) => finds(part, name)).map(([id]) => id);
  }

  /** Whom a text names, null for no course; or why nobody can tell. */
  read(text: string): { teachers: string[] | null } | { reason: string } {
    const parts = text
      .split(/[;；؛]/u)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    if (parts.length === 0) return { teachers: null };
    const teachers: string[] = [];
    for (const part of parts) {
      if (/^[-–—]$/u.test(part)) continue;
      const [one, ...more] = this.called(part);
      if (one === undefined) return { reason: t("classes.grid.nobodyCalled", { name: part }) };
      if (more.length > 0) return { reason: t("classes.grid.severalCalled", { name: part }) };
      if (!teachers.includes(one)) teachers.push(one);
    }
    return { teachers };
  }

  /** The last name that is being typed, as those whom it may mean. */
  complete = (text: string): readonly Completion[] => {
    const parts = text.split(/[;；؛]/u);
    const last = (parts.at(-1) ?? "").trim();
    if (last === "" || /^[-–—]$/u.test(last)) return [];
    const before = parts
      .slice(0, -1)
      .map((part) => part.trim())
      .filter((part) => part !== "");
    return [...this.names.values()]
      .filter((name) => finds(last, name))
      .slice(0, proposed)
      .map((name) => ({ label: name, text: [...before, name].join(between) }));
  };
}

export class GridCells {
  readonly key: string;
  readonly asked: Asked;
  readonly school: string;
  readonly year: string | null;
  private teachers = new Teachers([]);
  private yearShown = "";
  private readonly stored = new Map<string, GridCell>();
  private readonly seen = new Map<string, GridCell | undefined>();
  private readonly answered = new Map<string, number>();

  constructor(user: string, school: string, year: string | null) {
    this.key = `grid:${user}:${school}:${year ?? ""}`;
    this.asked = courseGrid.about({ school, ...(year === null ? {} : { year }) }, user);
    this.school = school;
    this.year = year;
  }

  get kept(): KeptSheet {
    return keptSheet(this.key, this.save);
  }

  load = async (): Promise<CourseGrid> => {
    const asked = performance.now();
    const grid = await courseGrid({ school: this.school, year: this.year });
    // What was answered after the question was asked is newer than its answer.
    const newer = (id: string) => (this.answered.get(id) ?? 0) > asked;
    const kept = [...this.stored].filter(([id]) => newer(id));
    this.stored.clear();
    for (const cell of grid.cells) {
      const id = cellId(cell.class, cell.subject);
      if (!newer(id)) this.stored.set(id, cell);
    }
    for (const [id, cell] of kept) this.stored.set(id, cell);
    this.teachers = new Teachers(grid.staff);
    this.yearShown = grid.year ?? "";
    return { ...grid, cells: [...this.stored.values()] };
  };

  /** Something is typed into these cells: what stands there now is what the person saw. */
  begin(cells: readonly { row: string; column: string }[]): void {
    for (const { row, column } of cells) {
      const id = cellId(row, column);
      const state = this.kept.get(row, column)?.state;
      if (state !== "unsaved" && state !== "saving") this.seen.set(id, this.stored.get(id));
    }
  }

  save: SaveEdits = async (edits) => {
    const cells = edits.flatMap(({ row, column, text }): SaveGridCell[] => {
      const read = this.teachers.read(text);
      if ("reason" in read) return [];
      const seen = this.seen.get(cellId(row, column));
      return [
        {
          class: row,
          subject: column,
          ...(seen === undefined ? {} : { id: seen.course, version: seen.version }),
          seen: seen?.teachers ?? [],
          teachers: read.teachers,
        },
      ];
    });
    const { cells: results } = await saveCourseGrid({ school: this.school, year: this.yearShown, cells });
    const now = performance.now();
    return results.flatMap(({ class: row, subject: column, result }) => {
      if (result.outcome === "refused") return [{ row, column, reason: say(result.message) }];
      const id = cellId(row, column);
      const cell = result.outcome === "saved" ? result.cell : result.current.cell;
      if (cell === null) this.stored.delete(id);
      else this.stored.set(id, cell);
      this.answered.set(id, now);
      this.seen.set(id, cell ?? undefined);
      if (result.outcome === "saved") return [];
      const reason = t("classes.grid.changed", {
        now: this.teachers.text(cell?.teachers ?? null) || t("classes.grid.none"),
      });
      return [{ row, column, conflict: true, reason }];
    });
  };
}

const open = new Map<string, GridCells>();

/** The grid of a person, school and year, with what is known of it. */
export function gridCells(user: string, school: string, year: string | null): GridCells {
  const made = new GridCells(user, school, year);
  const known = open.get(made.key) ?? made;
  open.set(made.key, known);
  return known;
}
