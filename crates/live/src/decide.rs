//! A person's word on what a session proposes: confirmed, or corrected. It always wins, and it is remembered.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::face_rejections;
use store::ids::{FaceRejectionId, StudentId};
use uuid::Uuid;
use words::refusals;

use super::pipeline::read_register;
use super::registry::find_session;
use super::session::{LiveSession, Purpose};
use super::state::LiveProposal;
use crate::attendance::place::{Codes, Place};
use crate::attendance::record::{AttendanceCell, AttendanceOutcome, Entry, Writer, lock, write_entries};
use crate::attendance::{MarkSource, OfRegister, RecordedAttendance};
use crate::schools::AttendanceMeaning;
use crate::{Access, Call, Context, Error, Result};
use faces::{CutOut, EvidenceFor, keep_evidence};

/// Input of [`confirm_proposals`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ConfirmProposals {
    pub session: Uuid,
    pub students: Vec<StudentId>,
}

/// Input of [`correct_proposal`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct CorrectProposal {
    pub session: Uuid,
    /// The student who was proposed and is not it.
    pub wrong: Option<StudentId>,
    /// The unsure face that is decided.
    #[ts(type = "number | null")]
    pub track: Option<u64>,
    /// Who it is; none: nobody of the class.
    pub right: Option<StudentId>,
}

/// Writes proposed students into the register: present, or late by when they were first seen. A person's former word stays.
pub(crate) async fn confirm_proposals(call: &Call, input: ConfirmProposals) -> Result<RecordedAttendance> {
    let access = call.access();
    let session = find_session(call, input.session)?;
    let place = register_of(call, access, &session).await?;
    let codes = Codes::load(call.store().reader(), place.school()).await?;
    let proposals = session.proposals(&input.students);
    if proposals.len() < input.students.len() {
        return Err(Error::field("students", "not_proposed", refusals::attendance::not_proposed()));
    }
    let (user, now) = (call.actor()?.user, call.now());
    let (cells, undo) = call
        .transact(async |tx| {
            lock(tx, &place).await?;
            let mut cells = Vec::with_capacity(proposals.len());
            for source in [MarkSource::Camera, MarkSource::Photograph] {
                let of = proposals.iter().filter(|proposal| proposal.source == source);
                let entries = of.map(|proposal| entry(proposal, &codes)).collect::<Result<Vec<_>>>()?;
                cells.extend(write_entries(tx, &place, &codes, &entries, Writer { source, user, now }).await?);
            }
            Ok(cells)
        })
        .await?;
    show_register(&session).await;
    if undo.is_some() {
        keep_faces(call, &session, &place, &cells).await;
    }
    Ok(RecordedAttendance { cells, undo })
}

/// Shows the register as it now is. What was written is kept, so a failure is told and no more.
async fn show_register(session: &LiveSession) {
    if let Err(error) = read_register(session).await {
        session.tell_problem(error);
    }
}

/// Keeps the faces of those who were marked as evidence. The register is right without it, so a failure is told and no more.
async fn keep_faces(call: &Call, session: &LiveSession, place: &Place, cells: &[AttendanceCell]) {
    let saved = cells.iter().filter(|cell| matches!(cell.result, AttendanceOutcome::Saved(_)));
    let faces: Vec<CutOut> = {
        let mut mind = session.mind();
        saved.filter_map(|cell| mind.cut_outs.remove(&cell.student)).collect()
    };
    let of = EvidenceFor { school: place.school(), class: place.class.id, date: place.date, lesson: place.lesson };
    if let Err(error) = keep_evidence(call, of, faces).await {
        tracing::warn!(code = ?error.code, "evidence was not kept");
        session.tell_problem(error);
    }
}

fn entry(proposal: &LiveProposal, codes: &Codes) -> Result<Entry> {
    present_or_late(proposal.student, proposal.minutes_late, codes)
}

