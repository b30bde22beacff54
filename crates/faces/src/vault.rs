//! Templates, kept photographs and evidence at rest: sealed under the school's data key for one student and one row, so
//! that a row that was changed or moved to somebody else is refused.

use std::sync::Arc;

use sea_orm::sea_query::LockType;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};
use store::Transaction;
use store::entities::{KeyPurpose, data_keys, evidence_frames, face_photographs, face_templates};
use store::ids::{DataKeyId, FacePhotographId, FaceTemplateId, SchoolId, StudentId};
use vision::Template;
use words::refusals;
use zeroize::Zeroizing;

use super::keys::{MasterKey, SecretKey, keep_next, master_key, wrong_master_key};
use crate::{Context, Error, ErrorCode, Result, blocking};

/// What a data key is for.
const PURPOSE: KeyPurpose = KeyPurpose::FaceTemplates;

/// The tables that hold sealed values, and the one that holds their keys.
const SEALED: [&str; 4] = ["face_templates", "face_photographs", "evidence_frames", "data_keys"];

/// A school's open data key.
pub struct Vault {
    school: SchoolId,
    key: SecretKey,
}

/// Where a template belongs; authenticated with it.
pub(super) fn template_place(row: &face_templates::Model) -> String {
    let face_templates::Model { id, school_id, student_id, model, model_version, .. } = row;
    format!("homeroom template 1|{school_id}|{student_id}|{id}|{model}|{model_version}")
}

/// Where a photograph belongs; authenticated with it.
pub(super) fn photograph_place(row: &face_photographs::Model) -> String {
    let face_photographs::Model { id, school_id, student_id, .. } = row;
    format!("homeroom photograph 1|{school_id}|{student_id}|{id}")
}

/// Where a frame of evidence belongs; authenticated with it.
pub(super) fn evidence_place(row: &evidence_frames::Model) -> String {
    let evidence_frames::Model { id, school_id, class_id, student_id, date, lesson, .. } = row;
    let student = student_id.map_or_else(|| "unknown".to_owned(), |student| student.to_string());
    format!("homeroom evidence 1|{school_id}|{class_id}|{student}|{date}|{lesson}|{id}")
}

fn key_place(school: SchoolId) -> String {
    format!("homeroom data key 1|{school}|{}", PURPOSE.name())
}

/// The school's data key. Whoever seals with it in a transaction shares a lock; whoever changes or deletes it has it alone.
async fn find_key(
    db: &impl ConnectionTrait,
    school: SchoolId,
    lock: Option<LockType>,
) -> Result<Option<data_keys::Model>> {
    let query = data_keys::Entity::find()
        .filter(data_keys::Column::SchoolId.eq(school))
        .filter(data_keys::Column::Purpose.eq(PURPOSE));
    Ok(match lock {
        Some(lock) => query.lock(lock),
        None => query,
    }
    .one(db)
    .await?)
}

/// Runs what asks the key store, which may ask the person, off the runtime's threads.
pub(super) async fn keys<T: Send + 'static>(
    context: &Context,
    work: impl FnOnce(&crate::Services) -> Result<T> + Send + 'static,
) -> Result<T> {
    let services = context.services.clone();
    blocking(move || work(&services)).await
}

/// The master key. A new one is made only while there is nothing that a former one protects. Where a rotation was cut off
/// it is finished if the data keys were changed already; where its key cannot take its place yet, it is used from where it
/// is.
pub(super) async fn master(context: &Context, make: bool) -> Result<Arc<MasterKey>> {
    let db = context.store().reader();
    let make = make && data_keys::Entity::find().count(db).await? == 0;
    let master = keys(context, move |services| master_key(services, make)).await?;
    let Some(next) = &master.next else { return Ok(master) };
    let Some(row) = data_keys::Entity::find().one(db).await? else { return Ok(master) };
    let opens = |key: &SecretKey| key.unwrap(&key_place(row.school_id), &row.nonce, &row.wrapped).is_some();
    // A prepared key that opens nothing (yet) is left alone: another program may be about to use it.
    if !opens(next) {
        return Ok(master);
    }
    Ok(keys(context, keep_next).await.unwrap_or_else(|error| {
        tracing::warn!(code = ?error.code, "the new key did not take its place yet");
        Arc::new(MasterKey { key: next.clone(), ..(*master).clone() })
    }))
}

impl Vault {
    /// Opens the school's vault for reading; none while nothing was ever put in.
    pub async fn open(context: &Context, school: SchoolId) -> Result<Option<Self>> {
        let Some(row) = find_key(context.store().reader(), school, None).await? else { return Ok(None) };
        let master = master(context, false).await?;
        Ok(Some(Self::unwrap(&master, &row)?))
    }

    /// Prepares for writing: the master key is found, or made, before a transaction begins.
    pub async fn prepare(context: &Context) -> Result<Arc<MasterKey>> {
        master(context, true).await
    }

