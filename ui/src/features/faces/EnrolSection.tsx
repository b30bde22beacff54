// Enrolment from 3 to 5 photographs: chosen files, or taken at the camera with guidance in words.
import { ActionIcon, Alert, Button, FileButton, Group, SegmentedControl, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconCamera, IconPhoto, IconX } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { EnrolledFaces } from "../../bindings/EnrolledFaces";
import type { FaceState } from "../../bindings/FaceState";
import type { PhotographFault } from "../../bindings/PhotographFault";
import { enrolFaces, settings } from "../../bindings/operations";
import { asOperationError } from "../../bridge";
import { Loses } from "../../components/closing";
import { PersonName } from "../../components/PersonName";
import { Signal } from "../../components/Signal";
import { errorText, useTranslation } from "../../i18n";
import { formatMoment } from "../../numbers";
import { useSession } from "../../session/session";
import { EnrolCamera } from "./EnrolCamera";
import classes from "./faces.module.css";
import { usePhotographs, type Photograph } from "./photographs";
import { fullName } from "../../names";
import { facesChanged, faultText, takenBy, templatesOf } from "./state";

const least = 3;
const most = 5;

export function EnrolSection({ state, on, school }: { state: FaceState; on: boolean; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const held = templatesOf(state);
  const at = state.enrolledAt === null ? "" : formatMoment(state.enrolledAt);
  return (
    <section className={classes.section} aria-label={t("faces.enrol.title")}>
      <Text fw={600}>{t("faces.enrol.title")}</Text>
      <Text size="sm">{held === 0 ? t("faces.enrol.none") : t("faces.enrol.has", { count: held, at })}</Text>
      {state.templates === 0 && state.outdatedTemplates > 0 && (
        <Text size="sm" c="var(--attention-text)">
          {t("faces.enrol.outdated")}
        </Text>
      )}
      {on &&
        may("faces.enrol_faces") &&
        (state.consent === null ? (
          <Text size="sm" c="dimmed">
            {t("faces.enrol.needsConsent")}
          </Text>
        ) : (
          <Enrol state={state} held={held} school={school} />
        ))}
    </section>
  );
}

function Enrol({ state, held, school }: { state: FaceState; held: number; school: string }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const [from, setFrom] = useState<"files" | "camera">(may("desk.start_enrolment_session") ? "camera" : "files");
  const stored = useQuery({
    ...settings.query({ school }),
    enabled: may("schools.settings"),
  });
  const kept = stored.data?.settings.faceKeepPhotographs;
  const [outcome, setOutcome] = useState<EnrolledFaces | null>(null);
  const photographs = usePhotographs(most);
  const ready = photographs.list.filter(({ upload }) => upload !== null);
  const name = fullName(state);
  const enrol = useMutation({
    mutationFn: ({ list, althoughAlike }: { list: readonly Photograph[]; althoughAlike: boolean }) =>
      enrolFaces(
        {
          student: state.student,
          uploads: list.flatMap(({ upload }) => (upload === null ? [] : [upload])),
          althoughAlike,
        },
        crypto.randomUUID(),
      ),
    onSuccess: (done) => {
      notifications.show({ color: "good", message: t("faces.enrol.done", { name, count: done.templates }) });
      setOutcome(done);
      if (done.refused.length === 0) photographs.clear();
      else photographs.refuse(new Map(done.refused.map(({ upload, faults }) => [upload, faults])), true);
      facesChanged();
    },
    onError: (reason, { list }) => photographs.refuse(faultsOf(reason, list), false),
  });
  const waiting = photographs.list.some(({ upload, failure }) => upload === null && failure === null);
  const submit = (althoughAlike: boolean) => {
    setOutcome(null);
    enrol.mutate({ list: ready, althoughAlike });
  };
  const error = enrol.error === null ? null : asOperationError(enrol.error);
  const taken = error?.code === "duplicate";
  return (
    <>
      {photographs.list.some(({ used }) => !used) && (
        <Loses text={t("faces.enrol.losing")} button={t("common.closing.throwAway")} />
      )}
      <Text size="xs" c="dimmed">
        {t("faces.enrol.how")} {kept !== undefined && t(kept ? "faces.enrol.kept" : "faces.enrol.notKept")}{" "}
        {held > 0 && t("faces.enrol.replace")}
      </Text>
      {may("desk.start_enrolment_session") && (
        <SegmentedControl
          size="xs"
          aria-label={t("faces.enrol.source")}
          value={from}
          onChange={(next) => setFrom(next as "files" | "camera")}
          data={[
            { value: "camera", label: t("faces.enrol.camera") },
            { value: "files", label: t("faces.enrol.files") },
          ]}
        />
      )}
      {from === "files" ? (
        <FileButton
          multiple
          accept="image/*"
          onChange={(files) => {
            setOutcome(null);
            photographs.add(files);
          }}
          inputProps={{ "aria-label": t("faces.enrol.choose") }}
        >
          {(props) => (
            <Button
              {...props}
              variant="default"
              leftSection={<IconPhoto size="1rem" />}
              disabled={photographs.list.length >= most}
            >
              {t("faces.enrol.choose")}
            </Button>
          )}
        </FileButton>
      ) : (
        <EnrolCamera
          student={state.student}
          taken={photographs.list.length}
          most={most}
          onTaken={(upload) => {
            setOutcome(null);
            photographs.addTaken(upload, t("faces.enrol.frame", { place: photographs.list.length + 1 }));
          }}
        />
      )}
      {photographs.dropped && (
        <Text size="xs" c="var(--attention-text)" role="status">
          {t("faces.enrol.tooMany")}
        </Text>
      )}
      {error !== null && taken && (
        <Alert color="attention" role="alert" p="xs" title={t("faces.enrol.whose")}>
          <Text size="sm">{t("faces.enrol.whoseText", { name, others: takenBy(error.details) })}</Text>
          <Button
            mt="xs"
            variant="default"
            loading={enrol.isPending}
            disabled={ready.length < least}
            onClick={() => submit(true)}
          >
            {t("faces.enrol.although", { name })}
          </Button>
        </Alert>
      )}
      {error !== null && !taken && (
        <Alert color="wrong" role="alert" p="xs" title={t("faces.enrol.failed")}>
          {errorText(error)} {error.help}
        </Alert>
      )}
      {photographs.list.length > 0 && (
        <>
          <ol className={classes.photographs}>
            {photographs.list.map((photograph) => (
              <Shown key={photograph.id} photograph={photograph} onRemove={() => photographs.remove(photograph.id)} />
            ))}
          </ol>
          <Group justify="space-between">
            <Text size="xs" c="dimmed" className="figures">
              {t("faces.enrol.count", { number: ready.length })}
            </Text>
            <Button onClick={() => submit(false)} loading={enrol.isPending || waiting} disabled={ready.length < least}>
              {t("faces.enrol.enrol")}
            </Button>
          </Group>
        </>
      )}
      {outcome !== null && outcome.lookAlikes.length > 0 && (
        <Alert color="attention" p="xs" title={t("faces.enrol.alike")}>
          {outcome.lookAlikes.map(({ student, name: other, number }) => (
            <PersonName key={student} name={`${other} (${number})`} />
          ))}
          {t("faces.enrol.alikeText")}
        </Alert>
      )}
    </>
  );
}

/** The faults that an error names, by the upload they belong to. */
function faultsOf(reason: unknown, list: readonly Photograph[]): Map<string, PhotographFault[]> {
  const faults = new Map<string, PhotographFault[]>();
  for (const { field, code, said } of asOperationError(reason).faults) {
    const upload = list[Number(/^uploads\.(\d+)$/.exec(field)?.[1] ?? -1)]?.upload;
    if (upload !== null && upload !== undefined)
      faults.set(upload, [...(faults.get(upload) ?? []), { code, message: said }]);
  }
  return faults;
}

function Shown({ photograph, onRemove }: { photograph: Photograph; onRemove: () => void }) {
  const { t } = useTranslation();
  const { name, preview, faults, failure, upload, used } = photograph;
  return (
    <li>
      {preview === null ? (
        <span className={classes.blank}>
          <IconCamera size="1.25rem" aria-hidden />
        </span>
      ) : (
        <img src={preview} alt="" />
      )}
      <div style={{ minWidth: 0 }}>
        <PersonName name={name} />
        {faults.map((fault) => (
          <p key={fault.code} role="alert">
            {faultText(fault)}
          </p>
        ))}
        {failure !== null && <p role="alert">{failure}</p>}
        {faults.length > 0 ? (
          <Signal tone="wrong">{t("faces.enrol.refused")}</Signal>
        ) : used ? (
          <Signal tone="good">{t("faces.enrol.good")}</Signal>
        ) : upload === null && failure === null ? (
          <Signal tone="neutral" sign="…">
            {t("faces.enrol.uploading")}
          </Signal>
        ) : null}
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={t("faces.enrol.remove", { name })} onClick={onRemove}>
        <IconX size="1rem" />
      </ActionIcon>
    </li>
  );
}
