// Work that goes on when the window closes: how far it is, why it failed, and what can be done about it.
import { Badge, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { JobRow } from "../bindings/JobRow";
import { cancelJob, dropJob, listJobs, retryJob } from "../bindings/operations";
import { asOperationError } from "../bridge";
import { refusal } from "../components/change";
import { openDocument, saveDocument } from "../components/documents";
import { errorText, named, useTranslation } from "../i18n";
import { formatMoment } from "../numbers";
import { usePlace } from "../session/session";

/** The jobs of the chosen school that survive the window, newest first. */
export function useLastingJobs(): readonly JobRow[] {
  const { school } = usePlace();
  const found = useQuery({
    ...listJobs.query({ school: school?.id ?? "" }),
    enabled: school !== null,
  });
  return found.data ?? [];
}

export function isGoingOn({ state }: JobRow): boolean {
  return state === "waiting" || state === "running";
}

/** What the job is called. */
function useTitle({ kind }: JobRow): string {
  const { t } = useTranslation();
  return named("frame.jobs.kinds", kind) ?? t("frame.jobs.work");
}

export function LastingJobRow({ job }: { job: JobRow }) {
  const { t } = useTranslation();
  const title = useTitle(job);
  const act = (does: (input: { job: string }) => Promise<unknown>) => () => void does({ job: job.id }).catch(refusal);
  const button = (label: string, name: string, run: () => void) => (
    <Button variant="subtle" color="gray" size="compact-sm" onClick={run} aria-label={name}>
      {label}
    </Button>
  );
  const made = job.document;
  return (
    <Stack gap={4} role="listitem" aria-label={title}>
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" truncate title={title}>
          {title}
        </Text>
        <Group gap={4} wrap="nowrap">
          {isGoingOn(job) && button(t("common.cancel"), t("frame.jobs.cancel", { title }), act(cancelJob))}
          {(job.state === "failed" || job.state === "cancelled") &&
            button(t("frame.jobs.retry"), t("frame.jobs.retryNamed", { title }), act(retryJob))}
          {!isGoingOn(job) && button(t("frame.jobs.drop"), t("frame.jobs.dismiss", { title }), act(dropJob))}
        </Group>
      </Group>
      {job.state === "running" && <Running job={job} title={title} />}
      {job.state === "waiting" && <Waiting job={job} />}
      {job.state === "failed" && <Badge color="wrong">{t("frame.jobs.failed")}</Badge>}
      {job.state === "cancelled" && <Badge color="gray">{t("frame.jobs.cancelled")}</Badge>}
      {job.state === "failed" && job.error !== null && (
        <Text size="xs">
          {errorText(asOperationError(job.error))} {asOperationError(job.error).help}
        </Text>
      )}
      {job.state === "done" && (
        <Group gap="xs">
          <Badge color="good">{t("frame.jobs.done")}</Badge>
          {made !== null &&
            button(t("common.open"), t("frame.jobs.openNamed", { name: made.fileName }), () => void openDocument(made))}
          {made !== null &&
            button(t("common.save"), t("frame.jobs.saveNamed", { name: made.fileName }), () => {
              void saveDocument(made);
            })}
        </Group>
      )}
    </Stack>
  );
}

function Running({ job, title }: { job: JobRow; title: string }) {
  const { t } = useTranslation();
  return (
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
  );
}

/** What waits for another attempt says why, and when. */
function Waiting({ job }: { job: JobRow }) {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed">
      {job.error === null
        ? t("frame.jobs.waiting")
        : t("frame.jobs.waitingAgain", {
            time: formatMoment(job.runAfter),
            reason: errorText(asOperationError(job.error)),
          })}
    </Text>
  );
}