    /// Opens the school's vault in a transaction, making its data key when there is none.
    pub async fn open_or_make(
        context: &Context,
        tx: &mut Transaction<'_>,
        master: &MasterKey,
        school: SchoolId,
    ) -> Result<Self> {
        if let Some(row) = find_key(tx.reader(), school, Some(LockType::Share)).await? {
            // Where the key was changed since it was prepared, the newest is with this program already.
            return match Self::unwrap(master, &row) {
                Ok(vault) => Ok(vault),
                Err(_) => Self::unwrap(&*keys(context, |services| master_key(services, false)).await?, &row),
            };
        }
        let key = SecretKey::random()?;
        // While a rotation prepares another master key it is still the present one that wraps.
        let row = wrapped(context, &master.key, school, &key)?;
        tx.insert::<data_keys::Entity>(row).await?;
        Ok(Self { school, key })
    }

    pub(super) fn unwrap(master: &MasterKey, row: &data_keys::Model) -> Result<Self> {
        let school = row.school_id;
        let opened = |key: &SecretKey| key.unwrap(&key_place(school), &row.nonce, &row.wrapped);
        let key = opened(&master.key).or_else(|| master.next.as_ref().and_then(opened)).ok_or_else(wrong_master_key)?;
        Ok(Self { school, key })
    }

    /// A vault with a key that nothing was sealed with yet.
    pub(super) fn new(school: SchoolId) -> Result<Self> {
        Ok(Self { school, key: SecretKey::random()? })
    }

    /// The row that holds this vault's key, wrapped by a master key.
    pub(super) fn wrap(&self, context: &Context, master: &SecretKey) -> Result<data_keys::Model> {
        wrapped(context, master, self.school, &self.key)
    }

    /// Seals bytes for one place: nonce and ciphertext.
    pub fn seal_bytes(&self, place: &str, plain: &[u8]) -> Result<(Vec<u8>, Vec<u8>)> {
        let sealed = self.key.seal(place, plain)?;
        Ok((sealed.nonce, sealed.ciphertext))
    }

    /// Opens what was sealed for this place; none when place, key or a single bit is another.
    pub fn unseal_bytes(&self, place: &str, nonce: &[u8], ciphertext: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        self.key.open(place, nonce, ciphertext)
    }

    /// A row that holds the template, sealed.
    pub(super) fn seal(
        &self,
        context: &Context,
        student: StudentId,
        (model, model_version): (&str, &str),
        template: &Template,
        quality: f64,
    ) -> Result<face_templates::Model> {
        let mut row = face_templates::Model {
            id: FaceTemplateId::new(),
            school_id: self.school,
            student_id: student,
            model: model.to_owned(),
            model_version: model_version.to_owned(),
            nonce: Vec::new(),
            ciphertext: Vec::new(),
            quality,
            created_at: context.now(),
            version: 1,
        };
        let plain = Zeroizing::new(template.to_bytes());
        (row.nonce, row.ciphertext) = self.seal_bytes(&template_place(&row), &plain)?;
        Ok(row)
    }

    /// The template of a row.
    pub(super) fn unseal(&self, row: &face_templates::Model, dimension: usize) -> Result<Template> {
        Template::from_bytes(&self.template_bytes(row)?, dimension).map_err(|_| damaged(row))
    }

    /// The numbers of a row's template, four bytes each, whatever model made it.
    pub(super) fn template_bytes(&self, row: &face_templates::Model) -> Result<Zeroizing<Vec<u8>>> {
        self.unseal_bytes(&template_place(row), &row.nonce, &row.ciphertext).ok_or_else(|| damaged(row))
    }

    /// A row that holds a photograph (JPEG), sealed.
    pub(super) fn seal_photograph(
        &self,
        context: &Context,
        student: StudentId,
        jpeg: &[u8],
    ) -> Result<face_photographs::Model> {
        let mut row = face_photographs::Model {
            id: FacePhotographId::new(),
            school_id: self.school,
            student_id: student,
            nonce: Vec::new(),
            ciphertext: Vec::new(),
            created_at: context.now(),
            version: 1,
        };
        (row.nonce, row.ciphertext) = self.seal_bytes(&photograph_place(&row), jpeg)?;
        Ok(row)
    }

    /// The photograph of a row.
    pub(super) fn unseal_photograph(&self, row: &face_photographs::Model) -> Result<Zeroizing<Vec<u8>>> {
        self.unseal_bytes(&photograph_place(row), &row.nonce, &row.ciphertext)
            .ok_or_else(|| changed("photograph", row.id.into()))
    }

    /// Seals a face (JPEG) into a row of evidence whose other fields are final.
    pub fn seal_evidence(&self, row: &mut evidence_frames::Model, jpeg: &[u8]) -> Result<()> {
        (row.nonce, row.ciphertext) = self.seal_bytes(&evidence_place(row), jpeg)?;
        Ok(())
    }

    /// The face (JPEG) of a row of evidence.
    pub fn unseal_evidence(&self, row: &evidence_frames::Model) -> Result<Zeroizing<Vec<u8>>> {
        self.unseal_bytes(&evidence_place(row), &row.nonce, &row.ciphertext)
            .ok_or_else(|| changed("evidence", row.id.into()))
    }
}

