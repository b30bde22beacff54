/** Texts of the screens of `gradebook`. */
export const gradebook = {
  rail: "Marks",
  action: "Type marks",
  percent: "{{value}} %",
  courses: {
    title: "Marks", about: "Your classes and subjects in {{term}}", class: "Class", subject: "Subject", teachers: "Teachers", students: "Students", assessments: "Assessments", marks: "Marks entered",
    entered: "{{entered}} of {{cells}}", noAssessments: "No assessment yet",
  },
  handedOver: { sign: "Handed over: your own entries", title: "You do not teach this course any more", text: "The marks that you typed can be read here until {{term}} is over. They cannot be changed, and there are no totals." },
  sheet: {
    title: "{{subject}}, {{class}}", label: "Marks of {{class}} in {{subject}}", student: "Student", course: "Class and subject", choice: "{{class}} · {{subject}}",
    new: "New assessment", export: "Save as a table (CSV)", explain: "Where the total comes from", explainShort: "Total", of: "of {{maximum}}", total: "Total %", grade: "Grade", belowPass: "Below the pass mark", left: "left {{day}}",
    foot: { mean: "Mean", sd: "Standard deviation", n: "Number of marks" },
    words: "Excused: {{excused}}. Missing: {{missing}}. Empty: not marked yet.", paste: "Copy and paste work with any spreadsheet. All keys:",
    notHere: "No such sheet here", notHereText: "It belongs to another school or term, or its course was deleted.", choose: "Choose a class",
    noStudents: "Nobody is enrolled in {{class}} in this term",
    noAssessments: "No assessment in this term yet", noAssessmentsText: "An assessment is one column of the sheet: a test, an essay, a homework. Add the first one, then type or paste its marks.",
  },
  states: { marked: "Marked", excused: "Excused", missing: "Missing", not_entered: "Not marked yet" },
  explain: {
    total: "Total of the term", nothing: "No mark counts yet, so there is no total.", below: "Below the pass mark of {{pass}} %",
    weight: "weighs {{share}} % and gives {{gives}} points of the total", uncounted: "no mark counts yet, so its weight of {{weight}} % goes to the others", of: "{{mark}} of {{maximum}}",
    missingZero: "A missing mark counts as 0.", missingNothing: "A missing mark does not count.", excused: "An excused one never counts.",
  },
  conflict: { reason: "{{by}} wrote {{text}} on {{at}}", somebody: "Somebody else", empty: "nothing" },
  trouble: {
    label: "Not saved: {{title}}", refused: "{{title}}: not saved", conflict: "{{title}}: changed by somebody else", yours: "You typed", stored: "Saved is",
    keepMine: "Keep mine", takeTheirs: "Take theirs", restore: "Back to what is saved",
  },
  refused: {
    not_a_number: "This is no mark. Type a number such as 13.75, “ex” for excused or “m” for missing, or leave the cell empty.",
    negative: "A mark cannot be below 0.", too_many_decimals: "A mark has at most 4 decimals.", too_long: "This is too long for a mark. Type at most 20 characters.",
    above_maximum: "The maximum is {{maximum}}.", twice: "This cell was sent twice; the first was taken.", no_assessment: "This assessment does not exist any more.", not_enrolled: "This student is not in the class in this term.",
  },
  form: {
    new: "New assessment", edit: "Assessment", title: "Title", titleExample: "Test 1", category: "Category", newCategory: "New category…", categoryTitle: "Name of the category", categoryExample: "Tests", weight: "Weight",
    maximum: "Maximum", date: "Day", delete: "Delete", required: "This is needed.",
    added: "{{title}} added", changed: "{{title}} changed", deleted: "{{title}} deleted with its marks",
  },
  columns: {
    title: "Categories", text: "A category's weight is its share of the total. Where a student has no mark in one, the others share its weight.",
    sum: "Sum of the weights", sumOther: "The sum need not be 100: only the shares count.", sumZero: "With no weight at all there is no total.", share: "{{share}} % of the total", weightOf: "Weight of {{title}}",
    newCategory: "New category", none: "No assessment in this term", inUse: "Move or delete its assessments first", edit: "Change {{title}}", delete: "Delete {{title}}",
    up: "Move {{title}} up", down: "Move {{title}} down", moved: "{{title}} moved", changed: "{{title}} changed", added: "{{title}} added", deleted: "{{title}} deleted",
  },
} as const;
