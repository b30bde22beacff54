//! Consent to face recognition: recorded before anything is enrolled, withdrawn with everything that it allowed. The
//! student's own no overrides it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{SoftDeleted, consents, face_objections, guardians, guardianships, students};
use store::ids::{ConsentId, FaceObjectionId, GuardianId, StudentId};
use words::refusals;

use super::allowed::{consent_ends, lock_student, need_faces_on, objection};
use super::vault::{Gone, delete_held, scrub};
use crate::error::Invalid;
use crate::schools::{Settings, school_day};
use crate::{Call, Context, Result};

/// Input of [`record_consent`]. Who gave it is a guardian of the student (`guardian`), the student (`own`), or somebody
/// whose name is typed (`givenBy` with `relationship`).
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct RecordConsent {
    pub student: StudentId,
    pub guardian: Option<GuardianId>,
    /// The student consents without a guardian; from the school's age, with a birth date.
    pub own: Option<bool>,
    pub given_by: Option<String>,
    /// What that person is to the student.
    pub relationship: Option<String>,
    /// The version of the school's wording that was shown.
    pub wording_version: String,
}

/// A student.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfFaces {
    pub student: StudentId,
}

/// A consent that stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StandingConsent {
    pub given_by: String,
    pub relationship: String,
    pub wording_version: String,
    pub given_at: DateTime<Utc>,
    /// When it ends by itself.
    pub ends_at: DateTime<Utc>,
}

impl StandingConsent {
    pub(super) fn of(consent: &consents::Model, settings: &Settings) -> Self {
        Self {
            given_by: consent.given_by.clone(),
            relationship: consent.relationship.clone(),
            wording_version: consent.wording_version.clone(),
            given_at: consent.given_at,
            ends_at: consent_ends(consent.given_at, settings),
        }
    }
}

/// What was deleted with a consent, or by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeletedFaces {
    pub templates: u32,
    /// Kept photographs.
    pub photographs: u32,
    /// Kept camera pictures.
    pub evidence: u32,
    /// Whether the database's own log is clean already; if not, it is as soon as nobody reads from it.
    pub scrubbed: bool,
}

/// Records who agreed to what. The wording that was shown must be the school's present one.
pub(super) async fn record_consent(call: &Call, input: RecordConsent) -> Result<StandingConsent> {
    let access = call.access();
    let db = call.store().reader();
    let student = access.student(db, input.student).await?;
    let settings = need_faces_on(db, student.school_id).await?;
    let mut invalid = Invalid::default();
    let today = school_day(call, db, student.school_id).await?;
    let (given_by, relationship) = giver(db, &student, &input, &settings, today, &mut invalid).await?;
    if input.wording_version != settings.face_policy_version {
        let message = refusals::faces::wording_changed();
        invalid.push("wordingVersion", "outdated", message);
    }
    if student.deleted_at.is_some() {
        invalid.push("student", "deleted", refusals::faces::restore_student_first());
    }
    invalid.check()?;
    let row = consents::Model {
        id: ConsentId::new(),
        school_id: student.school_id,
        student_id: student.id,
        given_by,
        relationship,
        wording: settings.face_policy.clone(),
        wording_version: settings.face_policy_version.clone(),
        given_at: call.now(),
        recorded_by: Some(call.actor()?.user),
        withdrawn_at: None,
        version: 1,
    };
    let (row, _) = call.transact(async |tx| Ok(tx.insert::<consents::Entity>(row).await?)).await?;
    // Where templates are held already, running cameras may use them from now on.
    call.services.faces_changed(student.school_id);
    Ok(StandingConsent::of(&row, &settings))
}

/// Who gives the consent and what that person is to the student.
pub(super) async fn giver(
    db: &impl ConnectionTrait,
    student: &students::Model,
    input: &RecordConsent,
    settings: &Settings,
    today: NaiveDate,
    invalid: &mut Invalid,
) -> Result<(String, String)> {
    let full = |given: &str, family: &str| format!("{given} {family}").trim().to_owned();
    let own_name = full(&student.given_name, &student.family_name);
    if let Some(id) = input.guardian {
        return Ok(match guardian_of(db, student, id).await? {
            Some((guardian, relationship)) => (full(&guardian.given_name, &guardian.family_name), relationship),
            None => {
                invalid.push("guardian", "not_found", refusals::faces::no_guardian());
                Default::default()
            }
        });
    }
    if input.own == Some(true) {
        own_consent(student, settings.face_own_consent_age, today, invalid);
        return Ok((own_name, "student".to_owned()));
    }
    let given_by = invalid.text("givenBy", input.given_by.as_deref().unwrap_or_default(), 120);
    let relationship = invalid.text("relationship", input.relationship.as_deref().unwrap_or_default(), 60);
    if !given_by.is_empty() && store::fold(&given_by) == store::fold(&own_name) {
        let message = refusals::faces::students_own_name();
        invalid.push("givenBy", "own_name", message);
    }
    Ok((given_by, relationship))
}

