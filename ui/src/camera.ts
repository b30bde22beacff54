// The live picture of a camera session: JPEG bytes and what is known of the faces come over channels
// of their own. The newest picture wins, and none is kept.
import { Channel, invoke } from "@tauri-apps/api/core";
import type { LiveState } from "./bindings/LiveState";
import { asOperationError } from "./bridge";

/** Sessions whose screen has just gone; stopped at the end of this turn unless it comes back. */
const leaving = new Map<string, ReturnType<typeof setTimeout>>();

interface Watcher {
  draw: (picture: ImageBitmap) => void;
  state: (state: LiveState) => void;
  failed: (reason: unknown) => void;
}

/** Shows one camera of a session until the returned function is called, which also ends the session. */
export function watchCamera(session: string, camera: number, { draw, state, failed }: Watcher): () => void {
  clearTimeout(leaving.get(session));
  leaving.delete(session);
  let over = false;
  let newest: ArrayBuffer | null = null;
  let decoding = false;
  const say = (reason: unknown) => { if (!over) failed(asOperationError(reason)); };
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
  const states = new Channel<LiveState>();
  states.onmessage = (now) => { if (!over) state(now); };
  invoke("watch_camera", { session, camera, pictures }).catch(say);
  invoke("watch_session", { session, states }).catch(say);
  const leave = () => void stopCamera(session);
  window.addEventListener("pagehide", leave);
  return () => {
    over = true;
    newest = null;
    window.removeEventListener("pagehide", leave);
    leaving.set(session, setTimeout(leave, 0));
  };
}

/** Lets the camera go; one that has gone already is no error. */
export async function stopCamera(session: string): Promise<void> {
  leaving.delete(session);
  try {
    await invoke("stop_camera", { session });
  } catch (reason) {
    // Whoever signed out has no camera any more; anything else belongs into the log.
    const { code, message } = asOperationError(reason);
    if (code !== "signed_out") console.error("A camera was not stopped", code, message);
  }
}
