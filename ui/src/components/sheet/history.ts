// What was done to a sheet, step by step: a paste, a fill or a clear is one step, whatever its size.

export interface CellChange {
  row: string;
  column: string;
  before: string;
  after: string;
}
export type Step = readonly CellChange[];

export interface History {
  done: readonly Step[];
  undone: readonly Step[];
}

export const noHistory: History = { done: [], undone: [] };
const longest = 500;

/** Adds a step; what had been undone is gone then. A step that changes nothing is none. */
export function record(history: History, step: Step): History {
  const real = step.filter(({ before, after }) => before !== after);
  if (real.length === 0) return history;
  return { done: [...history.done, real].slice(-longest), undone: [] };
}

/** Takes the newest step back; returns what has to be written, or null when there is none. */
export function undo(history: History): { history: History; changes: Step } | null {
  const step = history.done.at(-1);
  if (step === undefined) return null;
  return {
    history: { done: history.done.slice(0, -1), undone: [...history.undone, step] },
    changes: step.map((change) => ({ ...change, before: change.after, after: change.before })),
  };
}

export function redo(history: History): { history: History; changes: Step } | null {
  const step = history.undone.at(-1);
  if (step === undefined) return null;
  return { history: { done: [...history.done, step], undone: history.undone.slice(0, -1) }, changes: step };
}
