/** Words that every screen uses. */
export const common = {
  save: "Save", cancel: "Cancel", close: "Close", undo: "Undo", redo: "Redo", retry: "Try again", add: "Add",
  remove: "Remove", search: "Search", filter: "Filter", loading: "Loading", back: "Back", next: "Next",
  done: "Done", yes: "Yes", no: "No", none: "None", all: "All", open: "Open", print: "Print", more: "More",
  showCurrent: "Show what is saved now", needed: "This is needed.", wholeDay: "Whole day", edit: "Change", delete: "Delete", restore: "Restore", apply: "Apply",
  saved: "Saved", saving: "Saving…", notSaved: "Not saved: no connection. Kept here, trying again",
  refused: "Not saved: see the marked places",
  nothingYet: "Nothing here yet",
  nothingFound: "Nothing matches “{{query}}”",
  rows_one: "{{count}} row", rows_other: "{{count}} rows",
  day: {
    calendar: "Calendar", calendarKey: "Calendar (↓)", nextMonth: "Next month", previousMonth: "Previous month", nextYear: "Next year", previousYear: "Previous year", nextDecade: "Next decade", previousDecade: "Previous decade", chooseMonth: "Choose a month", chooseYear: "Choose a year",
    pattern: { day_first: "DD/MM/YYYY", month_first: "MM/DD/YYYY", year_first: "YYYY-MM-DD" },
    unreadable: "This is no date. Type it as {{example}}.", noSuchDay: "There is no such day. Type it as {{example}}.", noYear: "The year is missing. Type it as {{example}}.", wrongYear: "There is no such year here. Type it as {{example}}.", twoReadings: "This may be two days. Type it as {{example}}.", weekday: "That day is another day of the week.",
    age_one: "{{count}} year old", age_other: "{{count}} years old",
  },
  error: {
    title: "This could not be shown",
    dataSafe: "Nothing was changed. What you typed is still here.",
    code: "Code: {{code}}",
  },
  list: { filter: "Filter this list", sortBy: "Sort by {{column}}", count_one: "{{count}} in all", count_other: "{{count}} in all" },
  files: { open: "Open to print", saved: "Saved" },
  pdf: { page: "Page {{page}} of {{pages}}", loading: "Preparing the pages", broken: "This document cannot be shown" },
  missing: {
    term: { title: "No term yet", text: "Registers, marks and report cards belong to a term of an academic year.", others: "A leader of the school sets years and terms up.", go: "Set up years and terms" },
    classes: { title: "No class in this year yet", text: "Classes are the groups whose registers, marks and report cards are kept.", others: "The office adds classes.", go: "Open the classes" },
    courses: { title: "No course in this term yet", text: "A course is a subject as taught to a class. Choose a class, then Courses: there several subjects are added at once with who teaches them.", others: "Here is what you teach. The office says who teaches what; tell it what is lacking.", go: "Open the classes" },
    students: { title: "Nobody is in this class", text: "Students are enrolled in the class, from a day on.", others: "The office enrols students.", go: "Open the class" },
    faces: { title: "Face recognition is off", text: "Faces are recognised only where the school has turned it on.", others: "A leader of the school can turn it on under Settings.", go: "Open the settings" },
    unlinked: "Your account is not tied to a member of staff, so nothing is taught by you. An administrator ties it under Users & roles.",
  },
} as const;
