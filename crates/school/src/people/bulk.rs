//! Many people at once, in few statements and always with their search words; for imports and the demo school.

use store::Transaction;
use store::entities::{guardians, staff, students};
use store::ids::SchoolId;

pub use super::words::placeholders;
use super::words::{Indexed, index_people, insert_words};
use crate::{Context, Result};

/// People of one step: rows and words of so many are held at a time.
const STEP: usize = 5_000;

/// Inserts new students of one school, without their times at the school.
pub async fn insert_students(
    context: &Context,
    tx: &mut Transaction<'_>,
    school: SchoolId,
    rows: Vec<students::Model>,
) -> Result<()> {
    let total = rows.len();
    for (step, chunk) in rows.chunks(STEP).enumerate() {
        context.job.progress(step * STEP, total)?;
        tx.insert_many::<students::Entity>(chunk.to_vec()).await?;
        insert_words(tx, school, &chunk.iter().map(Indexed::student).collect::<Vec<_>>()).await?;
    }
    Ok(())
}

/// Inserts new guardians of one school.
pub async fn insert_guardians(tx: &mut Transaction<'_>, school: SchoolId, rows: Vec<guardians::Model>) -> Result<()> {
    let words: Vec<Indexed> = rows.iter().map(Indexed::guardian).collect();
    tx.insert_many::<guardians::Entity>(rows).await?;
    insert_words(tx, school, &words).await
}

/// Inserts new staff of one school.
pub async fn insert_staff(tx: &mut Transaction<'_>, school: SchoolId, rows: Vec<staff::Model>) -> Result<()> {
    let words: Vec<Indexed> = rows.iter().map(Indexed::staff).collect();
    tx.insert_many::<staff::Entity>(rows).await?;
    insert_words(tx, school, &words).await
}

/// Changes one student; the row as it now is.
pub async fn update_student(
    tx: &mut Transaction<'_>,
    before: &students::Model,
    after: students::Model,
) -> Result<students::Model> {
    let saved = tx.update::<students::Entity>(before, after).await?;
    index_people(tx, saved.school_id, &[Indexed::student(&saved)]).await?;
    Ok(saved)
}

/// Changes one guardian; the row as it now is.
pub async fn update_guardian(
    tx: &mut Transaction<'_>,
    before: &guardians::Model,
    after: guardians::Model,
) -> Result<guardians::Model> {
    let saved = tx.update::<guardians::Entity>(before, after).await?;
    index_people(tx, saved.school_id, &[Indexed::guardian(&saved)]).await?;
    Ok(saved)
}

/// Changes one member of staff; the row as it now is.
pub async fn update_staff(
    tx: &mut Transaction<'_>,
    before: &staff::Model,
    after: staff::Model,
) -> Result<staff::Model> {
    let saved = tx.update::<staff::Entity>(before, after).await?;
    index_people(tx, saved.school_id, &[Indexed::staff(&saved)]).await?;
    Ok(saved)
}