async fn guardian_of(
    db: &impl ConnectionTrait,
    student: &students::Model,
    id: GuardianId,
) -> Result<Option<(guardians::Model, String)>> {
    let tie = guardianships::Entity::find()
        .filter(guardianships::Column::SchoolId.eq(student.school_id))
        .filter(guardianships::Column::StudentId.eq(student.id))
        .filter(guardianships::Column::GuardianId.eq(id))
        .filter(guardianships::Column::NoAccess.eq(false))
        .one(db)
        .await?;
    let Some(tie) = tie else { return Ok(None) };
    let guardian = guardians::Entity::find_by_id(id).filter(guardians::Entity::existing()).one(db).await?;
    Ok(guardian.map(|guardian| (guardian, tie.relationship)))
}

fn own_consent(student: &students::Model, age: u32, today: NaiveDate, invalid: &mut Invalid) {
    let message = match student.birth_date {
        _ if age == 0 => refusals::faces::guardian_consents(),
        None => refusals::faces::birth_date_unknown(),
        Some(born) if years(born, today) < age => refusals::faces::too_young(age),
        Some(_) => return,
    };
    invalid.push("own", "too_young", message);
}

/// Whole years between a birth date and a day; 0 before the birth.
pub(super) fn years(born: NaiveDate, today: NaiveDate) -> u32 {
    u32::try_from(crate::schools::age(born, today)).unwrap_or(0)
}

/// Ends every consent of a student and deletes templates, photographs and evidence at once, also from the database's own
/// log and from running cameras. It works while face recognition is off, and cannot be undone.
pub(super) async fn withdraw_consent(call: &Call, input: OfFaces) -> Result<DeletedFaces> {
    let access = call.access();
    let student = access.student_or_deleted(call.store().reader(), input.student).await?;
    let now = call.now();
    let (gone, _) = call
        .transact(async |tx| {
            lock_student(tx, student.id).await?;
            let given = consents::Entity::find()
                .filter(consents::Column::SchoolId.eq(student.school_id))
                .filter(consents::Column::StudentId.eq(student.id))
                .filter(consents::Column::WithdrawnAt.is_null())
                .all(tx.reader())
                .await?;
            for before in given {
                let after = consents::Model { withdrawn_at: Some(now), ..before.clone() };
                tx.update::<consents::Entity>(&before, after).await?;
            }
            delete_held(tx, student.school_id, student.id).await
        })
        .await?;
    Ok(forget(call, &student, gone).await)
}

/// Deletes everything that is held of a student's face; the consent stays.
pub(super) async fn delete_faces(call: &Call, input: OfFaces) -> Result<DeletedFaces> {
    let access = call.access();
    let student = access.student_or_deleted(call.store().reader(), input.student).await?;
    let (gone, _) = call
        .transact(async |tx| {
            lock_student(tx, student.id).await?;
            delete_held(tx, student.school_id, student.id).await
        })
        .await?;
    Ok(forget(call, &student, gone).await)
}

/// Records that the student does not want their face to be used. It overrides every consent, present and future, until it is
/// withdrawn; everything that is held of the face is deleted at once. It works while face recognition is off.
pub(super) async fn record_objection(call: &Call, input: OfFaces) -> Result<DeletedFaces> {
    let access = call.access();
    let student = access.student_or_deleted(call.store().reader(), input.student).await?;
    let user = call.actor()?.user;
    let (gone, _) = call
        .transact(async |tx| {
            lock_student(tx, student.id).await?;
            if objection(tx.reader(), student.school_id, student.id).await?.is_none() {
                let row = face_objections::Model {
                    id: FaceObjectionId::new(),
                    school_id: student.school_id,
                    student_id: student.id,
                    said_at: call.now(),
                    recorded_by: Some(user),
                    withdrawn_at: None,
                    version: 1,
                };
                tx.insert::<face_objections::Entity>(row).await?;
            }
            delete_held(tx, student.school_id, student.id).await
        })
        .await?;
    Ok(forget(call, &student, gone).await)
}

/// Records that the student has changed their mind. What was deleted does not come back.
pub(super) async fn withdraw_objection(call: &Call, input: OfFaces) -> Result<()> {
    let access = call.access();
    let student = access.student_or_deleted(call.store().reader(), input.student).await?;
    let now = call.now();
    call.transact(async |tx: &mut Transaction<'_>| {
        lock_student(tx, student.id).await?;
        if let Some(before) = objection(tx.reader(), student.school_id, student.id).await? {
            let after = face_objections::Model { withdrawn_at: Some(now), ..before.clone() };
            tx.update::<face_objections::Entity>(&before, after).await?;
        }
        Ok(())
    })
    .await?;
    call.services.faces_changed(student.school_id);
    Ok(())
}

async fn forget(context: &Context, student: &students::Model, gone: Gone) -> DeletedFaces {
    context.services.faces_changed(student.school_id);
    let Gone { templates, photographs, evidence } = gone;
    DeletedFaces { templates, photographs, evidence, scrubbed: scrub(context).await }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_changes_on_the_birthday() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let born = day("2010-10-14");
        let ages = ["2026-10-13", "2026-10-14", "2009-01-01"].map(|today| years(born, day(today)));
        assert_eq!(ages, [15, 16, 0]);
        // Born on a leap day: the birthday of other years is 1 March.
        assert_eq!(
            ["2028-02-28", "2028-02-29", "2027-02-28", "2027-03-01"].map(|t| years(day("2012-02-29"), day(t))),
            [15, 16, 14, 15]
        );
    }
}
