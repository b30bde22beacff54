/** One sentence a code that an operation can refuse with: what happened, and what to do. */
export const errors = {
  unreachable: "Homeroom does not answer. Close the window and open it again; what was saved is safe.",
  internal: "Something went wrong inside Homeroom. Nothing was changed. Try again; if it happens again, see the log.",
  invalid: "Some of what was entered cannot be used. See the marked fields.",
  not_found: "This does not exist any more. Somebody may have deleted it.",
  forbidden: "Your role does not allow this. Ask an administrator of your school.",
  signed_out: "You are signed out. Sign in and try again.",
  session_expired: "Your session has ended. Sign in again to go on.",
  wrong_credentials: "The user name or the password is wrong.",
  throttled: "Too many wrong passwords. Wait a little, then try again.",
  account_disabled: "This account is switched off. Ask an administrator of your school.",
  weak_password: "This password is too easy to guess. Choose a longer or less usual one.",
  stale: "Somebody else changed this meanwhile. Look at both and save again.",
  conflict: "Somebody else changed this meanwhile. Look at both and save again.",
  database_unavailable: "The database does not answer. What you typed is kept here and will be saved when it does.",
  already_set_up: "This school is already set up. Sign in instead.",
  cancelled: "Stopped. Nothing was changed.",
} as const;
