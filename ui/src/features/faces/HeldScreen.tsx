// A plain page for a parent: what is held about the child's face, what for, how long, and the way to delete it.
import { Anchor, Button, Group, Title } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { FaceState } from "../../bindings/FaceState";
import { exportHeldFaces, faceUses } from "../../bindings/operations";
import { Screen, ScreenHead } from "../../components/ScreenHead";
import { EmptyState, ErrorState, LoadingShape } from "../../components/states";
import { failed, saveDocument } from "../../components/documents";
import { errorText, useTranslation } from "../../i18n";
import { formatDay, formatMoment } from "../../numbers";
import { usePlace, useSession } from "../../session/session";
import { DeleteForm, type Deletion } from "./DeleteForm";
import classes from "./faces.module.css";
import { fullName } from "../../names";
import { holdsAnything, templatesOf, useFaceStatus, useStateOf } from "./state";

export default function HeldScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school } = usePlace();
  const { student = "" } = useParams({ strict: false }) as { student?: string };
  const state = useStateOf(school?.id ?? "", student);
  const name = state.data === null || state.data === undefined ? "" : fullName(state.data);
  const back = (
    <Anchor
      component="button"
      type="button"
      size="sm"
      onClick={() => void navigate({ to: "/faces", search: { student } })}
    >
      {t("faces.held.back")}
    </Anchor>
  );
  return (
    <Screen
      head={
        <ScreenHead
          title={name === "" ? t("faces.title") : t("faces.held.title", { name })}
          about={
            state.data === null || state.data === undefined
              ? undefined
              : t("faces.held.of", { number: state.data.number })
          }
        >
          {back}
        </ScreenHead>
      }
    >
      {state.data === undefined &&
        (state.error === null ? (
          <LoadingShape />
        ) : (
          <ErrorState error={state.error} onRetry={() => void state.refetch()} />
        ))}
      {state.data === null && <EmptyState title={t("faces.list.empty")}>{t("faces.list.emptyFilter")}</EmptyState>}
      {state.data !== null && state.data !== undefined && <Held state={state.data} school={school?.id ?? ""} />}
    </Screen>
  );
}

function Held({ state, school }: { state: FaceState; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const status = useFaceStatus(school);
  const hand = useMutation({
    mutationFn: () => exportHeldFaces({ student: state.student }),
    onSuccess: (made) => void saveDocument(made),
    onError: failed,
  });
  const [form, setForm] = useState<Deletion | null>(null);
  const { consent, objection } = state;
  const held = templatesOf(state);
  const name = fullName(state);
  return (
    <article className={classes.page}>
      <section>
        <Title order={2}>{t("faces.held.holds")}</Title>
        {!holdsAnything(state) && <p>{t("faces.held.nothing")}</p>}
        {held > 0 && (
          <p>
            {t("faces.held.templates", {
              count: held,
              at: state.enrolledAt === null ? "" : formatMoment(state.enrolledAt),
            })}
          </p>
        )}
        {holdsAnything(state) && (
          <p>
            {state.photographs === 0
              ? t("faces.held.noPhotographs")
              : t("faces.held.photographs", { count: state.photographs })}{" "}
            {state.evidence > 0 && t("faces.held.evidence", { count: state.evidence })}
          </p>
        )}
      </section>
      <section>
        <Title order={2}>{t("faces.held.why")}</Title>
        <p>{t("faces.held.whyText")}</p>
      </section>
      <section>
        <Title order={2}>{t("faces.held.long")}</Title>
        <p>
          {t("faces.held.longText")}{" "}
          {holdsAnything(state) && state.goesOn !== null && t("faces.held.goes", { at: formatDay(state.goesOn) })}
        </p>
      </section>
      <section>
        <Title order={2}>{t("faces.held.agreed")}</Title>
        {objection !== null && (
          <p>
            {t("faces.objection.standing", { name, at: formatMoment(objection) })} {t("faces.objection.text")}
          </p>
        )}
        <p>
          {consent === null
            ? t("faces.held.notAgreed")
            : t("faces.consent.given", {
                name: consent.givenBy,
                relationship: consent.relationship,
                at: formatMoment(consent.givenAt),
                version: consent.wordingVersion,
              })}{" "}
          {consent !== null && t("faces.consent.ends", { at: formatMoment(consent.endsAt) })}
        </p>
      </section>
      {status.data !== undefined && status.data.policy !== "" && (
        <section>
          <Title order={2}>{t("faces.off.wording", { version: status.data.policyVersion })}</Title>
          <div
            className={classes.wording}
            tabIndex={0}
            role="region"
            aria-label={t("faces.off.wording", { version: status.data.policyVersion })}
          >
            {status.data.policy}
          </div>
        </section>
      )}
      <section>
        <Title order={2}>{t("faces.held.choice")}</Title>
        <p>{t("faces.held.choiceText")}</p>
      </section>
      {may("faces.face_uses") && <Used school={school} student={state.student} />}
      {may("faces.export_held_faces") && (
        <section>
          <Title order={2}>{t("faces.held.export")}</Title>
          <p>{t("faces.held.exportText")}</p>
          <Button mt="xs" variant="default" loading={hand.isPending} onClick={() => hand.mutate()}>
            {t("faces.held.export")}
          </Button>
        </section>
      )}
      <Group gap="xs">
        {consent !== null && may("faces.withdraw_consent") && (
          <Button variant="default" onClick={() => setForm("withdraw")}>
            {t("faces.consent.withdraw")}
          </Button>
        )}
        {objection === null && may("faces.record_objection") && (
          <Button variant="default" onClick={() => setForm("objection")}>
            {t("faces.objection.record")}
          </Button>
        )}
        {holdsAnything(state) && may("faces.delete_faces") && (
          <Button variant="subtle" color="wrong" onClick={() => setForm("delete")}>
            {t("faces.remove.button")}
          </Button>
        )}
      </Group>
      {form !== null && <DeleteForm state={state} what={form} onClose={() => setForm(null)} />}
    </article>
  );
}

const shown = 5;

/** The newest uses of this face. */
function Used({ school, student }: { school: string; student: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const uses = useQuery({
    ...faceUses.query({ school, student, offset: 0, limit: shown }),
  });
  return (
    <section>
      <Title order={2}>{t("faces.held.used")}</Title>
      {uses.error !== null && uses.data === undefined && <p role="alert">{errorText(uses.error)}</p>}
      {uses.data?.total === 0 && <p>{t("faces.held.never")}</p>}
      <ul className={classes.uses}>
        {uses.data?.rows.map((use) => (
          <li key={`${use.at}-${use.purpose}`}>
            <span>
              {t(`faces.uses.purposes.${use.purpose}`)}
              {use.classTitle !== null && ` · ${use.classTitle}`}
            </span>
            <span>
              {formatMoment(use.at)} · <bdi>{use.userName ?? t("faces.uses.system")}</bdi>
            </span>
          </li>
        ))}
      </ul>
      {uses.data !== undefined && uses.data.total > shown && (
        <Anchor
          component="button"
          type="button"
          size="sm"
          onClick={() => void navigate({ to: "/faces/uses", search: { student } })}
        >
          {t("faces.held.allUses")}
        </Anchor>
      )}
    </section>
  );
}
