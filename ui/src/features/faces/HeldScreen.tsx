// A plain page for a parent: what is held about the child's face, what for, how long, and the way to delete it.
import { Anchor, Button, Group, Title } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FaceState } from "../../bindings/FaceState";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { DeleteForm } from "./DeleteForm";
import classes from "./faces.module.css";
import { fullName, useFaceStatus, useStateOf } from "./state";

export default function HeldScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school } = usePlace();
  const { student = "" } = useParams({ strict: false }) as { student?: string };
  const state = useStateOf(school?.id ?? "", undefined, student);
  const name = state.data === null || state.data === undefined ? "" : fullName(state.data);
  const back = <Anchor component="button" type="button" size="sm" onClick={() => void navigate({ to: "/faces", search: { student } })}>{t("faces.held.back")}</Anchor>;
  return (
    <Screen head={<ScreenHead title={name === "" ? t("faces.title") : t("faces.held.title", { name })} about={state.data === null || state.data === undefined ? undefined : t("faces.held.of", { number: state.data.number })}>{back}</ScreenHead>}>
      {state.data === undefined && (state.error === null ? <LoadingShape /> : <ErrorState error={state.error} onRetry={() => void state.refetch()} />)}
      {state.data === null && <EmptyState title={t("faces.list.empty")}>{t("faces.list.emptyFilter")}</EmptyState>}
      {state.data !== null && state.data !== undefined && <Held state={state.data} school={school?.id ?? ""} />}
    </Screen>
  );
}

function Held({ state, school }: { state: FaceState; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const status = useFaceStatus(school);
  const [form, setForm] = useState<"withdraw" | "delete" | null>(null);
  const { consent } = state;
  const held = state.templates + state.outdatedTemplates;
  return (
    <article className={classes.page}>
      <section><Title order={2}>{t("faces.held.holds")}</Title><p>{held === 0 ? t("faces.held.nothing") : t("faces.held.templates", { count: held, at: state.enrolledAt === null ? "" : formatMoment(state.enrolledAt) })}</p></section>
      <section><Title order={2}>{t("faces.held.why")}</Title><p>{t("faces.held.whyText")}</p></section>
      <section><Title order={2}>{t("faces.held.long")}</Title><p>{t("faces.held.longText")}</p></section>
      <section>
        <Title order={2}>{t("faces.held.agreed")}</Title>
        <p>{consent === null ? t("faces.held.notAgreed") : t("faces.consent.given", { name: consent.givenBy, relationship: consent.relationship, at: formatMoment(consent.givenAt), version: consent.wordingVersion })}</p>
      </section>
      {status.data !== undefined && status.data.policy !== "" && (
        <section><Title order={2}>{t("faces.off.wording", { version: status.data.policyVersion })}</Title><div className={classes.wording} tabIndex={0} role="region" aria-label={t("faces.off.wording", { version: status.data.policyVersion })}>{status.data.policy}</div></section>
      )}
      <section><Title order={2}>{t("faces.held.choice")}</Title><p>{t("faces.held.choiceText")}</p></section>
      <Group gap="xs">
        {consent !== null && may("withdraw_consent") && <Button variant="default" onClick={() => setForm("withdraw")}>{t("faces.consent.withdraw")}</Button>}
        {held > 0 && may("delete_faces") && <Button variant="subtle" color="wrong" onClick={() => setForm("delete")}>{t("faces.remove.button")}</Button>}
      </Group>
      {form !== null && <DeleteForm state={state} what={form} onClose={() => setForm(null)} />}
    </article>
  );
}
