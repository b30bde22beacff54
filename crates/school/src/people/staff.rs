//! Staff: listing, saving, deleting, and what each teaches.

use chrono::NaiveDate;
use exchange::same_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Value};
use serde::{Deserialize, Serialize};
use store::entities::{Contact, FieldAbout, PostalAddress, SoftDeleted, staff};
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, CourseId, CustomFieldId, SchoolId, StaffId, SubjectId};
use words::refusals;

use super::bulk::{insert_staff, update_staff};
use super::contact::{address_after, contacts_after};
use super::fields::{FieldSql, OwnerOfValue, SaveFieldValue, field_in, write_own_values};
use super::names::name_order;
use super::place::tells_reasons;
use super::students::{ClassRef, MOST_AT_ONCE, as_counted};
use super::words::{PersonKind, has_word, placeholders, typed_words};
use crate::Undoable;
use crate::error::Invalid;
use crate::paging::page_size;
use crate::schools::school_day;
use crate::{Access, Call, Context, Error, ErrorCode, Page, Reach, Result, Save, Sort, SortOrder};

/// The longest job title, in characters.
pub const LONGEST_JOB_TITLE: usize = 100;

/// A member of staff, as listed.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffRow {
    pub id: StaffId,
    pub number: Option<String>,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub job_title: Option<String>,
    /// How many courses the person teaches.
    pub courses: i64,
    /// The user name with which the person signs in.
    pub username: Option<String>,
    /// The first day of employment, where it is known.
    pub first_day: Option<NaiveDate>,
    /// The last day of employment, also one that lies ahead.
    pub last_day: Option<NaiveDate>,
    pub deleted: bool,
    pub version: i32,
}

/// Input of [`list_staff`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ListStaff {
    pub school: SchoolId,
    pub search: Option<String>,
    pub deleted: Option<bool>,
    /// Only those who have left instead of those who have not.
    pub left: Option<bool>,
    /// Those who were of the staff on that day instead of today; `left` says nothing then.
    pub as_of: Option<NaiveDate>,
    /// Only those of whom this field of the school's own holds `own_value`.
    pub own_field: Option<CustomFieldId>,
    /// As the field keeps it; nothing where it is left out.
    pub own_value: Option<String>,
    /// Columns: `name` (the default), `number`, `jobTitle`, and `field:` with the identifier of a field of the school's own.
    pub sort: Option<Sort>,
    pub offset: Option<u64>,
    pub limit: Option<u64>,
}

/// A course that somebody teaches.
#[derive(Clone, Debug, FromQueryResult, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TaughtCourse {
    pub course: CourseId,
    pub class: ClassId,
    pub class_title: String,
    pub subject: SubjectId,
    pub subject_title: String,
    pub year: AcademicSessionId,
}

/// A member of staff with what they teach.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffDetails {
    pub staff: StaffRow,
    /// Where letters go: for who reaches the whole school, and the person.
    pub address: Option<PostalAddress>,
    /// Further ways to reach the person, in the order in which they are tried; for the same people.
    pub contacts: Vec<Contact>,
    pub teaches: Vec<TaughtCourse>,
    /// The classes of which the person is class teacher.
    pub class_teacher_of: Vec<ClassRef>,
    pub undo: Option<AuditEntryId>,
}

/// Names a member of staff.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfStaff {
    pub staff: StaffId,
}

/// Input of [`save_staff`]: a new person (no identifier) or a changed one.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SaveStaff {
    pub school: SchoolId,
    #[serde(flatten)]
    #[ts(flatten)]
    pub save: Save<StaffId>,
    pub number: Option<String>,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub job_title: Option<String>,
    /// Left out it stays as it is; empty it is taken away.
    pub address: Option<PostalAddress>,
    /// Further ways to reach the person, in the order in which they are tried; left out they stay as they are.
    pub contacts: Option<Vec<Contact>>,
    /// The first day of employment.
    pub first_day: Option<NaiveDate>,
    /// What fields of the school's own hold of the person; those that are not named stay as they are. What is wrong with one
    /// is said of `ownValues.` and its field.
    pub own_values: Option<Vec<SaveFieldValue>>,
}

/// Input of [`delete_staff`] and [`restore_staff`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct StaffIds {
    pub school: SchoolId,
    /// At most 1,000.
    pub staff: Vec<StaffId>,
}

