// A clock that contradicts what the database has seen: nothing is deleted until it is right, or somebody says that it is.
import { Alert, Button, Text } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ClockDoubt } from "../../bindings/ClockDoubt";
import { confirmClock } from "../../bindings/operations";
import { refusal } from "../../components/change";
import { useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { useSession } from "../../session/session";

export function ClockNote({ clock }: { clock: ClockDoubt }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { may } = useSession();
  const confirm = useMutation({
    mutationFn: () => confirmClock({}),
    onSuccess: () => client.invalidateQueries(),
    onError: refusal,
  });
  return (
    <Alert color="attention" role="alert" title={t("upkeep.clock.title")} mb="md">
      <Text size="sm">{t("upkeep.clock.text", { now: formatMoment(clock.now), seen: formatMoment(clock.seen) })}</Text>
      {may("upkeep.confirm_clock") && (
        <Button mt="xs" variant="default" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t("upkeep.clock.right")}
        </Button>
      )}
    </Alert>
  );
}
