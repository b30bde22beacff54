// What was changed of one row, by whom and when, newest first.
import { Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { history } from "../../bindings/operations";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { named, useTranslation } from "../../i18n";
import { formatMoment, formatStored } from "../../numbers";
import classes from "./people.module.css";

/** Written by Homeroom itself; it says nothing to a person. */
const inner = new Set(["id", "version", "school_id", "sort_name", "sort_given", "created_at", "source_id"]);

export function Changes({ school, table, row }: { school: string; table: string; row: string }) {
  const { t } = useTranslation();
  const list = useQuery({ ...history.query({ school, table, row }) });
  if (list.error !== null && list.data === undefined)
    return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <LoadingShape rows={5} />;
  if (list.data.length === 0) return <EmptyState title={t("people.history.empty")} />;
  const text = (value: unknown) =>
    value === null || value === undefined || value === "" ? t("people.history.nothing") : formatStored(value);
  return (
    <div>
      {list.data.map((entry) => (
        <div key={`${entry.entry}-${entry.kind}`} className={classes.change}>
          <Group justify="space-between" gap="xs">
            <Text size="sm" fw={600}>
              {t(`people.history.${entry.kind as "insert" | "update" | "delete"}`)}
              {entry.undone && (
                <Text span size="xs" c="dimmed">
                  {" "}
                  ({t("people.history.undone")})
                </Text>
              )}
            </Text>
            <Text size="xs" c="dimmed">
              <bdi>{entry.userName ?? t("people.history.nobody")}</bdi> · {formatMoment(entry.at)}
            </Text>
          </Group>
          {entry.kind === "update" &&
            entry.fields
              .filter(({ field }) => !inner.has(field))
              .map(({ field, before, after }) => (
                <div key={field}>
                  <Text span size="xs" c="dimmed">
                    {named("people.fields", field) ?? field.replaceAll("_", " ")}:{" "}
                  </Text>
                  <bdi className={classes.before}>{text(before)}</bdi> →{" "}
                  <bdi className={classes.after}>{text(after)}</bdi>
                </div>
              ))}
        </div>
      ))}
    </div>
  );
}
