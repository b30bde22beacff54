// What a screen shows when it has nothing to show: empty, failed, or not there yet.
import { Button, Group, Loader, Skeleton, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconCloudOff } from "@tabler/icons-react";
import { useEffect, useState, type ReactNode } from "react";
import { asOperationError } from "../bridge";
import { errorText, useTranslation } from "../i18n";
import classes from "./states.module.css";

/** Says what a place is for and offers the first step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Stack className={classes.middle} gap="sm" align="center">
      {icon !== undefined && (
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
      )}
      <Title order={2}>{title}</Title>
      {children !== undefined && (
        <Text size="sm" c="dimmed" ta="center" maw={420} component="div">
          {children}
        </Text>
      )}
      {action !== undefined && <Group mt="xs">{action}</Group>}
    </Stack>
  );
}

interface ErrorStateProps {
  error: unknown;
  title?: string;
  /** What the failure means for the data; "nothing was changed" where it is left out. */
  meaning?: string;
  onRetry?: () => void;
}

/** What happened, what it means for the data, what to do. */
export function ErrorState({ error, title, meaning, onRetry }: ErrorStateProps) {
  const { t } = useTranslation();
  const { code, help } = asOperationError(error);
  const text = errorText(error);
  // Trying again would be refused again.
  const forbidden = code === "forbidden";
  // Deleted, or undone: nothing failed, there is nothing to try again.
  if (code === "not_found")
    return <EmptyState title={title ?? t("common.error.gone")}>{help ?? t("common.error.goneText")}</EmptyState>;
  return (
    <div className={classes.middle} role="alert">
      <div className={classes.failure}>
        <IconAlertTriangle size="1.5rem" color="var(--wrong-text)" aria-hidden />
        <Stack gap="xs" flex={1}>
          <Title order={2}>{title ?? t("common.error.title")}</Title>
          <Text size="sm">{text}</Text>
          {help !== undefined && !text.includes(help) && <Text size="sm">{help}</Text>}
          {!forbidden && (
            <Text size="sm" c="dimmed">
              {meaning ?? t("common.error.dataSafe")}
            </Text>
          )}
          <Group justify="space-between" mt="xs">
            {onRetry !== undefined && !forbidden && <Button onClick={onRetry}>{t("common.retry")}</Button>}
            <Text size="xs" c="dimmed">
              {t("common.error.code", { code })}
            </Text>
          </Group>
        </Stack>
      </div>
    </div>
  );
}

/** The shape of what comes, after 150 ms: what is quicker does not flicker. */
export function LoadingShape({ rows = 8, children }: { rows?: number; children?: ReactNode }) {
  const { t } = useTranslation();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 150);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div role="status" aria-label={t("common.loading")} className={classes.shape}>
      {children ??
        Array.from({ length: rows }, (_, row) => (
          <Skeleton key={row} height={16} width={`${92 - ((row * 17) % 40)}%`} radius="sm" />
        ))}
    </div>
  );
}

export type SaveState = "idle" | "saved" | "saving" | "unsaved" | "refused";

/** "Saved", "Saving…", "Not saved: kept here, trying again". */
export function SavedState({ state }: { state: SaveState }) {
  const { t } = useTranslation();
  const shown = {
    idle: null,
    saved: { icon: <IconCheck size="0.875rem" />, text: t("common.saved"), colour: "var(--good-text)" },
    saving: {
      icon: <Loader size={12} color="gray" />,
      text: t("common.saving"),
      colour: "var(--mantine-color-dimmed)",
    },
    unsaved: { icon: <IconCloudOff size="0.875rem" />, text: t("common.notSaved"), colour: "var(--attention-text)" },
    refused: { icon: <IconAlertTriangle size="0.875rem" />, text: t("common.refused"), colour: "var(--wrong-text)" },
  }[state];
  return (
    <Group
      gap={6}
      role="status"
      aria-live="polite"
      wrap="nowrap"
      style={{ color: shown?.colour, fontSize: "0.75rem", minHeight: "1.25rem" }}
    >
      {shown?.icon}
      <span>{shown?.text}</span>
    </Group>
  );
}
