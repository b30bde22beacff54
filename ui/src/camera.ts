// Live sessions in the window: the pictures of each camera come as JPEG bytes, what is known of the
// faces as a state, each over a channel of its own. The newest picture wins, and none is kept.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { LiveState } from "./bindings/LiveState";
import { asOperationError } from "./bridge";

/** What has just left the screen; let go at the end of this turn unless it comes back. */
const leaving = new Map<string, ReturnType<typeof setTimeout>>();

/** Says that something is looked at; the returned function lets it go, unless it is looked at again at once. */
function hold(key: string, letGo: () => void): () => void {
  clearTimeout(leaving.get(key));
  leaving.delete(key);
  return () => {
    leaving.set(
      key,
      setTimeout(() => {
        leaving.delete(key);
        letGo();
      }, 0),
    );
  };
}

interface SessionWatcher {
  state: (state: LiveState) => void;
  failed: (reason: unknown) => void;
  /** The session goes on when nobody looks at it any more: a kiosk is left with a password only. */
  goesOn?: boolean;
}

/** Tells how a session stands until the returned function is called, which also ends the session. */
export function watchSession(session: string, { state, failed, goesOn = false }: SessionWatcher): () => void {
  const stop = () => {
    if (!goesOn) void stopCamera(session);
  };
  const leave = hold(session, stop);
  let over = false;
  const states = new Channel<LiveState>();
  states.onmessage = (now) => {
    if (!over) state(now);
  };
  invoke("watch_session", { session, states }).catch((reason: unknown) => {
    if (!over) failed(asOperationError(reason));
  });
  window.addEventListener("pagehide", stop);
  return () => {
    over = true;
    window.removeEventListener("pagehide", stop);
    leave();
  };
}

interface PictureWatcher {
  draw: (picture: ImageBitmap) => void;
  failed: (reason: unknown) => void;
}

/** Shows the pictures of one camera of a session until the returned function is called. */
export function watchPictures(session: string, camera: number, { draw, failed }: PictureWatcher): () => void {
  const leave = hold(`${session}:${camera}`, () => {
    invoke("leave_camera", { session, camera }).catch((reason: unknown) =>
      console.error("A camera's pictures were not let go", reason),
    );
  });
  let over = false;
  let newest: ArrayBuffer | null = null;
  let decoding = false;
  const say = (reason: unknown) => {
    if (!over) failed(asOperationError(reason));
  };
  const show = async () => {
    decoding = true;
    while (newest !== null && !over) {
      const bytes = newest;
      newest = null;
      try {
        const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
        if (!over) draw(picture);
        picture.close();
      } catch {
        // One picture that cannot be decoded: the next one may be whole.
      }
      if (!over) await invoke("frame_shown", { session, camera });
    }
    decoding = false;
  };
  const pictures = new Channel<ArrayBuffer>();
  pictures.onmessage = (bytes) => {
    newest = bytes;
    if (!decoding) show().catch(say);
  };
  invoke("watch_camera", { session, camera, pictures }).catch(say);
  return () => {
    over = true;
    newest = null;
    leave();
  };
}

/** Lets all cameras of a session go; one that has gone already is no error. */
export async function stopCamera(session: string): Promise<void> {
  clearTimeout(leaving.get(session));
  leaving.delete(session);
  try {
    await invoke("stop_camera", { session });
  } catch (reason) {
    // Whoever signed out has no camera any more; anything else belongs into the log.
    const { code, message } = asOperationError(reason);
    if (code !== "signed_out") console.error("A camera was not stopped", code, message);
  }
}
