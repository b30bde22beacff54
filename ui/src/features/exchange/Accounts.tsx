// The user names and one-time passwords of new accounts: told now and never again.
import { Alert, Button, Group, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { Exported } from "../../bindings/Exported";
import { openDocument, saveDocument } from "../../components/documents";
import { useTranslation } from "../../i18n";

export function Accounts({ made }: { made: Exported }) {
  const { t } = useTranslation();
  const save = useMutation({ mutationFn: () => saveDocument(made, true) });
  return (
    <Alert
      color="late"
      icon={<IconKey size="1.25rem" />}
      role="status"
      title={t("exchange.accounts.title", { count: made.rows })}
    >
      <Text size="sm">{t("exchange.accounts.text")}</Text>
      <Group gap="xs" mt="xs">
        <Button loading={save.isPending} onClick={() => save.mutate()}>
          {t("exchange.accounts.save")}
        </Button>
        <Button variant="default" onClick={() => void openDocument(made)}>
          {t("exchange.accounts.open")}
        </Button>
      </Group>
    </Alert>
  );
}
