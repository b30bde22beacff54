// Faces like nobody's of the class that came back: a small picture each, and enrolment for a student who agreed.
import { Alert, Button, Select, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { LiveState } from "../../../bindings/LiveState";
import { enrolFaces, takeUnknownFace, unknownFaces } from "../../../bindings/operations";
import type { UnknownPicture } from "../../../bindings/UnknownPicture";
import { asOperationError } from "../../../bridge";
import { Signal } from "../../../components/Signal";
import { errorText, useTranslation } from "../../../i18n";
import { usePlace, useSession } from "../../../session/session";
import { ConsentForm } from "../../faces/ConsentForm";
import { DeleteForm } from "../../faces/DeleteForm";
import { takenBy, useFaceStatus, useStateOf } from "../../faces/state";
import classes from "../attendance.module.css";
import type { Choice } from "./Proposals";

export function Unknown({ live, students }: { live: LiveState; students: readonly Choice[] }) {
  const { t } = useTranslation();
  const { session } = live;
  // Asked again only when a face came or got a better picture.
  const stand = live.unknownFaces.map(({ face, pictures }) => `${face}:${pictures}`).join(" ");
  const found = useQuery({
    ...unknownFaces.about({ session }, stand),
    enabled: stand !== "",
    gcTime: 0,
    queryFn: () => unknownFaces({ session }),
    placeholderData: (before) => before,
  });
  if (live.unknown === 0) return null;
  return (
    <section className={classes.section} aria-label={t("attendance.live.unknownTitle")}>
      <div className={classes.sectionHead}>
        <strong>
          <bdi>{t("attendance.live.unknown", { count: live.unknown })}</bdi>
        </strong>
      </div>
      {stand !== "" && (
        <ul className={classes.list}>
          {(found.data ?? []).map((face) => (
            <Face key={face.face} session={session} face={face} students={students} />
          ))}
        </ul>
      )}
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
      <img src={`data:image/jpeg;base64,${face.jpeg}`} alt={t("attendance.live.unknownPicture", { face: face.face })} />
      <div>
        <div className={classes.strangerHead}>
          <Text size="xs" c="dimmed">
            {t("attendance.live.sightings", { count: face.sightings })}
          </Text>
          {may("faces.enrol_faces") && !enrolling && (
            <Button
              variant="default"
              disabled={face.pictures < needed}
              title={
                face.pictures < needed
                  ? t("attendance.live.enrolLater", { done: face.pictures, count: needed })
                  : undefined
              }
              onClick={() => setEnrolling(true)}
            >
              {t("attendance.live.enrol")}
            </Button>
          )}
        </div>
        {enrolling && (
          <Enrol session={session} face={face.face} students={students} onClose={() => setEnrolling(false)} />
        )}
      </div>
    </li>
  );
}

function Enrol({
  session,
  face,
  students,
  onClose,
}: {
  session: string;
  face: number;
  students: readonly Choice[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [student, setStudent] = useState<string | null>(null);
  const name = students.find(({ value }) => value === student)?.name ?? "";
  const enrol = useMutation({
    mutationFn: async ({ who, althoughAlike }: { who: string; althoughAlike: boolean }) =>
      enrolFaces({ student: who, uploads: (await takeUnknownFace({ session, face })).uploads, althoughAlike }),
    onSuccess: ({ templates, lookAlikes }) => {
      notifications.show({
        color: lookAlikes.length > 0 ? "attention" : "good",
        message: t(lookAlikes.length > 0 ? "attendance.live.enrolledAlike" : "attendance.live.enrolled", {
          name,
          count: templates,
        }),
      });
      onClose();
    },
  });
  const [agreed, setAgreed] = useState(false);
  const error = enrol.error === null ? null : asOperationError(enrol.error);
  const taken = error?.code === "duplicate";
  return (
    <div className={classes.sides}>
      <Select
        size="xs"
        searchable
        autoFocus
        aria-label={t("attendance.live.enrolWho")}
        placeholder={t("attendance.live.enrolWho")}
        data={[...students]}
        value={student}
        onChange={(next) => {
          setAgreed(false);
          enrol.reset();
          setStudent(next);
        }}
      />
      {student !== null && school !== null && (
        <Consent key={student} school={school.id} student={student} onAgreed={setAgreed} />
      )}
      {error !== null && (
        <Alert color={taken ? "attention" : "wrong"} role="alert" p="xs">
          {taken
            ? t("faces.enrol.whoseText", { name, others: takenBy(error.details) })
            : `${errorText(error)} ${error.help ?? ""}`}
        </Alert>
      )}
      <div className={classes.candidates}>
        <Button variant="default" onClick={onClose}>
          {t("common.cancel")}
        </Button>
        <Button
          variant="light"
          disabled={!agreed}
          loading={enrol.isPending}
          onClick={() => {
            if (student !== null) enrol.mutate({ who: student, althoughAlike: taken });
          }}
        >
          {taken ? t("faces.enrol.although", { name }) : t("attendance.live.enrol")}
        </Button>
      </div>
    </div>
  );
}

/** Whether somebody agreed. It can be recorded right here: whoever leaves this screen ends the session, and the face with it. */
function Consent({
  school,
  student,
  onAgreed,
}: {
  school: string;
  student: string;
  onAgreed: (agreed: boolean) => void;
}) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [form, setForm] = useState<"consent" | "objection" | null>(null);
  const state = useStateOf(school, student);
  const status = useFaceStatus(school);
  const known = state.data ?? null;
  const agreed = known !== null && known.consent !== null && known.objection === null;
  useEffect(() => onAgreed(agreed), [agreed, onAgreed]);
  if (state.error !== null)
    return (
      <Alert color="wrong" role="alert" p="xs">
        {errorText(state.error)} {asOperationError(state.error).help}
      </Alert>
    );
  if (state.data === undefined) return null;
  if (agreed)
    return <Signal tone="good">{t("attendance.live.consented", { name: known.consent?.givenBy ?? "" })}</Signal>;
  if (known?.objection != null) return <Signal tone="attention">{t("attendance.live.objected")}</Signal>;
  return (
    <>
      <Signal tone="attention">{t("attendance.live.noConsent")}</Signal>
      {known !== null && status.data !== undefined && may("faces.record_consent") ? (
        <Button variant="default" onClick={() => setForm("consent")}>
          {t("attendance.live.toConsent")}
        </Button>
      ) : (
        <Text size="xs" c="dimmed">
          {t("attendance.live.consentElsewhere")}
        </Text>
      )}
      {form === "consent" && known !== null && status.data !== undefined && (
        <ConsentForm
          state={known}
          status={status.data}
          onClose={() => setForm(null)}
          onObjection={may("faces.record_objection") ? () => setForm("objection") : null}
        />
      )}
      {form === "objection" && known !== null && (
        <DeleteForm state={known} what="objection" onClose={() => setForm(null)} />
      )}
    </>
  );
}
