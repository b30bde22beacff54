//! Templates at rest: sealed under the school's data key for one student and one row, so that a row that was changed or
//! moved to somebody else is refused.

use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::Transaction;
use store::entities::{data_keys, face_templates};
use store::ids::{DataKeyId, FaceTemplateId, SchoolId, StudentId};
use vision::Template;
use zeroize::Zeroizing;

use super::keys::{MasterKey, SecretKey, master_key, wrong_master_key};
use crate::{Context, Error, ErrorCode, Result};

/// What a data key is for.
const PURPOSE: &str = "face templates";

/// A school's open data key.
pub(super) struct Vault {
    school: SchoolId,
    key: SecretKey,
}

/// Where a template belongs; authenticated with it.
fn place(row: &face_templates::Model) -> String {
    let face_templates::Model { id, school_id, student_id, model, model_version, .. } = row;
    format!("homeroom template 1|{school_id}|{student_id}|{id}|{model}|{model_version}")
}

fn key_place(school: SchoolId) -> String {
    format!("homeroom data key 1|{school}|{PURPOSE}")
}

async fn find_key(db: &impl ConnectionTrait, school: SchoolId) -> Result<Option<data_keys::Model>> {
    Ok(data_keys::Entity::find()
        .filter(data_keys::Column::SchoolId.eq(school))
        .filter(data_keys::Column::Purpose.eq(PURPOSE))
        .one(db)
        .await?)
}

/// The master key, looked for where the system may ask the person. A new one is made only while there is nothing that a
/// former one protects.
async fn master(context: &Context, make: bool) -> Result<Arc<MasterKey>> {
    let make = make && data_keys::Entity::find().count(context.store().reader()).await? == 0;
    let services = context.services.clone();
    tokio::task::spawn_blocking(move || master_key(&services, make))
        .await
        .map_err(|_| Error::internal("the search for the key stopped"))?
}

impl Vault {
    /// Opens the school's vault for reading; none while nothing was ever put in.
    pub async fn open(context: &Context, school: SchoolId) -> Result<Option<Self>> {
        let Some(row) = find_key(context.store().reader(), school).await? else { return Ok(None) };
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
        if let Some(row) = find_key(tx.reader(), school).await? {
            return Self::unwrap(master, &row);
        }
        let key = SecretKey::random()?;
        let sealed = master.key.seal(&key_place(school), key.bytes())?;
        let row = data_keys::Model {
            id: DataKeyId::new(),
            school_id: school,
            purpose: PURPOSE.to_owned(),
            nonce: sealed.nonce,
            wrapped: sealed.ciphertext,
            created_at: context.now(),
            version: 1,
        };
        tx.insert::<data_keys::Entity>(row).await?;
        Ok(Self { school, key })
    }

    fn unwrap(master: &MasterKey, row: &data_keys::Model) -> Result<Self> {
        let school = row.school_id;
        let key = master.key.unwrap(&key_place(school), &row.nonce, &row.wrapped).ok_or_else(wrong_master_key)?;
        Ok(Self { school, key })
    }

    /// A row that holds the template, sealed.
    pub fn seal(
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
        let sealed = self.key.seal(&place(&row), &plain)?;
        (row.nonce, row.ciphertext) = (sealed.nonce, sealed.ciphertext);
        Ok(row)
    }

    /// The template of a row.
    pub fn unseal(&self, row: &face_templates::Model, dimension: usize) -> Result<Template> {
        let plain = self.key.open(&place(row), &row.nonce, &row.ciphertext).ok_or_else(|| damaged(row))?;
        Template::from_bytes(&plain, dimension).map_err(|_| damaged(row))
    }
}

fn damaged(row: &face_templates::Model) -> Error {
    Error::new(ErrorCode::KeyStore, "A stored face template was changed or moved, and is not used.")
        .help("Delete this student's templates and enrol the student again.")
        .details(serde_json::json!({ "student": row.student_id, "template": row.id }))
}

/// Deletes the student's templates, and the school's data key with the last of them, so that no copy opens again.
/// Returns how many templates there were.
pub(super) async fn delete_templates(tx: &mut Transaction<'_>, school: SchoolId, student: StudentId) -> Result<u32> {
    let of_school = face_templates::Entity::find().filter(face_templates::Column::SchoolId.eq(school));
    let rows = of_school.clone().filter(face_templates::Column::StudentId.eq(student)).all(tx.reader()).await?;
    for row in &rows {
        tx.delete::<face_templates::Entity>(row).await?;
    }
    if of_school.count(tx.reader()).await? == 0
        && let Some(key) = find_key(tx.reader(), school).await?
    {
        tx.delete::<data_keys::Entity>(&key).await?;
    }
    Ok(rows.len() as u32)
}

/// Makes what was deleted unreadable in the database's files; false where that waits until the database is closed.
pub(super) async fn scrub(context: &Context) -> Result<bool> {
    let done = context.store().scrub(&["face_templates", "data_keys"]).await?;
    if !done {
        tracing::warn!("the database's log is in use; deleted templates leave it when the database is closed");
    }
    Ok(done)
}
