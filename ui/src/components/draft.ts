// A form that keeps what is typed: closed half filled (a key, another screen, an ended session), it
// opens again as it was left. Only saving it or throwing it away forgets it, and signing out.
import { useForm, type UseFormInput, type UseFormReturnType } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { asOperationError } from "../bridge";
import { queries } from "../session/queries";
import { showFieldErrors } from "./form";

const drafts = new Map<string, Record<string, unknown>>();

// Whoever signs in next must not see what was typed here.
queries.getQueryCache().subscribe((event) => {
  if (event.type === "removed" && event.query.queryKey[0] === "whoami") drafts.clear();
});

export interface DraftForm<Values extends Record<string, unknown>> {
  form: UseFormReturnType<Values>;
  /** Why it was not saved, where that belongs to no field. */
  failure: string | null;
  /** The row was changed by somebody else since the form was opened. */
  stale: boolean;
  pending: boolean;
  /** Whether the operation asked about a field's value (`unusual`) instead of taking it. */
  asked: (field: string) => boolean;
  /** Something was typed that is not saved. */
  dirty: boolean;
  submit: (event?: React.FormEvent<HTMLFormElement>) => void;
  /** Forgets what was typed. */
  discard: () => void;
}

interface DraftInput<Values extends Record<string, unknown>, Saved> {
  /** Names the form and the row that it changes. */
  key: string;
  initial: Values;
  validate?: UseFormInput<Values>["validate"];
  save: (values: Values) => Promise<Saved>;
  onSaved: (saved: Saved, values: Values) => void;
}

export function useDraft<Values extends Record<string, unknown>, Saved>({ key, initial, validate, save, onSaved }: DraftInput<Values, Saved>): DraftForm<Values> {
  const [failure, setFailure] = useState<string | null>(null);
  const [stale, setStale] = useState(false);
  const [unusual, setUnusual] = useState<readonly string[]>([]);
  const [kept] = useState(() => drafts.get(key) as Partial<Values> | undefined);
  const form = useForm<Values>({
    initialValues: { ...initial, ...kept },
    ...(validate === undefined ? {} : { validate }),
    onValuesChange: (values) => drafts.set(key, values),
  });
  const mutation = useMutation({
    mutationFn: (values: Values) => save(values),
    onSuccess: (saved, values) => {
      drafts.delete(key);
      onSaved(saved, values);
    },
    onError: (reason) => {
      setUnusual(asOperationError(reason).faults.filter(({ code }) => code === "unusual").map(({ field }) => field));
      setStale(asOperationError(reason).code === "stale");
      setFailure(showFieldErrors(form, reason));
    },
  });
  return {
    form, failure, stale, asked: (field) => unusual.includes(field), pending: mutation.isPending, dirty: kept !== undefined || form.isDirty(),
    submit: form.onSubmit((values) => { setFailure(null); mutation.mutate(values); }),
    discard: () => { drafts.delete(key); },
  };
}
