//! Consents and objections, encrypted templates, photographs and evidence, and the record of their uses.

table!(/// Consent to face recognition, with who gave it and the wording that was shown.
    consents, "consents", ConsentId, school,
    { part: Faces, readers: Register, undo: false, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, given_by: String, relationship: String, wording: String,
    wording_version: String, given_at: DateTime<Utc>, recorded_by: Option<UserId>,
    withdrawn_at: Option<DateTime<Utc>>,
});

table!(/// A school's key for one purpose, itself encrypted by the master key, which is never in the database.
    data_keys, "data_keys", DataKeyId, school,
    { proof }, {
    school_id: SchoolId, purpose: KeyPurpose, #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] wrapped: Vec<u8>,
    created_at: DateTime<Utc>,
});

table!(/// A template, encrypted; never without a consent that stands.
    face_templates, "face_templates", FaceTemplateId, school,
    { part: Faces, readers: Register, undo: false, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, model: String, model_version: String,
    #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] ciphertext: Vec<u8>, quality: f64, created_at: DateTime<Utc>,
});

table!(/// A student's own no to face recognition; while it stands it overrides every consent.
    face_objections, "face_objections", FaceObjectionId, school,
    { part: Faces, readers: Register, undo: false, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, said_at: DateTime<Utc>, recorded_by: Option<UserId>,
    withdrawn_at: Option<DateTime<Utc>>,
});

table!(/// A photograph kept from an enrolment, encrypted, so that templates of a new model can be made from it.
    face_photographs, "face_photographs", FacePhotographId, school,
    { part: Faces, readers: Register, undo: false, taught: Nothing }, {
    school_id: SchoolId, student_id: StudentId, #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] ciphertext: Vec<u8>,
    created_at: DateTime<Utc>,
});

table!(/// A face cut from a camera picture as evidence for a register, encrypted, for a few days; `student_id` is who was
    /// recognised, none: somebody unknown.
    evidence_frames, "evidence_frames", EvidenceFrameId, school,
    { part: Faces, readers: Register, undo: false, taught: Nothing }, {
    school_id: SchoolId, class_id: ClassId, student_id: Option<StudentId>, date: NaiveDate, lesson: i32,
    #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] ciphertext: Vec<u8>, taken_at: DateTime<Utc>,
});

table!(/// Templates were used: what for, by whom, on whom, and how many people were compared with.
    face_uses, "face_uses", FaceUseId, school,
    { proof }, {
    school_id: SchoolId, purpose: FacePurpose, class_id: Option<ClassId>, student_id: Option<StudentId>, people: i32,
    user_id: Option<UserId>, at: DateTime<Utc>,
});

table!(/// A person's word that a camera was wrong: it does not propose this student for this register again.
    face_rejections, "face_rejections", FaceRejectionId, school,
    { part: Attendance, readers: Register, undo: true, taught: Class("class_id") }, {
    school_id: SchoolId, class_id: ClassId, student_id: StudentId, date: NaiveDate, lesson: i32,
    said_by: Option<UserId>, said_at: DateTime<Utc>,
});
