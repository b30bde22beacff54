// One act opened: who did what and when, and each row with its fields before and after.
import { Anchor, Button, Group, Text } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { ChangedRow } from "../../bindings/ChangedRow";
import { changeDetails, recentChanges } from "../../bindings/operations";
import type { Shown } from "../../bindings/Shown";
import { whyNotText } from "../../components/acts";
import { Pane } from "../../components/Pane";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { undoEntry } from "../../components/undo";
import { named, useTranslation } from "../../i18n";
import { formatDay, formatMoment } from "../../numbers";
import { said } from "./ChangesScreen";
import classes from "./changes.module.css";

const page = 50;

export function ChangePane({ school, entry, onClose }: { school: string; entry: string; onClose: () => void }) {
  const { t } = useTranslation();
  const found = useQuery({
    ...recentChanges.query({ school, entry, limit: 1 }),
  });
  const rows = useInfiniteQuery({
    ...changeDetails.about({ entry }),
    initialPageParam: 0,
    queryFn: ({ pageParam }) => changeDetails({ entry, offset: pageParam, limit: page }),
    getNextPageParam: (last, pages) => (pages.length * page < last.total ? pages.length * page : undefined),
  });
  const act = found.data?.rows[0];
  const title = act === undefined ? t("upkeep.changes.one") : said(act);
  const error = found.error ?? rows.error;
  return (
    <Pane
      title={<bdi>{title}</bdi>}
      label={title}
      onClose={onClose}
      width={440}
      actions={
        act !== undefined &&
        !act.undone &&
        !act.isUndo &&
        act.mayUndo &&
        act.whyNot === null && (
          <Button
            variant="default"
            aria-label={t("upkeep.undoOf", { act: title })}
            onClick={() => void undoEntry(act.entry)}
          >
            {t("common.undo")}
          </Button>
        )
      }
    >
      {error !== null && rows.data === undefined && (
        <ErrorState
          error={error}
          onRetry={() => {
            void found.refetch();
            void rows.refetch();
          }}
        />
      )}
      {error === null && rows.data === undefined && <LoadingShape rows={6} />}
      {act !== undefined && (
        <Text size="sm" c="dimmed">
          <bdi>{act.userName ?? t("upkeep.homeroom")}</bdi> · {formatMoment(act.at)}
          {act.undone && ` · ${t("upkeep.isUndone")}`}
        </Text>
      )}
      {act !== undefined && !act.undone && act.whyNot !== null && (
        <Text size="sm" c="dimmed" mt={4}>
          <bdi>{whyNotText(act.whyNot)}</bdi>
        </Text>
      )}
      {rows.data !== undefined && rows.data.pages[0]?.total === 0 && (
        <EmptyState title={t("upkeep.changes.nothingToRead")} />
      )}
      {rows.data?.pages
        .flatMap((part) => part.rows)
        .map((row, place) => (
          <Row key={place} row={row} />
        ))}
      {rows.hasNextPage && (
        <Button
          variant="default"
          fullWidth
          mt="sm"
          loading={rows.isFetchingNextPage}
          onClick={() => void rows.fetchNextPage()}
        >
          {t("upkeep.changes.more")}
        </Button>
      )}
    </Pane>
  );
}

function Row({ row }: { row: ChangedRow }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { student } = row;
  const title = [row.name, row.place].filter((part) => part !== null).join(" · ");
  return (
    <section className={classes.row} aria-label={title === "" ? t(`upkeep.parts.${row.part}`) : title}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} component="h3">
          {student === null || row.name === null ? (
            <bdi>{title === "" ? t(`upkeep.parts.${row.part}`) : title}</bdi>
          ) : (
            <>
              <Anchor
                component="button"
                type="button"
                size="sm"
                fw={600}
                onClick={() => void navigate({ to: `/students/${student}` })}
              >
                <bdi>{row.name}</bdi>
              </Anchor>
              {row.place !== null && <bdi> · {row.place}</bdi>}
            </>
          )}
        </Text>
        <Text size="xs" c="dimmed" flex="none">
          {t(`upkeep.parts.${row.part}`)} · {t(`upkeep.kinds.${row.kind as "insert" | "update" | "delete"}`)}
        </Text>
      </Group>
      {row.fields.length > 0 && (
        <dl className={classes.fields}>
          {row.fields.map(({ field, before, after }) => (
            <div key={field}>
              <dt>{named("upkeep.fields", field) ?? t("upkeep.otherField")}</dt>
              <dd>
                {row.kind !== "insert" && (
                  <del>
                    <Value value={before} />
                  </del>
                )}
                {row.kind === "update" && " → "}
                {row.kind !== "delete" && (
                  <ins>
                    <Value value={after} />
                  </ins>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function Value({ value }: { value: Shown }) {
  const { t } = useTranslation();
  switch (value.is) {
    case "nothing":
      return <span>{t("upkeep.empty")}</span>;
    case "yes":
      return <span>{t("common.yes")}</span>;
    case "no":
      return <span>{t("common.no")}</span>;
    case "day":
      return <span className="figures">{formatDay(value.value)}</span>;
    case "moment":
      return <span className="figures">{formatMoment(value.value)}</span>;
    case "number":
      return (
        <span className="figures" dir="ltr">
          {value.value}
        </span>
      );
    case "word":
      return <span>{named("upkeep.words", value.value) ?? value.value}</span>;
    case "contacts":
      return (
        <span>
          {value.value.map(({ label, value: reached }) => (
            <span key={reached}>
              <bdi dir="ltr">{reached}</bdi> ({t(`people.contact.labels.${label}`)}){" "}
            </span>
          ))}
        </span>
      );
    case "words":
      return <span>{value.value.map((word) => named("upkeep.words", word) ?? word).join(", ")}</span>;
    case "text":
      return <bdi>{value.value}</bdi>;
  }
}
