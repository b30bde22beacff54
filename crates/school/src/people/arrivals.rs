//! The receiving end of a transfer: a student whom another school of the district sends is taken, with the record and the
//! guardians, or not. Who has been here before gets that record again: one person has one record at a school.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{
    StayEntry, StudentStatus, arrivals, guardians, guardianships, medical_notes, stays, students, transfers,
};
use store::ids::{
    ArrivalId, AuditEntryId, ClassId, GuardianId, GuardianshipId, MedicalNoteId, SchoolId, StayId, StudentId,
    TransferId,
};
use words::refusals;

use super::bulk::{insert_guardians, insert_students, update_student};
use super::full_name;
use super::hints::following_number;
use super::leaving::{LONGEST_REASON, come_back};
use super::merging::same_guardian;
use super::stays::first_stay;
use super::students::MOST_AT_ONCE;
use super::transfers::{Offered, TransferState, offered};
use crate::classes::Joining;
use crate::error::Invalid;
use crate::schools::{load_settings, school_day};
use crate::{Call, Error, Result, Undoable};

/// Input of [`accept_transfers`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct AcceptTransfers {
    /// The school that takes them.
    pub school: SchoolId,
    /// At most 1,000.
    pub transfers: Vec<TransferId>,
    /// Their first day here, after the last one at the other school.
    pub first_day: NaiveDate,
    /// Puts them into this class from that day on, in the same step.
    pub class: Option<ClassId>,
    /// The number of the one student; the next ones of the school where it is left out. Who has been here before keeps
    /// theirs.
    pub number: Option<String>,
}

/// What [`accept_transfers`] made.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Arrived {
    /// The records here, in the order of the transfers.
    pub students: Vec<StudentId>,
    pub undo: Option<AuditEntryId>,
}

/// Input of [`decline_transfers`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct DeclineTransfers {
    pub school: SchoolId,
    /// At most 1,000.
    pub transfers: Vec<TransferId>,
    /// Why; the school that sent them reads it.
    pub reason: Option<String>,
}

/// Takes students whom other schools of the district send: a record each with their guardians, a first day, a class.
pub(super) async fn accept_transfers(call: &Call, input: AcceptTransfers) -> Result<Arrived> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let number = invalid.optional("number", input.number.as_deref(), 50);
    if number.is_some() && input.transfers.len() > 1 {
        invalid.push("number", "many", refusals::people::number_of_one());
    }
    invalid.check()?;
    let joining = match input.class {
        Some(class) => Some(Joining::find(call, input.school, class, Some(input.first_day)).await?),
        None => None,
    };
    let (students, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let today = school_day(call, tx.reader(), input.school).await?;
            let waiting = waiting(tx, input.school, &input.transfers).await?;
            let mut made = Vec::with_capacity(waiting.len());
            for of in waiting {
                comes_after(tx, input.school, &of, input.first_day).await?;
                let transfer = of.transfer.id;
                let (student, stay) = match own_record(tx.reader(), input.school, &of.transfer).await? {
                    Some(own) => back_again(tx, own, input.first_day, today).await?,
                    None => {
                        let row = copied(call, tx, input.school, &of.student, number.as_deref()).await?;
                        take_in(call, tx, row, &of, input.first_day, today).await?
                    }
                };
                if let Some(joining) = &joining {
                    joining.enrol(tx, student).await?;
                }
                let answer = arrivals::Model {
                    id: ArrivalId::new(),
                    school_id: input.school,
                    transfer_id: transfer.into(),
                    student_id: Some(student),
                    stay_id: Some(stay),
                    reason: None,
                    version: 1,
                };
                tx.insert::<arrivals::Entity>(answer).await?;
                made.push(student);
            }
            Ok(made)
        })
        .await?;
    Ok(Arrived { students, undo })
}

