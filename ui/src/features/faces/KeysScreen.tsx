// The key that templates are encrypted with: where it rests, on paper, restored, changed; and what is due to be deleted.
import { Alert, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { purgeFaces } from "../../bindings/operations";
import { refusal, said } from "../../components/change";
import { Facts } from "../../components/Facts";
import { Screen } from "../../components/ScreenHead";
import { Signal } from "../../components/Signal";
import { ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatMoment, formatNumber } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { say } from "../../words";
import classes from "./faces.module.css";
import { FacesHead } from "./FacesHead";
import { RecoveryKeyForm } from "./RecoveryKeyForm";
import { RestoreKeyForm } from "./RestoreKeyForm";
import { RotateKeysForm } from "./RotateKeysForm";
import { facesChanged, useFaceStatus } from "./state";

export default function KeysScreen() {
  const { t } = useTranslation();
  const { school } = usePlace();
  const id = school?.id ?? "";
  const status = useFaceStatus(id);
  return (
    <Screen head={<FacesHead view="keys" about={t("faces.keys.about")} />}>
      {status.data === undefined &&
        (status.error === null ? (
          <LoadingShape />
        ) : (
          <ErrorState error={status.error} onRetry={() => void status.refetch()} />
        ))}
      {status.data !== undefined && (
        <article className={classes.page}>
          <Key status={status.data} school={id} />
          <Deletion status={status.data} />
        </article>
      )}
    </Screen>
  );
}

function Action({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Stack gap={6} align="flex-start">
      <Text size="sm">{text}</Text>
      {children}
    </Stack>
  );
}

function Key({ status, school }: { status: FaceStatus; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [form, setForm] = useState<"show" | "restore" | "rotate" | null>(null);
  const { key, recoveryPrintedAt } = status;
  const close = () => {
    setForm(null);
    facesChanged();
  };
  const place = key.place === null ? t("faces.keys.none") : t(`faces.keys.${key.place}`);
  return (
    <section className={classes.actions}>
      <Title order={2}>{t("faces.keys.title")}</Title>
      {key.problem !== null && (
        <Alert color="wrong" p="xs" title={say(key.problem)}>
          {say(key.help)}
        </Alert>
      )}
      <Facts
        facts={[
          [t("faces.keys.place"), place],
          [
            t("faces.keys.paper"),
            key.place === null ? null : recoveryPrintedAt === null ? (
              <span key="paper">
                <Signal tone="attention" /> {t("faces.keys.never")}
              </span>
            ) : (
              t("faces.keys.printed", { at: formatMoment(recoveryPrintedAt) })
            ),
          ],
        ]}
      />
      {may("faces.show_recovery_key") && key.place !== null && key.problem === null && (
        <Action text={t("faces.keys.showText")}>
          <Button variant={recoveryPrintedAt === null ? "filled" : "default"} onClick={() => setForm("show")}>
            {t("faces.keys.show")}
          </Button>
        </Action>
      )}
      {may("faces.restore_face_key") && (
        <Action text={t("faces.keys.restoreText")}>
          <Button variant={key.problem === null ? "default" : "filled"} onClick={() => setForm("restore")}>
            {t("faces.keys.restore")}
          </Button>
        </Action>
      )}
      {may("faces.rotate_face_keys") && key.place !== null && key.problem === null && (
        <Action text={t("faces.keys.rotateText")}>
          <Button variant="subtle" color="wrong" px={0} onClick={() => setForm("rotate")}>
            {t("faces.keys.rotate")}
          </Button>
        </Action>
      )}
      {form === "show" && <RecoveryKeyForm school={school} onClose={close} />}
      {form === "restore" && <RestoreKeyForm school={school} onClose={close} />}
      {form === "rotate" && (
        <RotateKeysForm
          onClose={close}
          onDone={() => {
            close();
            setForm("show");
          }}
        />
      )}
    </section>
  );
}

function Deletion({ status }: { status: FaceStatus }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { students, templates, outdatedStudents, outdatedTemplates, photographs } = status.enrolled;
  const purge = useMutation({
    mutationFn: () => purgeFaces({}),
    onSuccess: (gone) => {
      const nothing = gone.templates + gone.photographs + gone.evidence === 0;
      said(nothing ? t("faces.keys.nothingDue") : t("faces.keys.purged", { count: gone.students }), null);
      facesChanged();
    },
    onError: refusal,
  });
  return (
    <section className={classes.actions}>
      <Title order={2}>{t("faces.keys.deletion")}</Title>
      <Facts
        facts={[
          [
            t("faces.keys.held"),
            t("faces.keys.heldText", {
              templates: formatNumber(templates + outdatedTemplates),
              students: formatNumber(students + outdatedStudents),
              photographs: formatNumber(photographs),
            }),
          ],
        ]}
      />
      {may("faces.purge_faces") && (
        <Action text={t("faces.keys.deletionText")}>
          <Group>
            <Button variant="default" loading={purge.isPending} onClick={() => purge.mutate()}>
              {t("faces.keys.purge")}
            </Button>
          </Group>
        </Action>
      )}
    </section>
  );
}
