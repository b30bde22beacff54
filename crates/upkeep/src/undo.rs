//! Taking an operation back: all of it or nothing, and only while nothing newer stands on it. It asks the permission that
//! the operation itself asks today, neither more nor less.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{Readers, audit_changes, audit_entries, classes, enrolments, field_values};
use store::ids::{AuditEntryId, ClassId, EnrolmentId, SchoolId, UserId};
use store::{Change, ChangeKind, Reversal, StoreError, Transaction, reverse};
use words::refusals;

use super::acts::{WhyNot, acts, why_not};
use super::rows::Rows;
use super::since::{Since, stands_on};
use super::tables::{self, permit_row};
use super::words::{ActWords, original};
use crate::accounts::{RoleAt, own_access, permit_roles};
use crate::classes::one_homeroom_each;
use crate::people::{may_change_note, permit_value, permit_values, reindex};
use crate::permission::rules::OFFICE;
use crate::schools::permit_creating;
use crate::{Access, Call, Context, Error, ErrorCode, Operation, Reach, Result, Role};

/// Input of [`undo`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Undo {
    pub entry: AuditEntryId,
}

/// What was taken back.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Undone {
    /// By this it is done again.
    pub undo: Option<AuditEntryId>,
    /// What the operation was about.
    pub act: ActWords,
    /// Whether an undo was taken back, so that the operation stands again.
    pub again: bool,
}

/// Takes an operation back. Whoever may do it today may, wherever it was done. Taking back an undo does the operation
/// again. Where it cannot be, `details` of the error is a [`WhyNot`].
pub(super) async fn undo(call: &Call, input: Undo) -> Result<Undone> {
    let db = call.store().reader();
    let entry = audit_entries::Entity::find_by_id(input.entry).one(db).await?;
    let entry = entry.ok_or_else(|| Error::not_found(refusals::gone::change()))?;
    let changes = audit_changes::Entity::find()
        .filter(audit_changes::Column::EntryId.eq(entry.id))
        .order_by_desc(audit_changes::Column::Id)
        .all(db)
        .await?;
    let mut rows = Rows::new(call);
    permit_undo(call, &mut rows, &entry, &changes).await?;
    // What is done again is named as it was done, not as it was taken back.
    let named = original(call, &entry).await?;
    let act = acts(call, &mut rows, vec![named], None, false).await?.pop();
    let act = act.ok_or_else(|| Error::not_found(refusals::gone::change()))?.words;
    if let Some(why) = why_not(call, &mut rows, &entry, None, true).await? {
        return Err(why.refusal());
    }
    let reversals = reversals(call, changes);
    let undone = call
        .transact_undoing(entry.id, async |tx| {
            if let Some(school) = entry.school_id.filter(|_| reversals.iter().any(|of| places_somebody(&of.table))) {
                tx.alone_in_school(school).await?;
            }
            let total = reversals.len();
            let progress = |done| call.job.progress(done, total).map_err(Failure::Told);
            let stopped = reverse(tx, &reversals, progress).await.err();
            // Asked again where nobody else can write to these rows any more.
            match (stopped, stands_on(tx.reader(), entry.id).await) {
                (Some(Failure::Told(error)), _) => return Err(error),
                (None, Ok(None)) => {}
                (None, Ok(Some(_))) => {
                    return Err(Error::new(ErrorCode::CannotUndo, refusals::upkeep::newer_stands()));
                }
                (None, Err(error)) => return Err(error),
                (Some(Failure::Store(error)), _) => return Err(refused(error)),
            }
            let reversed = tx.changes().to_vec();
            one_homeroom_each_after(tx, &reversed).await?;
            reindex(tx, &reversed).await
        })
        .await;
    match undone {
        Ok(((), undo)) => Ok(Undone { undo, act, again: entry.undoes.is_some() }),
        // Who was quicker, or what the rows do not say, is read once nothing is locked any more.
        Err(error) if error.code == ErrorCode::CannotUndo && error.details.is_none() => {
            let why = why_not(call, &mut rows, &entry, None, true).await?.unwrap_or(WhyNot::Otherwise);
            Err(why.refusal())
        }
        Err(error) => Err(error),
    }
}

