// A change to the columns of a sheet: done, said, and offered to be undone.
import { notifications } from "@mantine/notifications";
import { undo } from "../../bindings/operations";
import { offerUndo } from "../../components/undo";
import { asOperationError } from "../../bridge";
import { errorText } from "../../i18n";

/** Offers to take the change back; nothing to offer where nothing changed. */
export function offer(message: string, entry: string | null): void {
  if (entry !== null) offerUndo(message, () => undo({ entry }));
}

/** Does something that has no form to show its failure in. */
export async function change(work: () => Promise<{ undo: string | null }>, message: string): Promise<void> {
  try {
    offer(message, (await work()).undo);
  } catch (reason) {
    const { help } = asOperationError(reason);
    notifications.show({ color: "wrong", message: help === undefined ? errorText(reason) : `${errorText(reason)} ${help}`, autoClose: 10_000 });
  }
}
