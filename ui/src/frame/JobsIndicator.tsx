// What runs beside the window: how far it is, and a button to stop it.
import {
  ActionIcon,
  Badge,
  Button,
  CloseButton,
  Group,
  Popover,
  Progress,
  RingProgress,
  Stack,
  Text,
} from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { notifications } from "@mantine/notifications";
import { useSyncExternalStore } from "react";
import { cancelJob, forgetJob, jobStore, type Job } from "../bridge";
import { errorText, named, useTranslation } from "../i18n";
import { LastingJobRow, useLastingJobs } from "./LastingJobs";

export function JobsIndicator() {
  const { t } = useTranslation();
  const jobs = useSyncExternalStore(jobStore.subscribe, jobStore.jobs);
  const lasting = useLastingJobs();
  const running = [...jobs, ...lasting].filter(({ state }) => state === "running");
  if (jobs.length + lasting.length === 0) return null;
  const failed = lasting.filter(({ state }) => state === "failed").length;
  const label =
    running.length > 0
      ? t("frame.jobs.running", { count: running.length })
      : failed > 0
        ? t("frame.jobs.failedCount", { count: failed })
        : t("frame.jobs.title");
  return (
    <Popover width={320} position="bottom-end" withinPortal>
      <Popover.Target>
        <ActionIcon variant="subtle" color={failed > 0 ? "wrong" : "gray"} size="lg" aria-label={label} title={label}>
          {running.length > 0 ? (
            <RingProgress size={28} thickness={4} sections={[{ value: share(running), color: "accent" }]} aria-hidden />
          ) : (
            <IconChecks size="1.125rem" />
          )}
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <Text fw={600} size="sm">
            {t("frame.jobs.title")}
          </Text>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} />
          ))}
          {lasting.length > 0 && (
            <Stack gap="sm" role="list" aria-label={t("frame.jobs.lasting")}>
              {lasting.map((job) => (
                <LastingJobRow key={job.id} job={job} />
              ))}
            </Stack>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** How far all of them are together, in per cent. */
function share(jobs: readonly { done: number; total: number }[]): number {
  const parts = jobs.map(({ done, total }) => (total > 0 ? done / total : 0));
  return (100 * parts.reduce((sum, part) => sum + part, 0)) / jobs.length;
}

function JobRow({ job }: { job: Job }) {
  const { t } = useTranslation();
  const title = named("frame.jobs.titles", job.operation) ?? t("frame.jobs.work");
  const stop = () =>
    cancelJob(job.id).catch((reason: unknown) => notifications.show({ color: "wrong", message: errorText(reason) }));
  return (
    <Stack gap={4}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" truncate title={title}>
          {title}
        </Text>
        {job.state === "running" ? (
          <Button
            variant="subtle"
            color="gray"
            onClick={() => void stop()}
            aria-label={t("frame.jobs.cancel", { title })}
          >
            {t("common.cancel")}
          </Button>
        ) : (
          <CloseButton size="sm" onClick={() => forgetJob(job.id)} aria-label={t("frame.jobs.dismiss", { title })} />
        )}
      </Group>
      {job.state === "running" ? (
        <>
          <Progress
            value={job.total > 0 ? (100 * job.done) / job.total : 100}
            animated={job.total === 0}
            aria-label={title}
          />
          {job.total > 0 && (
            <Text size="xs" c="dimmed" className="figures">
              {t("frame.jobs.progress", { done: job.done, total: job.total })}
            </Text>
          )}
        </>
      ) : (
        <Badge color={job.state === "done" ? "good" : job.state === "failed" ? "wrong" : "gray"}>
          {t(`frame.jobs.${job.state}`)}
        </Badge>
      )}
    </Stack>
  );
}
