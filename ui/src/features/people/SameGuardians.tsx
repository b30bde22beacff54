// Guardians who are there more than once, by name and telephone number; each of them is made one in one step.
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { GuardianRecord } from "../../bindings/GuardianRecord";
import { mergeGuardians, sameGuardians } from "../../bindings/operations";
import { change } from "../../components/change";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { fullName, listName } from "../../names";
import { usePlace } from "../../session/session";
import classes from "./people.module.css";

export default function SameGuardians() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school } = usePlace();
  const id = school?.id ?? "";
  const found = useQuery({ ...sameGuardians.query({ school: id }), enabled: school !== null });
  return (
    <Screen head={<ScreenHead title={t("people.same.title")} about={t("people.same.about")} />}>
      {found.data === undefined ? (
        found.error === null ? (
          <LoadingShape rows={6} />
        ) : (
          <ErrorState error={found.error} onRetry={() => void found.refetch()} />
        )
      ) : found.data.length === 0 ? (
        <EmptyState icon={<IconUsers size="2.5rem" stroke={1.25} />} title={t("people.same.empty")}>
          {t("people.same.emptyText")}
        </EmptyState>
      ) : (
        <Stack gap="sm" maw="48rem">
          {found.data.map((records) => (
            <Same
              key={records.map((record) => record.id).join(" ")}
              school={id}
              records={records}
              onOpen={(student) => void navigate({ to: `/students/${student}`, search: { tab: "guardians" } })}
            />
          ))}
        </Stack>
      )}
    </Screen>
  );
}

interface SameProps {
  school: string;
  records: readonly GuardianRecord[];
  onOpen: (student: string) => void;
}

/** One person as several rows: the one with the most children stays. */
function Same({ school, records, onOpen }: SameProps) {
  const { t } = useTranslation();
  const [kept, ...others] = records.toSorted((one, other) => other.students.length - one.students.length);
  if (kept === undefined) return null;
  const name = fullName(kept);
  const seen = ({ id, version }: GuardianRecord) => ({ guardian: id, version });
  const merge = () =>
    change(
      () => mergeGuardians({ school, kept: seen(kept), others: others.map(seen), take: [] }),
      t("people.same.done", { name }),
    );
  return (
    <div className={classes.card}>
      <Group justify="space-between" wrap="nowrap" align="start">
        <div>
          <Text fw={600} size="sm">
            <bdi>{name}</bdi>
          </Text>
          {records.map((record) => (
            <Text key={record.id} size="sm" c="dimmed">
              {[record.phone, record.email].filter((part) => part !== null).join(" · ")}{" "}
              {record.students.map((of) => (
                <Button key={of.student} size="compact-xs" variant="subtle" onClick={() => onOpen(of.student)}>
                  <bdi>{listName(of)}</bdi> · {of.relationship}
                </Button>
              ))}
            </Text>
          ))}
        </div>
        <Button variant="default" onClick={() => void merge()} aria-label={t("people.same.mergeOf", { name })}>
          {t("people.same.merge")}
        </Button>
      </Group>
    </div>
  );
}
