//! Marks and comments of two records that turn out to be of one student: where both have one for the same, somebody says which.

use std::collections::HashMap;

use futures_util::future::BoxFuture;
use kernel::{AskedTwice, HeldTwice, MergeSaid, TwoRecords};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Transaction;
use store::entities::{
    Row, academic_sessions, assessments, classes, courses, marks, report_comments as comments, subjects,
};
use store::ids::{AssessmentId, CourseId, SchoolId, StudentId};
use uuid::Uuid;

use super::mark::Mark;
use crate::{Context, Result};

/// What both records have: marks for one assessment, comments of one kind in one course and term.
pub fn before_merging<'c>(
    _: &'c Context,
    tx: &'c Transaction<'c>,
    two: TwoRecords,
) -> BoxFuture<'c, Result<MergeSaid>> {
    Box::pin(async move {
        let mut twice = marks_twice(tx, two).await?;
        twice.extend(comments_twice(tx, two).await?);
        Ok(MergeSaid { twice, in_the_way: Vec::new() })
    })
}

async fn marks_twice(tx: &Transaction<'_>, two: TwoRecords) -> Result<Vec<HeldTwice>> {
    let own: HashMap<AssessmentId, marks::Model> =
        marks_of(tx, two.school, two.kept).await?.into_iter().map(|mark| (mark.assessment_id, mark)).collect();
    let mut twice = Vec::new();
    for other in marks_of(tx, two.school, two.other).await? {
        let Some(kept) = own.get(&other.assessment_id) else { continue };
        let text = |mark: &marks::Model| Mark::from_stored(mark.state, mark.value).map(Mark::text).unwrap_or_default();
        let (shown, others) = (text(kept), text(&other));
        // A cell that was cleared says nothing; the other one stands.
        let asked = if shown == others || others.is_empty() || shown.is_empty() {
            None
        } else {
            let assessment = assessments::Entity::find_by_id(other.assessment_id).one(tx.reader()).await?;
            let place = match assessment {
                Some(of) => format!("{}, {}", of.title, course_title(tx, of.course_id).await?),
                None => String::new(),
            };
            Some(AskedTwice { place: Some(place), day: None, kept: shown.clone(), other: others.clone() })
        };
        let table = marks::Entity::TABLE;
        let (stands, goes) = filled((kept.id.0, &shown), (other.id.0, &others));
        twice.push(HeldTwice { table, stands, goes, asked });
    }
    Ok(twice)
}

/// The row that stands and the one that goes: what the kept record has, unless that says nothing.
fn filled(kept: (Uuid, &str), other: (Uuid, &str)) -> (Uuid, Uuid) {
    if kept.1.is_empty() && !other.1.is_empty() { (other.0, kept.0) } else { (kept.0, other.0) }
}

async fn marks_of(tx: &Transaction<'_>, school: SchoolId, student: StudentId) -> Result<Vec<marks::Model>> {
    Ok(marks::Entity::find()
        .filter(marks::Column::SchoolId.eq(school))
        .filter(marks::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?)
}

async fn comments_twice(tx: &Transaction<'_>, two: TwoRecords) -> Result<Vec<HeldTwice>> {
    let of = async |student: StudentId| {
        comments::Entity::find()
            .filter(comments::Column::SchoolId.eq(two.school))
            .filter(comments::Column::StudentId.eq(student))
            .all(tx.reader())
            .await
    };
    let own = of(two.kept).await?;
    let mut twice = Vec::new();
    for other in of(two.other).await? {
        let place = |row: &comments::Model| (row.term_id, row.course_id, row.kind);
        let Some(kept) = own.iter().find(|own| place(own) == place(&other)) else { continue };
        let asked = if kept.body == other.body || kept.body.is_empty() || other.body.is_empty() {
            None
        } else {
            let term = academic_sessions::Entity::find_by_id(other.term_id).one(tx.reader()).await?;
            let mut place = term.map(|term| term.title).unwrap_or_default();
            if let Some(course) = other.course_id {
                place = format!("{place}, {}", course_title(tx, course).await?);
            }
            Some(AskedTwice { place: Some(place), day: None, kept: kept.body.clone(), other: other.body.clone() })
        };
        let (stands, goes) = filled((kept.id.0, &kept.body), (other.id.0, &other.body));
        twice.push(HeldTwice { table: comments::Entity::TABLE, stands, goes, asked });
    }
    Ok(twice)
}

/// A course as people call it: its subject and its class.
async fn course_title(tx: &Transaction<'_>, course: CourseId) -> Result<String> {
    let Some(course) = courses::Entity::find_by_id(course).one(tx.reader()).await? else { return Ok(String::new()) };
    let subject = subjects::Entity::find_by_id(course.subject_id).one(tx.reader()).await?;
    let class = classes::Entity::find_by_id(course.class_id).one(tx.reader()).await?;
    let titles = [subject.map(|subject| subject.title), class.map(|class| class.title)];
    Ok(titles.into_iter().flatten().collect::<Vec<_>>().join(" "))
}
