// Saving and opening what was made, and saying where it is.
import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { openArtifact, saveArtifact } from "../files";
import { errorText, t } from "../i18n";

/** What an operation made and can be fetched by. */
interface Document {
  artifact: string;
}

export function failed(reason: unknown): void {
  notifications.show({ color: "wrong", message: errorText(reason), autoClose: 10_000 });
}

/** Opens it in the system's viewer, from which it can be printed. */
export async function openDocument({ artifact }: Document): Promise<void> {
  try {
    await openArtifact(artifact);
  } catch (reason) {
    failed(reason);
  }
}

/** Saves into the folder for documents, or where the person chooses, and says where; whether it was saved. */
export async function saveDocument(made: Document, choose = false): Promise<boolean> {
  try {
    const path = await saveArtifact(made.artifact, choose);
    if (path === null) return false;
    notifications.show({
      color: "good",
      autoClose: 15_000,
      title: t("common.files.saved"),
      message: (
        <Group justify="space-between" wrap="nowrap" gap="xs">
          <Text size="sm" style={{ overflowWrap: "anywhere" }}>
            {path}
          </Text>
          <Button variant="subtle" flex="none" onClick={() => void openDocument(made)}>
            {t("common.open")}
          </Button>
        </Group>
      ),
    });
    return true;
  } catch (reason) {
    failed(reason);
    return false;
  }
}
