//! Deciding otherwise than the rule: for a homeroom, for students, for all whom a list names.

use std::collections::HashMap;

use exchange::{EnrolmentRole, Format, Status, same_key};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{
    AcademicSessionKind, ClassKind, RolloverOutcome, SoftDeleted, academic_sessions, rollover_decisions, students,
};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, RolloverDecisionId, SchoolId, StudentId};
use words::refusals;

use super::{DecideRolloverClass, DecideRolloverStudents, ReadRollover};
use crate::classes::enrolments::class_to_change;
use crate::error::Invalid;
use crate::exchange::list_of_classes;
use crate::people::chosen_students;
use crate::{Call, Error, Result, Undoable};

/// What a list of next year's classes came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RolloverFromFile {
    /// Students for whom it says where they go.
    pub decided: u32,
    /// Numbers of the list that no student of the school has, the first hundred.
    pub unknown: Vec<String>,
    pub undo: Option<AuditEntryId>,
}

/// Whom a decision is about, a homeroom or a student, as its row names them.
type About = (Option<ClassId>, Option<StudentId>);

/// What somebody decides; without an outcome it is left to the rule.
struct Decision {
    about: About,
    outcome: Option<RolloverOutcome>,
    title: Option<String>,
}

/// Decides what becomes of a homeroom of the year that ends.
pub(in crate::classes) async fn decide_rollover_class(call: &Call, input: DecideRolloverClass) -> Result<Undoable> {
    let class = class_to_change(call, call.access(), input.class).await?;
    let mut invalid = Invalid::default();
    if class.kind == ClassKind::Group {
        invalid.push("class", "group", refusals::classes::rollover_of_group());
    }
    if input.outcome == Some(RolloverOutcome::Repeats) {
        invalid.push("outcome", "repeats", refusals::classes::rollover_repeats_students());
    }
    let to = target(&mut invalid, input.outcome, input.title.as_deref());
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(class.school_id).await?;
            year_of(tx.reader(), class.school_id, input.to).await?;
            let held = held(tx.reader(), class.school_id, input.to).await?;
            let decision = Decision { about: (Some(class.id), None), outcome: input.outcome, title: to };
            decide(tx, (class.school_id, input.to), held, vec![decision]).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Decides what becomes of students.
pub(in crate::classes) async fn decide_rollover_students(
    call: &Call,
    input: DecideRolloverStudents,
) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    let mut invalid = Invalid::default();
    let to = target(&mut invalid, input.outcome, input.title.as_deref());
    invalid.check()?;
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            year_of(tx.reader(), input.school, input.to).await?;
            let rows = chosen_students(tx, input.school, &input.students).await?;
            let held = held(tx.reader(), input.school, input.to).await?;
            let decision = |id| Decision { about: (None, Some(id)), outcome: input.outcome, title: to.clone() };
            let wanted = rows.iter().map(|row| decision(row.id)).collect();
            decide(tx, (input.school, input.to), held, wanted).await
        })
        .await?;
    Ok(Undoable { undo })
}

