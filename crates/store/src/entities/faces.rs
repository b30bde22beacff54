//! Consents and encrypted templates.

table!(/// Consent to face recognition, with who gave it and the wording that was shown.
    consents, "consents", ConsentId, school, {
    school_id: SchoolId, student_id: StudentId, given_by: String, relationship: String, wording: String,
    wording_version: String, given_at: DateTime<Utc>, recorded_by: Option<UserId>,
    withdrawn_at: Option<DateTime<Utc>>,
});

table!(/// A school's key for one purpose, itself encrypted by the master key, which is never in the database.
    data_keys, "data_keys", DataKeyId, school, {
    school_id: SchoolId, purpose: String, #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] wrapped: Vec<u8>,
    created_at: DateTime<Utc>,
});

table!(/// A template, encrypted; never without a consent that stands.
    face_templates, "face_templates", FaceTemplateId, school, {
    school_id: SchoolId, student_id: StudentId, model: String, model_version: String,
    #[serde(skip)] nonce: Vec<u8>, #[serde(skip)] ciphertext: Vec<u8>, quality: f64, created_at: DateTime<Utc>,
});
