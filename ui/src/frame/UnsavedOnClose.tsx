// The question when the window is asked to close, or somebody signs out, and something typed could not be saved.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { refusal } from "../components/change";
import { Dialog } from "../components/Dialog";
import { askedLeaving, unsavedCells, unsavedOthers } from "../components/sheet/keptEdits";
import { useTranslation } from "../i18n";

export function UnsavedOnClose() {
  const { t } = useTranslation();
  const asked = useSyncExternalStore(askedLeaving.subscribe, askedLeaving.asked);
  if (asked === null) return null;
  const cells = unsavedCells(asked.how);
  const drafts = asked.how === "close" ? unsavedOthers() : 0;
  return (
    <Dialog onClose={askedLeaving.stay} title={t("frame.closing.title")} plain>
      <Stack>
        <Text size="sm">
          {cells > 0 && t("frame.closing.cells", { count: cells })}{" "}
          {drafts > 0 && t("frame.closing.drafts", { count: drafts })} {t(`frame.closing.${asked.how}Text`)}
        </Text>
        <Group justify="flex-end">
          <Button variant="subtle" color="wrong" onClick={() => void asked.anyway().catch(refusal)}>
            {t(`frame.closing.${asked.how}`)}
          </Button>
          <Button data-autofocus onClick={askedLeaving.stay}>
            {t("frame.closing.stay")}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
