// What the program itself can do beside its operations: open the database with a password, look for a newer version, show
// the licences of what it is built on.
import { command } from "./files";

/** Opens the database with its server's password. False where the password could not be kept for the next start. */
export function databasePassword(password: string, keep: boolean): Promise<boolean> {
  return command("database_password", { password, keep });
}

/** Whether this copy was built to look for newer versions. */
export function canUpdate(): Promise<boolean> {
  return command("can_update");
}

export interface NewerVersion {
  version: string;
  notes: string | null;
}

/** Asks for a newer version than this one; null where there is none. */
export function lookForUpdate(): Promise<NewerVersion | null> {
  return command("look_for_update");
}

/** Opens the licences of everything that the program is built on. */
export function openNotices(): Promise<null> {
  return command("open_notices");
}
