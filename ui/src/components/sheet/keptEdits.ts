// Edits that are not saved yet. They live here, outside of any screen, from the key that made them
// until the operation has answered: a click elsewhere, another screen, an expired session or a
// closing window lose nothing. Marks are personal data, so they are never put in browser storage.
import { askBeforeLeaving } from "../leaving";
import { owner } from "../../session/owner";
import { asOperationError, followClosing, readyToClose, sessionExpiry, type OperationError } from "../../bridge";

export type EditState = "saving" | "saved" | "unsaved" | "refused" | "conflict";

/** One cell as it was typed and where its saving stands. */
export interface KeptEdit {
  row: string;
  column: string;
  text: string;
  state: EditState;
  reason?: string;
  /** When it was typed, in milliseconds of the clock. */
  at: number;
}

/** What saving said about one cell that it did not take. */
export interface CellRefusal {
  row: string;
  column: string;
  reason: string;
  conflict?: boolean;
}

/** Saves edits and resolves with those that were refused; rejects when none could be saved. */
export type SaveEdits = (
  edits: readonly { row: string; column: string; text: string }[],
) => Promise<readonly CellRefusal[]>;

/** Failures that pass by themselves; anything else is told to the person as it is. */
const passing = new Set(["unreachable", "database_unreachable", "database", "signed_out", "session_expired"]);
const again = [1_000, 2_000, 5_000, 10_000, 30_000];

const idOf = (row: string, column: string): string => `${row}\u0000${column}`;

/** The edits of one sheet. One save runs at a time, with everything typed meanwhile in the next. */
export class KeptSheet {
  readonly key: string;
  /** Whose edits these are: they are saved in that person's name or not at all. */
  readonly of = owner()?.user;
  private save: SaveEdits;
  private edits = new Map<string, KeptEdit>();
  private snapshot: ReadonlyMap<string, KeptEdit> = this.edits;
  private watchers = new Set<() => void>();
  private running: Promise<void> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private failures = 0;
  private stopped = false;

  constructor(key: string, save: SaveEdits) {
    this.key = key;
    this.save = save;
  }

  /** The screen came back, maybe with a newer function to save by. */
  use(save: SaveEdits): void {
    this.save = save;
    if (this.running === null && this.timer === undefined && this.pending())
      this.timer = setTimeout(() => void this.flush(), 0);
  }

  subscribe = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** All edits by `row\0column`; a new map after every change. */
  all = (): ReadonlyMap<string, KeptEdit> => this.snapshot;

  get(row: string, column: string): KeptEdit | undefined {
    return this.snapshot.get(idOf(row, column));
  }

  /** Takes what was typed and begins to save it. */
  keep(edits: readonly { row: string; column: string; text: string }[]): void {
    for (const { row, column, text } of edits) {
      this.edits.set(idOf(row, column), { row, column, text, state: "unsaved", at: Date.now() });
    }
    this.tell();
    void this.flush();
  }

  /** Marks a cell that is wrong before anything is sent; what was typed stays. */
  refuse(row: string, column: string, text: string, reason: string): void {
    this.edits.set(idOf(row, column), { row, column, text, state: "refused", reason, at: Date.now() });
    this.tell();
  }

  /** Drops what is kept for cells that now come from the database. */
  settle(isStored: (edit: KeptEdit) => boolean): void {
    let dropped = false;
    for (const [id, edit] of this.edits) {
      if (edit.state === "saved" && isStored(edit)) dropped = this.edits.delete(id) || dropped;
    }
    if (dropped) this.tell();
  }

  /** Gives up what is not saved of these; the cells show again what is stored. */
  throwAway(edits: readonly KeptEdit[]): void {
    for (const { row, column } of edits) this.edits.delete(idOf(row, column));
    this.tell();
  }

  pending(): boolean {
    return [...this.edits.values()].some(({ state }) => state === "unsaved" || state === "saving");
  }

  /** How many cells hold what is not saved, refused ones included. */
  unsaved(): number {
    return [...this.edits.values()].filter(({ state }) => state !== "saved").length;
  }

  /** Saves until nothing is left to save, or saving fails. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.stopped || !this.isOwn()) return;
    if (this.running !== null) return this.running;
    this.running = this.saveAll().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  private async saveAll(): Promise<void> {
    for (;;) {
      const batch = [...this.edits.values()].filter(({ state }) => state === "unsaved");
      if (batch.length === 0) return;
      this.mark(batch, { state: "saving" });
      try {
        const refusals = await this.save(batch.map(({ row, column, text }) => ({ row, column, text })));
        this.failures = 0;
        const refused = new Map(refusals.map((refusal) => [idOf(refusal.row, refusal.column), refusal]));
        for (const edit of batch) {
          const refusal = refused.get(idOf(edit.row, edit.column));
          this.mark(
            [edit],
            refusal === undefined
              ? { state: "saved" }
              : { state: refusal.conflict ? "conflict" : "refused", reason: refusal.reason },
          );
        }
      } catch (reason) {
        this.failed(batch, asOperationError(reason));
        return;
      }
    }
  }

  private failed(batch: readonly KeptEdit[], error: OperationError): void {
    if (!passing.has(error.code)) {
      this.mark(batch, { state: "refused", reason: error.message });
      return;
    }
    this.mark(batch, { state: "unsaved" });
    if (this.stopped) return;
    const wait = again[Math.min(this.failures, again.length - 1)];
    this.failures += 1;
    this.timer = setTimeout(() => void this.flush(), wait);
  }

  /** Changes the state of edits, except of those that were typed over meanwhile. */
  private mark(batch: readonly KeptEdit[], change: Pick<KeptEdit, "state" | "reason">): void {
    for (const { row, column, text, at } of batch) {
      const now = this.edits.get(idOf(row, column));
      const typedOver =
        now === undefined || now.text !== text || (now.state === "unsaved" && change.state !== "saving");
      if (!typedOver) this.edits.set(idOf(row, column), { row, column, text, at, ...change });
    }
    this.tell();
  }

