// What runs here: the version, who is signed in, how the face models and their key stand.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { faceStatus, status } from "../../bindings/operations";
import { CamerasNow } from "./CamerasNow";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { errorText, useTranslation } from "../../i18n";
import { usePlace, useSession } from "../../session/session";
import { openNotices } from "../../system";
import { HealthNow } from "../upkeep/HealthNow";
import { say } from "../../words";

export function About({ school }: { school: string }) {
  const { t } = useTranslation();
  const { whoami, may } = useSession();
  const place = usePlace();
  const now = useQuery({ ...status.query({}) });
  const notices = useMutation({ mutationFn: openNotices });
  const faces = useQuery({
    ...faceStatus.query({ school }),
    enabled: may("faces.face_status"),
  });
  if (now.data === undefined)
    return now.error !== null ? (
      <ErrorState error={now.error} onRetry={() => void now.refetch()} />
    ) : (
      <LoadingShape rows={4} />
    );
  const { models, key } = faces.data ?? {};
  return (
    <Stack gap="md" maw={720}>
      <Title order={2}>{t("schools.about.title")}</Title>
      <Facts
        facts={[
          [t("schools.about.version"), now.data.version],
          [t("schools.about.school"), place.school?.name],
          [t("schools.about.signedIn"), `${whoami.name} (${whoami.username})`],
          [
            t("schools.about.models"),
            models === undefined ? null : models.problem === null ? (
              <Signal key="models" tone="good">
                {t("schools.about.modelsReady")}
              </Signal>
            ) : (
              <span key="models">
                <Signal tone="attention">{t("schools.about.modelsMissing")}</Signal> {say(models.problem)}{" "}
                {say(models.help)}
              </span>
            ),
          ],
          ...(models?.detector == null ? [] : [[t("schools.about.detector"), models.detector] as const]),
          ...(models?.embedder == null ? [] : [[t("schools.about.embedder"), models.embedder] as const]),
          [
            t("schools.about.key"),
            key === undefined ? null : key.problem === null ? (
              key.place === null ? (
                t("schools.about.keyNone")
              ) : (
                <Signal key="key" tone="good">
                  {t("schools.about.modelsReady")}
                </Signal>
              )
            ) : (
              <span key="key">
                <Signal tone="attention">{say(key.problem)}</Signal> {say(key.help)}
              </span>
            ),
          ],
        ]}
      />
      {may("upkeep.health") && <HealthNow />}
      {may("desk.camera_health") && <CamerasNow school={school} />}
      <Text size="sm" c="dimmed">
        {t("schools.about.doctor")}
      </Text>
      <Group gap="sm">
        <Text size="sm">{t("schools.about.licence")}</Text>
        <Button size="compact-sm" variant="default" loading={notices.isPending} onClick={() => notices.mutate()}>
          {t("schools.about.notices")}
        </Button>
        {notices.error !== null && (
          <Text size="sm" role="alert">
            {errorText(notices.error)}
          </Text>
        )}
      </Group>
    </Stack>
  );
}
