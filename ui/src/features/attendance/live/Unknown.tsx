// Faces like nobody's of the class that came back: a small picture each, and enrolment for a student who agreed.
import { Alert, Anchor, Button, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { LiveState } from "../../../bindings/LiveState";
import { consentState, enrolFaces, takeUnknownFace, unknownFaces } from "../../../bindings/operations";
import type { UnknownPicture } from "../../../bindings/UnknownPicture";
import { asOperationError } from "../../../bridge";
import { Signal } from "../../../components/Signal";
import { errorText } from "../../../i18n";
import { usePlace, useSession } from "../../../session/session";
import classes from "../attendance.module.css";
import type { Choice } from "./Proposals";

export function Unknown({ live, students }: { live: LiveState; students: readonly Choice[] }) {
  const { t } = useTranslation();
  const { session } = live;
  // Asked again only when a face came or got a better picture.
  const stand = live.unknownFaces.map(({ face, pictures }) => `${face}:${pictures}`).join(" ");
  const found = useQuery({
    queryKey: ["live_session", session, "unknown", stand], enabled: stand !== "", gcTime: 0,
    queryFn: () => unknownFaces({ session }), placeholderData: (before) => before,
  });
  if (live.unknown === 0) return null;
  return (
    <section className={classes.section} aria-label={t("attendance.live.unknownTitle")}>
      <div className={classes.sectionHead}><strong><bdi>{t("attendance.live.unknown", { count: live.unknown })}</bdi></strong></div>
      {stand !== "" && <ul className={classes.list}>{(found.data ?? []).map((face) => <Face key={face.face} session={session} face={face} students={students} />)}</ul>}
    </section>
  );
}

/** How many good pictures an enrolment needs. */
const needed = 3;

function Face({ session, face, students }: { session: string; face: UnknownPicture; students: readonly Choice[] }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [enrolling, setEnrolling] = useState(false);
  return (
    <li className={classes.stranger}>
      <img src={`data:image/jpeg;base64,${face.jpeg}`} alt={t("attendance.live.unknownPicture", { face: face.face })} width={48} height={48} />
      <div>
        <div className={classes.strangerHead}>
          <Text size="xs" c="dimmed">{t("attendance.live.sightings", { count: face.sightings })}</Text>
          {may("enrol_faces") && !enrolling && (
            <Button variant="default" disabled={face.pictures < needed} title={face.pictures < needed ? t("attendance.live.enrolLater", { count: face.pictures, needed }) : undefined} onClick={() => setEnrolling(true)}>{t("attendance.live.enrol")}</Button>
          )}
        </div>
        {enrolling && <Enrol session={session} face={face.face} students={students} onClose={() => setEnrolling(false)} />}
      </div>
    </li>
  );
}

function Enrol({ session, face, students, onClose }: { session: string; face: number; students: readonly Choice[]; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { school } = usePlace();
  const [student, setStudent] = useState<string | null>(null);
  const state = useQuery({
    queryKey: ["consents", "of_student", student], enabled: student !== null && school !== null,
    queryFn: async () => (await consentState({ school: school?.id ?? "", student, offset: 0, limit: 1 })).rows[0] ?? null,
  });
  const enrol = useMutation({
    mutationFn: async (who: string) => enrolFaces({ student: who, uploads: (await takeUnknownFace({ session, face })).uploads }),
    onSuccess: ({ templates, lookAlikes }) => {
      notifications.show({ color: lookAlikes.length > 0 ? "attention" : "good", message: t(lookAlikes.length > 0 ? "attendance.live.enrolledAlike" : "attendance.live.enrolled", { name: students.find(({ value }) => value === student)?.label ?? "", count: templates }) });
      onClose();
    },
  });
  const consent = state.data;
  const agreed = consent !== undefined && consent !== null && consent.consent !== null && consent.objection === null;
  return (
    <div className={classes.sides}>
      <Select size="xs" searchable autoFocus aria-label={t("attendance.live.enrolWho")} placeholder={t("attendance.live.enrolWho")} data={[...students]} value={student} onChange={setStudent} />
      {student !== null && state.data !== undefined && (agreed
        ? <Signal tone="good">{t("attendance.live.consented", { name: consent?.consent?.givenBy ?? "" })}</Signal>
        : <Text size="xs"><Signal tone="attention">{t(consent?.objection == null ? "attendance.live.noConsent" : "attendance.live.objected")}</Signal> <Anchor component="button" type="button" size="xs" onClick={() => void navigate({ to: "/faces", search: { student } })}>{t("attendance.live.toConsent")}</Anchor></Text>)}
      {(enrol.error ?? state.error) !== null && <Alert color="wrong" role="alert" p="xs">{errorText(enrol.error ?? state.error)} {asOperationError(enrol.error ?? state.error).help}</Alert>}
      <div className={classes.candidates}>
        <Button variant="default" onClick={onClose}>{t("common.cancel")}</Button>
        <Button variant="light" disabled={!agreed} loading={enrol.isPending} onClick={() => { if (student !== null) enrol.mutate(student); }}>{t("attendance.live.enrol")}</Button>
      </div>
    </div>
  );
}