  /** Whether it is of whoever is signed in now. */
  isOwn(): boolean {
    return this.of === owner()?.user;
  }

  /** Another person came over the locked screen. What was being saved is not answered any more; it is saved again when
   * the person comes back. */
  suspend(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.running = null;
    for (const [id, edit] of this.edits) if (edit.state === "saving") this.edits.set(id, { ...edit, state: "unsaved" });
    this.tell();
  }

  /** The person left: nothing of this is sent any more, least of all in the name of the next. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private tell(): void {
    this.snapshot = new Map(this.edits);
    this.watchers.forEach((watcher) => watcher());
  }
}

const sheets = new Map<string, KeptSheet>();
/** What must put its open editor into a sheet before the window closes. */
const openEditors = new Set<() => void>();

/** The sheet of this key (user and sheet), with whatever is still kept for it. */
export function keptSheet(key: string, save: SaveEdits): KeptSheet {
  const known = sheets.get(key);
  if (known !== undefined) {
    known.use(save);
    return known;
  }
  const sheet = new KeptSheet(key, save);
  sheets.set(key, sheet);
  return sheet;
}

/** Registers what commits an editor that is open; returns what takes it back. */
export function onFlush(commit: () => void): () => void {
  openEditors.add(commit);
  return () => openEditors.delete(commit);
}

/** Commits open editors and saves all sheets; resolves with whether everything is saved. */
export async function flushKeptEdits(): Promise<boolean> {
  openEditors.forEach((commit) => commit());
  await Promise.all(own().map((sheet) => sheet.flush()));
  return !own().some((sheet) => sheet.pending());
}

const own = (): KeptSheet[] => [...sheets.values()].filter((sheet) => sheet.isOwn());

/** Forgets what whoever is signed in has typed; another person's waits on. */
export function forgetKeptEdits(): void {
  for (const [key, sheet] of sheets) {
    if (!sheet.isOwn()) continue;
    sheet.stop();
    sheets.delete(key);
  }
}

/** Whoever is signed in left the screen locked, and somebody else comes. */
export function suspendKeptEdits(): void {
  own().forEach((sheet) => sheet.suspend());
}

/** How many cells are not saved, for the question at closing or (only one's own) at signing out. */
export function unsavedCells(how: Leaving["how"] = "close"): number {
  return (how === "close" ? [...sheets.values()] : own()).reduce((sum, sheet) => sum + sheet.unsaved(), 0);
}

/** What else is typed and not saved, beside the cells of sheets. */
let countOthers: () => number = () => 0;
export function alsoUnsaved(count: () => number): void {
  countOthers = count;
}
export const unsavedOthers = (): number => countOthers();

/** What would lose what is not saved, and what does it all the same. */
export interface Leaving {
  how: "close" | "signOut";
  anyway: () => Promise<void>;
}

let asked: Leaving | null = null;
const askWatchers = new Set<() => void>();

function ask(next: Leaving | null): void {
  asked = next;
  askWatchers.forEach((watcher) => watcher());
}

/** Whether closing or signing out waits for an answer, because something could not be saved (for `useSyncExternalStore`). */
export const askedLeaving = {
  subscribe(watcher: () => void): () => void {
    askWatchers.add(watcher);
    return () => askWatchers.delete(watcher);
  },
  asked: (): Leaving | null => asked,
  stay: (): void => ask(null),
};

/** Saves what can be within 5 seconds, then leaves; asks first where something would be lost. */
export async function leaveSaved(leaving: Leaving): Promise<void> {
  openEditors.forEach((commit) => commit());
  // While nobody is signed in, saving would wait for ever.
  if (!sessionExpiry.expired()) await Promise.race([flushKeptEdits(), new Promise((over) => setTimeout(over, 5_000))]);
  const lost = unsavedCells(leaving.how) + (leaving.how === "close" ? unsavedOthers() : 0); // Drafts wait for their person to come back.
  if (lost === 0 && leaving.how === "close") askBeforeLeaving(() => void leaving.anyway());
  else if (lost === 0) await leaving.anyway();
  else
    ask({
      ...leaving,
      anyway: async () => {
        ask(null);
        await leaving.anyway();
      },
    });
}

export function flushOnClose(): Promise<() => void> {
  return followClosing(() => void leaveSaved({ how: "close", anyway: readyToClose }));
}
