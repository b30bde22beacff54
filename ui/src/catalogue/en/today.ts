/** Texts of the screen of the day. */
export const today = {
  rail: "Today",
  title: "Today", noSchoolDay: "No school today", inTerm: "{{day}} · {{term}}", noTerm: "No term is running",
  noYear: "No term is running today", noYearText: "What needs doing appears here while a term runs. Years and terms are set under Settings.", settings: "Open the settings",
  quiet: "Nothing needs doing", quietText: "Registers to take, marks to type and comments to write appear here.",
  empty: {
    title: "Welcome to {{school}}", text: "There are no students yet. Bring last year's spreadsheet or a OneRoster file, add students by hand, or look around in a demo school first.",
    import: "Import students", importText: "A list (Excel or CSV) or a OneRoster set. You see everything before it is saved.", add: "Add a student", addText: "One at a time, with guardians and class.",
    demo: "Fill with a demo school", demoText: "600 invented students in two schools with a term of marks and attendance. For trying things; your own data belongs into a fresh installation.", filling: "Filling the demo school…", filled: "{{students}} students in {{classes}} classes are here.", teacherText: "There are no students yet. Your office adds them.",
  },
  first: {
    title: "The first hour", putAway: "Put away", away: "The first steps are put away. They can be shown again under Settings, School.", done: "done", open: "still open", look: "Look", goTo: "{{step}}: open", others: "A leader of the school does this.",
    steps: {
      students: { title: "Students and classes", text: "Bring a list or add them by hand.", has_one: "{{count}} student is here.", has_other: "{{count}} students are here.", go: "Import" },
      subjects: { title: "Subjects", text: "What is taught here, once for the whole school.", has_one: "{{count}} subject.", has_other: "{{count}} subjects.", go: "Add subjects" },
      accounts: { title: "Accounts for the staff", text: "Open somebody of the staff, then “Make an account”: the first password is shown once.", has: "{{count}} of {{of}} of the staff can sign in.", go: "Open the staff" },
      courses: { title: "Courses", text: "Which subjects each class has, and who teaches them: several at once, also for several classes.", has: "{{count}} of {{of}} classes have courses.", go: "Open the classes" },
      assessment: { title: "First assessment", text: "Open a course’s mark sheet and add its first column.", has_one: "{{count}} assessment.", has_other: "{{count}} assessments.", go: "Open the marks" },
      card: { title: "First report card", text: "Make the cards of a class and look at them.", has_one: "A report card was made.", has_other: "Report cards were made.", go: "Open the report cards" },
    },
  },
  classes: { title: "Registers", none: "You teach no class in this year. The office says under Classes who teaches what.", count: "{{count}} students", own: "your class", taken: "taken at {{time}}", missing: "not taken", take: "Take the register", open: "Open", takeOf: "Take the register of {{class}}", openOf: "Open the register of {{class}}" },
  due: { title: "Due", noClass: "Marks and comments of your classes appear here.", nothing: "All marks and comments are in.", marks_one: "{{count}} mark missing", marks_other: "{{count}} marks missing", marksOf: "{{title}} · {{subject}}, {{class}}", comments: "{{written}} of {{students}} comments written", commentsOf: "Report comments · {{subject}}, {{class}}", classCommentsOf: "Class teacher's comments · {{class}}", type: "Type marks", write: "Write" },
  absent: { title: "Absent, not explained", none: "Everybody who is absent is explained.", noRegister: "No register is taken yet.", call: "Call", student: "Student", class: "Class", guardian: "Guardian", phone: "Telephone", all: "All who are absent" },
  registers: { title: "Registers not taken", noClass: "There is no class with students in this year.", none: "All registers are taken.", off: "There is no school today.", offStill: "There is no school today. A register is opened on purpose only." },
  changes: { title: "Newest changes", none: "Nobody has changed students, staff or classes yet.", undone: "taken back", by: "{{who}}, {{when}}", more: "{{operation}} ({{rows}})", homeroom: "Homeroom" },
  glance: { title: "At a glance", students: "Students", attendance: "Attendance today", of: "{{there}} of {{all}}", late: "Late", absent: "Absent", results: "Results by class", byClass: "Attendance by class", class: "Class", present: "There", mean: "Mean", pass: "Passed", marks: "Marks", noMarks: "No marks in this term yet.", notTaken: "not taken", registers: "registers taken", registersOf: "{{taken}} of {{all}}" },
  operations: {
    save_student: "Student saved", delete_students: "Students deleted", restore_students: "Students restored", save_staff: "Staff saved", delete_staff: "Staff deleted", restore_staff: "Staff restored", save_class: "Class saved", delete_classes: "Classes deleted", restore_classes: "Classes restored",
    save_course: "Course saved", delete_course: "Course removed", enrol_students: "Students enrolled", move_students: "Students moved", end_enrolments: "Students left a class", save_courses: "Courses saved", record_consents: "Consents recorded", import_apply: "Import", fill_demo_school: "Demo school filled", undo: "Taken back", save_subject: "Subject saved", delete_subject: "Subject deleted", save_school: "School details saved", save_settings: "Settings saved", save_year: "Year and terms saved", set_up: "School set up",
  },
} as const;
