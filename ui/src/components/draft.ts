// A form that keeps what is typed: closed half filled (a key, another screen, an ended session), it
// opens again as it was left and says so. A draft is its person's alone, also after signing out; only
// saving it, throwing it away or closing the window forgets it.
import { useForm, type UseFormInput, type UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { asOperationError, type OperationError } from "../bridge";
import { owner, ownKey } from "../session/owner";
import { showFieldErrors } from "./form";
import { alsoUnsaved } from "./sheet/keptEdits";

interface Kept {
  /** What was typed, field by field; what was not touched is as it is stored. */
  typed: Record<string, unknown>;
  /** What stood in those fields, and the version that it was of. */
  over: Record<string, unknown>;
  /** When the last key was pressed, in milliseconds of the clock. */
  at: number;
  by: string;
}

const drafts = new Map<string, Kept>();
alsoUnsaved(() => drafts.size);

/** For tests: as a window that was just opened. */
export function forgetDrafts(): void {
  drafts.clear();
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
const pick = (values: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, values[name]]));

function keep(
  key: string,
  values: Record<string, unknown>,
  stored: Record<string, unknown>,
  secret: readonly string[],
): void {
  const touched = Object.keys(values).filter(
    (name) => name !== "version" && !secret.includes(name) && !same(values[name], stored[name]),
  );
  if (touched.length === 0) drafts.delete(key);
  else
    drafts.set(key, {
      typed: pick(values, touched),
      over: pick(stored, [...touched, "version"]),
      at: Date.now(),
      by: owner()?.name ?? "",
    });
}

/** Who typed what a form was opened with, and when. */
export interface KeptNote {
  at: number;
  by: string;
  /** What is stored in the same fields was changed since. */
  changedSince: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What was typed over what is stored now; `clash` where both changed what stood there to something else. */
function merged(over: unknown, typed: unknown, stored: unknown): { value: unknown; clash: boolean } {
  if (same(typed, over)) return { value: stored, clash: false };
  if (same(stored, over) || same(stored, typed)) return { value: typed, clash: false };
  if (!isRecord(over) || !isRecord(typed) || !isRecord(stored)) return { value: typed, clash: true };
  const parts = Object.keys(typed).map((name) => [name, merged(over[name], typed[name], stored[name])] as const);
  return {
    value: { ...stored, ...Object.fromEntries(parts.map(([name, part]) => [name, part.value])) },
    clash: parts.some(([, part]) => part.clash),
  };
}

/** The draft over what is stored now. Over what somebody else changed it keeps the version that it was typed on, so that saving it is refused. */
function opened<Values extends Record<string, unknown>>(
  key: string,
  stored: Values,
): { values: Values; note: KeptNote | null } {
  const draft = drafts.get(key);
  if (draft === undefined) return { values: stored, note: null };
  const names = Object.keys(draft.typed);
  const parts = names.map((name) => merged(draft.over[name], draft.typed[name], stored[name]));
  const changedSince = parts.some((part) => part.clash);
  const typed = Object.fromEntries(names.map((name, place) => [name, parts[place]?.value]));
  const version = changedSince && "version" in stored ? { version: draft.over.version } : {};
  return { values: { ...stored, ...typed, ...version }, note: { at: draft.at, by: draft.by, changedSince } };
}

export interface DraftForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>;
  /** Why it was not saved, where that belongs to no field. */
  failure: string | null;
  /** The row was changed by somebody else since the form was opened. */
  stale: boolean;
  pending: boolean;
  /** Whether the operation asked about a field's value (`unusual`, or its own word for it) instead of taking it. */
  asked: (field: string, code?: string) => boolean;
  /** What it was refused with the last time. */
  refused: OperationError | null;
  /** Something was typed that is not saved. */
  dirty: boolean;
  /** Something was typed that closing the form would lose: a password is kept nowhere. */
  losesTyped: boolean;
  /** The form was opened with a draft from before. */
  note: KeptNote | null;
  submit: (event?: React.FormEvent<HTMLFormElement>) => void;
  /** Forgets what was typed. */
  discard: () => void;
  /** The same, and shows what is stored. */
  startAnew: () => void;
}

