/** One sentence a code that an operation can refuse with: what happened, and what to do. A code whose
 * own message says more (a field, a file, a line) is left to that message. */
export const errors = {
  unreachable: "Homeroom does not answer. Close the window and open it again; what was saved is safe.",
  signed_out: "You are signed out. Sign in and try again.",
  session_expired: "Your session has ended. Sign in again to go on.",
  forbidden: "Your role does not allow this. Ask an administrator of your school if you need it.",
  password_needed: "Nothing was changed: this needs your password once more.",
  locked: "The screen is locked. Give your password first.",
  wrong_password: "The user name or the password is wrong.",
  already_set_up: "This school is already set up. Sign in instead.",
  not_set_up: "This school is not set up yet. Close the window and open it again to begin.",
  stale: "Somebody else changed this in the meantime. Look at what it is now, then save again.",
  settings_unreadable:
    "The settings of this school cannot be read. Open Settings, look at every value and save them again.",
  cannot_undo: "This cannot be undone any more.",
  database_in_use: "Homeroom is already open on this computer. Use that window, or close it first.",
  database_gone:
    "The school's data is not where it was any more: its folder was removed or moved. Nothing was saved. Put the folder back before you close Homeroom, or restore the newest backup.",
  database_unreachable: "The database does not answer. Try again when the network is back.",
  database: "The database refused. Try again; if it stays, see the log.",
  disk_full:
    "The disk is full, and nothing of this was kept. Make room on the disk that holds the data, then do it again.",
  internal: "Something went wrong inside Homeroom.",
  cancelled: "Stopped. Nothing was changed.",
} as const;
