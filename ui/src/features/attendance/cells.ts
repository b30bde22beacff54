// The cells of one register between the screen and the operation: which versions were seen, what was
// answered, who else wrote meanwhile. It outlives the screen. Each save is one act, which undoing takes back like any other.
import type { AttendanceCell } from "../../bindings/AttendanceCell";
import type { OfRegister } from "../../bindings/OfRegister";
import { markAllPresent, recordAttendance, register, takeRegister } from "../../bindings/operations";
import type { Register } from "../../bindings/Register";
import type { RegisterMark } from "../../bindings/RegisterMark";
import { type Asked, asOperationError } from "../../bridge";
import {
  keptSheet,
  type CellRefusal,
  type KeptEdit,
  type KeptSheet,
  type SaveEdits,
} from "../../components/sheet/keptEdits";
import { SeenVersions } from "../../components/sheet/seenVersions";
import { t } from "../../i18n";
import { queries } from "../../session/queries";
import { say } from "../../words";

/** What a person can say of a student. */
export interface Value {
  code: string | null;
  minutesLate: number | null;
  reason: string | null;
}
export interface Change {
  student: string;
  value: Value;
}

export const nothing: Value = { code: null, minutesLate: null, reason: null };
const column = "mark";

export function valueOfMark(mark: RegisterMark | null): Value {
  return mark === null ? nothing : { code: mark.code, minutesLate: mark.minutesLate, reason: mark.reason };
}

/** A change of code keeps what still fits: minutes only with late, a reason not with present. */
export function withCode(value: Value, code: string, codes: Register["codes"]): Value {
  const meaning = codes.find(({ id }) => id === code)?.meaning;
  return {
    code,
    minutesLate: meaning === "late" ? value.minutesLate : null,
    reason: meaning === "present" ? null : value.reason,
  };
}

const same = (one: Value, other: Value): boolean =>
  one.code === other.code && one.minutesLate === other.minutesLate && one.reason === other.reason;

export class RegisterCells {
  readonly key: string;
  readonly asked: Asked;
  of: OfRegister;
  private readonly me: string;
  private readonly versions = new SeenVersions();
  private readonly answers = new Map<string, RegisterMark | null>();
  private readonly others = new Map<string, { mark: RegisterMark; final: boolean }>();

  constructor(user: string, me: string, of: OfRegister) {
    this.key = `register:${user}:${of.class}:${of.date}:${of.lesson}`;
    this.asked = register.about({ class: of.class, date: of.date, lesson: of.lesson }, user);
    this.of = of;
    this.me = me;
  }

  get kept(): KeptSheet {
    return keptSheet(this.key, this.save);
  }

  load = async (): Promise<Register> => {
    const asked = performance.now();
    const answer = await register(this.of);
    this.versions.show(
      answer.students.flatMap(({ student, mark }) => (mark === null ? [] : [[student, mark.version] as const])),
      asked,
    );
    // What was answered after this was asked is newer than this.
    return {
      ...answer,
      students: answer.students.map((row) =>
        this.versions.isNewer(row.student, asked) && this.answers.has(row.student)
          ? { ...row, mark: this.answers.get(row.student) ?? null, ahead: null }
          : row,
      ),
    };
  };

  /** Says that a register is meant although there is no school on the day, and asks for it again. */
  async mean(): Promise<void> {
    this.of = { ...this.of, evenIfNoSchool: true };
    await queries.refetchQueries({ queryKey: this.asked.queryKey });
  }

  private stored(): Register | undefined {
    return queries.getQueryData<Register>(this.asked.queryKey);
  }

  /** What the screen shows of a student: what was chosen here, else what is stored. */
  value(student: string, edits: ReadonlyMap<string, KeptEdit> = this.kept.all()): Value {
    const edit = edits.get(`${student}\u0000${column}`);
    if (edit !== undefined && edit.state !== "saved") return JSON.parse(edit.text) as Value;
    return valueOfMark(this.stored()?.students.find((row) => row.student === student)?.mark ?? null);
  }

  edit(student: string, edits: ReadonlyMap<string, KeptEdit>): KeptEdit | undefined {
    const edit = edits.get(`${student}\u0000${column}`);
    return edit?.state === "saved" ? undefined : edit;
  }

  /** What somebody else wrote; `final` where it stays whatever is tried. */
  other(student: string): { mark: RegisterMark; final: boolean } | undefined {
    return this.others.get(student);
  }

  /** Writes cells, as one act. */
  put(changes: readonly Change[]): void {
    const news = changes.filter(({ student, value }) => !same(this.value(student), value) || this.others.has(student));
    news.forEach(({ student }) => this.versions.begin(student));
    if (news.length > 0)
      this.kept.keep(news.map(({ student, value }) => ({ row: student, column, text: JSON.stringify(value) })));
  }

