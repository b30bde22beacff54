//! Whose faces may be used: a consent that stands and has not ended, and no objection of the student's own.

use std::collections::HashSet;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use store::Transaction;
use store::entities::{consents, face_objections, students};
use store::ids::{SchoolId, StudentId};
use words::{Message, refusals};

use crate::schools::{Settings, load_settings};
use crate::{Context, Error, ErrorCode, Result};

/// The error of every operation that needs face recognition while the school has it off.
pub async fn need_faces_on(db: &impl ConnectionTrait, school: SchoolId) -> Result<Settings> {
    let settings = load_settings(db, school).await?;
    if settings.face_recognition {
        return Ok(settings);
    }
    Err(Error::new(ErrorCode::FacesOff, refusals::faces::off()).help(refusals::faces::turn_on()))
}

/// Consents given before this moment have ended by themselves.
pub(super) fn consents_since(now: DateTime<Utc>, settings: &Settings) -> DateTime<Utc> {
    now - Duration::days(settings.face_consent_days.into())
}

/// When a consent ends by itself.
pub(super) fn consent_ends(given_at: DateTime<Utc>, settings: &Settings) -> DateTime<Utc> {
    given_at + Duration::days(settings.face_consent_days.into())
}

/// The objection of a student that stands.
pub(super) async fn objection(
    db: &impl ConnectionTrait,
    school: SchoolId,
    student: StudentId,
) -> Result<Option<face_objections::Model>> {
    Ok(face_objections::Entity::find()
        .filter(face_objections::Column::SchoolId.eq(school))
        .filter(face_objections::Column::StudentId.eq(student))
        .filter(face_objections::Column::WithdrawnAt.is_null())
        .one(db)
        .await?)
}

/// Refuses where the school has faces off, the student is deleted or has said no, or no consent stands.
pub async fn need_consent(context: &Context, db: &impl ConnectionTrait, student: &students::Model) -> Result<Settings> {
    let settings = need_faces_on(db, student.school_id).await?;
    if student.deleted_at.is_some() {
        return Err(Error::not_found(refusals::gone::student()));
    }
    if objection(db, student.school_id, student.id).await?.is_some() {
        return Err(objected());
    }
    let newest = consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(student.school_id))
        .filter(consents::Column::StudentId.eq(student.id))
        .filter(consents::Column::WithdrawnAt.is_null())
        .order_by_desc(consents::Column::GivenAt)
        .one(db)
        .await?;
    let no_consent =
        |message: Message| Error::new(ErrorCode::NoConsent, message).help(refusals::faces::record_consent_first());
    match newest {
        Some(consent) if consent.given_at > consents_since(context.now(), &settings) => Ok(settings),
        Some(_) => Err(no_consent(refusals::faces::consent_ended())),
        None => Err(no_consent(refusals::faces::no_consent())),
    }
}

/// The error where a student's own no stands.
pub(super) fn objected() -> Error {
    Error::new(ErrorCode::NoConsent, refusals::faces::objection()).help(refusals::faces::objection_overrides())
}

/// The students of a school whose faces may be used now.
pub(super) async fn allowed(
    context: &Context,
    db: &impl ConnectionTrait,
    school: SchoolId,
    settings: &Settings,
) -> Result<HashSet<StudentId>> {
    let lasting = consents::Column::GivenAt.gt(consents_since(context.now(), settings));
    allowed_by(db, school, Condition::all().add(lasting)).await
}

/// The same, whether the consent has ended by itself or not.
pub(super) async fn ever_allowed(db: &impl ConnectionTrait, school: SchoolId) -> Result<HashSet<StudentId>> {
    allowed_by(db, school, Condition::all()).await
}

async fn allowed_by(db: &impl ConnectionTrait, school: SchoolId, lasting: Condition) -> Result<HashSet<StudentId>> {
    let consented: Vec<StudentId> = consents::Entity::find()
        .select_only()
        .column(consents::Column::StudentId)
        .filter(consents::Column::SchoolId.eq(school))
        .filter(consents::Column::WithdrawnAt.is_null())
        .filter(lasting)
        .into_tuple()
        .all(db)
        .await?;
    let objected: Vec<StudentId> = face_objections::Entity::find()
        .select_only()
        .column(face_objections::Column::StudentId)
        .filter(face_objections::Column::SchoolId.eq(school))
        .filter(face_objections::Column::WithdrawnAt.is_null())
        .into_tuple()
        .all(db)
        .await?;
    let mut allowed: HashSet<StudentId> = consented.into_iter().collect();
    objected.iter().for_each(|student| {
        allowed.remove(student);
    });
    Ok(allowed)
}

/// Makes everybody else who changes this student's consent or templates wait for this transaction.
pub(super) async fn lock_student(tx: &Transaction<'_>, student: StudentId) -> Result<()> {
    let locked = students::Entity::find_by_id(student).lock_exclusive().one(tx.reader()).await?;
    locked.map(|_| ()).ok_or_else(|| Error::not_found(refusals::gone::student()))
}
