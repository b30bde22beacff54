// The one way from the window to the operations in Rust, and from their announcements back.
// It knows no operation by name except those that a signed-out person may call.
import { invoke } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import type { QueryClient } from "@tanstack/react-query";
import { say } from "./words";
import type { Announcement } from "./bindings/Announcement";
import type { FieldError } from "./bindings/FieldError";
import type { Message } from "./bindings/Message";
import type { JobUpdate } from "./bindings/JobUpdate";
import type { OperationName } from "./bindings/operations";

/** What an operation refuses with. */
export class OperationError extends Error {
  readonly code: string;
  /** What is wrong with each field of the input, by the field's name: `a.b`, `list.3.a`. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the person can do next. */
  readonly help: string | undefined;
  /** More for this code: the current row when stale, seconds to wait when slowed down. */
  readonly details: unknown;
  /** All that is wrong with fields, a field maybe several times, each with its stable word. */
  readonly faults: readonly FieldError[];

  constructor(
    code: string,
    message: string,
    fields: Record<string, string> = {},
    help?: string,
    details?: unknown,
    faults: readonly FieldError[] = [],
  ) {
    super(message);
    this.name = "OperationError";
    this.code = code;
    this.fields = fields;
    this.help = help;
    this.details = details;
    this.faults = faults;
  }
}

/** Codes that say "nobody is signed in any more": the call waits until somebody is. */
const sessionCodes = new Set(["session_expired", "signed_out"]);
const openOperations = new Set<string>([
  "accounts.status",
  "accounts.set_up",
  "accounts.sign_in",
  "accounts.sign_out",
  "accounts.lock_screen",
  "accounts.unlock",
] satisfies OperationName[]);

let waiting: (() => void)[] = [];
/** Calls that came to a locked screen: they are made again once it is unlocked. */
let behindLock: (() => void)[] = [];
let onLocked: () => void = () => undefined;
/** Calls that wait for the password of whoever is signed in. */
let needing: { resume: () => void; giveUp: () => void }[] = [];
const needWatchers = new Set<() => void>();
let expired = false;
/** Counts the sign-ins of this window. What was asked for in one is never answered in another. */
let signIn = 0;
const never = new Promise<never>(() => undefined);
const watchers = new Set<() => void>();

let jobs: readonly Job[] = [];
/** The jobs that were begun in this sign-in; those of another person go on, but are not shown. */
const ownJobs = new Set<string>();
const jobWatchers = new Set<() => void>();

function setExpired(value: boolean): void {
  expired = value;
  watchers.forEach((watcher) => watcher());
}

