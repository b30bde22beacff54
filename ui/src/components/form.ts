// Puts an operation's field errors beside the fields of a form.
import type { UseFormReturnType } from "@mantine/form";
import { asOperationError } from "../bridge";
import { errorText } from "../i18n";

/** Shows a failure in a form: what belongs to a field beside it, with what to do where that is all; the rest as the returned sentence. */
export function showFieldErrors<Values extends Record<string, unknown>>(
  form: Pick<UseFormReturnType<Values>, "setErrors" | "values">,
  reason: unknown,
): string | null {
  const error = asOperationError(reason);
  const entries = Object.entries(error.fields);
  const placed = entries.filter(([field]) => (field.split(".")[0] ?? "") in form.values);
  const { help = "" } = error;
  const helped = (text: string) => [text, text.includes(help) ? "" : help].filter((part) => part !== "").join(" ");
  const alone = placed.length === 1 && entries.length === 1;
  if (placed.length > 0)
    form.setErrors(Object.fromEntries(placed.map(([field, text]) => [field, alone ? helped(text) : text])));
  if (placed.length > 0 && placed.length === entries.length) return null;
  return entries.length > 0 ? helped(errorText(error)) : errorText(error);
}
