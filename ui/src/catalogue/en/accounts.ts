/** Signing in, the first run, passwords and sessions. */
export const accounts = {
  signIn: { title: "Sign in", username: "User name", password: "Password", submit: "Sign in", forgot: "Forgot your password?", forgotHelp: "Ask an administrator of your school to set a new one for you. Nobody can read your old one.", other: "Sign in as somebody else", again: "Sign in again", againText: "Your session has ended. Everything you typed is still here and is saved as soon as you sign in.", otherText: "What was not saved yet is given up." },
  lock: { title: "Locked", submit: "Unlock", wrong: "This is not your password.", otherText: "What {{name}} has typed here waits for {{name}} to come back; cameras that {{name}} opened stop.", back: "Back to {{name}}", unsaved: "Something that was typed here is not saved yet. Unlock, so that it can be saved before the window closes." },
  confirm: { title: "Your password, please", text: "Roles, passwords and keys are changed only by whoever is signed in. For 15 minutes it is not asked for again.", password: "Password of {{name}}", submit: "Go on" },
  setUp: {
    title: "Set up your school", steps: { school: "School", year: "Year and terms", administrator: "Administrator" },
    intro: "Three short steps. Everything can be changed later in the settings.",
    schoolName: "Name of the school", country: "Country", timeZone: "Time zone", timeZoneHelp: "Decides which day it is in a register.", dayOrderHelp: "How you type dates, and how they are shown.",
    yearTitle: "Academic year", yearStart: "First day", yearEnd: "Last day", terms: "Terms", termTitle: "Name", termStart: "First day", termEnd: "Last day", addTerm: "Add a term", removeTerm: "Remove {{title}}", term: "Term {{number}}",
    givenName: "Given name", familyName: "Family name", username: "User name", password: "Password", passwordAgain: "Password once more",
    passwordShort: "At least 8 characters.", passwordHelp: "At least 8 characters. A short sentence is easy to remember and hard to guess.", administratorHelp: "This person can do everything, also make accounts for the others.",
    submit: "Make the school", endBeforeStart: "Must be after the first day.", back: "Back", next: "Next",
  },
  password: { title: "Change password", current: "Current password", new: "New password", again: "New password once more", submit: "Change password", changed: "Your password is changed.", differ: "The two are not the same.", others: "You stay signed in here; everywhere else your session ends.", ownTitle: "Choose your own password", own: "Somebody else chose the password you signed in with. Choose one that only you know." },
  sessions: { title: "Where you are signed in", text: "If you do not know one of these, end it and change your password.", device: "Device", address: "Address", since: "Signed in", last: "Last used", here: "This window", revoke: "End", revokeLabel: "End the session on {{device}}", revoked: "The session is ended.", empty: "You are signed in nowhere else." },
  required: "Needed",
  users: {
    rail: "Users & roles", title: "Users & roles", about: "Who signs in at {{school}}, and as what", new: "New user", name: "Name", username: "User name", roles: "Roles", last: "Last sign-in", state: "State", never: "never", empty: "No users yet", none: "Nobody",
    active: "Active", disabled: "Disabled", left: "Has left", noPassword: "No password", edit: "Change", editOf: "Change {{name}}", disable: "Disable", enable: "Enable", disabledNow: "{{name}} can no longer sign in; open sessions are ended", enabledNow: "{{name}} can sign in again", added: "{{name}} can sign in with the first password", changed: "{{name}} changed", you: "This is you.",
    everywhere: "Everywhere", at: "{{role}}, {{where}}", district: "District {{name}}", unknownSchool: "another school",
    given: "Given name", family: "Family name", password: "First password", passwordHelp: "At least 8 characters. It must be changed at the first sign-in.", roleOf: "Role {{number}}", where: "Where", addRole: "Add a role", removeRole: "Remove role {{number}}", staff: "Member of staff", staffHelp: "So that a teacher sees the own classes.", student: "Student", studentHelp: "Whose marks and attendance the user sees.", submit: "Add the user",
    setPassword: "Set a password", newPassword: "New password", setTitle: "A new password for {{name}}", setHelp: "Open sessions are ended, and it must be changed at the next sign-in.", set: "{{name}} has a new password", sessions: "Signed in", noSessions: "Signed in nowhere.", linked: "Linked to",
  },
  ofStaff: {
    make: "Make an account", title: "An account for {{name}}", username: "User name", usernameHelp: "Proposed from the name; another one may be typed.", role: "Role", submit: "Make the account", made: "{{name}} has an account", text: "Hand this to {{name}}. The password works once: at the first sign-in another one must be chosen. It is not shown again.", password: "Password, for once", copy: "Copy", copied: "Copied", done: "Done", open: "Open the account",
  },
  roles: { super_administrator: "Super administrator", district_administrator: "District administrator", principal: "Principal", teacher: "Teacher", operator: "Operator", counsellor: "Counsellor", student: "Student" },
} as const;
