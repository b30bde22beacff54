// Pictures taken at the camera: it says where to look and what to mend, and takes a good picture by itself.
import { Button, Group, Switch, Text, Tooltip } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { CameraSource } from "../../bindings/CameraSource";
import type { LiveState } from "../../bindings/LiveState";
import { captureFrame, startEnrolmentSession } from "../../bindings/operations";
import { stopCamera } from "../../camera";
import { CameraView } from "../../components/camera/CameraView";
import { SourceForm } from "../../components/camera/SourceForm";
import { Keys, useScreenKeys } from "../../frame/keys";
import { errorText, useTranslation, type Translate } from "../../i18n";
import classes from "./faces.module.css";
import { follow, poses, say, type Held, type Say, type Seen } from "./guide";
import { faultText } from "./state";

/** What the session tells of the face. */
function seenIn(live: LiveState): Seen {
  const camera = live.cameras[0];
  const looked = camera?.status.state === "running" && (camera.faces.length > 0 || live.guidance.length > 0);
  return { looked, faults: live.guidance.map(({ code }) => code), turn: live.turn };
}

function words(said: Say, live: LiveState, byItself: boolean, t: Translate): string {
  const fault = live.guidance[0];
  switch (said.kind) {
    case "waiting":
      return t("faces.enrol.waiting");
    case "enough":
      return t("faces.enrol.enough");
    case "back":
      return t("faces.enrol.back");
    case "pose":
      return t(`faces.enrol.pose.${said.pose}`);
    case "fault":
      return fault === undefined ? "" : faultText(fault);
    case "hold":
      return `✓ ${t(byItself ? "faces.enrol.hold" : "faces.enrol.ready")}`;
  }
}

export function EnrolCamera({
  student,
  taken,
  most,
  onTaken,
}: {
  student: string;
  taken: number;
  most: number;
  onTaken: (upload: string) => void;
}) {
  const { t } = useTranslation();
  const [live, setLive] = useState<LiveState | null>(null);
  const [poor, setPoor] = useState<string | null>(null);
  const [byItself, setByItself] = useState(true);
  const held = useRef<Held>({ since: null });
  const start = useMutation({
    mutationFn: (source: CameraSource) => startEnrolmentSession({ student, source }),
    onSuccess: setLive,
  });
  const capture = useMutation({
    mutationFn: (session: string) => captureFrame({ session }),
    onSuccess: ({ upload, faults }) => {
      setPoor(faults.length === 0 ? null : t("faces.enrol.poor", { reasons: faults.map(faultText).join(" ") }));
      if (faults.length === 0) onTaken(upload);
    },
    onError: (reason) => setPoor(errorText(reason)),
  });
  const take = () => {
    if (live !== null && taken < most && !capture.isPending) capture.mutate(live.session);
  };
  const onState = (state: LiveState) => {
    setLive(state);
    const next = follow(held.current, say(seenIn(state), taken), Date.now());
    held.current = next.held;
    if (next.take && byItself && taken < most && !capture.isPending) capture.mutate(state.session);
  };
  useScreenKeys(live === null ? [] : [{ keys: "mod+Enter", label: t("faces.enrol.capture"), run: take }]);
  if (live === null)
    return <SourceForm onStart={(source) => start.mutate(source)} pending={start.isPending} failure={start.error} />;
  const said = say(seenIn(live), taken);
  const pose = poses[taken];
  return (
    <>
      <div
        className={classes.guidance}
        data-good={said.kind === "hold" || said.kind === "enough" || undefined}
        role="status"
        aria-live="polite"
      >
        {said.kind !== "pose" && said.kind !== "enough" && pose !== undefined && (
          <span>{t(`faces.enrol.pose.${pose}`)}</span>
        )}
        <strong>{words(said, live, byItself, t)}</strong>
      </div>
      <CameraView
        key={live.session}
        first={live}
        onState={onState}
        onStop={() => {
          void stopCamera(live.session);
          setLive(null);
        }}
      />
      <ol className={classes.steps} aria-label={t("faces.enrol.steps")}>
        {poses.map((one, place) => (
          <li key={one} data-done={place < taken || undefined} aria-current={place === taken ? "step" : undefined}>
            <span aria-hidden>{place < taken ? "✓" : place + 1}</span>
            {t(`faces.enrol.step.${one}`)}
          </li>
        ))}
      </ol>
      <Group justify="space-between" wrap="nowrap">
        <Switch
          size="xs"
          label={t("faces.enrol.byItself")}
          checked={byItself}
          onChange={(event) => {
            held.current = { since: null };
            setByItself(event.currentTarget.checked);
          }}
        />
        <Tooltip label={<Keys keys="mod+Enter" />}>
          <Button
            variant={byItself ? "default" : "filled"}
            onClick={take}
            loading={capture.isPending}
            disabled={taken >= most}
          >
            {t("faces.enrol.capture")}
          </Button>
        </Tooltip>
      </Group>
      {poor !== null && (
        <Text size="xs" c="var(--wrong-text)" role="alert">
          {poor}
        </Text>
      )}
      <Text size="xs" c="dimmed">
        {t("camera.privacy")}
      </Text>
    </>
  );
}
