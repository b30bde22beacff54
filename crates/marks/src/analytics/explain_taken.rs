//! Where a result in a subject comes from that is made of several courses: of a student who moved between them.

use std::collections::HashMap;

use ::analytics::Exact;
use store::ids::{ClassId, StudentId};

use super::course_results::Taken;
use crate::gradebook::{ExplainedShare, ExplainedTotal, Grading, explain};

/// What a student's result is made of; of one course alone its total is the result.
pub fn explain_taken(
    taken: &[Taken],
    student: StudentId,
    class_titles: &HashMap<ClassId, String>,
    grading: &Grading,
) -> ExplainedTotal {
    let mut explained = match taken.last() {
        Some((course, _)) => explain(&course.book, student, grading),
        None => return ExplainedTotal::of_nothing(student, grading.rules),
    };
    if taken.len() < 2 {
        return explained;
    }
    let weights: Vec<Option<Exact>> = taken
        .iter()
        .map(|(course, _)| course.book.total(student, grading).map(|total| course.book.weight(&total, student)))
        .collect();
    let all = Exact::sum(weights.iter().flatten().cloned()).nearest();
    explained.shares = taken
        .iter()
        .zip(&weights)
        .map(|((course, _), weight)| {
            let own = explain(&course.book, student, grading);
            ExplainedShare {
                course: course.book.course.id,
                class_title: class_titles.get(&course.book.course.class_id).cloned().unwrap_or_default(),
                percent: own.percent,
                weight: weight.as_ref().filter(|_| all > 0.0).map_or(0.0, |weight| weight.nearest() / all),
                parts: own.parts,
            }
        })
        .collect();
    let percent = taken.last().and_then(|(course, place)| course.totals[*place]);
    explained.parts.clear();
    explained.percent = percent;
    explained.grade = percent.and_then(|percent| grading.grade(percent));
    explained.passed = percent.map(|percent| grading.passes(percent));
    explained
}
