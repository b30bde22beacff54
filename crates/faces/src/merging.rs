//! What is held of a face when two records turn out to be of one student. What is sealed is sealed for its student and
//! cannot be given to another record; and nobody's no may be outweighed by a yes of the other record.

use futures_util::future::BoxFuture;
use kernel::{InTheWay, MergeSaid, TwoRecords};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::Transaction;
use store::entities::{consents, evidence_frames, face_photographs, face_templates};
use store::ids::{SchoolId, StudentId};
use words::refusals;

use super::allowed::objection;
use crate::{Context, Result};

/// Whether the records may become one.
pub fn before_merging<'c>(
    _: &'c Context,
    tx: &'c Transaction<'c>,
    two: TwoRecords,
) -> BoxFuture<'c, Result<MergeSaid>> {
    Box::pin(async move {
        let mut said = MergeSaid::default();
        if is_held(tx, two.school, two.other).await? {
            said.in_the_way.push(InTheWay {
                message: refusals::faces::other_record_enrolled(),
                help: refusals::faces::keep_enrolled_record(),
            });
        }
        let (kept, other) = (agreed(tx, two.school, two.kept).await?, agreed(tx, two.school, two.other).await?);
        if kept.is_some() && other.is_some() && kept != other {
            said.in_the_way.push(InTheWay {
                message: refusals::faces::records_disagree(),
                help: refusals::faces::settle_consent_first(),
            });
        }
        Ok(said)
    })
}

/// Whether anything sealed is held of the student's face.
async fn is_held(tx: &Transaction<'_>, school: SchoolId, student: StudentId) -> Result<bool> {
    macro_rules! any {
        ($($table:ident),*) => {$(
            $table::Entity::find()
                .filter($table::Column::SchoolId.eq(school))
                .filter($table::Column::StudentId.eq(student))
                .count(tx.reader())
                .await? > 0
        )||*};
    }
    Ok(any!(face_templates, face_photographs, evidence_frames))
}

/// What was said last of the student's face: yes or no; none where nobody was asked.
async fn agreed(tx: &Transaction<'_>, school: SchoolId, student: StudentId) -> Result<Option<bool>> {
    if objection(tx.reader(), school, student).await?.is_some() {
        return Ok(Some(false));
    }
    let given = consents::Entity::find()
        .filter(consents::Column::SchoolId.eq(school))
        .filter(consents::Column::StudentId.eq(student))
        .all(tx.reader())
        .await?;
    if given.is_empty() {
        return Ok(None);
    }
    Ok(Some(given.iter().any(|consent| consent.withdrawn_at.is_none())))
}
