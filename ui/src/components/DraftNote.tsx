// What is shown is not stored: it was typed before, by whom and when, and can be thrown away.
import { Alert, Button, Group, Text } from "@mantine/core";
import { useTranslation } from "../i18n";
import { formatMoment } from "../numbers";

interface DraftNoteProps {
  by: string;
  /** Milliseconds of the clock. */
  at: number;
  /** What is stored was changed since. */
  changedSince?: boolean;
  /** How many cells; a form where it is left out. */
  cells?: number;
  onThrowAway: () => void;
}

export function DraftNote({ by, at, changedSince = false, cells, onThrowAway }: DraftNoteProps) {
  const { t } = useTranslation();
  const when = formatMoment(new Date(at).toISOString());
  return (
    <Alert color="attention" role="status" p="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex="1 1 14rem">
          {cells === undefined
            ? t("common.draft.form", { by, at: when })
            : t("common.draft.cells", { count: cells, by, at: when })}{" "}
          {changedSince && t("common.draft.changedSince")}
        </Text>
        <Button variant="default" onClick={onThrowAway}>
          {t("common.closing.throwAway")}
        </Button>
      </Group>
    </Alert>
  );
}
