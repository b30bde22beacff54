// The guardians of a student, the one to call first on top.
import { Button, Group, Stack, Text } from "@mantine/core";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { nameOfLanguage } from "../../language";
import { fullName } from "../../names";
import classes from "./people.module.css";

export function GuardiansTab({ student, onAdd }: { student: StudentDetails; onAdd: (() => void) | undefined }) {
  const { t } = useTranslation();
  const guardians = student.guardians.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary));
  return (
    <Stack gap="sm">
      {guardians.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("people.student.noGuardian")}
        </Text>
      )}
      {guardians.map((guardian) => (
        <div key={guardian.id} className={classes.card}>
          <Group justify="space-between" mb={6}>
            <Text fw={600} size="sm">
              <bdi>{fullName(guardian)}</bdi>{" "}
              <Text span size="xs" c="dimmed">
                {guardian.relationship}
              </Text>
            </Text>
            {guardian.isPrimary && (
              <Signal tone="good" sign="1">
                {t("people.student.call")}
              </Signal>
            )}
          </Group>
          <Facts
            facts={[
              [t("people.student.phone"), guardian.phone ?? t("people.student.noPhone")],
              [t("people.student.email"), guardian.email],
              [t("people.student.language"), guardian.language && nameOfLanguage(guardian.language)],
            ]}
          />
        </div>
      ))}
      {onAdd !== undefined && (
        <Group>
          <Button variant="default" onClick={onAdd}>
            {t("people.student.addGuardian")}
          </Button>
        </Group>
      )}
    </Stack>
  );
}
