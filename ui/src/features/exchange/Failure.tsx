// Why files cannot be imported at all: what is wrong where, and what was expected.
import { Alert, Stack, Text } from "@mantine/core";
import type { Refusal } from "../../bindings/Refusal";
import type { OperationError } from "../../bridge";
import { errorText, useTranslation } from "../../i18n";
import { RefusalTable } from "./tables";

/** The refusals that came with an error about a file, if there are any. */
function refusalsOf(details: unknown): readonly Refusal[] {
  if (typeof details !== "object" || details === null || !("refused" in details) || !Array.isArray(details.refused))
    return [];
  return details.refused as Refusal[];
}

export function Failure({ error }: { error: OperationError }) {
  const { t } = useTranslation();
  const refused = refusalsOf(error.details);
  return (
    <Alert color="wrong" role="alert" title={t("exchange.failed")}>
      <Stack gap="xs">
        <Text size="sm">{errorText(error)}</Text>
        {Object.values(error.fields).map((message) => (
          <Text key={message} size="sm">
            {message}
          </Text>
        ))}
        {error.help !== undefined && <Text size="sm">{error.help}</Text>}
        {refused.length > 0 && <RefusalTable refused={refused} />}
        <Text size="sm" c="dimmed">
          {t("exchange.safe")}
        </Text>
      </Stack>
    </Alert>
  );
}
