//! Applying a rollover: in one transaction, again without effect, undone in one step.

use std::collections::HashMap;

use exchange::same_key;
use store::entities::{RolloverOutcome, StayExit, classes, enrolments, students};
use store::ids::{ClassId, EnrolmentId, StudentId};
use words::refusals;

use super::plan::{Draft, enrols, homerooms_of, rows_of};
use super::{RollOver, RolledOver};
use crate::classes::homerooms::one_homeroom_each;
use crate::people::bulk::update_student;
use crate::people::leave_at_the_end;
use crate::schools::school_day;
use crate::{Call, Error, ErrorCode, Result};

/// Puts everybody where the plan says: the classes of the old year are copied into the new one, who goes on is enrolled in
/// the new homeroom from its first day, who leaves or graduates leaves with the last day of the old year.
///
/// # Errors
/// Where nothing is planned for some students and nobody says that it is meant; `details` counts them.
pub(in crate::classes) async fn roll_over(call: &Call, input: RollOver) -> Result<RolledOver> {
    call.access().whole_school(input.school)?;
    let (told, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let today = school_day(call, tx.reader(), input.school).await?;
            let draft = Draft::make(tx.reader(), &input).await?;
            let counts = draft.counts();
            if counts.unresolved > 0 && input.even_if_unresolved != Some(true) {
                return Err(Error::new(ErrorCode::Invalid, refusals::classes::rollover_unresolved(counts.unresolved))
                    .help(refusals::classes::decide_or_say_so())
                    .details(serde_json::json!({ "unresolved": counts.unresolved })));
            }
            let Draft { from, to, copied, students: all, .. } = draft;
            let made = copied.write(tx).await?;
            let homes: HashMap<String, classes::Model> = homerooms_of(tx.reader(), input.school, input.to)
                .await?
                .into_iter()
                .map(|class| (same_key(&class.title), class))
                .collect();
            let total = all.len();
            let going: Vec<StudentId> =
                all.iter().filter(|row| !row.done && row.outcome.is_some()).map(|row| row.student).collect();
            let mut rows = rows_of(tx.reader(), input.school, &going).await?;
            let mut new = Vec::new();
            let mut leaving = Vec::new();
            for (done, row) in all.iter().enumerate() {
                if done.is_multiple_of(500) {
                    call.job.progress(done, total)?;
                }
                let Some(student) = rows.remove(&row.student) else { continue };
                if enrols(row) {
                    let home = row.to.as_deref().and_then(|title| homes.get(&same_key(title)));
                    let home = home.ok_or_else(|| Error::not_found(refusals::gone::class()))?;
                    new.push(enrolment(home, row.student, to.start_date));
                    if home.grade_level.is_some() && home.grade_level != student.grade_level {
                        let after = students::Model { grade_level: home.grade_level.clone(), ..student.clone() };
                        update_student(tx, &student, after).await?;
                    }
                } else {
                    let exit = match row.outcome {
                        Some(RolloverOutcome::Graduates) => StayExit::Graduated,
                        _ => StayExit::Withdrawn,
                    };
                    // Who is to leave already leaves as it was said.
                    if student.last_day.is_none() {
                        leaving.push((student, exit));
                    }
                }
            }
            tx.insert_many::<enrolments::Entity>(new).await?;
            leave_at_the_end(tx, input.school, leaving, from.end_date, today).await?;
            let touched: Vec<ClassId> = homes.values().map(|class| class.id).collect();
            one_homeroom_each(tx.reader(), input.school, &touched).await?;
            Ok(RolledOver { counts, new_classes: made.classes, new_courses: made.courses, undo: None })
        })
        .await?;
    Ok(RolledOver { undo, ..told })
}

fn enrolment(home: &classes::Model, student_id: StudentId, start_date: chrono::NaiveDate) -> enrolments::Model {
    enrolments::Model {
        id: EnrolmentId::new(),
        school_id: home.school_id,
        class_id: home.id,
        student_id,
        start_date,
        end_date: None,
        source_id: None,
        version: 1,
    }
}
