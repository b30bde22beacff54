// How this installation is doing, for whoever keeps it running: database, disk, memory, backups, newer versions.
import { Button, Group, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Health } from "../../bindings/Health";
import { health } from "../../bindings/operations";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { errorText, useTranslation, type Translate } from "../../i18n";
import { formatFixed, formatMoment, formatNumber } from "../../numbers";
import { ClockNote } from "./ClockNote";
import { canUpdate, lookForUpdate } from "../../system";

/** Milliseconds between two looks. */
const often = 10_000;
const tones = {
  local: "good",
  verified: "good",
  issuer_verified: "attention",
  unverified: "attention",
  readable: "wrong",
} as const;
const dayLength = 86_400_000;

export function HealthNow() {
  const { t } = useTranslation();
  const found = useQuery({ ...health.query({}), refetchInterval: often, gcTime: 0 });
  if (found.data === undefined)
    return found.error !== null ? (
      <ErrorState error={found.error} onRetry={() => void found.refetch()} />
    ) : (
      <LoadingShape rows={4} />
    );
  const { database, disk, memory, backups, clock, limits, dataFolder } = found.data;
  return (
    <section aria-labelledby="health-now">
      <Title order={3} id="health-now" mb={6}>
        {t("upkeep.health.title")}
      </Title>
      <Facts
        facts={[
          [
            t("upkeep.health.database"),
            <span key="database">
              {t(`upkeep.health.kinds.${database.kind}`)} <bdi>{database.place}</bdi>
            </span>,
          ],
          ...(database.way === null
            ? []
            : [
                [
                  t("upkeep.health.way"),
                  <Signal key="way" tone={tones[database.way]}>
                    {t(`upkeep.health.ways.${database.way}`)}
                  </Signal>,
                ] as const,
              ]),
          [t("upkeep.health.size"), mebibytes(t, database.bytes / 2 ** 20)],
          [t("upkeep.health.latency"), t("upkeep.health.milliseconds", { time: formatFixed(database.latency, 1) })],
          [t("upkeep.health.folder"), dataFolder],
          [
            t("upkeep.health.disk"),
            disk === null ? (
              t("upkeep.health.unknown")
            ) : (
              <Signal
                key="disk"
                tone={
                  disk.free < limits.roomNeeded ? "wrong" : disk.free < limits.roomComfortable ? "attention" : "good"
                }
              >
                {t("upkeep.health.roomOf", { free: mebibytes(t, disk.free), total: mebibytes(t, disk.total) })}
              </Signal>
            ),
          ],
          [
            t("upkeep.health.memory"),
            memory === null
              ? null
              : t("upkeep.health.memoryOf", {
                  own: memory.own === null ? t("upkeep.health.unknown") : mebibytes(t, memory.own),
                  free: mebibytes(t, memory.free),
                  total: mebibytes(t, memory.total),
                }),
          ],
          [t("upkeep.health.backup"), <LastBackup key="backup" backups={backups} oldAfter={limits.backupOldDays} />],
          [
            t("upkeep.clock.label"),
            clock === null ? (
              <Signal key="clock" tone="good">
                {t("upkeep.clock.good")}
              </Signal>
            ) : (
              <Signal key="clock" tone="attention">
                {t("upkeep.clock.title")}
              </Signal>
            ),
          ],
          [t("upkeep.health.updates"), <Updates key="updates" />],
        ]}
      />
      {clock !== null && <ClockNote clock={clock} />}
    </section>
  );
}

function mebibytes(t: Translate, size: number): string {
  return size < 1_024
    ? t("upkeep.health.mebibytes", { size: formatNumber(size, 1) })
    : t("upkeep.health.gibibytes", { size: formatNumber(size / 1_024, 1) });
}

function LastBackup({ backups: { newest, beforeUpdate }, oldAfter }: { backups: Health["backups"]; oldAfter: number }) {
  const { t } = useTranslation();
  if (newest !== null) {
    const old = Date.now() - new Date(newest).getTime() > (oldAfter + 1) * dayLength;
    return <Signal tone={old ? "attention" : "good"}>{formatMoment(newest)}</Signal>;
  }
  return (
    <span>
      <Signal tone="attention">{t("upkeep.health.noBackup")}</Signal>{" "}
      {beforeUpdate !== null && t("upkeep.health.onlyCopy", { when: formatMoment(beforeUpdate) })}{" "}
      {t("upkeep.health.makeBackup")}
    </span>
  );
}

function Updates() {
  const { t } = useTranslation();
  const can = useQuery({ queryKey: ["can_update"], queryFn: canUpdate, staleTime: Infinity });
  const look = useMutation({ mutationFn: lookForUpdate });
  if (can.data === undefined) return null;
  if (!can.data) return t("upkeep.health.noUpdates");
  return (
    <Group gap="sm">
      <Button size="compact-sm" variant="default" loading={look.isPending} onClick={() => look.mutate()}>
        {t("upkeep.health.look")}
      </Button>
      <Text size="sm" role="status">
        {look.error !== null && errorText(look.error)}
        {look.data !== undefined &&
          (look.data === null ? t("upkeep.health.newest") : t("upkeep.health.newer", { version: look.data.version }))}
      </Text>
    </Group>
  );
}
