/** Texts of the screen of the day. */
export const today = {
  rail: "Today",
  title: "Today", noSchoolDay: "No school today", inTerm: "{{day}} · {{term}}", noTerm: "No term is running",
  noYear: "No term is running today", noYearText: "What needs doing appears here while a term runs. Years and terms are set under Settings.", settings: "Open the settings",
  quiet: "Nothing needs doing", quietText: "Registers to take, marks to type and comments to write appear here.",
  empty: {
    title: "Welcome to {{school}}", text: "There are no students yet. Bring last year's spreadsheet or a OneRoster file, add students by hand, or look around in a demo school first.",
    import: "Import students", importText: "A list (CSV) or a OneRoster set. You see everything before it is saved.", add: "Add a student", addText: "One at a time, with guardians and class.",
    demo: "Fill with a demo school", demoText: "600 invented students in two schools with a term of marks and attendance. For trying things; your own data belongs into a fresh installation.", filling: "Filling the demo school…", filled: "{{students}} students in {{classes}} classes are here.", teacherText: "There are no students yet. Your office adds them.",
  },
  classes: { title: "Registers", count: "{{count}} students", own: "your class", taken: "taken at {{time}}", missing: "not taken", take: "Take the register", open: "Open", takeOf: "Take the register of {{class}}", openOf: "Open the register of {{class}}" },
  due: { title: "Due", nothing: "All marks and comments are in.", marks_one: "{{count}} mark missing", marks_other: "{{count}} marks missing", marksOf: "{{title}} · {{subject}}, {{class}}", comments: "{{written}} of {{students}} comments written", commentsOf: "Report comments · {{subject}}, {{class}}", classCommentsOf: "Class teacher's comments · {{class}}", type: "Type marks", write: "Write" },
  absent: { title: "Absent, not explained", none: "Everybody who is absent is explained.", noRegister: "No register is taken yet.", call: "Call", student: "Student", class: "Class", guardian: "Guardian", phone: "Telephone", all: "All who are absent" },
  registers: { title: "Registers not taken", none: "All registers are taken.", off: "There is no school today.", offStill: "There is no school today. A register can still be opened." },
  changes: { title: "Newest changes", none: "Nothing was changed yet.", undone: "taken back", by: "{{who}}, {{when}}", more: "{{operation}} ({{rows}})", homeroom: "Homeroom" },
  glance: { title: "At a glance", students: "Students", attendance: "Attendance today", of: "{{there}} of {{all}}", late: "Late", absent: "Absent", results: "Results by class", byClass: "Attendance by class", class: "Class", present: "There", mean: "Mean", pass: "Passed", marks: "Marks", noMarks: "No marks in this term yet.", notTaken: "not taken", registers: "registers taken", registersOf: "{{taken}} of {{all}}" },
  operations: {
    save_student: "Student saved", delete_students: "Students deleted", restore_students: "Students restored", save_staff: "Staff saved", delete_staff: "Staff deleted", restore_staff: "Staff restored", save_class: "Class saved", delete_classes: "Classes deleted", restore_classes: "Classes restored",
    save_course: "Course saved", delete_course: "Course removed", enrol_students: "Students enrolled", move_students: "Students moved", end_enrolments: "Students left a class", import_apply: "Import", fill_demo_school: "Demo school filled", undo: "Taken back", save_subject: "Subject saved", delete_subject: "Subject deleted", save_school: "School details saved", save_settings: "Settings saved", save_year: "Year and terms saved", set_up: "School set up",
  },
} as const;