/// Says no to students whom other schools send.
pub(super) async fn decline_transfers(call: &Call, input: DeclineTransfers) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let reason = invalid.optional("reason", input.reason.as_deref(), LONGEST_REASON);
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            for of in waiting(tx, input.school, &input.transfers).await? {
                let answer = arrivals::Model {
                    id: ArrivalId::new(),
                    school_id: input.school,
                    transfer_id: of.transfer.id.into(),
                    student_id: None,
                    stay_id: None,
                    reason: reason.clone(),
                    version: 1,
                };
                tx.insert::<arrivals::Entity>(answer).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}

/// The transfers to the school that somebody chose, in their order, each once.
///
/// # Errors
/// Where one of them is of another school, settled or taken back.
async fn waiting(tx: &mut Transaction<'_>, school: SchoolId, ids: &[TransferId]) -> Result<Vec<Offered>> {
    if ids.is_empty() {
        return Err(Error::field("transfers", "required", refusals::classes::no_student()));
    }
    if ids.len() > MOST_AT_ONCE {
        return Err(Error::field("transfers", "too_many", refusals::common::at_most_thousand()));
    }
    let mut seen = HashSet::new();
    let wanted: Vec<TransferId> = ids.iter().copied().filter(|id| seen.insert(*id)).collect();
    let rows = transfers::Entity::find()
        .filter(transfers::Column::Id.is_in(wanted.iter().copied()))
        .filter(transfers::Column::ToSchoolId.eq(school))
        .all(tx.reader())
        .await?;
    if rows.len() < wanted.len() {
        return Err(Error::not_found(refusals::gone::transfer()));
    }
    // The school that sends must not take it back in the same moment.
    let mut senders: Vec<SchoolId> = rows.iter().map(|row| row.school_id).collect();
    senders.sort_unstable();
    senders.dedup();
    for sender in senders {
        tx.alone_in_school(sender).await?;
    }
    let rows = transfers::Entity::find().filter(transfers::Column::Id.is_in(wanted.iter().copied()));
    let mut found = offered(tx.reader(), rows.all(tx.reader()).await?).await?;
    found.sort_by_key(|of| wanted.iter().position(|id| *id == of.transfer.id));
    if found.len() < wanted.len() {
        return Err(Error::not_found(refusals::gone::transfer()));
    }
    for of in &found {
        if of.state != TransferState::Waiting {
            let name = full_name(&of.student.given_name, &of.student.family_name);
            return Err(Error::field("transfers", "settled", refusals::people::transfer_settled(name)));
        }
    }
    Ok(found)
}

/// Refuses a first day here on which the student is still at the other school.
async fn comes_after(tx: &Transaction<'_>, school: SchoolId, of: &Offered, first_day: NaiveDate) -> Result<()> {
    if first_day > of.last_day {
        return Ok(());
    }
    let order = load_settings(tx.reader(), school).await?.day_order;
    let name = full_name(&of.student.given_name, &of.student.family_name);
    Err(Error::field("firstDay", "still_elsewhere", refusals::people::still_elsewhere(name, order.write(of.last_day))))
}

/// The records of the person whom a transfer sends, in whatever schools, back along the transfers that were accepted; the
/// record that it sends first.
pub async fn records_before(db: &impl ConnectionTrait, sent: StudentId) -> Result<Vec<StudentId>> {
    let mut found = vec![sent];
    let mut at = 0;
    while let Some(record) = found.get(at).copied() {
        at += 1;
        let came = arrivals::Entity::find().filter(arrivals::Column::StudentId.eq(record)).all(db).await?;
        let by = came.into_iter().map(|row| row.transfer_id);
        let sent = transfers::Entity::find().filter(transfers::Column::Id.is_in(by)).all(db).await?;
        for row in sent {
            if !found.contains(&row.student_id) {
                found.push(row.student_id);
            }
        }
    }
    Ok(found)
}

/// The record that the person has at this school already, deleted or not.
async fn own_record(
    db: &impl ConnectionTrait,
    school: SchoolId,
    transfer: &transfers::Model,
) -> Result<Option<students::Model>> {
    let records = records_before(db, transfer.student_id).await?;
    let own = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Column::Id.is_in(records));
    Ok(own.one(db).await?)
}