/// Whether rows of the table say who is in which class.
fn places_somebody(table: &str) -> bool {
    [enrolments::TABLE, classes::TABLE].contains(&table)
}

/// Refuses to put back what would put somebody into two homerooms, as an enrolment that ended before another began.
async fn one_homeroom_each_after(tx: &Transaction<'_>, changes: &[Change]) -> Result<()> {
    let rows = |table: &'static str| changes.iter().filter(move |change| change.table == table);
    let times = rows(enrolments::TABLE).map(|change| EnrolmentId(change.row));
    let times: Vec<EnrolmentId> = times.collect();
    let mut touched: Vec<(SchoolId, ClassId)> =
        rows(classes::TABLE).filter_map(|change| Some((change.school?, ClassId(change.row)))).collect();
    for some in times.chunks(1_000) {
        let found = enrolments::Entity::find()
            .filter(enrolments::Column::Id.is_in(some.iter().copied()))
            .all(tx.reader())
            .await?;
        touched.extend(found.into_iter().map(|row| (row.school_id, row.class_id)));
    }
    touched.sort_unstable();
    touched.dedup();
    for of_school in touched.chunk_by(|a, b| a.0 == b.0) {
        let classes: Vec<ClassId> = of_school.iter().map(|(_, class)| *class).collect();
        let Some((school, _)) = of_school.first() else { continue };
        one_homeroom_each(tx.reader(), *school, &classes).await.map_err(|clash| match clash.fields.first() {
            Some(field) => Error::new(ErrorCode::CannotUndo, field.message.clone())
                .details(serde_json::json!({ "reason": "two_homerooms" })),
            None => clash,
        })?;
    }
    Ok(())
}

/// What is put back, the newest change first. What the audit does not hold (faces, sessions) stays as it is. A new school
/// goes out of sight instead of away, and its district stays: the audit itself names them.
fn reversals(context: &Context, changes: Vec<audit_changes::Model>) -> Vec<Reversal> {
    let makes_school = changes.iter().any(|change| change.table_name == "schools" && change.kind == ChangeKind::Insert);
    let mut list = Vec::with_capacity(changes.len());
    for change in changes {
        let taken_back = store::can_be_put_back(&change.table_name, change.kind, change.before.as_ref());
        if !taken_back || (makes_school && change.table_name == "districts") {
            continue;
        }
        let mut reversal = Reversal {
            table: change.table_name,
            row: change.row_id,
            kind: change.kind,
            before: change.before,
            after: change.after,
        };
        if reversal.table == "schools" && reversal.kind == ChangeKind::Insert {
            reversal.kind = ChangeKind::Update;
            reversal.before = Some(serde_json::json!({ "deleted_at": context.now() }));
            reversal.after = Some(serde_json::json!({ "deleted_at": null }));
        }
        list.push(reversal);
    }
    list
}