/// Present, or late by so many minutes; a school without a code for late has them present.
pub(super) fn present_or_late(student: StudentId, minutes_late: Option<i32>, codes: &Codes) -> Result<Entry> {
    let late = codes.meaning(AttendanceMeaning::Late).map(|code| code.id).ok();
    let minutes_late = minutes_late.filter(|_| late.is_some());
    let code = match minutes_late.and(late) {
        Some(late) => late,
        None => codes.meaning(AttendanceMeaning::Present)?.id,
    };
    Ok(Entry { minutes_late, ..Entry::plain(student, code) })
}

/// A person's word on a face: the student who was proposed is not it, and who it is. The right student is written as
/// present by that person's hand; the wrong one is not proposed again for this register, in whatever session. One undo
/// takes both back.
pub(crate) async fn correct_proposal(call: &Call, input: CorrectProposal) -> Result<RecordedAttendance> {
    let access = call.access();
    let session = find_session(call, input.session)?;
    let place = register_of(call, access, &session).await?;
    let db = call.store().reader();
    let students = place.students(db).await?;
    for (field, student) in [("right", input.right), ("wrong", input.wrong)] {
        if student.is_some_and(|student| !students.iter().any(|of| of.id == student)) {
            return Err(Error::field(field, "not_enrolled", refusals::attendance::not_in_class_on_day()));
        }
    }
    let codes = Codes::load(db, place.school()).await?;
    let (user, now) = (call.actor()?.user, call.now());
    let writer = Writer { source: MarkSource::Hand, user, now };
    let (cells, undo) = call
        .transact(async |tx| {
            lock(tx, &place).await?;
            if let Some(wrong) = input.wrong.filter(|wrong| Some(*wrong) != input.right) {
                reject(tx, &place, wrong, writer).await?;
            }
            match input.right {
                Some(right) => write_right(tx, &place, &codes, right, writer).await,
                None => Ok(Vec::new()),
            }
        })
        .await?;
    if let Some(track) = input.track {
        session.decide(track);
    }
    show_register(&session).await;
    Ok(RecordedAttendance { cells, undo })
}

async fn write_right(
    tx: &mut Transaction<'_>,
    place: &Place,
    codes: &Codes,
    right: StudentId,
    writer: Writer,
) -> Result<Vec<AttendanceCell>> {
    let entries = [Entry::plain(right, codes.meaning(AttendanceMeaning::Present)?.id)];
    write_entries(tx, place, codes, &entries, writer).await
}

/// Remembers that a person said no. The class must be locked.
async fn reject(tx: &mut Transaction<'_>, place: &Place, wrong: StudentId, by: Writer) -> Result<()> {
    let said = face_rejections::Entity::find()
        .filter(face_rejections::Column::SchoolId.eq(place.school()))
        .filter(face_rejections::Column::Date.eq(place.date))
        .filter(face_rejections::Column::Lesson.eq(place.lesson))
        .filter(face_rejections::Column::StudentId.eq(wrong))
        .count(tx.reader())
        .await?;
    if said == 0 {
        let row = face_rejections::Model {
            id: FaceRejectionId::new(),
            school_id: place.school(),
            class_id: place.class.id,
            student_id: wrong,
            date: place.date,
            lesson: place.lesson,
            said_by: Some(by.user),
            said_at: by.now,
            version: 1,
        };
        tx.insert::<face_rejections::Entity>(row).await?;
    }
    Ok(())
}

/// The register of a session, with the person's reach asked again.
pub(super) async fn register_of(context: &Context, access: &Access, session: &LiveSession) -> Result<Place> {
    match &session.purpose {
        Purpose::Register { place, .. } => {
            // On a day without school it was asked when the camera was opened.
            let register = OfRegister {
                class: place.class.id,
                date: place.date,
                lesson: place.lesson,
                even_if_no_school: Some(true),
            };
            Place::find(context, access, &register).await
        }
        _ => Err(Error::field("session", "no_register", refusals::attendance::takes_no_register())),
    }
}
