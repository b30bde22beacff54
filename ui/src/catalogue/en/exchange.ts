/** Texts of the screens of `exchange`. */
export const exchange = {
  action: "Import students and classes",
  title: "Import", about: "Into {{school}}. You see everything before anything is saved.",
  choose: { label: "Files to import", drop: "Drop files here, or choose them", what: "A list of students (Excel, OpenDocument or CSV), a OneRoster 1.1 or 1.2 set (a zip, or all its CSV files together), or a School Data Sync set.", reading: "Reading the files…", other: "Choose other files", tooLarge: "This was not taken: {{name}}" },
  steps: { label: "Steps", choose: "Choose files", match: "Match columns", check: "Check", done: "Done" },
  formats: { OneRoster11: "OneRoster 1.1", OneRoster12: "OneRoster 1.2", SdsV1: "School Data Sync, version 1", SdsV21: "School Data Sync, version 2.1", Plain: "List of students" },
  files_one: "{{count}} file", files_other: "{{count}} files",
  match: {
    title: "Which column holds what?", text: "Homeroom proposes what the headers say. Number and name are needed; by the number a student is known again at the next import.", column: "Column in the file", examples: "First rows", becomes: "Becomes", ignore: "Not imported", fieldOf: "What “{{column}}” holds", unnamed: "Column {{number}}",
    dates: "Dates such as 4/2/2010", auto: "As the file shows", dayFirst: "Day first (4 February)", monthFirst: "Month first (2 April)", missing: "Say which column holds {{what}}.", number: "the number", name: "the name", check: "Check the rows", back: "Change the columns",
  },
  read: {
    title: "How the file was read", sheet: "Sheet", table: "Table", whichSheet: "Several sheets look like lists of students. Choose the one that is meant.", encoding: "Encoding", samples: "Read: {{words}}", guessed: "Found by its letters, please look: {{words}}", separator: "Between the cells", separators: { comma: "comma", semicolon: "semicolon", tab: "tab", "upright line": "upright line" },
    headerLine: "Line with the names of the columns", names: "Whole names", orders: { givenFirst: "Given name first (Ann Lee)", familyFirst: "Family name first (Lee Ann)", givenFirstTwoFamilyNames: "Two family names last (María García López)", familyFirstTwoFamilyNames: "Two family names first (García López María)" },
    written: "In the file", readAs: "Read as", why: "Why", refused: "Refused: say which comes first", divided: "{{given}} | {{family}}", unread: "Not imported:", decided: { cells: "as its cells show", header: "as its name says", said: "as you said", nothing: "" },
  },
  fields: {
    number: "Number", given: "Given name", middle: "Middle name", family: "Family name", family2: "Second family name", fullName: "Full name", preferred: "Preferred name", nativeName: "Name in own script", birthDate: "Date of birth", sex: "Sex", class: "Class", section: "Section of the class", grade: "Grade level", email: "E-mail", phone: "Telephone",
    guardianName: "Guardian's name", guardianGiven: "Guardian's given name", guardianFamily: "Guardian's family name", guardianRelation: "Guardian: relation", guardianPhone: "Guardian's telephone", guardianEmail: "Guardian's e-mail",
    guardian2Name: "Second guardian's name", guardian2Given: "Second guardian's given name", guardian2Family: "Second guardian's family name", guardian2Relation: "Second guardian: relation", guardian2Phone: "Second guardian's telephone", guardian2Email: "Second guardian's e-mail",
    guardian3Name: "Third guardian's name", guardian3Given: "Third guardian's given name", guardian3Family: "Third guardian's family name", guardian3Relation: "Third guardian: relation", guardian3Phone: "Third guardian's telephone", guardian3Email: "Third guardian's e-mail",
  },
  kinds: { students: "Students", staff: "Staff", guardians: "Guardians", guardianships: "Guardians of students", classes: "Classes", courses: "Courses", subjects: "Subjects", teachings: "Who teaches what", enrolments: "Enrolments", sessions: "Years and terms", schools: "Schools" },
  report: {
    checking: "Checking the rows…", kind: "", added: "Added", changed: "Changed", skipped: "Unchanged", deleted: "Deleted", refused: "Refused", willTitle: "This would happen", didTitle: "This was done", nothing: "Everything in these files is here already: there is nothing to import.",
    refusedTitle_one: "{{count}} row is refused", refusedTitle_other: "{{count}} rows are refused", refusedText: "Nothing is imported as long as a row is refused, unless you say so below. Type what is right and check again, or save these rows as a file and import the rest.",
    saveRefused: "Save these rows", checkAgain: "Check again", mendCell: "{{column}} on line {{line}}", wholeRow: "The whole row", wholeRowOf: "All cells of line {{line}}", file: "File", line: "Line", column: "Column", found: "Found", expected: "Expected", empty: "nothing", whole: "whole row", shown: "The first {{shown}} of {{all}} are shown.",
    changesTitle: "Changes to what is here", who: "Who", field: "Field", before: "Before", after: "After", notesTitle: "How some cells were read", taken: "Taken as", rows: "Rows", left: "left out",
    acceptRefused_one: "Import the rest without the refused row", acceptRefused_other: "Import the rest without the {{count}} refused rows", deleteMissing: "Delete what came from such files before and is no longer in them (can be undone)", intoSchool: "The school of these files is {{school}}, whatever it is called there",
  },
  apply: "Import", applying: "Importing…", allOrNothing: "All of it or nothing: if something fails, nothing is changed.", done: "The import is done", students: "Open the students", again: "Import more", applied: "Imported: {{added}} added, {{changed}} changed", notApplied: "Nothing was imported",
  leaving: { title: "Leave this import?", text: "Nothing of it is imported yet. The chosen files, what you said of their columns and the rows that you mended are forgotten.", leave: "Leave", stay: "Go on with the import" },
  failed: "These files cannot be imported", safe: "Nothing was changed.",
} as const;
