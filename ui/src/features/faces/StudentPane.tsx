// One student: consent or the student's own no first, then the photographs, and how everything is deleted.
import { Anchor, Button, Group, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { FaceState } from "../../bindings/FaceState";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { withdrawObjection } from "../../bindings/operations";
import { refusal, said } from "../../components/change";
import { Pane } from "../../components/Pane";
import { Signal } from "../../components/Signal";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { useTranslation } from "../../i18n";
import { formatDay, formatMoment } from "../../numbers";
import { useSession } from "../../session/session";
import { ConsentForm } from "./ConsentForm";
import { DeleteForm, type Deletion } from "./DeleteForm";
import { EnrolSection } from "./EnrolSection";
import classes from "./faces.module.css";
import { fullName } from "../../names";
import { facesChanged, holdsAnything, useStateOf } from "./state";

export function StudentPane({
  school,
  student,
  status,
  onClose,
}: {
  school: string;
  student: string;
  status: FaceStatus;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const state = useStateOf(school, student);
  const name = state.data === null || state.data === undefined ? t("faces.title") : fullName(state.data);
  return (
    <Pane title={name} label={name} onClose={onClose} width={440}>
      {state.data === undefined &&
        (state.error === null ? (
          <LoadingShape />
        ) : (
          <ErrorState error={state.error} onRetry={() => void state.refetch()} />
        ))}
      {state.data === null && <EmptyState title={t("faces.list.empty")}>{t("faces.list.emptyFilter")}</EmptyState>}
      {state.data !== null && state.data !== undefined && (
        <Student state={state.data} status={status} school={school} />
      )}
    </Pane>
  );
}

function Student({ state, status, school }: { state: FaceState; status: FaceStatus; school: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const [form, setForm] = useState<"consent" | Deletion | null>(null);
  const mayObject = state.objection === null && may("faces.record_objection");
  return (
    <>
      {state.objection === null ? (
        <Consent state={state} on={status.on} onForm={setForm} />
      ) : (
        <Objection state={state} />
      )}
      {state.objection === null && <EnrolSection state={state} on={status.on} school={school} />}
      <section className={classes.section}>
        {state.goesOn !== null && holdsAnything(state) && (
          <Text size="sm">{t("faces.held.goes", { at: formatDay(state.goesOn) })}</Text>
        )}
        <Group justify="space-between">
          <Anchor
            component="button"
            type="button"
            size="sm"
            onClick={() => void navigate({ to: `/faces/${state.student}` })}
          >
            {t("faces.held.open")}
          </Anchor>
          {holdsAnything(state) && may("faces.delete_faces") && (
            <Button variant="subtle" color="wrong" onClick={() => setForm("delete")}>
              {t("faces.remove.button")}
            </Button>
          )}
        </Group>
      </section>
      {form === "consent" && (
        <ConsentForm
          state={state}
          status={status}
          onClose={() => setForm(null)}
          onObjection={mayObject ? () => setForm("objection") : null}
        />
      )}
      {form !== null && form !== "consent" && <DeleteForm state={state} what={form} onClose={() => setForm(null)} />}
    </>
  );
}

function Consent({
  state,
  on,
  onForm,
}: {
  state: FaceState;
  on: boolean;
  onForm: (form: "consent" | Deletion) => void;
}) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { consent, consentEnded } = state;
  const text =
    consent !== null
      ? t("faces.consent.given", {
          name: consent.givenBy,
          relationship: consent.relationship,
          at: formatMoment(consent.givenAt),
          version: consent.wordingVersion,
        })
      : consentEnded !== null
        ? t("faces.consent.ended", { at: formatMoment(consentEnded) })
        : t("faces.consent.none");
  return (
    <section className={classes.section} aria-label={t("faces.consent.title")}>
      <Text fw={600}>{t("faces.consent.title")}</Text>
      <Text size="sm">
        {text}
        {consent !== null && ` ${t("faces.consent.ends", { at: formatMoment(consent.endsAt) })}`}
      </Text>
      {consent !== null && !state.consentCurrent && (
        <Text size="sm" c="var(--attention-text)">
          {t("faces.consent.outdated")}
        </Text>
      )}
      <Group gap="xs">
        {on && may("faces.record_consent") && (consent === null || !state.consentCurrent) && (
          <Button onClick={() => onForm("consent")}>
            {t(consent === null ? "faces.consent.record" : "faces.consent.again")}
          </Button>
        )}
        {consent !== null && may("faces.withdraw_consent") && (
          <Button variant="default" onClick={() => onForm("withdraw")}>
            {t("faces.consent.withdraw")}
          </Button>
        )}
        {may("faces.record_objection") && (
          <Button variant="default" onClick={() => onForm("objection")}>
            {t("faces.objection.record")}
          </Button>
        )}
      </Group>
    </section>
  );
}

/** The student's own no, which stands above every consent. */
function Objection({ state }: { state: FaceState }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const name = fullName(state);
  const withdraw = useMutation({
    mutationFn: (student: string) => withdrawObjection({ student }),
    onSuccess: () => {
      said(t("faces.objection.withdrawn", { name }), null);
      facesChanged();
    },
    onError: refusal,
  });
  return (
    <section className={classes.section} aria-label={t("faces.consent.title")}>
      <Text fw={600}>{t("faces.consent.title")}</Text>
      <div>
        <Signal tone="wrong">{t("faces.list.objection")}</Signal>
      </div>
      <Text size="sm">
        {t("faces.objection.standing", { name, at: state.objection === null ? "" : formatMoment(state.objection) })}{" "}
        {t("faces.objection.text")}
      </Text>
      {may("faces.withdraw_objection") && (
        <Group>
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate(state.student)}>
            {t("faces.objection.withdraw")}
          </Button>
        </Group>
      )}
    </section>
  );
}
