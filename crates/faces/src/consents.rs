//! Consents of many at once, as a class brings its signed letters: each with its giver and the day on the letter, all in one
//! act that can be taken back.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeZone, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{SoftDeleted, consents, students};
use store::ids::{ConsentId, GuardianId, SchoolId, StudentId};
use words::refusals;

use super::allowed::{consents_since, need_faces_on};
use super::consent::{RecordConsent, giver};
use super::retention::{PurgedFaces, purge_school, purged};
use crate::error::Invalid;
use crate::look_at_clock;
use crate::schools::{find_school, school_day};
use crate::{Call, Error, Result};

/// The most letters of one call.
const MOST: usize = 500;

/// A letter of the list: who gave consent for whom; the giver as in [`RecordConsent`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ConsentLetter {
    pub student: StudentId,
    pub guardian: Option<GuardianId>,
    pub own: Option<bool>,
    pub given_by: Option<String>,
    pub relationship: Option<String>,
    /// The day on this letter, where it is another than that of the list.
    pub given_on: Option<NaiveDate>,
}

/// Input of [`record_consents`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordConsents {
    pub school: SchoolId,
    /// The version of the school's wording that the letters show.
    pub wording_version: String,
    /// The day on the letters.
    pub given_on: NaiveDate,
    /// 1 to 500.
    pub letters: Vec<ConsentLetter>,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedConsents {
    /// One a letter, in the order given; [`take_back_consents`] takes them back.
    pub consents: Vec<ConsentId>,
}

/// Input of [`take_back_consents`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TakeBackConsents {
    pub school: SchoolId,
    /// At most 500.
    pub consents: Vec<ConsentId>,
}

/// Records the consents of signed letters. What is wrong with any of them is said by letter, and then none is recorded.
pub(super) async fn record_consents(call: &Call, input: RecordConsents) -> Result<RecordedConsents> {
    let access = call.access();
    access.whole_school(input.school)?;
    let db = call.store().reader();
    let settings = need_faces_on(db, input.school).await?;
    let today = school_day(call, db, input.school).await?;
    let mut invalid = Invalid::default();
    if input.letters.is_empty() || input.letters.len() > MOST {
        return Err(Error::field("letters", "count", refusals::faces::letters_count(MOST)));
    }
    if input.wording_version != settings.face_policy_version {
        let message = refusals::faces::wording_changed_for_letters();
        invalid.push("wordingVersion", "outdated", message);
    }
    let zone: chrono_tz::Tz = find_school(db, input.school).await?.time_zone.parse().unwrap_or(chrono_tz::UTC);
    let earliest = consents_since(call.now(), &settings).with_timezone(&zone).date_naive();
    let found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(input.school))
        .filter(students::Entity::existing())
        .filter(students::Column::Id.is_in(input.letters.iter().map(|letter| letter.student)))
        .all(db)
        .await?;
    let user = call.actor()?.user;
    let mut seen = HashSet::new();
    let mut rows = Vec::with_capacity(input.letters.len());
    for (i, letter) in input.letters.iter().enumerate() {
        let field = |name: &str| format!("letters.{i}.{name}");
        let Some(student) = found.iter().find(|student| student.id == letter.student) else {
            invalid.push(&field("student"), "unknown", refusals::faces::student_gone());
            continue;
        };
        if !seen.insert(student.id) {
            invalid.push(&field("student"), "twice", refusals::common::student_twice());
        }
        let given_on = letter.given_on.unwrap_or(input.given_on);
        let given_field = if letter.given_on.is_some() { field("givenOn") } else { "givenOn".to_owned() };
        if given_on > today {
            invalid.push(&given_field, "future", refusals::faces::letter_in_future());
        } else if given_on <= earliest {
            invalid.push(&given_field, "ended", refusals::faces::consent_over());
        }
        let one = RecordConsent {
            student: student.id,
            guardian: letter.guardian,
            own: letter.own,
            given_by: letter.given_by.clone(),
            relationship: letter.relationship.clone(),
            wording_version: input.wording_version.clone(),
        };
        let mut of_letter = Invalid::default();
        let (given_by, relationship) = giver(db, student, &one, &settings, today, &mut of_letter).await?;
        invalid.take_in(&format!("letters.{i}"), of_letter);
        rows.push(consents::Model {
            id: ConsentId::new(),
            school_id: input.school,
            student_id: student.id,
            given_by,
            relationship,
            wording: settings.face_policy.clone(),
            wording_version: settings.face_policy_version.clone(),
            given_at: moment(given_on, zone).min(call.now()),
            recorded_by: Some(user),
            withdrawn_at: None,
            version: 1,
        });
    }
    invalid.check()?;
    let recorded = rows.iter().map(|row| row.id).collect();
    call.transact(async |tx| Ok(tx.insert_many::<consents::Entity>(rows).await?)).await?;
    // Where templates are held already, running cameras may use them from now on.
    call.services.faces_changed(input.school);
    Ok(RecordedConsents { consents: recorded })
}

/// Takes consents back that were recorded by mistake: they stay on record as withdrawn, and everything that only they
/// allowed is deleted at once.
pub(super) async fn take_back_consents(call: &Call, input: TakeBackConsents) -> Result<PurgedFaces> {
    let access = call.access();
    access.whole_school(input.school)?;
    if input.consents.len() > MOST {
        return Err(Error::field("consents", "count", refusals::faces::at_most_at_once(MOST)));
    }
    let now = call.now();
    let due = look_at_clock(&call.services).await?.is_none();
    let ((gone, students), _) = call
        .transact(async |tx| {
            let given = consents::Entity::find()
                .filter(consents::Column::SchoolId.eq(input.school))
                .filter(consents::Column::Id.is_in(input.consents.iter().copied()))
                .filter(consents::Column::WithdrawnAt.is_null())
                .all(tx.reader())
                .await?;
            let withdrawn = given.into_iter().map(|before| {
                let after = consents::Model { withdrawn_at: Some(now), ..before.clone() };
                (before, after)
            });
            tx.update_many::<consents::Entity>(withdrawn.collect()).await?;
            // In the same step: no consent is withdrawn while what only it allowed stays.
            purge_school(call, tx, input.school, due).await
        })
        .await?;
    call.services.faces_changed(input.school);
    Ok(purged(call, gone, students).await)
}

/// The middle of a day at the school.
fn moment(day: NaiveDate, zone: chrono_tz::Tz) -> DateTime<Utc> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let local = zone.from_local_datetime(&day.and_time(noon)).earliest();
    local.map_or_else(|| day.and_time(noon).and_utc(), |local| local.with_timezone(&Utc))
}
