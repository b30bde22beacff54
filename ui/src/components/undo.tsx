// "Undo" instead of "are you sure": a notice with a button for a while, and at any time the key, which takes back what
// this sign-in did, one act after the other.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { myChanges, undo } from "../bindings/operations";
import type { Undone } from "../bindings/Undone";
import type { WhyNot } from "../bindings/WhyNot";
import { asOperationError } from "../bridge";
import { errorText, t } from "../i18n";
import { actText, whyNotText } from "./acts";
import { flushKeptEdits } from "./sheet/keptEdits";

/** How long a notice stays that nobody closes, in milliseconds. */
const stays = 10_000;
/** There is one notice about undoing at a time. */
const noticeId = "undo";

let count = 0;
/** Acts of which it was said that they cannot be undone: the key goes on to what was done before them. */
const passed = new Set<string>();

function notice(message: string, action: { label: string; run: () => void } | null, color?: string): void {
  notifications.hide(noticeId);
  notifications.show({
    id: noticeId,
    autoClose: stays,
    ...(color === undefined ? {} : { color }),
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        {action !== null && (
          <Button
            variant="subtle"
            onClick={() => {
              notifications.hide(noticeId);
              action.run();
            }}
          >
            {action.label}
          </Button>
        )}
      </Group>
    ),
  });
}

function isWhyNot(details: unknown): details is WhyNot {
  return typeof details === "object" && details !== null && "reason" in details;
}

/** Says why it was refused, in the words of who stands in the way. */
export function undoRefused(reason: unknown): void {
  const error = asOperationError(reason);
  const why = isWhyNot(error.details) ? whyNotText(error.details) : errorText(error);
  notice([why, error.help].filter((part) => part !== undefined && part !== "").join(" "), null, "attention");
}

function done({ act, again, undo: entry }: Undone): void {
  const message = t(again ? "upkeep.redone" : "upkeep.undone", { act: actText(act) });
  notice(
    message,
    entry === null ? null : { label: t(again ? "common.undo" : "common.redo"), run: () => void undoEntry(entry) },
    "good",
  );
}

/** Takes an act back, or does one again, by its entry, and says so; resolves with whether it was done. */
export async function undoEntry(entry: string): Promise<boolean> {
  try {
    done(await undo({ entry }));
    return true;
  } catch (reason) {
    undoRefused(reason);
    return false;
  }
}

/** Says what was done and offers for a while to undo it. */
export function offerUndo(message: string, work: () => Promise<unknown>): void {
  count += 1;
  const id = `undo-${count}`;
  const run = async () => {
    notifications.hide(id);
    try {
      await work();
    } catch (reason) {
      undoRefused(reason);
    }
  };
  notifications.show({
    id,
    autoClose: stays,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button variant="subtle" onClick={() => void run()}>
          {t("common.undo")}
        </Button>
      </Group>
    ),
  });
}

let running = false;

/** One at a time: a key that is held down does not ask twice for the same. */
async function alone(work: () => Promise<void>): Promise<void> {
  if (running) return;
  running = true;
  try {
    await work();
  } catch (reason) {
    undoRefused(reason);
  } finally {
    running = false;
  }
}

/** Takes back the newest act of this sign-in that stands; says what, or why not. */
export function undoLatest(): Promise<void> {
  return alone(async () => {
    await flushKeptEdits();
    const [act] = (await myChanges({ standing: true, except: [...passed], limit: 1 })).acts;
    if (act === undefined) {
      notice(t("upkeep.nothing"), null);
    } else if (act.whyNot !== null) {
      passed.add(act.entry);
      notice(
        t("upkeep.cannot", { act: actText(act.words), why: whyNotText(act.whyNot) }),
        { label: t("upkeep.before"), run: () => void undoLatest() },
        "attention",
      );
    } else if (!(await undoEntry(act.entry))) {
      passed.add(act.entry);
    }
  });
}

/** Does again what was undone last, unless something else was done since. */
export function redoLatest(): Promise<void> {
  return alone(async () => {
    await flushKeptEdits();
    const { redo } = await myChanges({ limit: 1 });
    if (redo === null || redo.undoneBy === null) notice(t("upkeep.nothingAgain"), null);
    else await undoEntry(redo.undoneBy);
  });
}
