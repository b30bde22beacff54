//! Taking back what an operation changed, row by row, if nobody changed it since.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, IdenStatic, IntoActiveModel, Iterable, ModelTrait, QueryFilter, TryIntoModel,
};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::entities::*;
use crate::transaction::{Change, ChangeKind};
use crate::{StoreError, Transaction};

/// One recorded change that is to be taken back.
#[derive(Clone, Debug)]
pub struct Reversal {
    pub table: String,
    pub row: Uuid,
    pub kind: String,
    pub before: Option<Json>,
    pub after: Option<Json>,
}

macro_rules! by_table {
    ($transaction:expr, $reversal:expr, [$($module:ident),* $(,)?]) => {
        match $reversal.table.as_str() {
            $(<$module::Entity as Row>::TABLE => one::<$module::Entity>($transaction, $reversal).await,)*
            _ => Err(StoreError::NotFound("change that can be undone")),
        }
    };
}

/// Takes one change back: an inserted row goes, changed fields get their former values, a deleted row returns.
/// A row that has changed since is refused as stale.
pub async fn reverse(transaction: &mut Transaction<'_>, reversal: &Reversal) -> Result<(), StoreError> {
    by_table!(
        transaction,
        reversal,
        [
            districts,
            schools,
            academic_sessions,
            settings,
            students,
            guardians,
            guardianships,
            staff,
            grants,
            subjects,
            classes,
            courses,
            teachings,
            enrolments,
            grade_scales,
            categories,
            assessments,
            marks,
            report_comments,
            attendance_codes,
            registers,
            attendance_marks,
            face_rejections,
        ]
    )
}

async fn one<E: Row>(transaction: &mut Transaction<'_>, reversal: &Reversal) -> Result<(), StoreError>
where
    E::ActiveModel: Send + TryIntoModel<E::Model>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let current = E::find().filter(E::id_column().eq(reversal.row)).one(transaction.reader()).await?;
    match (reversal.kind.as_str(), current) {
        ("insert", Some(row)) if row.version() == 1 => transaction.delete::<E>(&row).await,
        ("update", Some(row)) => restore_fields::<E>(transaction, reversal, row).await,
        ("delete", None) => {
            let row: E::Model = serde_json::from_value(reversal.before.clone().unwrap_or_default())?;
            transaction.insert::<E>(row).await.map(|_| ())
        }
        (_, current) => Err(stale::<E>(current.map(serde_json::to_value).transpose()?)),
    }
}

fn stale<E: Row>(current: Option<Json>) -> StoreError {
    StoreError::Stale { table: E::TABLE, seen: 0, current: current.map(Box::new) }
}

async fn restore_fields<E: Row>(
    transaction: &mut Transaction<'_>,
    reversal: &Reversal,
    row: E::Model,
) -> Result<(), StoreError>
where
    E::ActiveModel: Send + TryIntoModel<E::Model>,
    E::Model: IntoActiveModel<E::ActiveModel>,
{
    let (Some(Json::Object(before)), Some(Json::Object(after))) = (&reversal.before, &reversal.after) else {
        return Err(stale::<E>(None));
    };
    let now = serde_json::to_value(&row)?;
    if after.iter().any(|(field, value)| now.get(field) != Some(value)) {
        return Err(stale::<E>(Some(now)));
    }
    // Only the recorded fields are set: what is never written as JSON (hashes, ciphertext) stays as it is.
    let restored: E::Model = match now.clone() {
        Json::Object(mut merged) => {
            merged.extend(before.clone());
            serde_json::from_value(Json::Object(merged))?
        }
        other => serde_json::from_value(other)?,
    };
    let mut fields = <E::ActiveModel as ActiveModelTrait>::default();
    for column in E::Column::iter().filter(|column| before.contains_key(column.as_str())) {
        fields.set(column, restored.get(column));
    }
    fields.set(E::version_column(), (row.version() + 1).into());
    let done = E::update_many()
        .set(fields)
        .filter(E::id_column().eq(reversal.row))
        .filter(E::version_column().eq(row.version()))
        .exec(transaction.reader())
        .await?;
    if done.rows_affected == 0 {
        return Err(stale::<E>(Some(now)));
    }
    transaction.record(Change {
        table: E::TABLE,
        row: reversal.row,
        school: row.school(),
        kind: ChangeKind::Update,
        before: reversal.after.clone(),
        after: reversal.before.clone(),
    });
    Ok(())
}
