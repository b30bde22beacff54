// The screen at the door: a clock, the picture as in a mirror, and one sentence or one name in large letters.
// It has no menu and no list, fills the screen, and is left with the password of who started it.
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import {
  IconArrowBigLeftFilled,
  IconArrowBigRightFilled,
  IconArrowsHorizontal,
  IconBuilding,
  IconCameraOff,
  IconCheck,
  IconClockExclamation,
  IconEye,
  IconFocusCentered,
  IconHandStop,
  IconLock,
  IconZoomIn,
} from "@tabler/icons-react";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { useEffect, useRef, useState, type ComponentType } from "react";
import type { LiveState } from "../../../bindings/LiveState";
import { watchSession } from "../../../camera";
import { CameraPicture } from "../../../components/camera/CameraPicture";
import { Logo } from "../../../frame/Logo";
import { useTranslation } from "../../../i18n";
import { formatClock, formatWeekday } from "../../../numbers";
import { usePlace } from "../../../session/session";
import { allowSound, chime } from "./chime";
import classes from "./kiosk.module.css";
import { LeaveForm } from "./LeaveForm";
import { saidAtDoor, type Said, type Sign } from "./said";

const signs: Record<Sign, ComponentType<{ className?: string; stroke?: number }>> = {
  look: IconEye,
  left: IconArrowBigLeftFilled,
  right: IconArrowBigRightFilled,
  straight: IconFocusCentered,
  nearer: IconZoomIn,
  still: IconHandStop,
  move: IconArrowsHorizontal,
  here: IconCheck,
  late: IconClockExclamation,
  office: IconBuilding,
  camera: IconCameraOff,
};

interface DoorProps {
  /** As it was when the window asked. */
  first: LiveState;
  onLeft: () => void;
}

export default function Door({ first, onLeft }: DoorProps) {
  const { t } = useTranslation();
  const { school } = usePlace();
  const [live, setLive] = useState(first);
  const [failure, setFailure] = useState<unknown>(null);
  const [leaving, setLeaving] = useState(false);
  const { session } = first;
  useEffect(() => watchSession(session, { state: setLive, failed: setFailure, goesOn: true }), [session]);
  useFullScreen();
  // What was said before, with names perhaps, is not for the door.
  useEffect(() => notifications.clean(), []);
  const { kiosk } = live;
  const heard = useRef(first.kiosk?.greeting?.number ?? 0);
  useEffect(() => {
    const greeting = kiosk?.greeting;
    if (greeting == null || greeting.number === heard.current) return;
    heard.current = greeting.number;
    if (kiosk?.sound === true) chime(greeting.kind);
  }, [kiosk]);
  const camera = live.cameras[0];
  const said = saidAtDoor(live, failure, t);
  const boxes = (camera?.faces ?? []).map(({ track, box, state }) => ({
    id: track,
    box,
    tone: state === "recognised" ? ("good" as const) : ("neutral" as const),
    label: "",
  }));
  return (
    <main className={classes.door} onPointerDown={allowSound} onContextMenu={(event) => event.preventDefault()}>
      <header className={classes.head}>
        <span className={classes.school}>
          <Logo size="2.5rem" />
          <bdi className="name">{school?.name ?? ""}</bdi>
        </span>
        <Clock zone={school?.timeZone} />
      </header>
      <div className={classes.middle}>
        <div className={classes.picture} data-off={said.sign === "camera" || undefined}>
          {camera !== undefined && (
            <CameraPicture
              session={session}
              camera={camera.camera}
              faces={boxes}
              mirrored
              most="100cqh"
              onFailure={setFailure}
            />
          )}
        </div>
        <Message said={said} />
      </div>
      <footer className={classes.foot}>
        <bdi>{t("attendance.kiosk.alternative")}</bdi>
        <Button
          variant="subtle"
          color="gray"
          size="sm"
          leftSection={<IconLock size="1.125rem" />}
          onClick={() => setLeaving(true)}
        >
          {t("attendance.kiosk.leave")}
        </Button>
      </footer>
      {leaving && <LeaveForm session={session} onClose={() => setLeaving(false)} onLeft={onLeft} />}
    </main>
  );
}

function Message({ said: { tone, sign, headline, name, text, turns } }: { said: Said }) {
  const { t } = useTranslation();
  const Icon = signs[sign];
  return (
    <section className={classes.message} data-tone={tone} role="status" aria-live="assertive">
      <Icon className={classes.sign} data-sign={sign} stroke={1.75} aria-hidden />
      {name === undefined ? (
        <h1 className={classes.headline}>
          <bdi>{headline}</bdi>
        </h1>
      ) : (
        <>
          <p className={classes.lead}>
            <bdi>{headline}</bdi>
          </p>
          <h1 className={classes.name} data-length={name.length > 36 ? "long" : name.length > 18 ? "middle" : "short"}>
            <bdi dir="auto">{name}</bdi>
          </h1>
        </>
      )}
      {text !== "" && (
        <p className={classes.text}>
          <bdi>{text}</bdi>
        </p>
      )}
      {turns !== undefined && (
        <div
          className={classes.turns}
          role="img"
          aria-label={t("attendance.kiosk.turns", { done: turns[0], count: turns[1] })}
        >
          {Array.from({ length: turns[1] }, (_, turn) => (
            <span key={turn} data-done={turn < turns[0] || undefined} />
          ))}
        </div>
      )}
    </section>
  );
}

function Clock({ zone }: { zone: string | undefined }) {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className={classes.clock}>
      <bdi className={classes.day}>{formatWeekday(now, zone)}</bdi>
      <time dateTime={now.toISOString()} className="figures">
        <bdi>{formatClock(now, zone)}</bdi>
      </time>
    </span>
  );
}

/** The window fills the screen as long as the door is shown; where the system does not let it, it stays as it is. */
function useFullScreen(): void {
  useEffect(() => {
    const fill = (full: boolean) =>
      getCurrentWindow()
        .setFullscreen(full)
        .catch((reason: unknown) => console.error("The window cannot fill the screen", reason));
    void fill(true);
    return () => void fill(false);
  }, []);
}