/** Whether calls are waiting for the person to sign in again (for `useSyncExternalStore`). */
export const sessionExpiry = {
  subscribe(watcher: () => void): () => void {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  expired: (): boolean => expired,
};

/** The same person signed in again: every waiting call is made anew. */
export function resumeCalls(): void {
  const resumed = waiting;
  waiting = [];
  setExpired(false);
  resumed.forEach((resume) => resume());
}

/** Hears when a call came to a locked screen. */
export function whenLocked(told: () => void): void {
  onLocked = told;
}

/** The screen is unlocked: every call that came meanwhile is made anew. */
export function resumeLocked(): void {
  const resumed = behindLock;
  behindLock = [];
  resumed.forEach((resume) => resume());
}

function setNeeding(next: typeof needing): void {
  needing = next;
  needWatchers.forEach((watcher) => watcher());
}

/** Whether calls are waiting for the password to be given once more (for `useSyncExternalStore`). */
export const passwordNeed = {
  subscribe(watcher: () => void): () => void {
    needWatchers.add(watcher);
    return () => needWatchers.delete(watcher);
  },
  needed: (): boolean => needing.length > 0,
  /** It was given: every waiting call is made anew. */
  given(): void {
    const resumed = needing;
    setNeeding([]);
    resumed.forEach(({ resume }) => resume());
  },
  /** It was not: what waited is refused. */
  refused(): void {
    const refused = needing;
    setNeeding([]);
    refused.forEach(({ giveUp }) => giveUp());
  },
};

/** The person left, or another came: what was asked for and is not answered yet stays so, and is never done in another's name. */
export function abandonCalls(): void {
  signIn += 1;
  waiting = [];
  behindLock = [];
  setNeeding([]);
  ownJobs.clear();
  jobs = [];
  jobWatchers.forEach((watcher) => watcher());
  setExpired(false);
}

/** Turns whatever an `invoke` rejected with into an `OperationError`. */
export function asOperationError(reason: unknown): OperationError {
  if (reason instanceof OperationError) return reason;
  if (typeof reason === "object" && reason !== null && "code" in reason && typeof reason.code === "string") {
    const { code, message, said, fields, help, advice, details } = reason as {
      code: string;
      message?: unknown;
      said?: Message;
      advice?: Message | null;
      fields?: unknown;
      help?: unknown;
      details?: unknown;
    };
    return new OperationError(
      code,
      said !== undefined ? say(said) : typeof message === "string" ? message : code,
      fieldsOf(fields),
      advice ? say(advice) : typeof help === "string" ? help : undefined,
      details,
      Array.isArray(fields) ? (fields as readonly FieldError[]) : [],
    );
  }
  const message = reason instanceof Error ? reason.message : String(reason);
  return new OperationError("unreachable", message);
}

/** Fields arrive as a map, or as a list of `{ field, message }`. */
function fieldsOf(fields: unknown): Record<string, string> {
  if (Array.isArray(fields)) {
    const pairs = fields.flatMap((entry: { field?: unknown; message?: unknown; said?: Message }) =>
      typeof entry?.field === "string"
        ? [[entry.field, entry.said !== undefined ? say(entry.said) : String(entry.message ?? "")] as const]
        : [],
    );
    return Object.fromEntries(pairs);
  }
  if (typeof fields !== "object" || fields === null) return {};
  return Object.fromEntries(Object.entries(fields).map(([field, message]) => [field, String(message)]));
}

/**
 * Calls an operation. Rejects with an `OperationError` always. When the session has expired the
 * promise stays open until the person has signed in again, and the call is then made once more; so
 * it is while the screen is locked, and where the password is asked for once more before it is done.
 * Where another sign-in began meanwhile it stays open for good: whoever waits for it is gone.
 * `job` names the work for its progress and for `cancelJob`; `crypto.randomUUID()` makes one.
 */
export async function call<Output>(operation: string, input: unknown, job?: string): Promise<Output> {
  const mine = signIn;
  const isOver = () => mine !== signIn && !openOperations.has(operation);
  if (job !== undefined) ownJobs.add(job);
  try {
    const output = await invoke<Output>("call", job === undefined ? { operation, input } : { operation, input, job });
    return isOver() ? await never : output;
  } catch (reason) {
    if (isOver()) return never;
    const error = asOperationError(reason);
    if (openOperations.has(operation)) throw error;
    if (error.code === "password_needed")
      await new Promise<void>((resume, reject) => setNeeding([...needing, { resume, giveUp: () => reject(error) }]));
    else if (error.code === "locked")
      await new Promise<void>((resume) => {
        behindLock.push(resume);
        onLocked();
      });
    else if (sessionCodes.has(error.code)) {
      await new Promise<void>((resume) => {
        waiting.push(resume);
        if (!expired) setExpired(true);
      });
    } else throw error;
    return call<Output>(operation, input, job);
  }
}

/** An operation as the table says it: called with its input, or asked for as a query that knows what it shows. */
export interface OperationOf<Input, Output> {
  (input: Input, job?: string): Promise<Output>;
  /** The first part of every query's key of this operation. */
  readonly key: readonly [string];
  /** What its answer shows, for a query that is put together from several. */
  readonly meta: Shows;
  /** For `useQuery`: asked again whenever something that it shows has changed. */
  query(input: Input): QueryOf<Output>;
  /** The same for an answer that comes in parts, or from which something else is made; what is added tells it apart. */
  about(input: Partial<Input>, ...more: readonly unknown[]): Asked;
}

/** What a query shows: announced subjects, as the table of operations names them. */
export type Shows = { readonly shows: readonly string[] };

/** What is asked, without how. */
export interface Asked {
  readonly queryKey: readonly [string, ...unknown[]];
  readonly meta: { readonly shows: readonly string[] };
}

export type QueryOf<Output> = Asked & { readonly queryFn: () => Promise<Output> };

/** Makes an operation's function; the generated bindings alone call this. */
export function operation<Input, Output>(name: string, shows: readonly string[]): OperationOf<Input, Output> {
  const ask = (input: Input, job?: string) => call<Output>(name, input, job);
  const meta: Shows = { shows };
  const about = (input: Partial<Input>, ...more: readonly unknown[]): Asked => ({
    queryKey: [name, input, ...more],
    meta,
  });
  const query = (input: Input): QueryOf<Output> => ({ ...about(input), queryFn: () => ask(input) });
  return Object.assign(ask, { key: [name] as const, meta, query, about });
}

/** Whether a query shows an announced subject: a table, or `table:row`. */
export function isShown(subject: string, meta: Record<string, unknown> | undefined): boolean {
  const shows = meta?.shows;
  if (subject === "*") return true; // Announcements were missed: everything may have changed.
  if (!Array.isArray(shows)) return false;
  return shows.includes(subject.split(":", 1)[0]);
}

/** Has the queries fetched again whose subjects are announced as changed. */
export function followChanges(queries: QueryClient): Promise<() => void> {
  return listen<Announcement>("changed", ({ payload }) => {
    void queries.invalidateQueries({
      predicate: ({ meta }) => payload.subjects.some((subject) => isShown(subject, meta)),
    });
  });
}

/** A piece of work that runs beside the window; `frame.jobs.titles` has its name for people. */
export type Job = JobUpdate;

export function noteJob(job: Job): void {
  const known = jobs.some(({ id }) => id === job.id);
  jobs = known ? jobs.map((other) => (other.id === job.id ? job : other)) : [...jobs, job];
  jobWatchers.forEach((watcher) => watcher());
}

export function forgetJob(id: string): void {
  jobs = jobs.filter((job) => job.id !== id);
  jobWatchers.forEach((watcher) => watcher());
}

/** The jobs of this window, newest last (for `useSyncExternalStore`). */
export const jobStore = {
  subscribe(watcher: () => void): () => void {
    jobWatchers.add(watcher);
    return () => jobWatchers.delete(watcher);
  },
  jobs: (): readonly Job[] => jobs,
};

export function followJobs(): Promise<() => void> {
  return listen<Job>("job", ({ payload }) => {
    if (ownJobs.has(payload.id)) noteJob(payload);
  });
}

/** Asks a job to stop; it says so itself by a `job` event when it has. */
export async function cancelJob(id: string): Promise<void> {
  try {
    await invoke("jobs.cancel_job", { id });
  } catch (reason) {
    throw asOperationError(reason);
  }
}

/** The window wants to close: `answer` is asked each time, and `readyToClose` lets it. */
export function followClosing(answer: () => void): Promise<() => void> {
  return listen("closing", answer);
}

/** Everything is handed over, or given up: the window closes now. */
export async function readyToClose(): Promise<void> {
  await invoke("ready_to_close");
}
