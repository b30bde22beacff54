/** The frame around every screen: rail, top bar, palette, jobs, keys. */
export const frame = {
  skip: "Skip to the screen",
  rail: { title: "Main", collapse: "Collapse the menu", expand: "Open the menu" },
  bar: "School, term, search and you",
  school: "School", term: "Term", noSchool: "No school", noTerm: "No term",
  search: { button: "Search or do", placeholder: "Search students and classes, or do something", empty: "Nothing found. Try part of a name, a number, or a class.", hint: "Type a name, a number, a class, or what you want to do", students: "Students", classes: "Classes", recent: "Opened last", actions: "Go and do", otherActions: "More to do", failed: "The search failed: {{reason}}" },
  jobs: { title: "Jobs", none: "No job is running", running_one: "{{count}} job is running", running_other: "{{count}} jobs are running", cancel: "Cancel {{title}}", dismiss: "Remove {{title}} from the list", done: "Done", failed: "Failed", cancelled: "Stopped", progress: "{{done}} of {{total}}", work: "Work in progress",
    titles: { import_roster: "Importing a roster", make_report_cards: "Making report cards", print_report_cards: "Making report cards", enrol_faces: "Enrolling a face", enrol_faces_in_bulk: "Enrolling many faces", reenrol_faces: "Making templates again", rotate_face_keys: "Changing the keys", back_up: "Making a backup", fill_demo_school: "Filling the demo school", import_apply: "Importing", import_dry_run: "Checking an import" } },
  person: { menu: "You and this window", password: "Change password", sessions: "Where you are signed in", lock: "Lock the screen", signOut: "Sign out", scheme: "Colours", light: "Light", dark: "Dark", size: "Size of text: {{percent}} %", system: "As the system", direction: "Direction", ltr: "Left to right", rtl: "Right to left" },
  keys: { title: "Keys of this screen", everywhere: "Everywhere", here: "This screen", search: "Search and do", help: "These keys", back: "Go back or close", filter: "Filter the list", undo: "Undo", larger: "Larger text", smaller: "Smaller text", usualSize: "Usual size of text", new: "New", move: "Move in the list", open: "Open" },
  closing: { title: "Not everything is saved", cells_one: "{{count}} cell is not saved.", cells_other: "{{count}} cells are not saved.", drafts_one: "{{count}} form is a draft that is not saved.", drafts_other: "{{count}} forms are drafts that are not saved.", closeText: "If you close the window now, what was typed there is lost.", signOutText: "If you sign out now, what was typed there is lost.", stay: "Stay", close: "Close and lose it", signOut: "Sign out and lose it" },
  notFound: { title: "There is no such place", text: "The address leads nowhere. It may belong to something your role cannot open.", home: "Go to the start" },
  start: { title: "Starting Homeroom", locked: "Homeroom cannot open its data" },
} as const;
