// The list of keys that do something now.
import { Group, Stack, Text, Title } from "@mantine/core";
import { Dialog } from "../components/Dialog";
import { useTranslation } from "../i18n";
import { Keys, useKeyLayers } from "./keys";

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const layers = useKeyLayers();
  const groups = [
    { title: t("frame.keys.here"), keys: layers.filter((layer) => !layer.everywhere).flatMap(({ keys }) => keys) },
    { title: t("frame.keys.everywhere"), keys: layers.filter((layer) => layer.everywhere).flatMap(({ keys }) => keys) },
  ].filter(({ keys }) => keys.length > 0);
  return (
    <Dialog onClose={onClose} title={t("frame.keys.title")} closeOnClickOutside>
      <Stack gap="lg">
        {groups.map(({ title, keys }) => (
          <Stack key={title} gap={6}>
            <Title order={2} size="h3">
              {title}
            </Title>
            {keys.map((key) => (
              <Group key={`${key.keys}${key.label}`} justify="space-between" wrap="nowrap">
                <Text size="sm">{key.label}</Text>
                <Keys keys={key.keys} />
              </Group>
            ))}
          </Stack>
        ))}
      </Stack>
    </Dialog>
  );
}
