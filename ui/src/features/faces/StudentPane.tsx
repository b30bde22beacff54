// One student: the consent first, then the photographs, and how everything is deleted.
import { Anchor, Button, Group, Text } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FaceState } from "../../bindings/FaceState";
import type { FaceStatus } from "../../bindings/FaceStatus";
import { Pane } from "../../components/Pane";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { formatMoment } from "../../numbers";
import { useSession } from "../../session/session";
import { ConsentForm } from "./ConsentForm";
import { DeleteForm } from "./DeleteForm";
import { EnrolSection } from "./EnrolSection";
import classes from "./faces.module.css";
import { fullName, useStateOf } from "./state";

export function StudentPane({ school, of, student, status, onClose }: { school: string; of: string | undefined; student: string; status: FaceStatus; onClose: () => void }) {
  const { t } = useTranslation();
  const state = useStateOf(school, of, student);
  const name = state.data === null || state.data === undefined ? t("faces.title") : fullName(state.data);
  return (
    <Pane title={name} label={name} onClose={onClose} width={440}>
      {state.data === undefined && (state.error === null ? <LoadingShape /> : <ErrorState error={state.error} onRetry={() => void state.refetch()} />)}
      {state.data === null && <EmptyState title={t("faces.list.empty")}>{t("faces.list.emptyFilter")}</EmptyState>}
      {state.data !== null && state.data !== undefined && <Student state={state.data} status={status} />}
    </Pane>
  );
}

function Student({ state, status }: { state: FaceState; status: FaceStatus }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { may } = useSession();
  const [form, setForm] = useState<"consent" | "withdraw" | "delete" | null>(null);
  const { consent } = state;
  const held = state.templates + state.outdatedTemplates;
  return (
    <>
      <section className={classes.section} aria-label={t("faces.consent.title")}>
        <Text fw={600}>{t("faces.consent.title")}</Text>
        <Text size="sm">{consent === null ? t("faces.consent.none") : t("faces.consent.given", { name: consent.givenBy, relationship: consent.relationship, at: formatMoment(consent.givenAt), version: consent.wordingVersion })}</Text>
        {consent !== null && !state.consentCurrent && <Text size="sm" c="var(--attention-text)">{t("faces.consent.outdated")}</Text>}
        <Group gap="xs">
          {status.on && may("record_consent") && (consent === null || !state.consentCurrent) && <Button onClick={() => setForm("consent")}>{t(consent === null ? "faces.consent.record" : "faces.consent.again")}</Button>}
          {consent !== null && may("withdraw_consent") && <Button variant="default" onClick={() => setForm("withdraw")}>{t("faces.consent.withdraw")}</Button>}
        </Group>
      </section>
      <EnrolSection state={state} on={status.on} />
      <section className={classes.section}>
        <Group justify="space-between">
          <Anchor component="button" type="button" size="sm" onClick={() => void navigate({ to: `/faces/${state.student}` })}>{t("faces.held.open")}</Anchor>
          {held > 0 && may("delete_faces") && <Button variant="subtle" color="wrong" onClick={() => setForm("delete")}>{t("faces.remove.button")}</Button>}
        </Group>
      </section>
      {form === "consent" && <ConsentForm state={state} status={status} onClose={() => setForm(null)} />}
      {(form === "withdraw" || form === "delete") && <DeleteForm state={state} what={form} onClose={() => setForm(null)} />}
    </>
  );
}
