//! Going from a school of the district to another one. The school that sends says when and where to and may take it back
//! until it is settled; the school that receives says yes or no by a row of its own, so that each writes its own rows alone.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{SoftDeleted, StayExit, arrivals, schools, stays, students, transfers};
use store::ids::{SchoolId, StayId, StudentId, TransferId};
use words::refusals;

use super::full_name;
use super::leaving::{LONGEST_REASON, chosen, end_stay};
use super::stays::{stays_of, years_of_classes};
use crate::error::Invalid;
use crate::schools::{OfSchool, school_day};
use crate::{Call, Error, Result, Undoable};

/// The longest note to the school that receives, in characters.
const LONGEST_NOTE: usize = 1_000;
/// Transfers that are looked at in one statement.
const AT_ONCE: usize = 500;

/// Input of [`transfer_students`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct TransferStudents {
    pub school: SchoolId,
    /// At most 1,000.
    pub students: Vec<StudentId>,
    /// Another school of the district.
    pub to: SchoolId,
    /// Their last day at this school; it may lie ahead.
    pub last_day: NaiveDate,
    /// Why; it stays at this school.
    pub reason: Option<String>,
    /// What the other school is told.
    pub note: Option<String>,
}

/// A school that students can go to.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OtherSchool {
    pub id: SchoolId,
    pub name: String,
}

/// How a transfer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TransferState {
    /// The other school has not answered.
    Waiting,
    Accepted,
    Declined,
    /// The student stays, left otherwise, came back, or is deleted.
    TakenBack,
}

/// A transfer as both schools see it.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TransferRow {
    pub id: TransferId,
    pub from_name: String,
    pub to_name: String,
    /// The record at the school that asks, where it has one.
    pub student: Option<StudentId>,
    /// The number at the school that sends.
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub grade_level: Option<String>,
    /// The last day at the school that sends.
    pub last_day: NaiveDate,
    pub note: Option<String>,
    pub state: TransferState,
    /// Why it was declined.
    pub declined_because: Option<String>,
}

/// What [`transfers`] returns: what is not settled.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Transfers {
    /// Students whom other schools send here, who wait for an answer; by last day, then name.
    pub incoming: Vec<TransferRow>,
    /// Students of this school whom the other one has not answered or has declined.
    pub outgoing: Vec<TransferRow>,
}

/// The other schools of the district.
pub(super) async fn schools_to_transfer_to(call: &Call, input: OfSchool) -> Result<Vec<OtherSchool>> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let own = school(db, input.school).await?;
    let rows = schools::Entity::find()
        .filter(schools::Column::DistrictId.eq(own.district_id))
        .filter(schools::Column::Id.ne(own.id))
        .filter(schools::Entity::existing())
        .order_by_asc(schools::Column::Name)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| OtherSchool { id: row.id, name: row.name }).collect())
}

