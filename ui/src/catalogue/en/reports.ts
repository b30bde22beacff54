/** Texts of the screens of `reports`. */
export const reports = {
  rail: "Report cards", action: "Write and print report cards", title: "Report cards", class: "Class", students: "Students", broadsheet: "Broadsheet (CSV)",
  nobody: "Nobody is enrolled in {{class}} in this term",
  stepDone: "Nobody lacks this any more", showAll: "Show all", lacking: "{{step}}: {{count}} to do",
  steps: {
    label: "What is to be done", count: "{{done}} of {{of}}",
    marks: { title: "Marks", text: "Students with all their marks, where every subject has assessments. Choose it to see who lacks some." },
    comments: { title: "Subject comments", text: "Students with a comment of every subject. They may stay empty." },
    classTeacher: { title: "Class teacher", text: "Students with the class teacher's comment." },
    principal: { title: "Principal", text: "Students with the principal's comment." },
    ready: { title: "Ready to print", text: "Students with all marks, both general comments and nothing that keeps the card from being made." },
  },
  state: { ready: "Ready", problem: "Problem", letters: "Without letters", remark: "Remark" },
  lacks: { assessments_one: "nothing assessed in {{count}} subject", assessments_other: "nothing assessed in {{count}} subjects", marks_one: "{{count}} mark not entered", marks_other: "{{count}} marks not entered", comments: "{{written}} of {{courses}} subject comments", classTeacher: "no class teacher's comment", principal: "no principal's comment" },
  tabs: { label: "Page or comments", page: "Page", comments: "Comments", subject: "Down the class" },
  page: { label: "Report card of {{student}}", failed: "This page cannot be made" },
  comments: {
    none: "This class has no subjects to comment on", classTeacher: "Class teacher", principal: "Principal", subjects: "Subjects", column: "Which comment", next: "Next student, same comment", previous: "Student before, same comment", goOn: "goes on to the next student", notYours: "Only its teacher and the leaders of the school write this.",
    left_one: "{{count}} character left", left_other: "{{count}} characters left", tooLong_one: "{{count}} character too long for the page", tooLong_other: "{{count}} characters too long for the page",
    changed: "Somebody else wrote this in the meantime:", removed: "(they took the comment away)",
    state: { typing: "…", saving: "Saving…", saved: "Saved", unsaved: "Not saved: no connection. Kept here, trying again", refused: "Not saved", conflict: "Not saved" },
  },
  make: {
    title: "Make report cards", class: "Make all cards", one: "Make this card", ofClass: "Report cards of {{class}}", ofStudent: "Report card of {{student}}",
    kind: "What is on them", full: "Marks and comments", marksOnly: "Marks only", begin_one: "Make {{count}} card", begin_other: "Make {{count}} cards", beginOne: "Make the card",
    notReady_one: "{{count}} card still lacks marks or comments. It can be made as it is, and again later.", notReady_other: "{{count}} cards still lack marks or comments. They can be made as they are, and again later.",
    running: "{{done}} of {{of}} made", stop: "Stop", stopped: "Stopped. Nothing was made.",
    made_one: "{{count}} card, {{pages}} pages.", made_other: "{{count}} cards, {{pages}} pages.", leftOut_one: "{{count}} student has none.", leftOut_other: "{{count}} students have none.",
    problems: "Problems", before: "Before you print", without: "No card:", withRemark: "Made, but:",
  },
  problems: {
    broken_marks: "Some marks are damaged or above their maximum. Type them again, then make the card.", not_in_class: "Not in this class in this term.", name_empty: "The student has no name. Enter it, then make the card.",
    name_too_long: "The name is too long for the page. Shorten it.", name_undrawable: "These letters of the name are left out, no font here has them: {{letters}}", text_undrawable: "These letters are left out, no font here has them: {{letters}}",
    east_asian_fonts_missing: "These characters are left out until the East Asian fonts are put into the folder “fonts” of the data folder: {{letters}}",
    not_a_number: "A mark, a mean or the overall result is not a number. Enter the marks again.", impossible_rank: "A place in the class cannot be. Work out the results again.", text_shortened: "Some text is too long to be printed whole, and ends with “…”.",
    broken_logo: "The school's logo cannot be read. Set it again under Settings.", broken_chart: "The card is made without its chart, which could not be drawn.",
  },
} as const;
