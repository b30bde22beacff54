/** Texts of the screens of `faces`. */
export const faces = {
  rail: "Faces",
  action: "Consent and faces",
  title: "Faces", about: "Consent and enrolment for attendance by camera. Without them the register is taken by hand, as always.",
  off: {
    title: "Face recognition is off in this school", text: "An administrator turns it on under Settings, with the wording to which guardians agree. Until then nothing can be enrolled or recognised, and registers are taken by hand. What was enrolled before can be deleted here at any time.",
    wording: "The wording to which guardians agree (version {{version}})", settings: "Open the settings", noWording: "No wording is written yet.",
  },
  models: "Faces cannot be recognised on this computer", key: "The key that protects templates cannot be used",
  list: {
    name: "Student", native: "Own script", number: "Number", consent: "Consent", enrolled: "Enrolled", class: "Class", allClasses: "All classes", everybody: "Everybody", with: "With consent", without: "Without consent", filter: "Whose consent",
    given: "Given", missing: "None", outdated: "To an older wording", templates_one: "{{count}} template", templates_other: "{{count}} templates", none: "Not enrolled", renew: "Enrol again", empty: "Nobody is here", emptyText: "Students come from an import or are added under Students.", emptyFilter: "Nobody matches this choice.",
  },
  consent: {
    title: "Consent", none: "Nobody has agreed yet. Without consent nothing can be enrolled; attendance by hand works as always.", given: "Given by {{name}} ({{relationship}}) on {{at}}, wording {{version}}.", outdated: "The school's wording has changed since. Ask again before you enrol anew.",
    record: "Record consent", again: "Record consent to the present wording", formTitle: "Consent for {{name}}", wording: "Show or read this to the person who decides", version: "Wording {{version}}", who: "Who agrees", whoHint: "A guardian, or the student where old enough", relationship: "Relationship to the student", relationshipHint: "mother, father, guardian, self",
    agreed: "The person has read the wording and agrees", agreedNeeded: "Record consent only when the person agrees.", submit: "Record consent", recorded: "Consent for {{name}} recorded", choose: "Guardians of this student", self: "the student", alternative: "Nobody has to agree: the register can always be taken by hand, and there is no disadvantage.",
    withdraw: "Withdraw consent", withdrawTitle: "Withdraw consent for {{name}}", withdrawText: "All templates of {{name}} are deleted at once, from the database and from running cameras. This cannot be undone.", withdrawn: "Consent withdrawn for {{name}}; {{count}} templates deleted",
  },
  remove: {
    button: "Delete face data", title: "Delete the face data of {{name}}", text: "All templates of {{name}} are deleted at once. The consent stays, so that the student can be enrolled again. This cannot be undone.", confirm: "Type the number {{number}} to confirm", mismatch: "This is not the number of the student.", done: "Face data of {{name}} deleted: {{count}} templates", scrubbed: "The last trace goes out of the database's own log as soon as nobody reads from it.",
  },
  enrol: {
    title: "Photographs", none: "Not enrolled yet.", has_one: "{{count}} template is held, made on {{at}}.", has_other: "{{count}} templates are held, made on {{at}}.", outdated: "They were made by a former model and cannot be compared any more: enrol again.",
    replace: "New photographs take the place of the present ones.", how: "3 to 5 photographs: one face, near, sharp, evenly lit, looking at the camera. Only templates are kept, encrypted; the photographs are not.", needsConsent: "Record the consent first.",
    files: "Photograph files", camera: "Camera", source: "Where photographs come from", choose: "Choose photographs", frame: "Picture {{place}}", remove: "Remove {{name}}", count: "{{count}} of 3 to 5", tooMany: "At most 5 photographs: the first 5 were taken.", enrol: "Enrol", done: "{{name}} is enrolled: {{count}} templates",
    good: "Good", refused: "Not used", uploading: "Handing over", capture: "Take picture", ready: "Good. Take the picture now.", waiting: "Waiting for the picture…", poor: "This picture was not taken: {{reasons}}", captured: "Picture {{count}} taken",
    failed: "Nothing was enrolled", alike: "Looks very much like", alikeText: "Look whether one of them was enrolled as the other. The camera will ask a person where it is not sure.",
  },
  faults: {
    no_face: "There is no face: come into the picture.", several_faces: "There are several faces: only the student may be in the picture.", too_small: "The face is too small: come nearer.", blurred: "The face is blurred: hold still, wipe the lens.",
    turned_aside: "The head is turned to the side: look at the camera.", turned_up_or_down: "The head is turned up or down: look at the camera.", tilted: "The head is tilted: hold it upright.", too_dark: "The face is too dark: turn towards the light.", too_bright: "The face is too bright: move away from the lamp or the window.",
    flat: "The face has too little contrast: use more light.", cut_off: "The picture cuts the face off: move to the middle.", unclear: "Something covers the face, or it is not clear: take off mask, hand or dark glasses.", other_person: "This shows somebody else than the other photographs, or the face is hardly to be recognised.",
  },
  held: {
    open: "For parents: what is held", title: "What is held about the face of {{name}}", back: "Back to the list", of: "Number {{number}}",
    holds: "What is held", nothing: "Nothing. There is no template of this face, and no photograph of it was kept.", templates_one: "{{count}} template: a row of numbers computed from a photograph, made on {{at}}. It is encrypted. No photograph is kept.", templates_other: "{{count}} templates: rows of numbers computed from photographs, made on {{at}}. They are encrypted. No photograph is kept.",
    why: "What it is for", whyText: "To propose, when a camera or a photograph shows the class, that the student is there. A person confirms every mark. It is compared only inside this school, and nothing of it leaves the school's own computers.",
    long: "How long", longText: "Until the consent is withdrawn, until somebody deletes it here, or until the student has left the school and the school's time for keeping is over.",
    agreed: "Who agreed", notAgreed: "Nobody has agreed, so nothing may be enrolled.", choice: "Your choice", choiceText: "Nobody has to take part. Consent can be withdrawn at any time, here, at once and without a reason. The register is then taken by hand, as for everybody who does not take part.",
  },
} as const;
