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
} as const;
