// How the cameras that run now are doing: pictures a second, time of each stage, what was left out, model and gallery.
import { Stack, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { RunningCamera } from "../../bindings/RunningCamera";
import { cameraHealth } from "../../bindings/operations";
import { cameraWords } from "../../components/camera/words";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { ErrorState } from "../../components/states";
import { named, useTranslation } from "../../i18n";
import { formatFixed, formatNumber } from "../../numbers";

/** Milliseconds between two looks. */
const often = 2_000;

export function CamerasNow({ school }: { school: string }) {
  const { t } = useTranslation();
  const running = useQuery({
    ...cameraHealth.query({ school }),
    refetchInterval: often,
    gcTime: 0,
  });
  // A photograph was looked at once; it does not run.
  const cameras = (running.data ?? []).filter(({ camera }) => camera.kind !== "photograph");
  return (
    <section aria-labelledby="cameras-now">
      <Title order={3} id="cameras-now" mb={6}>
        {t("schools.about.cameras")}
      </Title>
      {running.error !== null && <ErrorState error={running.error} onRetry={() => void running.refetch()} />}
      {running.data !== undefined && cameras.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("schools.about.noCameras")}
        </Text>
      )}
      <Stack gap="md">
        {cameras.map((one, place) => (
          <OneCamera key={`${one.purpose}${one.camera.camera}${place}`} running={one} />
        ))}
      </Stack>
    </section>
  );
}

function OneCamera({ running: { purpose, camera, enrolled, model } }: { running: RunningCamera }) {
  const { t } = useTranslation();
  const { health, status } = camera;
  const { tone, text } = cameraWords(status, t);
  const count = (value: number) => formatNumber(value, 0);
  return (
    <Facts
      facts={[
        [
          t("schools.about.camera"),
          <span key="camera">
            {t(`attendance.live.kinds.${camera.kind}`)}, {t(`schools.about.purposes.${purpose}`)}{" "}
            <Signal tone={tone}>{text}</Signal>
          </span>,
        ],
        [t("schools.about.size"), health.width === 0 ? null : `${health.width} × ${health.height}`],
        [
          t("schools.about.rate"),
          t("schools.about.rateOf", {
            given: formatFixed(health.framesPerSecond, 1),
            looked: formatFixed(health.lookedPerSecond, 1),
          }),
        ],
        [
          t("schools.about.stage"),
          Object.entries(health.milliseconds)
            .map(([stage, time]) =>
              t("schools.about.stageTime", {
                stage: named("schools.about.stages", stage) ?? stage,
                time: formatFixed(time, 1),
              }),
            )
            .join(" · "),
        ],
        [
          t("schools.about.left"),
          t("schools.about.leftOf", {
            frames: count(health.frames),
            decoding: count(health.droppedBeforeDecoding),
            looking: count(health.droppedBeforeLooking),
            broken: count(health.broken),
          }),
        ],
        [t("schools.about.gallery"), t("schools.about.galleryOf", { count: enrolled, model })],
      ]}
    />
  );
}
