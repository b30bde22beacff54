// How far a piece of work is, where it was started, with a button to stop it.
import { Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { cancelJob, jobStore } from "../bridge";
import { useTranslation } from "../i18n";
import { refusal } from "./change";

export function JobProgress({ job, label }: { job: string; label: string }) {
  const { t } = useTranslation();
  const jobs = useSyncExternalStore(jobStore.subscribe, jobStore.jobs);
  const { done, total } = jobs.find(({ id }) => id === job) ?? { done: 0, total: 0 };
  return (
    <Stack gap={6} w="100%" maw={420} role="status">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{label}</Text>
        <Button variant="subtle" color="gray" onClick={() => void cancelJob(job).catch(refusal)}>
          {t("common.cancel")}
        </Button>
      </Group>
      <Progress value={total > 0 ? (100 * done) / total : 100} animated={total === 0} aria-label={label} />
    </Stack>
  );
}
