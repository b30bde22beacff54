// The guardians of a student, the one to call first on top, and who has no access told before all else.
import { Button, Group, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { GuardianRow } from "../../bindings/GuardianRow";
import { useNavigate } from "@tanstack/react-router";
import type { StudentDetails } from "../../bindings/StudentDetails";
import { Facts } from "../../components/Facts";
import { Signal } from "../../components/Signal";
import { useTranslation } from "../../i18n";
import { nameOfLanguage } from "../../language";
import { fullName } from "../../names";
import { reachedFacts } from "./contact";
import { GuardianForm } from "./GuardianForm";
import { useSession } from "../../session/session";
import { OwnFields } from "./OwnFields";
import classes from "./people.module.css";
import { Siblings } from "./Siblings";

/** Who must not reach the child: shown wherever the child is opened. */
export function NoAccess({ guardians }: { guardians: readonly GuardianRow[] }) {
  const { t } = useTranslation();
  return guardians
    .filter(({ noAccess }) => noAccess)
    .map((guardian) => (
      <Signal key={guardian.id} tone="wrong">
        {t("people.guardian.noneOf", { name: `${fullName(guardian)} (${guardian.relationship})` })}
      </Signal>
    ));
}

export function GuardiansTab({ student, mayEdit }: { student: StudentDetails; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [edited, edit] = useState<string | null>(null);
  const [opened, setOpened] = useState(0);
  const navigate = useNavigate();
  const { may } = useSession();
  const { guardians } = student;
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
            <Group gap="xs">
              {guardian.noAccess && <Signal tone="wrong">{t("people.guardian.none")}</Signal>}
              {guardian.isPrimary && !guardian.noAccess && (
                <Signal tone="good" sign="1">
                  {t("people.student.call")}
                </Signal>
              )}
              {mayEdit && (
                <Button
                  variant="default"
                  aria-label={t("people.guardian.edit", { name: fullName(guardian) })}
                  onClick={() => edit(guardian.id)}
                >
                  {t("common.edit")}
                </Button>
              )}
            </Group>
          </Group>
          <Facts
            facts={[
              [t("people.student.phone"), guardian.phone ?? t("people.student.noPhone")],
              [t("people.student.email"), guardian.email],
              ...reachedFacts(guardian),
              [t("people.student.language"), guardian.language && nameOfLanguage(guardian.language)],
            ]}
          />
          <OwnFields of={{ guardian: guardian.id }} name={fullName(guardian)} />
          {!guardian.noAccess && (
            <Text size="xs" c="dimmed" mt={4}>
              {[
                t(guardian.mayCollect ? "people.guardian.collects" : "people.guardian.collectsNot"),
                t(guardian.getsLetters ? "people.guardian.letters" : "people.guardian.lettersNot"),
              ].join(" · ")}
            </Text>
          )}
        </div>
      ))}
      <Siblings student={student} />
      {mayEdit && (
        <Group>
          <Button variant="default" onClick={() => edit("new")}>
            {t("people.student.addGuardian")}
          </Button>
          {may("people.merge_guardians") && (
            <Button variant="subtle" onClick={() => void navigate({ to: "/same-guardians" })}>
              {t("people.same.title")}
            </Button>
          )}
        </Group>
      )}
      {edited !== null && (
        <GuardianForm
          key={`${edited}:${opened}`}
          student={student}
          guardian={guardians.find(({ id }) => id === edited) ?? null}
          onClose={() => edit(null)}
          onReload={() => setOpened(opened + 1)}
        />
      )}
    </Stack>
  );
}
