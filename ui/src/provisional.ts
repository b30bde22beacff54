// Types and calls of the operations that the frame itself needs, until the generated bindings
// have them; a screen takes its own from `bindings/`.
import { call } from "./bridge";

export interface Status { needsSetup: boolean; signedIn: boolean; locked?: string | null }
export interface Person { id: string; username: string; name: string }
export interface SchoolRef { id: string; name: string; timeZone?: string }
export interface TermRef { id: string; title: string; start: string; end: string; schoolId?: string }
export interface Whoami {
  user: Person;
  roles: string[];
  permissions: string[];
  school: SchoolRef | null;
  schools: SchoolRef[];
  terms: TermRef[];
  currentTerm: TermRef | null;
}
export interface SetUp {
  schoolName: string; timeZone: string; yearTitle: string; yearStart: string; yearEnd: string;
  terms: { title: string; start: string; end: string }[];
  administrator: { givenName: string; familyName: string; username: string; password: string };
}
export interface SessionEntry {
  id: string; device: string; address: string | null; signedInAt: string; lastUsedAt: string; current: boolean;
}

export const status = (): Promise<Status> => call("status", {});
export const setUp = (input: SetUp): Promise<Whoami> => call("set_up", input);
export const signIn = (input: { username: string; password: string }): Promise<Whoami> => call("sign_in", input);
export const signOut = (): Promise<unknown> => call("sign_out", {});
export const whoami = (): Promise<Whoami> => call("whoami", {});
export const changePassword = (input: { current: string; new: string }): Promise<unknown> => call("change_password", input);
export const sessions = (): Promise<SessionEntry[]> => call("sessions", {});
export const revokeSession = (input: { id: string }): Promise<unknown> => call("revoke_session", input);
