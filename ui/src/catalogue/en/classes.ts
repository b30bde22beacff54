/** Texts of the screens of `classes`. */
export const classes = {
  rail: "Classes", found: "Classes",
  list: {
    title: "Classes", about: "Classes of {{year}}", noYear: "no academic year", new: "New class", name: "Class", grade: "Grade level", room: "Room", teacher: "Class teacher", students: "Students", courses: "Courses", year: "Academic year", current: "{{title}} (now)",
    empty: "No classes in this year yet", emptyText: "A class is a group of students who learn together for a year. Make the first one, then enrol students and say who teaches what.", none: "No deleted class", shown: "Deleted or not", present: "Not deleted", deleted: "Deleted",
    needsYear: "No academic year yet", needsYearText: "Classes belong to an academic year. Set the year and its terms up first.", settings: "Open the settings",
  },
  class: {
    teacher: "Class teacher: {{name}}", noTeacher: "No class teacher", room: "Room {{room}}", deleted: "{{title}} deleted", restored: "{{title}} restored", isDeleted: "This class is deleted.", added: "Class {{title}} added", changed: "Class {{title}} changed",
    tabs: { students: "Students ({{count}})", courses: "Courses ({{count}})", history: "History" },
    register: "Register", marks: "Marks",
  },
  students: {
    enrol: "Enrol students", none: "Nobody is in this class yet", noneText: "Enrol students who are here already, or import a class list.", choose: "Choose {{name}}", all: "Choose all", chosen_one: "{{count}} chosen", chosen_other: "{{count}} chosen", move: "Move…", end: "End…", moveOne: "Move {{name}}", endOne: "End the time of {{name}} in the class",
    former: "Left the class", left: "until {{day}}", name: "Student", number: "Number", since: "In the class since",
  },
  enrol: { one: "Enrol {{name}} in a class", class: "Class", title: "Enrol students in {{class}}", who: "Students", search: "Type a name or a number", nothing: "Nobody is found", start: "First day in the class", submit: "Enrol", done_one: "{{count}} student enrolled in {{class}}", done_other: "{{count}} students enrolled in {{class}}", already: "in {{classes}}", hint: "A student who moves from another class is better moved there: choose them in the old class, then Move." },
  move: { title: "Move to another class", one: "{{name}}, in {{class}}", text_one: "{{count}} student of {{class}}", text_other: "{{count}} students of {{class}}", to: "New class", date: "First day in the new class", submit: "Move", done_one: "{{count}} student moved to {{class}}", done_other: "{{count}} students moved to {{class}}" },
  end: { title: "End the time in the class", date: "Last day in the class", submit: "End", done_one: "{{count}} student leaves {{class}}", done_other: "{{count}} students leave {{class}}" },
  courses: { add: "Add a course", several: "Add several", none: "No course yet", noneText: "A course is a subject as taught to this class. Add several at once with who teaches them, and their mark sheets are there.", subject: "Subject", teachers: "Teachers", nobody: "nobody yet", edit: "Change who teaches {{subject}}", delete: "Remove {{subject}}", openMarks: "Marks of {{subject}}", added: "{{subject}} added", changed: "{{subject}} changed", deleted: "{{subject}} removed from {{class}}", title: "Course of {{class}}", titleMany: "Courses of {{class}}", all: "All subjects of the school are taught here already.", noSubjects: "The school has no subjects yet. Add what is taught here, then choose.", subjectsOthers: "The office adds subjects under Settings.", addSubjects: "Add subjects", subjects: "Subjects", teachersOf: "Teachers of {{subject}}", chooseOne: "Choose at least one subject.", also: "Also for these classes", alsoHelp: "They get the same subjects and teachers; what they have already stays as it is.", addedMany_one: "{{count}} course added", addedMany_other: "{{count}} courses added", noneOthers: "A course is a subject as taught to this class. The office adds courses." },
  form: { new: "New class", edit: "Change {{title}}", title: "Name", example: "7B", year: "Academic year", grade: "Grade level", room: "Room", teacher: "Class teacher", submit: "Add the class" },
} as const;
