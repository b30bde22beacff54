// Calls of the operations that the frame itself needs, until the generated `bindings/operations`
// has them; a screen takes its own from there.
import type { SetUp } from "./bindings/SetUp";
import type { SignedIn } from "./bindings/SignedIn";
import type { Status } from "./bindings/Status";
import type { Whoami } from "./bindings/Whoami";
import { call } from "./bridge";

export interface SessionRow {
  id: string; device: string; address: string | null; createdAt: string; lastSeenAt: string; current: boolean;
}

export const status = (input: object): Promise<Status> => call("status", input);
export const setUp = (input: SetUp): Promise<SignedIn> => call("set_up", input);
export const signIn = (input: { username: string; password: string }): Promise<SignedIn> => call("sign_in", input);
export const signOut = (input: object): Promise<null> => call("sign_out", input);
export const whoami = (input: object): Promise<Whoami> => call("whoami", input);
export const changePassword = (input: { current: string; new: string }): Promise<null> => call("change_password", input);
export const mySessions = (input: object): Promise<SessionRow[]> => call("my_sessions", input);
export const revokeSession = (input: { id: string }): Promise<null> => call("revoke_session", input);