const COLUMNS: &str = "s.id, s.number, s.given_name, s.family_name, s.native_name, s.email, s.phone, s.job_title, \
    (SELECT count(*) FROM teachings t JOIN courses c ON c.id = t.course_id AND c.deleted_at IS NULL \
     WHERE t.school_id = s.school_id AND t.staff_id = s.id) AS courses, \
    (SELECT min(u.username) FROM users u WHERE u.staff_id = s.id) AS username, \
    s.first_day, s.last_day, (s.deleted_at IS NOT NULL) AS deleted, s.version";

/// The staff whom somebody with a `Taught` reach sees: those who teach the same classes, and the person.
pub(super) async fn colleagues(context: &Context, access: &Access, school: SchoolId) -> Result<Vec<StaffId>> {
    let db = context.store().reader();
    let taught = access.taught_classes(db, school).await?;
    let mut found: Vec<StaffId> = access.staff().into_iter().collect();
    if !taught.is_empty() {
        let list = placeholders(2, taught.len());
        let sql = format!(
            "SELECT t.staff_id FROM teachings t JOIN courses c ON c.id = t.course_id \
             WHERE t.school_id = $1 AND c.deleted_at IS NULL AND c.class_id IN ({list}) \
             UNION SELECT k.homeroom_staff_id FROM classes k \
             WHERE k.school_id = $1 AND k.homeroom_staff_id IS NOT NULL AND k.id IN ({list})"
        );
        let values = std::iter::once(Value::from(school)).chain(taught.iter().map(|class| Value::from(*class)));
        for row in db.query_all_raw(context.store().statement(&sql, values)).await? {
            found.push(row.try_get_by_index(0)?);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The staff that the person may see: one page.
pub(super) async fn list_staff(call: &Call, input: ListStaff) -> Result<Page<StaffRow>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let not = if input.deleted == Some(true) { "NOT " } else { "" };
    let mut filter = format!("s.school_id = $1 AND s.deleted_at IS {not}NULL");
    let mut values = vec![Value::from(input.school)];
    if reach != Reach::School {
        let seen = colleagues(call, access, input.school).await?;
        if seen.is_empty() {
            return Ok(Page { rows: Vec::new(), total: 0 });
        }
        filter.push_str(&format!(" AND s.id IN ({})", placeholders(values.len() + 1, seen.len())));
        values.extend(seen.into_iter().map(Value::from));
    }
    if input.deleted != Some(true) {
        values.push(match input.as_of {
            Some(day) => day.into(),
            None => school_day(call, call.store().reader(), input.school).await?.into(),
        });
        let day = values.len();
        filter.push_str(&match (input.as_of, input.left) {
            (Some(_), _) => format!(
                " AND (s.first_day IS NULL OR s.first_day <= ${day}) AND (s.last_day IS NULL OR s.last_day >= ${day})"
            ),
            (None, Some(true)) => format!(" AND s.last_day < ${day}"),
            (None, _) => format!(" AND (s.last_day IS NULL OR s.last_day >= ${day})"),
        });
    }
    for word in input.search.as_deref().map(typed_words).unwrap_or_default() {
        filter.push_str(&format!(" AND {}", has_word("s.id", PersonKind::Staff, &word, &mut values)));
    }
    if let Some(field) = input.own_field {
        let field = FieldSql::demand(call, input.school, FieldAbout::Staff, field).await?;
        let holds = field.holds(input.own_value.as_deref(), &mut values);
        filter.push_str(&format!(" AND {holds}"));
    }
    let sort = input.sort.unwrap_or(Sort { column: "name".into(), order: SortOrder::Ascending });
    let direction = if sort.order == SortOrder::Descending { "DESC" } else { "ASC" };
    let mut ordering = values.clone();
    let own = match field_in(&sort.column) {
        Some(field) => FieldSql::find(call, input.school, FieldAbout::Staff, field).await?,
        None => None,
    };
    let first = match sort.column.as_str() {
        "name" => String::new(),
        "number" => format!("{}, ", as_counted("coalesce(s.number, '')", direction)),
        "jobTitle" => format!("coalesce(s.job_title, '') {direction}, "),
        _ => match own {
            Some(field) => format!("{}, ", field.order(direction, &mut ordering)),
            None => return Err(Error::field("sort.column", "unknown", refusals::people::staff_sort())),
        },
    };
    let db = call.store().reader();
    let counting = call.store().statement(&format!("SELECT count(*) FROM staff s WHERE {filter}"), values);
    let total: i64 = match db.query_one_raw(counting).await? {
        Some(row) => row.try_get_by_index(0)?,
        None => 0,
    };
    let sort_name = name_order(db, input.school).await?.column();
    let sql = format!(
        "SELECT {COLUMNS} FROM staff s WHERE {filter} ORDER BY {first}s.{sort_name} {direction}, s.id {direction} \
         LIMIT ${} OFFSET ${}",
        ordering.len() + 1,
        ordering.len() + 2
    );
    ordering.push(i64::try_from(page_size(input.limit)).unwrap_or(100).into());
    ordering.push(i64::try_from(input.offset.unwrap_or(0)).unwrap_or(i64::MAX).into());
    let rows = StaffRow::find_by_statement(call.store().statement(&sql, ordering)).all(db).await?;
    Ok(Page { rows, total: u64::try_from(total).unwrap_or(0) })
}

/// One member of staff.
pub(super) async fn staff_member(call: &Call, input: OfStaff) -> Result<StaffDetails> {
    let row = reached_member(call, input.staff).await?;
    details(call, &row, None).await
}

/// A member of staff whom somebody reaches, deleted or not: with a `Taught` reach a colleague, or the person.
pub(super) async fn reached_member(call: &Call, id: StaffId) -> Result<staff::Model> {
    let access = call.access();
    let row = find(call, id).await?;
    if access.at(row.school_id)? != Reach::School && !colleagues(call, access, row.school_id).await?.contains(&row.id) {
        return Err(Error::forbidden());
    }
    Ok(row)
}

async fn find(context: &Context, id: StaffId) -> Result<staff::Model> {
    let found = staff::Entity::find_by_id(id).one(context.store().reader()).await?;
    found.ok_or_else(|| Error::not_found(refusals::gone::member_of_staff()))
}

async fn details(context: &Context, row: &staff::Model, undo: Option<AuditEntryId>) -> Result<StaffDetails> {
    let db = context.store().reader();
    let values = || [Value::from(row.school_id), row.id.into()];
    let sql = format!("SELECT {COLUMNS} FROM staff s WHERE s.school_id = $1 AND s.id = $2");
    let shown = StaffRow::find_by_statement(context.store().statement(&sql, values())).one(db).await?;
    let sql = "SELECT c.id AS course, k.id AS class, k.title AS class_title, b.id AS subject, \
        b.title AS subject_title, k.year_id AS year FROM teachings t \
        JOIN courses c ON c.id = t.course_id JOIN classes k ON k.id = c.class_id JOIN subjects b ON b.id = c.subject_id \
        WHERE t.school_id = $1 AND t.staff_id = $2 AND c.deleted_at IS NULL AND k.deleted_at IS NULL \
        ORDER BY k.sort_title, k.title, b.position";
    let teaches = TaughtCourse::find_by_statement(context.store().statement(sql, values())).all(db).await?;
    let sql = "SELECT k.id, k.title, k.kind FROM classes k WHERE k.school_id = $1 AND k.homeroom_staff_id = $2 \
        AND k.deleted_at IS NULL ORDER BY k.sort_title, k.title";
    let mut class_teacher_of = Vec::new();
    for found in db.query_all_raw(context.store().statement(sql, values())).await? {
        let (id, title) = (found.try_get("", "id")?, found.try_get("", "title")?);
        class_teacher_of.push(ClassRef { id, title, kind: found.try_get("", "kind")? });
    }
    let staff = shown.ok_or_else(|| Error::not_found(refusals::gone::member_of_staff()))?;
    let private = tells_reasons(context, row.school_id)? || context.actor()?.staff == Some(row.id);
    Ok(StaffDetails {
        staff,
        address: row.address.clone().filter(|_| private),
        contacts: row.contacts.clone().filter(|_| private).map_or_else(Vec::new, |contacts| contacts.0),
        teaches,
        class_teacher_of,
        undo,
    })
}

/// Adds a member of staff or changes one.
pub(super) async fn save_staff(call: &Call, input: SaveStaff) -> Result<StaffDetails> {
    let access = call.access();
    access.whole_school(input.school)?;
    let before = match input.save.id() {
        Some(id) => Some(find(call, id).await?),
        None => None,
    };
    if before.as_ref().is_some_and(|before| before.school_id != input.school) {
        return Err(Error::forbidden());
    }
    let mut invalid = Invalid::default();
    let row = staff::Model {
        id: before.as_ref().map_or_else(StaffId::new, |before| before.id),
        school_id: input.school,
        number: invalid.optional("number", input.number.as_deref(), 50),
        given_name: invalid.text("givenName", &input.given_name, 200),
        family_name: invalid.text("familyName", &input.family_name, 200),
        native_name: invalid.optional("nativeName", input.native_name.as_deref(), 300),
        email: invalid.email("email", input.email.as_deref()),
        phone: invalid.phone("phone", input.phone.as_deref()),
        job_title: invalid.optional("jobTitle", input.job_title.as_deref(), LONGEST_JOB_TITLE),
        address: address_after(
            &mut invalid,
            input.address.as_ref(),
            before.as_ref().and_then(|before| before.address.as_ref()),
        ),
        contacts: contacts_after(
            &mut invalid,
            input.contacts.as_deref(),
            before.as_ref().and_then(|before| before.contacts.as_ref()),
        ),
        sort_name: String::new(),
        sort_given: String::new(),
        first_day: input.first_day,
        last_day: before.as_ref().and_then(|before| before.last_day),
        source_id: before.as_ref().and_then(|before| before.source_id.clone()),
        deleted_at: before.as_ref().and_then(|before| before.deleted_at),
        version: 1,
    };
    if row.first_day.zip(row.last_day).is_some_and(|(first, last)| last < first) {
        invalid.push("firstDay", "after_last", refusals::attendance::end_before_start());
    }
    invalid.check()?;
    let (id, undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            if before.as_ref().is_none_or(|before| before.number != row.number) {
                number_is_free(tx.reader(), &row).await?;
            }
            let id = row.id;
            match before {
                None => insert_staff(tx, input.school, vec![row]).await?,
                Some(before) => {
                    let before = staff::Model { version: input.save.seen().unwrap_or(before.version), ..before };
                    update_staff(tx, &before, row).await?;
                }
            }
            let of = (input.school, OwnerOfValue::Staff(id));
            write_own_values(call, tx, of, input.own_values.as_deref()).await?;
            Ok(id)
        })
        .await?;
    details(call, &find(call, id).await?, undo).await
}

/// Refuses a number that somebody else of the staff has, in whatever digits and capitals it is written.
async fn number_is_free(db: &impl ConnectionTrait, row: &staff::Model) -> Result<()> {
    let Some(key) = row.number.as_deref().map(same_key) else { return Ok(()) };
    let others = staff::Entity::find()
        .select_only()
        .column(staff::Column::Number)
        .filter(staff::Column::SchoolId.eq(row.school_id))
        .filter(staff::Entity::existing())
        .filter(staff::Column::Number.is_not_null())
        .filter(staff::Column::Id.ne(row.id));
    let numbers: Vec<String> = others.into_tuple().all(db).await?;
    if numbers.iter().any(|number| same_key(number) == key) {
        return Err(Error {
            code: ErrorCode::Duplicate,
            ..Error::field("number", "taken", refusals::people::staff_number_taken())
        });
    }
    Ok(())
}

/// Deletes staff softly; what they teach stays theirs if they are restored.
pub(super) async fn delete_staff(call: &Call, input: StaffIds) -> Result<Undoable> {
    set_deleted(call, input, true).await
}

/// Restores deleted staff.
pub(super) async fn restore_staff(call: &Call, input: StaffIds) -> Result<Undoable> {
    set_deleted(call, input, false).await
}

async fn set_deleted(call: &Call, input: StaffIds, delete: bool) -> Result<Undoable> {
    call.access().whole_school(input.school)?;
    if input.staff.len() > MOST_AT_ONCE {
        return Err(Error::field("staff", "too_many", refusals::common::at_most_thousand()));
    }
    let ((), undo) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let rows = staff::Entity::find()
                .filter(staff::Column::SchoolId.eq(input.school))
                .filter(staff::Column::Id.is_in(input.staff.iter().copied()))
                .all(tx.reader())
                .await?;
            if input.staff.iter().any(|id| !rows.iter().any(|row| row.id == *id)) {
                return Err(Error::not_found(refusals::gone::member_of_staff()));
            }
            for row in rows.iter().filter(|row| row.deleted_at.is_none() == delete) {
                let after = staff::Model { deleted_at: delete.then(|| call.now()), ..row.clone() };
                update_staff(tx, row, after).await?;
            }
            Ok(())
        })
        .await?;
    Ok(Undoable { undo })
}
