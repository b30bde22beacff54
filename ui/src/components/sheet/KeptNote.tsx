// Cells that were typed before this screen was opened and could not be saved.
import { useState, useSyncExternalStore } from "react";
import { owner } from "../../session/owner";
import { DraftNote } from "../DraftNote";
import type { KeptSheet } from "./keptEdits";

export function KeptNote({ sheet }: { sheet: KeptSheet }) {
  const edits = useSyncExternalStore(sheet.subscribe, sheet.all);
  const [opened] = useState(() => Date.now());
  const old = [...edits.values()].filter(({ state, at }) => state !== "saved" && state !== "saving" && at < opened);
  if (old.length === 0) return null;
  return (
    <DraftNote
      by={owner()?.name ?? ""}
      at={Math.max(...old.map(({ at }) => at))}
      cells={old.length}
      onThrowAway={() => sheet.throwAway(old)}
    />
  );
}