/// Ends the time of students here on a day and offers them to another school of the district.
pub(super) async fn transfer_students(call: &Call, input: TransferStudents) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    let note = invalid.optional("note", input.note.as_deref(), LONGEST_NOTE);
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let own = school(tx.reader(), input.school).await?;
            let to = school(tx.reader(), input.to).await.ok().filter(|to| to.district_id == own.district_id);
            if to.is_none_or(|to| to.id == own.id) {
                return Err(Error::field("to", "other_district", refusals::people::no_school_to_go_to()));
            }
            let today = school_day(call, tx.reader(), input.school).await?;
            let years = years_of_classes(tx.reader(), input.school).await?;
            for row in chosen(tx, input.school, &input.students).await? {
                let student = row.id;
                let end = (input.last_day, StayExit::Transferred, reason.as_deref());
                let stay = end_stay(tx, &years, row, end, today).await?;
                let new = transfers::Model {
                    id: TransferId::new(),
                    school_id: input.school,
                    student_id: student,
                    stay_id: stay.id,
                    to_school_id: input.to,
                    note: note.clone(),
                    version: 1,
                };
                tx.insert::<transfers::Entity>(new).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// A school that exists.
async fn school(db: &impl ConnectionTrait, id: SchoolId) -> Result<schools::Model> {
    let found = schools::Entity::find_by_id(id).filter(schools::Entity::existing()).one(db).await?;
    found.ok_or_else(|| Error::not_found(refusals::gone::school()))
}

/// What is not settled of the transfers from and to a school.
pub(super) async fn transfers(call: &Call, input: OfSchool) -> Result<Transfers> {
    call.access().whole_school(input.school)?;
    let db = call.store().reader();
    let (incoming, outgoing) = (open(db, input.school, Way::In).await?, open(db, input.school, Way::Out).await?);
    let mut names = HashMap::new();
    for row in schools::Entity::find().all(db).await? {
        names.insert(row.id, row.name);
    }
    let row = |of: Offered, own: bool| TransferRow {
        id: of.transfer.id,
        from_name: names.get(&of.transfer.school_id).cloned().unwrap_or_default(),
        to_name: names.get(&of.transfer.to_school_id).cloned().unwrap_or_default(),
        student: own.then_some(of.student.id),
        number: of.student.number,
        given_name: of.student.given_name,
        family_name: of.student.family_name,
        native_name: of.student.native_name,
        birth_date: of.student.birth_date,
        grade_level: of.student.grade_level,
        last_day: of.last_day,
        note: of.transfer.note,
        state: of.state,
        declined_because: of.declined_because,
    };
    Ok(Transfers {
        incoming: incoming.into_iter().map(|of| row(of, false)).collect(),
        outgoing: outgoing.into_iter().map(|of| row(of, true)).collect(),
    })
}

/// Whose transfers are looked for.
enum Way {
    In,
    Out,
}

/// A transfer that stands, with the record that it sends.
pub(super) struct Offered {
    pub(super) transfer: transfers::Model,
    pub(super) student: students::Model,
    pub(super) last_day: NaiveDate,
    pub(super) state: TransferState,
    declined_because: Option<String>,
}

/// What waits of a school's transfers, and of those that it sent what was declined.
async fn open(db: &impl ConnectionTrait, school: SchoolId, way: Way) -> Result<Vec<Offered>> {
    // What was accepted is most of all and is left out by the database already.
    let accepted = arrivals::Entity::find()
        .select_only()
        .column(arrivals::Column::TransferId)
        .filter(arrivals::Column::StudentId.is_not_null())
        .into_query();
    let of = match way {
        Way::In => transfers::Column::ToSchoolId.eq(school),
        Way::Out => transfers::Column::SchoolId.eq(school),
    };
    let rows =
        transfers::Entity::find().filter(of).filter(transfers::Column::Id.not_in_subquery(accepted)).all(db).await?;
    let mut found = offered(db, rows).await?;
    found.retain(|of| match of.state {
        TransferState::Waiting => true,
        TransferState::Declined => matches!(way, Way::Out),
        TransferState::Accepted | TransferState::TakenBack => false,
    });
    found.sort_by(|a, b| (a.last_day, &a.student.sort_name).cmp(&(b.last_day, &b.student.sort_name)));
    Ok(found)
}

/// How these transfers stand, each with the record that it sends.
pub(super) async fn offered(db: &impl ConnectionTrait, rows: Vec<transfers::Model>) -> Result<Vec<Offered>> {
    let mut found = Vec::with_capacity(rows.len());
    for some in rows.chunks(AT_ONCE) {
        let ids = some.iter().map(|row| uuid::Uuid::from(row.id));
        let answers = arrivals::Entity::find().filter(arrivals::Column::TransferId.is_in(ids)).all(db).await?;
        let answers: HashMap<_, _> = answers.into_iter().map(|row| (row.transfer_id, row)).collect();
        let of = some.iter().map(|row| row.student_id);
        let people = students::Entity::find().filter(students::Column::Id.is_in(of)).all(db).await?;
        let people: HashMap<_, _> = people.into_iter().map(|row| (row.id, row)).collect();
        let of: Vec<StudentId> = people.keys().copied().collect();
        // Sent by one school each; those to a school come of few.
        let mut times: HashMap<StudentId, Vec<stays::Model>> = HashMap::new();
        let mut senders: Vec<SchoolId> = some.iter().map(|row| row.school_id).collect();
        senders.sort_unstable();
        senders.dedup();
        for sender in senders {
            times.extend(stays_of(db, sender, &of).await?);
        }
        for transfer in some {
            let Some(student) = people.get(&transfer.student_id).cloned() else { continue };
            let latest = times.get(&student.id).and_then(|own| own.last());
            let own = times.get(&student.id).and_then(|own| own.iter().find(|time| time.id == transfer.stay_id));
            let Some(last_day) = own.and_then(|time| time.end_date) else { continue };
            let stands = student.deleted_at.is_none()
                && latest.is_some_and(|time| time.id == transfer.stay_id)
                && own.is_some_and(|time| time.exit_kind == Some(StayExit::Transferred));
            let answer = answers.get(&uuid::Uuid::from(transfer.id));
            let state = match answer {
                Some(answer) if answer.student_id.is_some() => TransferState::Accepted,
                _ if !stands => TransferState::TakenBack,
                Some(_) => TransferState::Declined,
                None => TransferState::Waiting,
            };
            let declined_because = answer.and_then(|answer| answer.reason.clone());
            found.push(Offered { transfer: transfer.clone(), student, last_day, state, declined_because });
        }
    }
    Ok(found)
}

/// The schools between which a student went: by the time here, and whether it is the one that it ended with; with what the
/// other school says to that.
pub(super) async fn other_schools(
    db: &impl ConnectionTrait,
    student: &students::Model,
) -> Result<HashMap<(StayId, bool), (String, Option<TransferState>)>> {
    let out = transfers::Entity::find()
        .filter(transfers::Column::SchoolId.eq(student.school_id))
        .filter(transfers::Column::StudentId.eq(student.id))
        .all(db)
        .await?;
    let came = arrivals::Entity::find()
        .filter(arrivals::Column::SchoolId.eq(student.school_id))
        .filter(arrivals::Column::StudentId.eq(student.id))
        .all(db)
        .await?;
    let by = came.iter().map(|row| row.transfer_id);
    let sent = transfers::Entity::find().filter(transfers::Column::Id.is_in(by)).all(db).await?;
    let mut ends: Vec<(StayId, bool, SchoolId, Option<TransferState>)> = Vec::new();
    for answer in came {
        let from = sent.iter().find(|row| uuid::Uuid::from(row.id) == answer.transfer_id);
        ends.extend(answer.stay_id.zip(from).map(|(stay, from)| (stay, false, from.school_id, None)));
    }
    for of in offered(db, out).await?.into_iter().filter(|of| of.state != TransferState::TakenBack) {
        ends.push((of.transfer.stay_id, true, of.transfer.to_school_id, Some(of.state)));
    }
    let named = schools::Entity::find().filter(schools::Column::Id.is_in(ends.iter().map(|end| end.2))).all(db).await?;
    let name = |id: SchoolId| named.iter().find(|row| row.id == id).map(|row| row.name.clone()).unwrap_or_default();
    Ok(ends.into_iter().map(|(stay, exit, school, state)| ((stay, exit), (name(school), state))).collect())
}

/// Takes an offer back, as a time at the school ends otherwise or not at all.
///
/// # Errors
/// Where the other school has accepted it: it is a record of theirs by now.
pub(super) async fn take_back(tx: &mut Transaction<'_>, stay: &stays::Model) -> Result<()> {
    let of_stay = transfers::Entity::find()
        .filter(transfers::Column::SchoolId.eq(stay.school_id))
        .filter(transfers::Column::StayId.eq(stay.id));
    let Some(transfer) = of_stay.one(tx.reader()).await? else { return Ok(()) };
    let Some(of) = offered(tx.reader(), vec![transfer]).await?.pop() else { return Ok(()) };
    match of.state {
        TransferState::Accepted => {
            let name = full_name(&of.student.given_name, &of.student.family_name);
            Err(Error::field("exit", "accepted", refusals::people::accepted_elsewhere(name)))
        }
        TransferState::Waiting | TransferState::Declined | TransferState::TakenBack => {
            Ok(tx.delete::<transfers::Entity>(&of.transfer).await?)
        }
    }
}