enum Failure {
    Store(StoreError),
    Told(Error),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// What the database refuses because of what is there now.
fn refused(error: StoreError) -> Error {
    let in_the_way = match &error {
        StoreError::Stale { .. } | StoreError::Duplicate(_) | StoreError::NotFound(_) => true,
        StoreError::Database(error) => {
            matches!(error.sql_err(), Some(sea_orm::SqlErr::ForeignKeyConstraintViolation(_)))
        }
        _ => false,
    };
    if in_the_way { Error::new(ErrorCode::CannotUndo, refusals::upkeep::cannot_undo()) } else { error.into() }
}

/// Refuses who may not do today what the entry did.
pub(super) async fn permit_undo(
    context: &Context,
    rows: &mut Rows<'_>,
    entry: &audit_entries::Model,
    changes: &[audit_changes::Model],
) -> Result<()> {
    let original = original(context, entry).await?;
    let Some(operation) = context.services.house.operation(&original.operation) else {
        return Err(WhyNot::Otherwise.refusal());
    };
    let access = context.permit(operation)?;
    permit_users(context, &access, rows, changes).await?;
    if changes.iter().any(changes_lock) {
        context.need_password()?;
    }
    if *operation == *crate::schools::operations::create_school {
        for change in changes.iter().filter(|change| change.table_name == "schools") {
            let school = rows.get("schools", change.row_id).await?.unwrap_or_default();
            permit_creating(context, &access, tables::id(&school, "district_id")?.into()).await?;
        }
        return Ok(());
    }
    if NOTES.contains(&operation) {
        permit_notes(context, rows, changes).await?;
    }
    if WITH_VALUES.contains(&operation) {
        permit_own_fields(context, rows, changes).await?;
    }
    let office = Access::by_rule(context.actor()?, OFFICE, context.now());
    let mut whole: Vec<SchoolId> = Vec::new();
    for change in changes {
        if tables::acts_on(&change.table_name).is_some_and(|acts| acts.readers == Readers::Own) {
            // What is nobody else's to read is nobody else's to take back.
            if original.user_id != Some(context.actor()?.user) {
                return Err(Error::forbidden());
            }
            continue;
        }
        if *operation == *crate::people::operations::save_field_values && change.table_name == field_values::TABLE {
            // Each field says for itself who changes it.
            let row = rows.get(field_values::TABLE, change.row_id).await?.unwrap_or_default();
            permit_value(context, &serde_json::from_value(row)?).await?;
            continue;
        }
        if WITH_VALUES.contains(&operation) && change.table_name == field_values::TABLE {
            continue;
        }
        if *operation == *crate::lists::operations::change_field
            && let Some(school) = change.school_id
        {
            // Who may change a field of the school's own for many changes no other field so.
            office.as_ref().map_err(Clone::clone)?.whole_school(school)?;
        }
        let school = match (change.school_id, change.table_name.as_str()) {
            (Some(school), _) => school,
            (None, "schools") => SchoolId(change.row_id),
            // Users and districts above a school: asked for by the operation and by the roles.
            (None, _) => continue,
        };
        if whole.contains(&school) {
            continue;
        }
        let row = rows.get("schools", school.0).await?;
        if row.is_some_and(|row| !row["deleted_at"].is_null()) {
            // A school that was taken back is in nobody's reach; whoever makes schools brings it back.
            context.permit(&crate::schools::operations::create_school)?;
            whole.push(school);
            continue;
        }
        if access.at(school)? == Reach::School {
            whole.push(school);
        } else if tables::acts_on(&change.table_name).is_some() {
            permit_row(&access, rows, school, &change.table_name, change.row_id).await?;
        }
    }
    Ok(())
}

/// What somebody writes that only they and leaders may change.
const NOTES: [&Operation; 4] = [
    &crate::people::operations::save_behaviour_note.operation,
    &crate::people::operations::delete_behaviour_note.operation,
    &crate::people::operations::save_pastoral_note.operation,
    &crate::people::operations::delete_pastoral_note.operation,
];

/// What says beside other things what fields of the school's own hold, or says it of many.
const WITH_VALUES: [&Operation; 5] = [
    &crate::lists::operations::change_field.operation,
    &crate::people::operations::save_student.operation,
    &crate::people::operations::save_staff.operation,
    &crate::exchange::operations::import_apply.operation,
    &crate::exchange::operations::import_set.operation,
];

/// Asks for what fields of the school's own held what changing it asks.
async fn permit_own_fields(context: &Context, rows: &Rows<'_>, changes: &[audit_changes::Model]) -> Result<()> {
    let changes: Vec<_> = changes.iter().filter(|change| change.table_name == field_values::TABLE).collect();
    for some in changes.chunks(1_000) {
        let ids: Vec<_> = some.iter().map(|change| change.row_id).collect();
        let mut now = store::read_rows(rows.db(), field_values::TABLE, &ids).await?;
        let mut values = Vec::with_capacity(some.len());
        for change in some {
            let row = now.remove(&change.row_id).or(change.before.clone()).or(change.after.clone());
            values.push(serde_json::from_value(row.unwrap_or_default())?);
        }
        permit_values(context, &values).await?;
    }
    Ok(())
}

/// Asks for notes what changing them asks.
async fn permit_notes(context: &Context, rows: &mut Rows<'_>, changes: &[audit_changes::Model]) -> Result<()> {
    for change in changes {
        let Some(school) = change.school_id else { continue };
        let row = rows.get(&change.table_name, change.row_id).await?.unwrap_or_default();
        let author = tables::id(&row, "written_by").ok().map(UserId);
        if !may_change_note(context, school, author)? {
            return Err(Error::forbidden());
        }
    }
    Ok(())
}

/// Whether a change is of the time after which screens lock themselves.
fn changes_lock(change: &audit_changes::Model) -> bool {
    let minutes = |row: &Option<serde_json::Value>| row.as_ref()?.get("value")?.get("lockAfterMinutes").cloned();
    change.table_name == "settings" && minutes(&change.before) != minutes(&change.after)
}

/// Asks for users and their roles what saving a user asks.
async fn permit_users(
    context: &Context,
    access: &Access,
    rows: &mut Rows<'_>,
    changes: &[audit_changes::Model],
) -> Result<()> {
    let (mut touched, mut roles, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for change in changes {
        match change.table_name.as_str() {
            "users" => touched.push(UserId(change.row_id)),
            "grants" => {
                let Some(grant) = rows.get("grants", change.row_id).await? else { continue };
                let user = UserId(tables::id(&grant, "user_id")?);
                let Some(role) = grant["role"].as_str().and_then(Role::parse) else { continue };
                let (school, district) = (tables::id(&grant, "school_id").ok(), tables::id(&grant, "district_id").ok());
                roles.push(RoleAt { role, school: school.map(Into::into), district: district.map(Into::into) });
                touched.push(user);
                if change.kind == ChangeKind::Insert {
                    lost.push(user);
                }
            }
            _ => {}
        }
    }
    if touched.is_empty() {
        return Ok(());
    }
    if lost.contains(&context.actor()?.user) {
        return Err(own_access());
    }
    context.need_password()?;
    permit_roles(context, access, &touched, &roles).await
}

impl WhyNot {
    /// The error that carries it.
    pub(super) fn refusal(self) -> Error {
        let details = serde_json::to_value(&self).unwrap_or_default();
        let (message, help) = match &self {
            WhyNot::AlreadyUndone => (refusals::common::undone_already(), None),
            WhyNot::ChangedSince { .. } => {
                (refusals::upkeep::changed_since(), Some(refusals::upkeep::correct_by_hand()))
            }
            WhyNot::UsedSince { .. } => (refusals::upkeep::used_since(), Some(refusals::upkeep::delete_instead())),
            WhyNot::Password => (refusals::upkeep::password_not_kept(), None),
            WhyNot::Consent => (refusals::upkeep::consent_stays(), Some(refusals::upkeep::record_opposite())),
            WhyNot::Faces => (refusals::upkeep::faces_not_kept(), Some(refusals::upkeep::delete_under_faces())),
            WhyNot::Otherwise => (refusals::upkeep::cannot_undo(), None),
        };
        let error = Error::new(ErrorCode::CannotUndo, message).details(details);
        match help {
            Some(help) => error.help(help),
            None => error,
        }
    }

    pub(super) fn since(
        since: Since,
        by: Option<String>,
        later: Option<(chrono::DateTime<chrono::Utc>, ActWords)>,
    ) -> Self {
        let (at, act) = later.unzip();
        match since {
            Since::Changed(_) => WhyNot::ChangedSince { by, at, act },
            Since::Used(_) => WhyNot::UsedSince { by, at, act },
        }
    }
}