fn wrapped(context: &Context, master: &SecretKey, school: SchoolId, key: &SecretKey) -> Result<data_keys::Model> {
    let sealed = master.seal(&key_place(school), key.bytes())?;
    Ok(data_keys::Model {
        id: DataKeyId::new(),
        school_id: school,
        purpose: PURPOSE,
        nonce: sealed.nonce,
        wrapped: sealed.ciphertext,
        created_at: context.now(),
        version: 1,
    })
}

fn damaged(row: &face_templates::Model) -> Error {
    Error::new(ErrorCode::KeyStore, refusals::faces::template_changed())
        .help(refusals::faces::enrol_again())
        .details(serde_json::json!({ "student": row.student_id, "template": row.id }))
}

fn changed(what: &str, row: uuid::Uuid) -> Error {
    Error::new(ErrorCode::KeyStore, refusals::faces::sealed_changed(what))
        .help(refusals::faces::delete_held())
        .details(serde_json::json!({ "row": row }))
}

/// How many sealed rows were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gone {
    pub templates: u32,
    pub photographs: u32,
    pub evidence: u32,
}

impl Gone {
    pub fn any(self) -> bool {
        self.templates + self.photographs + self.evidence > 0
    }
}

impl std::ops::AddAssign for Gone {
    fn add_assign(&mut self, other: Self) {
        self.templates += other.templates;
        self.photographs += other.photographs;
        self.evidence += other.evidence;
    }
}

/// Deletes a student's templates and photographs, to be enrolled anew.
pub(super) async fn delete_enrolment(tx: &mut Transaction<'_>, school: SchoolId, student: StudentId) -> Result<Gone> {
    let templates = face_templates::Entity::find()
        .filter(face_templates::Column::SchoolId.eq(school))
        .filter(face_templates::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    for row in &templates {
        tx.delete::<face_templates::Entity>(row).await?;
    }
    let photographs = face_photographs::Entity::find()
        .filter(face_photographs::Column::SchoolId.eq(school))
        .filter(face_photographs::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    for row in &photographs {
        tx.delete::<face_photographs::Entity>(row).await?;
    }
    Ok(Gone { templates: templates.len() as u32, photographs: photographs.len() as u32, evidence: 0 })
}

/// Deletes everything that is held of a student's face, and the school's data key with the last of it.
pub(super) async fn delete_held(tx: &mut Transaction<'_>, school: SchoolId, student: StudentId) -> Result<Gone> {
    let mut gone = delete_enrolment(tx, school, student).await?;
    let evidence = evidence_frames::Entity::find()
        .filter(evidence_frames::Column::SchoolId.eq(school))
        .filter(evidence_frames::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    for row in &evidence {
        tx.delete::<evidence_frames::Entity>(row).await?;
    }
    gone.evidence = evidence.len() as u32;
    delete_unused_key(tx, school).await?;
    Ok(gone)
}

/// Deletes the school's data key once nothing is sealed with it.
pub(super) async fn delete_unused_key(tx: &mut Transaction<'_>, school: SchoolId) -> Result<()> {
    let db = tx.reader();
    // Alone with the key first, so that nothing is being sealed with it while the rows are counted.
    let Some(key) = find_key(db, school, Some(LockType::Update)).await? else { return Ok(()) };
    let templates =
        face_templates::Entity::find().filter(face_templates::Column::SchoolId.eq(school)).count(db).await?;
    let photographs =
        face_photographs::Entity::find().filter(face_photographs::Column::SchoolId.eq(school)).count(db).await?;
    let evidence =
        evidence_frames::Entity::find().filter(evidence_frames::Column::SchoolId.eq(school)).count(db).await?;
    if templates + photographs + evidence == 0 {
        tx.delete::<data_keys::Entity>(&key).await?;
    }
    Ok(())
}

/// Makes what was deleted unreadable in the database's files and in the copies that Homeroom made of it; false where that
/// waits until the database is closed, or the program begins again. It comes after the commit, so that it never makes a
/// failure of what is kept.
pub(super) async fn scrub(context: &Context) -> bool {
    let copies = scrub_copies(context).await;
    scrub_log(context).await && copies
}

/// The same for the copies alone.
pub(super) async fn scrub_copies(context: &Context) -> bool {
    context.store().scrub_copies(&SEALED).await.unwrap_or_else(|error| {
        tracing::warn!(code = error.code(), "copies from before an update could not be cleaned");
        false
    })
}

async fn scrub_log(context: &Context) -> bool {
    match context.store().scrub(&SEALED).await {
        Ok(true) => true,
        Ok(false) => {
            tracing::warn!("the database's log is in use; deleted templates leave it when the database is closed");
            false
        }
        Err(error) => {
            tracing::warn!(code = error.code(), "deleted templates leave the database's log when it is closed");
            false
        }
    }
}
