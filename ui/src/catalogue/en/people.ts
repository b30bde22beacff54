/** Texts of the screens of `people`. */
export const people = {
  rail: { students: "Students", staff: "Staff" },
  found: { students: "Students", staffs: "Staff", guardians: "Guardians", guardian: "Guardian of {{students}}" },
  students: {
    title: "Students", about: "Everybody at {{school}}", new: "New student", import: "Import", name: "Name", native: "Name in own script", number: "Number", class: "Class", status: "Status",
    empty: "No students yet", emptyText: "Here is everybody who learns at your school. Import last year's spreadsheet or a OneRoster file, or add the first student by hand.",
    none: "Nobody here", noneText: "No student fits these filters.", clear: "Clear the filters", anyClass: "All classes", anyStatus: "Any status", deleted: "Deleted", present: "Not deleted", shown: "Deleted or not",
    export: "Export", exported: "{{rows}} students saved to {{path}}",
  },
  own: {
    rail: "My record", title: "My record", nobody: "No record belongs to this account", nobodyText: "Ask your office to say whose account this is.", grades: "Grades", from: "from {{percent}} %",
    tabs: { overview: "About me", attendance: "Attendance", marks: "Marks", progress: "Progress" },
  },
  status: { active: "Active", withdrawn: "Withdrawn", graduated: "Graduated" },
  student: {
    noClass: "In no class", number: "No. {{number}}", delete: "Delete", deleted: "{{name}} deleted", restored: "{{name}} restored", isDeleted: "Deleted on {{day}}", added: "{{name}} added", changed: "{{name}} changed",
    tabs: { overview: "Overview", attendance: "Attendance", marks: "Marks", guardians: "Guardians", history: "History" },
    call: "Call first", noGuardian: "No guardian is known.", addGuardian: "Add a guardian", noPhone: "no telephone number",
    born: "Born", sex: "Sex", grade: "Grade level", email: "E-mail", phone: "Telephone", since: "Enrolled here", classes: "Classes", from: "since {{start}}", fromTo: "{{start}} to {{end}}", now: "now", noEnrolment: "Not in a class yet.", enrol: "Enrol in a class", move: "Move…", moveOf: "Move out of {{title}}", end: "End…", endOf: "End the time in {{title}}", openClass: "Open class {{title}}",
    attendanceYear: "Attendance this year", days_one: "{{count}} day", days_other: "{{count}} days", noAttendance: "No register was taken yet.",
  },
  meaning: { present: "Present", late: "Late", absent: "Absent", excused: "Excused" },
  attendance: { rate: "Attendance", recently: "Of the last 30 days, absent", date: "Day", class: "Class", code: "Mark", reason: "Reason", lesson: "Lesson {{lesson}}", whole: "Whole day", empty: "No register was taken yet", emptyText: "Days and lessons appear here as registers are taken.", more: "Show more", by: "by {{by}}", minutes: "{{count}} min" },
  marks: { subject: "Subject", total: "Total", grade: "Grade", mean: "Class mean", overall: "Overall", rank: "Rank", of: "{{rank}} of {{n}}", empty: "No marks in this term yet", emptyText: "Results appear here as soon as marks are typed.", belowPass: "Below the pass mark", noTerm: "No term is chosen.", open: "Open in Analytics", percent: "{{value}} %" },
  history: { empty: "No changes yet", insert: "Added", update: "Changed", delete: "Deleted", undone: "taken back", nobody: "Homeroom", nothing: "empty", link: "Enrolment" },
  fields: {
    number: "Number", given_name: "Given name", middle_name: "Middle name", family_name: "Family name", preferred_name: "Preferred name", native_name: "Name in own script", birth_date: "Date of birth", sex: "Sex", email: "E-mail", phone: "Telephone",
    grade_level: "Grade level", status: "Status", deleted_at: "Deleted", sort_name: "Sorted as", job_title: "Job", source_id: "Identifier in imports", created_at: "Added",
  },
  form: {
    new: "New student", edit: "Change {{name}}", given: "Given name", middle: "Middle name", family: "Family name", preferred: "Called", native: "Name in own script", number: "Number", numberHelp: "By which the school knows the student.", born: "Date of birth", sure: "Yes, this date is right", alike_one: "A student like this is here already", alike_other: "{{count}} students like this are here already", bornOn: "born {{day}}", bornUnknown: "birth date unknown", nextNumber: "Take the next free number, {{number}}", sex: "Sex", grade: "Grade level", status: "Status", statusOnly: "“{{status}}” is noted on the record, ends the student’s own sign-in and lets faces go after the school’s time for that. It does nothing else today: the student stays in class lists, registers, marks and report cards until the time in the class is ended under Classes.", email: "E-mail", phone: "Telephone",
    guardians: "Guardians", addGuardian: "Add a guardian", removeGuardian: "Remove guardian {{number}}", relationship: "Relationship", relationshipExample: "mother", primary: "Call first", guardian: "Guardian {{number}}", submit: "Add the student",
    class: "Class", classHelp: "From today. More under Classes.", noClass: "No class yet",
  },
  staff: {
    title: "Staff", about: "Who works at {{school}}", new: "New member of staff", name: "Name", job: "Job", number: "Number", email: "E-mail", phone: "Telephone", courses: "Courses", username: "Signs in as", empty: "No staff yet", emptyText: "Teachers and others who work here. Add them, then say under Classes who teaches what.",
    teaches: "Teaches", teachesNothing: "No course this year.", classTeacher: "Class teacher of", edit: "Change {{name}}", submit: "Add", deleted: "{{name}} deleted", restored: "{{name}} restored", added: "{{name}} added", changed: "{{name}} changed", native: "Name in own script", given: "Given name", family: "Family name", noUser: "has no account", isDeleted: "Deleted",
  },
} as const;
