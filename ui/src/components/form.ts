// Puts an operation's field errors beside the fields of a form.
import type { UseFormReturnType } from "@mantine/form";
import { asOperationError } from "../bridge";
import { errorText } from "../i18n";

/** Shows a failure in a form: what belongs to a field beside it, the rest as the returned sentence. */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: Pick<UseFormReturnType<Values>, "setErrors" | "values">,
  reason: unknown,
): string | null {
  const error = asOperationError(reason);
  const entries = Object.entries(error.fields);
  const placed = entries.filter(([field]) => (field.split(".")[0] ?? "") in form.values);
  if (placed.length > 0) form.setErrors(Object.fromEntries(placed));
  return placed.length > 0 && placed.length === entries.length ? null : errorText(error);
}
