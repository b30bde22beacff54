// In the top bar: what this sign-in did, newest first, each with a button that takes it back.
import { ActionIcon, Button, Group, Popover, ScrollArea, Stack, Text, Tooltip } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Act } from "../bindings/Act";
import { myChanges } from "../bindings/operations";
import { Keys } from "../frame/keys";
import { useTranslation } from "../i18n";
import { formatMoment } from "../numbers";
import { useSession } from "../session/session";
import { actText, whyNotText } from "./acts";
import { ErrorState, LoadingShape } from "./states";
import { undoEntry } from "./undo";

export function UndoMenu() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [opened, setOpened] = useState(false);
  if (!may("upkeep.my_changes")) return null;
  return (
    <Popover width={420} position="bottom-end" withinPortal opened={opened} onChange={setOpened} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip
          label={
            <>
              {t("upkeep.menu")} <Keys keys="mod+Z" />
            </>
          }
          disabled={opened}
        >
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t("upkeep.menu")}
            aria-expanded={opened}
            onClick={() => setOpened(!opened)}
          >
            <IconArrowBackUp size="1.125rem" />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t("upkeep.menu")}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.stopPropagation();
        }}
      >
        <ScrollArea.Autosize mah="min(60vh, 28rem)">
          <UndoList />
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}

/** What this sign-in did; the newest `limit` of it. */
export function UndoList({ limit = 30 }: { limit?: number }) {
  const { t } = useTranslation();
  const mine = useQuery({
    ...myChanges.query({ limit }),
    staleTime: 0,
  });
  if (mine.data === undefined)
    return mine.error === null ? (
      <LoadingShape rows={4} />
    ) : (
      <ErrorState error={mine.error} onRetry={() => void mine.refetch()} />
    );
  if (mine.data.acts.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {t("upkeep.nothing")}
      </Text>
    );
  return (
    <Stack gap="sm" component="ul" style={{ listStyle: "none", margin: 0, padding: 0 }}>
      {mine.data.acts.map((act) => (
        <Line key={act.entry} act={act} again={mine.data.redo?.entry === act.entry ? act.undoneBy : null} />
      ))}
    </Stack>
  );
}

function Line({ act, again }: { act: Act; again: string | null }) {
  const { t } = useTranslation();
  const said = actText(act.words);
  const undone = act.undoneBy !== null;
  return (
    <Group component="li" justify="space-between" align="start" wrap="nowrap" gap="sm">
      <div style={{ minWidth: 0 }}>
        <Text size="sm" td={undone ? "line-through" : undefined}>
          <bdi>{said}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          {formatMoment(act.at)}
          {undone && ` · ${t("upkeep.isUndone")}`}
        </Text>
        {!undone && act.whyNot !== null && (
          <Text size="xs" c="dimmed">
            <bdi>{whyNotText(act.whyNot)}</bdi>
          </Text>
        )}
      </div>
      {!undone && act.whyNot === null && (
        <Button
          variant="default"
          size="xs"
          flex="none"
          aria-label={t("upkeep.undoOf", { act: said })}
          onClick={() => void undoEntry(act.entry)}
        >
          {t("common.undo")}
        </Button>
      )}
      {again !== null && (
        <Button
          variant="subtle"
          size="xs"
          flex="none"
          aria-label={t("upkeep.redoOf", { act: said })}
          onClick={() => void undoEntry(again)}
        >
          {t("common.redo")}
        </Button>
      )}
    </Group>
  );
}
