// The picture by which a camera marked a student, where the school keeps evidence: fetched when asked for, since
// every look at it is recorded.
import { Anchor, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { attendanceEvidence } from "../../bindings/operations";
import type { OfEvidence } from "../../bindings/OfEvidence";
import { artifact } from "../../files";
import { errorText, useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import classes from "./attendance.module.css";

async function fetchPictures(of: OfEvidence) {
  const found = await attendanceEvidence(of);
  return Promise.all(
    found.map(async (one) => ({
      takenAt: one.takenAt,
      address: URL.createObjectURL(new Blob([new Uint8Array(await artifact(one.artifact))], { type: "image/jpeg" })),
    })),
  );
}

export function Evidence({ of, name }: { of: OfEvidence; name: string }) {
  const { t } = useTranslation();
  const look = useMutation({ mutationFn: () => fetchPictures(of) });
  const { data, error } = look;
  // Let go with the pane.
  useEffect(() => () => data?.forEach(({ address }) => URL.revokeObjectURL(address)), [data]);
  return (
    <div className={classes.evidence}>
      {data === undefined && (
        <Anchor
          component="button"
          type="button"
          size="xs"
          disabled={look.isPending}
          title={t("attendance.history.evidenceHint")}
          onClick={() => look.mutate()}
        >
          {t("attendance.history.evidence")}
        </Anchor>
      )}
      {error !== null && (
        <Text size="xs" c="var(--wrong-text)" role="alert">
          {errorText(error)}
        </Text>
      )}
      {data?.length === 0 && (
        <Text size="xs" c="dimmed" role="status">
          {t("attendance.history.noEvidence")}
        </Text>
      )}
      {data?.map(({ takenAt, address }) => (
        <figure key={address}>
          <img src={address} alt={t("attendance.history.evidenceOf", { name })} />
          <figcaption>{formatMoment(takenAt)}</figcaption>
        </figure>
      ))}
    </div>
  );
}