interface DraftInput<Values extends Record<string, unknown>, Saved> {
  /** Names the form and the row that it changes. */
  key: string;
  initial: Values;
  validate?: UseFormInput<Values>["validate"];
  /** Fields that are never kept. */
  secret?: readonly (keyof Values & string)[];
  /** It stays open after saving, and while others save: what is not typed follows `initial` when its version changes. */
  follows?: boolean;
  save: (values: Values) => Promise<Saved>;
  onSaved: (saved: Saved, values: Values) => void;
}

/** Does something when a value is another one than it was drawn with before. */
function useWhenChanged(value: unknown, run: () => void): void {
  const current = useRef(run);
  useEffect(() => {
    current.current = run;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies(value): another value is when it is done.
  useEffect(() => current.current(), [value]);
}

export function useDraft<Values extends Record<string, unknown>, Saved>({
  key: name,
  initial,
  validate,
  secret = [],
  follows = false,
  save,
  onSaved,
}: DraftInput<Values, Saved>): DraftForm<Values> {
  const key = ownKey(name);
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  // What the fields stand over: as stored, and after saving what was handed in.
  const stored = useRef(initial);
  const [{ values: first, note: firstNote }] = useState(() => opened(key, initial));
  const [note, setNote] = useState(firstNote);
  const [refused, setRefused] = useState<OperationError | null>(null);
  const form = useForm<Values>({
    initialValues: first,
    ...(validate === undefined ? {} : { validate }),
    onValuesChange: (values) => keep(key, values, stored.current, secret),
  });
  const again = useRef(false);
  const mutation = useMutation({
    mutationFn: (values: Values) => save(values),
    onSuccess: (saved, values) => {
      stored.current = "version" in values ? { ...values, version: stored.current.version } : values;
      // Typed while it was being saved: that is not saved.
      if (follows) keep(key, form.getValues(), stored.current, secret);
      else drafts.delete(key);
      setNote(null);
      onSaved(saved, values);
    },
    onError: (reason) => {
      again.current = false;
      setRefused(asOperationError(reason));
      setStale(asOperationError(reason).code === "stale");
      setFailure(showFieldErrors(form, reason));
    },
  });
  useWhenChanged(initial.version, () => {
    // What was typed over what somebody else changed stays on the version that it was typed on, and is refused.
    if (!follows || initial.version === stored.current.version || note?.changedSince === true) return;
    const { version: _, ...typed } = form.getValues();
    const { value, clash } = merged(stored.current, { ...typed, version: stored.current.version }, initial);
    if (clash) {
      setNote({ at: Date.now(), by: owner()?.name ?? "", changedSince: true });
      return;
    }
    stored.current = initial;
    form.setInitialValues(initial);
    form.setValues(value as Values);
    keep(key, value as Values, initial, secret);
    if (again.current && !same(value, initial)) mutation.mutate(value as Values);
    again.current = false;
  });
  return {
    form,
    failure,
    stale,
    note,
    asked: (field, code = "unusual") =>
      refused?.faults.some((fault) => fault.field === field && fault.code === code) ?? false,
    refused,
    pending: mutation.isPending,
    dirty: note !== null || form.isDirty(),
    losesTyped: secret.some((field) => !same(form.values[field], stored.current[field])),
    submit: form.onSubmit((values) => {
      // What was typed since goes after it, on the version that it makes.
      again.current = follows && mutation.isPending;
      if (mutation.isPending) return;
      setFailure(null);
      mutation.mutate(values);
    }),
    discard: () => {
      drafts.delete(key);
    },
    startAnew: () => {
      form.setInitialValues(stored.current);
      form.setValues(stored.current);
      form.clearErrors();
      drafts.delete(key);
      setNote(null);
      setFailure(null);
    },
  };
}
