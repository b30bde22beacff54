// A form that keeps what is typed: closed half filled (a key, another screen, an ended session), it
// opens again as it was left and says so. A draft is its person's alone, also after signing out; only
// saving it, throwing it away or closing the window forgets it.
import { useForm, type UseFormInput, type UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
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

/** The draft over what is stored now. Over what somebody else changed it keeps the version that it was typed on, so that saving it is refused. */
function opened<Values extends Record<string, unknown>>(
  key: string,
  stored: Values,
): { values: Values; note: KeptNote | null } {
  const draft = drafts.get(key);
  if (draft === undefined) return { values: stored, note: null };
  const changedSince = Object.keys(draft.typed).some((name) => !same(stored[name], draft.over[name]));
  const version = changedSince && "version" in stored ? { version: draft.over.version } : {};
  return { values: { ...stored, ...draft.typed, ...version }, note: { at: draft.at, by: draft.by, changedSince } };
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
  save: (values: Values) => Promise<Saved>;
  onSaved: (saved: Saved, values: Values) => void;
}

export function useDraft<Values extends Record<string, unknown>, Saved>({
  key: name,
  initial,
  validate,
  secret = [],
  save,
  onSaved,
}: DraftInput<Values, Saved>): DraftForm<Values> {
  const key = ownKey(name);
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [stored] = useState(initial);
  const [{ values: first, note: firstNote }] = useState(() => opened(key, initial));
  const [note, setNote] = useState(firstNote);
  const [refused, setRefused] = useState<OperationError | null>(null);
  const form = useForm<Values>({
    initialValues: first,
    ...(validate === undefined ? {} : { validate }),
    onValuesChange: (values) => keep(key, values, stored, secret),
  });
  const mutation = useMutation({
    mutationFn: (values: Values) => save(values),
    onSuccess: (saved, values) => {
      drafts.delete(key);
      onSaved(saved, values);
    },
    onError: (reason) => {
      setRefused(asOperationError(reason));
      setStale(asOperationError(reason).code === "stale");
      setFailure(showFieldErrors(form, reason));
    },
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
    losesTyped: secret.some((field) => !same(form.values[field], stored[field])),
    submit: form.onSubmit((values) => {
      setFailure(null);
      mutation.mutate(values);
    }),
    discard: () => {
      drafts.delete(key);
    },
    startAnew: () => {
      form.setInitialValues(stored);
      form.setValues(stored);
      form.clearErrors();
      drafts.delete(key);
      setNote(null);
      setFailure(null);
    },
  };
}
