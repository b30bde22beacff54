// The question when the window is asked to close and something typed could not be saved.
import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { refusedClosing, unsavedCells } from "../components/sheet/keptEdits";

export function UnsavedOnClose() {
  const { t } = useTranslation();
  const refused = useSyncExternalStore(refusedClosing.subscribe, refusedClosing.refused);
  return (
    <Modal opened={refused} onClose={refusedClosing.stay} title={t("frame.closing.title")} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Stack>
        <Text size="sm">{t("frame.closing.text", { count: unsavedCells() })}</Text>
        <Group justify="flex-end">
          <Button variant="subtle" color="wrong" onClick={() => void refusedClosing.closeAnyway()}>{t("frame.closing.close")}</Button>
          <Button data-autofocus onClick={refusedClosing.stay}>{t("frame.closing.stay")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
