// Pairs of enrolled students who look alike; each of the two opens, so that a person can look.
import { Anchor, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { CheckedStudent } from "../../bindings/CheckedStudent";
import type { LookAlikePair } from "../../bindings/LookAlikePair";
import { lookAlikes } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { PagedTable, type ListColumn } from "../../components/PagedTable";
import { Screen } from "../../components/ScreenHead";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { finds } from "../../finds";
import { t, useTranslation } from "../../i18n";
import { formatFixed } from "../../numbers";
import { usePlace } from "../../session/session";
import classes from "./faces.module.css";
import { FacesHead } from "./FacesHead";

function Student({ student: { id, name, number } }: { student: CheckedStudent }) {
  const navigate = useNavigate();
  return (
    <Anchor
      component="button"
      type="button"
      size="sm"
      className="name"
      maw="100%"
      title={name}
      onClick={() => void navigate({ to: "/faces", search: { student: id } })}
    >
      <bdi>{name}</bdi> · {number}
    </Anchor>
  );
}

const columns: ListColumn<LookAlikePair>[] = [
  {
    id: "first",
    header: () => t("faces.alike.one"),
    cell: ({ first }) => <Student student={first} />,
    width: "minmax(11rem, 2fr)",
  },
  {
    id: "second",
    header: () => t("faces.alike.other"),
    cell: ({ second }) => <Student student={second} />,
    width: "minmax(11rem, 2fr)",
  },
  {
    id: "score",
    header: () => t("faces.alike.score"),
    cell: ({ score }) => formatFixed(score, 2),
    numeric: true,
    width: "6rem",
    lesser: 1,
  },
  {
    id: "state",
    header: () => t("faces.alike.state"),
    cell: ({ over }) =>
      over ? (
        <Signal tone="wrong">{t("faces.alike.over")}</Signal>
      ) : (
        <Signal tone="attention">{t("faces.alike.near")}</Signal>
      ),
    width: "minmax(9rem, 1fr)",
  },
];

export default function AlikeScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  const id = school?.id ?? "";
  const found = useQuery({
    ...lookAlikes.query({ school: id }),
    enabled: school !== null,
  });
  const pairs = found.data;
  const off = found.error !== null && asOperationError(found.error).code === "faces_off";
  return (
    <Screen padded={false} head={<FacesHead view="alike" about={t("faces.alike.about")} />}>
      {pairs === undefined &&
        (off ? (
          <EmptyState title={t("faces.off.title")}>{t("faces.off.text")}</EmptyState>
        ) : found.error === null ? (
          <LoadingShape rows={8} />
        ) : (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        ))}
      {pairs !== undefined && (
        <>
          {pairs.length > 0 && (
            <Text size="sm" className={classes.about}>
              {t("faces.alike.text")}
            </Text>
          )}
          <PagedTable
            label={t("faces.alike.label")}
            queryKey={["rows", "pairs", id, found.dataUpdatedAt]}
            columns={columns}
            rowId={({ first, second }) => `${first.id} ${second.id}`}
            filterable={pairs.length > 0}
            load={async ({ offset, limit, filter }) => {
              const rows = pairs.filter(({ first, second }) =>
                finds(filter, first.name, first.number, second.name, second.number),
              );
              return { rows: rows.slice(offset, offset + limit), total: rows.length };
            }}
            empty={
              <EmptyState icon={<IconUsers size="2.5rem" stroke={1.25} />} title={t("faces.alike.none")}>
                {t("faces.alike.noneText")}
              </EmptyState>
            }
          />
        </>
      )}
    </Screen>
  );
}