/// Begins a new time of somebody who has been here before.
async fn back_again(
    tx: &mut Transaction<'_>,
    own: students::Model,
    first_day: NaiveDate,
    today: NaiveDate,
) -> Result<(StudentId, StayId)> {
    let id = own.id;
    let own = match own.deleted_at {
        Some(_) => update_student(tx, &own, students::Model { deleted_at: None, ..own.clone() }).await?,
        None => own,
    };
    let stay = come_back(tx, own, (first_day, StayEntry::Transferred, None), today).await?;
    Ok((id, stay.id))
}

/// The record of a student as it begins here.
async fn copied(
    call: &Call,
    tx: &Transaction<'_>,
    school: SchoolId,
    sent: &students::Model,
    number: Option<&str>,
) -> Result<students::Model> {
    let number = following_number(call, tx.reader(), school, number, &sent.number).await?;
    Ok(students::Model {
        id: StudentId::new(),
        school_id: school,
        number,
        status: StudentStatus::Active,
        expected_on: None,
        last_day: None,
        source_id: None,
        created_at: call.now(),
        deleted_at: None,
        version: 1,
        ..sent.clone()
    })
}

/// Inserts a record with its first time here and the guardians of the record that was sent.
async fn take_in(
    call: &Call,
    tx: &mut Transaction<'_>,
    mut row: students::Model,
    of: &Offered,
    first_day: NaiveDate,
    today: NaiveDate,
) -> Result<(StudentId, StayId)> {
    row.expected_on = Some(first_day).filter(|first| *first > today);
    let student = row.id;
    let stay = stays::Model { entry_kind: StayEntry::Transferred, ..first_stay(&row, first_day) };
    let id = stay.id;
    insert_students(call, tx, row.school_id, vec![row.clone()]).await?;
    tx.insert::<stays::Entity>(stay).await?;
    guardians_come_along(tx, row.school_id, student, &of.student).await?;
    health_comes_along(tx, row.school_id, student, &of.student).await?;
    Ok((student, id))
}

/// Copies the guardians; who is a guardian at this school already, by name and telephone, is this one.
async fn guardians_come_along(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    student: StudentId,
    sent: &students::Model,
) -> Result<()> {
    let ties = guardianships::Entity::find()
        .filter(guardianships::Column::SchoolId.eq(sent.school_id))
        .filter(guardianships::Column::StudentId.eq(sent.id))
        .all(tx.reader())
        .await?;
    for tie in ties {
        let Some(theirs) = guardians::Entity::find_by_id(tie.guardian_id).one(tx.reader()).await? else { continue };
        if theirs.deleted_at.is_some() {
            continue;
        }
        let guardian = match same_guardian(tx.reader(), school, &theirs).await? {
            Some(own) => own,
            None => {
                let id = GuardianId::new();
                let new = guardians::Model { id, school_id: school, source_id: None, version: 1, ..theirs };
                insert_guardians(tx, school, vec![new]).await?;
                id
            }
        };
        let new = guardianships::Model {
            id: GuardianshipId::new(),
            school_id: school,
            student_id: student,
            guardian_id: guardian,
            version: 1,
            ..tie
        };
        tx.insert::<guardianships::Entity>(new).await?;
    }
    Ok(())
}

/// Copies what is to be known of the health, so that nobody has to ask on the first day.
async fn health_comes_along(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    student: StudentId,
    sent: &students::Model,
) -> Result<()> {
    let notes = medical_notes::Entity::find()
        .filter(medical_notes::Column::SchoolId.eq(sent.school_id))
        .filter(medical_notes::Column::StudentId.eq(sent.id))
        .all(tx.reader())
        .await?;
    for note in notes {
        let id = MedicalNoteId::new();
        let new = medical_notes::Model { id, school_id: school, student_id: student, version: 1, ..note };
        tx.insert::<medical_notes::Entity>(new).await?;
    }
    Ok(())
}
