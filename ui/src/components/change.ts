// A change that was made: said in a notice, with undo; and one that failed, said with what to do.
import { notifications } from "@mantine/notifications";
import { asOperationError } from "../bridge";
import { errorText } from "../i18n";
import { offerUndo, undoEntry } from "./undo";

/** Says what was done and offers to take it back; only says it where there is nothing to take back. */
export function said(message: string, entry: string | null): void {
  if (entry === null) notifications.show({ color: "good", message });
  else offerUndo(message, () => undoEntry(entry));
}

/** Says why something was refused, and what can be done. */
export function refusal(reason: unknown): void {
  const { help, fields } = asOperationError(reason);
  const message = [errorText(reason), ...Object.values(fields), help]
    .filter((part) => part !== undefined && part !== null && part !== "")
    .join(" ");
  notifications.show({ color: "wrong", message, autoClose: 12_000 });
}

/** Does something that has no form to show its failure in; says whether it was done. */
export async function change(work: () => Promise<{ undo: string | null }>, message: string): Promise<boolean> {
  try {
    said(message, (await work()).undo);
    return true;
  } catch (reason) {
    refusal(reason);
    return false;
  }
}