/// Takes a list of students with the classes of the new year as decisions about these students.
pub(in crate::classes) async fn rollover_from_file(call: &Call, input: ReadRollover) -> Result<RolloverFromFile> {
    call.access().whole_school(input.school)?;
    let parsed = list_of_classes(call, &input.uploads).await?;
    if parsed.roster.format != Format::Plain {
        return Err(Error::field("uploads", "no_list", refusals::classes::rollover_wants_list()));
    }
    let rows = parsed.roster.enrolments.iter();
    let titles: HashMap<&str, &str> =
        parsed.roster.classes.iter().map(|class| (class.source_id.as_str(), class.title.as_str())).collect();
    let named: Vec<(String, String)> = rows
        .filter(|row| row.status == Status::Active && row.role == EnrolmentRole::Student)
        .filter_map(|row| Some((same_key(&row.user), (*titles.get(row.class.as_str())?).to_owned())))
        .collect();
    let (mut told, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            year_of(tx.reader(), input.school, input.to).await?;
            let known: HashMap<String, StudentId> = students::Entity::find()
                .filter(students::Column::SchoolId.eq(input.school))
                .filter(students::Entity::existing())
                .all(tx.reader())
                .await?
                .into_iter()
                .map(|row| (same_key(&row.number), row.id))
                .collect();
            let mut told = RolloverFromFile { decided: 0, unknown: Vec::new(), undo: None };
            let mut wanted = Vec::new();
            for (number, title) in named {
                match known.get(&number) {
                    Some(student) => wanted.push(Decision {
                        about: (None, Some(*student)),
                        outcome: Some(RolloverOutcome::Moves),
                        title: Some(title),
                    }),
                    None if told.unknown.len() < 100 => told.unknown.push(number),
                    None => {}
                }
            }
            told.decided = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
            let held = held(tx.reader(), input.school, input.to).await?;
            decide(tx, (input.school, input.to), held, wanted).await?;
            Ok(told)
        })
        .await?;
    told.undo = undo;
    Ok(told)
}

/// The title that goes with an outcome; none where somebody leaves.
fn target(invalid: &mut Invalid, outcome: Option<RolloverOutcome>, title: Option<&str>) -> Option<String> {
    match outcome {
        Some(RolloverOutcome::Moves | RolloverOutcome::Repeats) => {
            Some(invalid.text("title", title.unwrap_or_default(), 100))
        }
        _ => None,
    }
}

/// The year that begins, of this school.
async fn year_of(db: &impl ConnectionTrait, school: SchoolId, year: AcademicSessionId) -> Result<()> {
    let found = academic_sessions::Entity::find_by_id(year)
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Column::Kind.eq(AcademicSessionKind::Year))
        .filter(academic_sessions::Entity::existing())
        .one(db)
        .await?;
    found.map(drop).ok_or_else(|| Error::field("to", "unknown", refusals::classes::unknown_year()))
}

async fn held(
    db: &impl ConnectionTrait,
    school: SchoolId,
    year: AcademicSessionId,
) -> Result<Vec<rollover_decisions::Model>> {
    Ok(rollover_decisions::Entity::find()
        .filter(rollover_decisions::Column::SchoolId.eq(school))
        .filter(rollover_decisions::Column::YearId.eq(year))
        .all(db)
        .await?)
}

/// Writes decisions; of several about the same the last one counts.
async fn decide(
    tx: &mut Transaction<'_>,
    (school, year): (SchoolId, AcademicSessionId),
    held: Vec<rollover_decisions::Model>,
    wanted: Vec<Decision>,
) -> Result<()> {
    let mut held: HashMap<About, rollover_decisions::Model> =
        held.into_iter().map(|row| ((row.class_id, row.student_id), row)).collect();
    let wanted: HashMap<About, Decision> = wanted.into_iter().map(|decision| (decision.about, decision)).collect();
    let (mut new, mut changed, mut gone) = (Vec::new(), Vec::new(), Vec::new());
    for (about, Decision { outcome, title, .. }) in wanted {
        match (held.remove(&about), outcome) {
            (before, None) => gone.extend(before),
            (Some(before), Some(outcome)) => {
                let after = rollover_decisions::Model { outcome, to_title: title, ..before.clone() };
                if after != before {
                    changed.push((before, after));
                }
            }
            (None, Some(outcome)) => new.push(rollover_decisions::Model {
                id: RolloverDecisionId::new(),
                school_id: school,
                year_id: year,
                class_id: about.0,
                student_id: about.1,
                outcome,
                to_title: title,
                version: 1,
            }),
        }
    }
    tx.insert_many::<rollover_decisions::Entity>(new).await?;
    tx.update_many::<rollover_decisions::Entity>(changed).await?;
    tx.delete_many::<rollover_decisions::Entity>(&gone).await?;
    Ok(())
}