  /** Says the value again although somebody else wrote meanwhile, which the person has seen now. */
  insist(student: string): void {
    const value = this.value(student);
    this.kept.keep([{ row: student, column, text: JSON.stringify(value) }]);
  }

  /** Everybody without a code becomes present; returns how many, and the entry that takes this back. */
  async allPresent(): Promise<{ count: number; entry: string | null }> {
    await this.kept.flush();
    const present = this.stored()?.codes.find(({ meaning }) => meaning === "present")?.id ?? null;
    const { cells, undo: entry } = await markAllPresent(this.of);
    // Who is known to be away is not made present.
    const ahead = new Map(this.stored()?.students.map((row) => [row.student, row.ahead]));
    const given = (student: string): Value => {
      const known = ahead.get(student);
      return known == null ? { ...nothing, code: present } : { ...nothing, code: known.code, reason: known.reason };
    };
    this.answered(cells.map((cell) => ({ cell, value: given(cell.student) })));
    await queries.invalidateQueries({ queryKey: this.asked.queryKey });
    return { count: cells.length, entry };
  }

  /** Says that the register was taken; returns the entry that takes this back. */
  async take(): Promise<string | null> {
    await this.kept.flush();
    const { undo: entry } = await takeRegister({ ...this.of, restPresent: true });
    await queries.invalidateQueries({ queryKey: this.asked.queryKey });
    return entry;
  }

  save: SaveEdits = async (edits) => {
    const entries = edits.map(({ row, text }) => {
      const seenVersion = this.versions.of(row);
      return { student: row, ...(JSON.parse(text) as Value), ...(seenVersion === undefined ? {} : { seenVersion }) };
    });
    try {
      const { cells } = await recordAttendance({ ...this.of, marks: entries });
      return this.answered(cells.map((cell, place) => ({ cell, value: entries[place] ?? nothing })));
    } catch (reason) {
      // One wrong cell is refused with its reason; the others are saved without it.
      const error = asOperationError(reason);
      const wrong = new Map(
        Object.entries(error.fields).flatMap(([field, message]) => {
          const place = /^marks\.(\d+)\./.exec(field)?.[1];
          return place === undefined ? [] : [[Number(place), message] as const];
        }),
      );
      if (wrong.size === 0) throw error;
      const rest = edits.filter((_, place) => !wrong.has(place));
      const refused = edits.flatMap(({ row }, place) => {
        const message = wrong.get(place);
        return message === undefined ? [] : [{ row, column, reason: message }];
      });
      return rest.length === 0 ? refused : [...refused, ...(await this.save(rest))];
    }
  };

  /** Takes in what became of cells; returns those that were not taken. */
  private answered(answers: readonly { cell: AttendanceCell; value: Value }[]): CellRefusal[] {
    const now = performance.now();
    const codes = this.stored()?.codes ?? [];
    const refusals: CellRefusal[] = [];
    for (const {
      cell: { student, result },
      value,
    } of answers) {
      const typedOver = this.kept.get(student, column)?.state === "unsaved";
      if (result.outcome === "saved") {
        this.versions.saved(student, result.version, typedOver, now);
        this.others.delete(student);
        const meaning = codes.find(({ id }) => id === value.code)?.meaning ?? "present";
        this.answers.set(
          student,
          value.code === null || result.version === null
            ? null
            : {
                code: value.code,
                minutesLate: value.minutesLate,
                reason: value.reason,
                meaning,
                source: "hand",
                by: this.me,
                at: new Date().toISOString(),
                changed: result.version > 1,
                version: result.version,
              },
        );
      } else if (result.outcome === "refused") {
        refusals.push({ row: student, column, reason: say(result.message) });
      } else {
        const { stands, ...mark } = result.current;
        this.versions.conflict(student, mark.version, typedOver, now);
        this.answers.set(student, mark);
        this.others.set(student, { mark, final: stands });
        refusals.push({ row: student, column, reason: t("attendance.register.someone"), conflict: true });
      }
    }
    queries.setQueryData<Register>(this.asked.queryKey, (shown) =>
      shown === undefined
        ? undefined
        : {
            ...shown,
            students: shown.students.map((row) =>
              answers.some(({ cell }) => cell.student === row.student)
                ? { ...row, mark: this.answers.get(row.student) ?? null }
                : row,
            ),
          },
    );
    return refusals;
  }
}

let owner = "";
const registers = new Map<string, RegisterCells>();

/** The cells of this person's register, the same ones every time the screen comes back. */
export function registerCells(user: string, me: string, of: OfRegister): RegisterCells {
  if (owner !== user) registers.clear(); // Another person signed in: nothing of the one before stays.
  owner = user;
  const key = `${of.class}:${of.date}:${of.lesson}`;
  const known = registers.get(key) ?? new RegisterCells(user, me, of);
  registers.set(key, known);
  return known;
}
