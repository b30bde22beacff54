// Files in and out of the window: it hands over what a person chose, and fetches, saves and opens
// what an operation made. It reaches no file system itself.
import { invoke } from "@tauri-apps/api/core";
import { asOperationError } from "./bridge";

/** Calls one of the shell's commands that are no operations. */
export async function command<Output>(
  name: string,
  ...rest: [Record<string, unknown> | Uint8Array, { headers: Record<string, string> }?] | []
): Promise<Output> {
  try {
    return await invoke<Output>(name, ...rest);
  } catch (reason) {
    throw asOperationError(reason);
  }
}

/** Hands a file over; the returned identifier goes into the input of the operation that takes it. */
export async function upload(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  return command("upload", bytes, { headers: { "file-name": encodeURIComponent(file.name) } });
}

/** The bytes of what an operation made, such as a PDF for `PdfPreview`. */
export async function artifact(id: string): Promise<Uint8Array> {
  return new Uint8Array(await command<ArrayBuffer>("artifact", { id }));
}

/** Saves what an operation made: where the person chooses, or else in the folder for documents. The path, or null when nothing was chosen. */
export function saveArtifact(id: string, choose: boolean): Promise<string | null> {
  return command("save_artifact", { id, choose });
}

/** Opens what an operation made in the system's viewer, from which it can be printed. */
export function openArtifact(id: string): Promise<null> {
  return command("open_artifact", { id });
}

/** Lets the person choose a folder; null when nothing was chosen. */
export function chooseFolder(): Promise<string | null> {
  return command("choose_folder");
}
