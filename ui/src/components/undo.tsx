// "Undo" instead of "are you sure": a notice with a button, and Ctrl Z while it is shown.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { errorText, i18next } from "../i18n";

interface Undo { id: string; undo: () => Promise<unknown> }

let offered: readonly Undo[] = [];
let count = 0;

function withdraw(id: string): void {
  offered = offered.filter((undo) => undo.id !== id);
}

async function perform({ id, undo }: Undo): Promise<void> {
  withdraw(id);
  notifications.hide(id);
  try {
    await undo();
  } catch (reason) {
    notifications.show({ color: "wrong", message: errorText(reason), autoClose: false });
  }
}

/** Says what was done and offers to undo it for 10 seconds. */
export function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const entry: Undo = { id: `undo-${(count += 1)}`, undo };
  offered = [...offered, entry];
  notifications.show({
    id: entry.id,
    autoClose: 10_000,
    onClose: () => withdraw(entry.id),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="subtle" onClick={() => void perform(entry)}>{i18next.t("common.undo")}</Button>
      </Group>
    ),
  });
}

/** Undoes the newest thing that is still offered; says whether there was one. */
export function undoLatest(): boolean {
  const latest = offered.at(-1);
  if (latest === undefined) return false;
  void perform(latest);
  return true;
}
