//! The list of guardians, filtered, sorted and paged by the database, and one of them with the children. Who reaches a part of
//! the school sees the guardians of the students in it, and of the children only those.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{
    Contact, FieldAbout, PostalAddress, SoftDeleted, StudentStatus, enrolments, guardians, guardianships, students,
};
use store::ids::{ClassId, CustomFieldId, GuardianId, SchoolId, StudentId};
use words::refusals;

use super::fields::{FieldSql, field_in};
use super::names::name_order;
use super::stays::{on_leave_of, status_on, stays_of, there_on};
use super::students::{ClassRef, titles};
use super::words::{PersonKind, has_word, placeholders, typed_words};
use crate::paging::page_size;
use crate::schools::{current_year, school_day};
use crate::{Call, Error, Page, Reach, Result, Sort, SortOrder};

/// What the list of guardians is narrowed by; what is left out narrows nothing. A guardian is in it by the children who are at
/// the school, or will be, and to whom they have access.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct GuardianFilter {
    /// Only guardians of students of this class.
    pub class: Option<ClassId>,
    /// Only those whose children have all left, instead of those with one who has not.
    pub left: Option<bool>,
    /// Only those who have no access to a child, instead of those who have.
    pub no_access: Option<bool>,
    /// Only those who may collect a child.
    pub may_collect: Option<bool>,
    /// Only those to whom the school writes about a child.
    pub gets_letters: Option<bool>,
    /// Only those of whom no telephone number is known.
    pub without_phone: Option<bool>,
    /// Only those of whom no e-mail address is known.
    pub without_email: Option<bool>,
    /// The guardians of those who were of the school on that day instead of today; `left` says nothing then. What they are to
    /// the children is that of today.
    pub as_of: Option<NaiveDate>,
    /// Only those of whom this field of the school's own holds `own_value`.
    pub own_field: Option<CustomFieldId>,
    /// As the field keeps it; nothing where it is left out.
    pub own_value: Option<String>,
}

/// Input of [`list_guardians`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct ListGuardians {
    pub school: SchoolId,
    /// Beginnings of names, telephone numbers, parts of e-mail addresses; all that is typed must be found.
    pub search: Option<String>,
    #[serde(flatten)]
    #[ts(flatten)]
    pub filter: GuardianFilter,
    /// Columns: `name` (the default), `email`, `language`, and `field:` with the identifier of a field of the school's own.
    pub sort: Option<Sort>,
    pub offset: Option<u64>,
    /// At most 500; 100 where left out.
    pub limit: Option<u64>,
}

/// A child of a guardian, with what of it is theirs.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianChild {
    pub student: StudentId,
    pub number: String,
    pub given_name: String,
    pub family_name: String,
    pub status: StudentStatus,
    /// Whether the child is of the school on the day, or will be.
    pub there: bool,
    /// The classes of the academic year, the homeroom first.
    pub classes: Vec<ClassRef>,
    /// What the guardian is to the child, as `mother`.
    pub relationship: String,
    /// Whom the school calls first about the child.
    pub is_primary: bool,
    pub may_collect: bool,
    pub gets_letters: bool,
    pub no_access: bool,
}

/// A guardian, as listed.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianListRow {
    pub id: GuardianId,
    pub given_name: String,
    pub family_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// Where letters go.
    pub address: Option<PostalAddress>,
    /// Further ways to reach the guardian, in the order in which they are tried.
    pub contacts: Vec<Contact>,
    /// In which language the school writes to the guardian; none where it is not known.
    pub language: Option<String>,
    /// The children at the school whom the person who asks reaches, by name; where the list is of those whose children have
    /// left, all of these. Those to whom the guardian has no access are among them, and say so.
    pub children: Vec<GuardianChild>,
    pub version: i32,
}

/// Names a guardian.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfGuardian {
    pub guardian: GuardianId,
}

/// A guardian with all children whom the person who asks reaches, also those who have left.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct GuardianDetails {
    pub school: SchoolId,
    pub guardian: GuardianListRow,
}

/// The day that a list is of, and how far whoever asks sees it.
struct Seen {
    school: SchoolId,
    today: NaiveDate,
    as_of: Option<NaiveDate>,
    /// The classes by whose students guardians are reached; none: all students are.
    classes: Option<Vec<ClassId>>,
}

impl Seen {
    async fn by(call: &Call, school: SchoolId, as_of: Option<NaiveDate>) -> Result<Self> {
        let db = call.store().reader();
        let classes = match call.access().at(school)? {
            Reach::School => None,
            Reach::Taught => Some(call.access().taught_classes(db, school).await?),
            Reach::Own => return Err(Error::forbidden()),
        };
        Ok(Self { school, today: school_day(call, db, school).await?, as_of, classes })
    }

    fn day(&self) -> NaiveDate {
        self.as_of.unwrap_or(self.today)
    }
}

/// A condition on guardians as SQL: `s` is the guardian, `$1` the school.
struct Narrowed {
    sql: String,
    values: Vec<Value>,
}

impl Narrowed {
    fn value(&mut self, value: impl Into<Value>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    /// Who is in one of these classes on the day or, without `begun`, later; `t` is the student.
    fn in_classes(&mut self, classes: &[ClassId], day: NaiveDate, begun: bool) -> String {
        if classes.is_empty() {
            return " AND 1 = 0".to_owned();
        }
        let day = self.value(day);
        let list = placeholders(self.values.len() + 1, classes.len());
        self.values.extend(classes.iter().map(|class| Value::from(*class)));
        let begun = if begun { format!(" AND e.start_date <= ${day}") } else { String::new() };
        format!(
            " AND t.id IN (SELECT e.student_id FROM enrolments e WHERE e.school_id = $1 AND e.class_id IN ({list}) \
             AND (e.end_date IS NULL OR e.end_date >= ${day}){begun})"
        )
    }

    /// Who is of the school on the day, or will be; `t` is the student.
    fn there(&mut self, seen: &Seen) -> String {
        let day = self.value(seen.day());
        match seen.as_of {
            None => format!(" AND (t.status = 'active' OR t.last_day >= ${day})"),
            Some(_) => format!(" AND {}", there_on("t.id", day)),
        }
    }

    /// Whoever is guardian of a student of whom this holds; `o` is what they are to the student `t`.
    fn guardian_of(condition: &str) -> String {
        format!(
            "EXISTS (SELECT 1 FROM guardianships o JOIN students t ON t.id = o.student_id AND t.deleted_at IS NULL \
             WHERE o.school_id = $1 AND o.guardian_id = s.id{condition})"
        )
    }

    /// What is typed: a piece with an `@` is a part of an e-mail address, all else names and telephone numbers.
    fn words(&mut self, text: &str) {
        let (addresses, rest): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|piece| piece.contains('@'));
        for address in addresses.iter().take(3) {
            let plain = address.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            let part = self.value(format!("%{plain}%"));
            self.sql.push_str(&format!(
                " AND (lower(s.email) LIKE ${part} ESCAPE '\\' \
                 OR lower(CAST(s.contacts AS TEXT)) LIKE ${part} ESCAPE '\\')"
            ));
        }
        for word in typed_words(&rest.join(" ")) {
            let has = has_word("s.id", PersonKind::Guardian, &word, &mut self.values);
            self.sql.push_str(&format!(" AND {has}"));
        }
    }

    fn narrowed(&mut self, by: &GuardianFilter, seen: &Seen) {
        for (without, column) in [(by.without_phone, "phone"), (by.without_email, "email")] {
            if without == Some(true) {
                // What a person typed and took away again is empty.
                self.sql.push_str(&format!(" AND coalesce(s.{column}, '') = ''"));
            }
        }
        let reached = match &seen.classes {
            Some(classes) => self.in_classes(classes, seen.today, false),
            None => String::new(),
        };
        let access = if by.no_access == Some(true) { " AND o.no_access" } else { " AND NOT o.no_access" };
        let mut tie = format!("{access}{reached}");
        if let Some(class) = by.class {
            tie.push_str(&self.in_classes(&[class], seen.day(), seen.as_of.is_some()));
        }
        for (wanted, column) in [(by.may_collect, "may_collect"), (by.gets_letters, "gets_letters")] {
            if wanted == Some(true) {
                tie.push_str(&format!(" AND o.{column}"));
            }
        }
        let there = self.there(seen);
        if by.left == Some(true) && seen.as_of.is_none() {
            let (once, now) = (Self::guardian_of(&tie), Self::guardian_of(&there));
            self.sql.push_str(&format!(" AND {once} AND NOT {now}"));
        } else {
            self.sql.push_str(&format!(" AND {}", Self::guardian_of(&format!("{tie}{there}"))));
        }
    }
}

/// The guardians that the person may see: one page.
pub(super) async fn list_guardians(call: &Call, input: ListGuardians) -> Result<Page<GuardianListRow>> {
    let db = call.store().reader();
    let by = &input.filter;
    let seen = Seen::by(call, input.school, by.as_of).await?;
    if let Some(class) = by.class {
        call.access().class(db, class).await?;
    }
    let mut narrowed = Narrowed {
        sql: "s.school_id = $1 AND s.deleted_at IS NULL".to_owned(),
        values: vec![Value::from(input.school)],
    };
    // What is typed leaves out most, and is asked before all else of each row.
    if let Some(text) = &input.search {
        narrowed.words(text);
    }
    narrowed.narrowed(by, &seen);
    if let Some(field) = by.own_field {
        let field = FieldSql::demand(call, input.school, FieldAbout::Guardian, field).await?;
        let holds = field.holds(by.own_value.as_deref(), &mut narrowed.values);
        narrowed.sql.push_str(&format!(" AND {holds}"));
    }
    let counting = format!("SELECT count(*) FROM guardians s WHERE {}", narrowed.sql);
    let counted = db.query_one_raw(call.store().statement(&counting, narrowed.values.clone())).await?;
    let total: i64 = counted.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
    let rows = page(call, &input, narrowed).await?;
    let mut children = children_of(call, &seen, &rows).await?;
    let left = by.left == Some(true) && by.as_of.is_none();
    let rows = rows.into_iter().map(|row| {
        let mut of_row = children.remove(&row.id).unwrap_or_default();
        of_row.retain(|child| left || child.there);
        listed(row, of_row)
    });
    Ok(Page { rows: rows.collect(), total: u64::try_from(total).unwrap_or(0) })
}

async fn page(call: &Call, input: &ListGuardians, narrowed: Narrowed) -> Result<Vec<guardians::Model>> {
    let Narrowed { sql, mut values } = narrowed;
    let sort = input.sort.clone().unwrap_or(Sort { column: "name".into(), order: SortOrder::Ascending });
    let direction = if sort.order == SortOrder::Descending { "DESC" } else { "ASC" };
    let own = match field_in(&sort.column) {
        Some(field) => FieldSql::find(call, input.school, FieldAbout::Guardian, field).await?,
        None => None,
    };
    let first = match sort.column.as_str() {
        "name" => String::new(),
        "email" => format!("lower(coalesce(s.email, '')) {direction}, "),
        "language" => format!("coalesce(s.language, '') {direction}, "),
        _ => match own {
            Some(field) => format!("{}, ", field.order(direction, &mut values)),
            None => return Err(Error::field("sort.column", "unknown", refusals::people::guardian_sort())),
        },
    };
    let db = call.store().reader();
    let name = name_order(db, input.school).await?.column();
    let sql = format!(
        "SELECT s.* FROM guardians s WHERE {sql} ORDER BY {first}s.{name} {direction}, s.id {direction} \
         LIMIT ${} OFFSET ${}",
        values.len() + 1,
        values.len() + 2
    );
    values.push(i64::try_from(page_size(input.limit)).unwrap_or(100).into());
    values.push(i64::try_from(input.offset.unwrap_or(0)).unwrap_or(i64::MAX).into());
    Ok(guardians::Model::find_by_statement(call.store().statement(&sql, values)).all(db).await?)
}

fn listed(row: guardians::Model, children: Vec<GuardianChild>) -> GuardianListRow {
    GuardianListRow {
        id: row.id,
        given_name: row.given_name,
        family_name: row.family_name,
        email: row.email.filter(|email| !email.is_empty()),
        phone: row.phone.filter(|phone| !phone.is_empty()),
        address: row.address,
        contacts: row.contacts.map_or_else(Vec::new, |contacts| contacts.0),
        language: row.language,
        children,
        version: row.version,
    }
}

/// The children of these guardians, of whom there are at most a page, whom whoever asks reaches: by name.
async fn children_of(
    call: &Call,
    seen: &Seen,
    guardians: &[guardians::Model],
) -> Result<HashMap<GuardianId, Vec<GuardianChild>>> {
    let db = call.store().reader();
    let ties = guardianships::Entity::find()
        .filter(guardianships::Column::SchoolId.eq(seen.school))
        .filter(guardianships::Column::GuardianId.is_in(guardians.iter().map(|guardian| guardian.id)))
        .all(db)
        .await?;
    let mut found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(seen.school))
        .filter(students::Entity::existing())
        .filter(students::Column::Id.is_in(ties.iter().map(|tie| tie.student_id)))
        .all(db)
        .await?;
    if let Some(classes) = &seen.classes {
        let reached = enrolments::Entity::find()
            .filter(enrolments::Column::SchoolId.eq(seen.school))
            .filter(enrolments::Column::ClassId.is_in(classes.iter().copied()))
            .filter(enrolments::Column::StudentId.is_in(found.iter().map(|student| student.id)))
            .filter(enrolments::Column::EndDate.is_null().or(enrolments::Column::EndDate.gte(seen.today)));
        let reached: HashSet<StudentId> = reached.all(db).await?.into_iter().map(|time| time.student_id).collect();
        found.retain(|student| reached.contains(&student.id));
    }
    let order = name_order(db, seen.school).await?;
    found.sort_by(|one, other| {
        let key = |student: &students::Model| match order.of_students() {
            students::Column::SortGiven => student.sort_given.clone(),
            _ => student.sort_name.clone(),
        };
        key(one).cmp(&key(other))
    });
    let ids: Vec<StudentId> = found.iter().map(|student| student.id).collect();
    let day = seen.day();
    let year = current_year(db, seen.school, day).await?;
    let classes = titles(call, seen.school, year, day, seen.as_of.is_some(), &ids).await?;
    let away = on_leave_of(db, seen.school, &ids, day).await?;
    let times = match seen.as_of {
        Some(_) => stays_of(db, seen.school, &ids).await?,
        None => HashMap::new(),
    };
    let mut children: HashMap<GuardianId, Vec<GuardianChild>> = HashMap::new();
    for student in found {
        let there = match (seen.as_of, times.get(&student.id)) {
            (None, _) => student.status == StudentStatus::Active || student.last_day.is_some_and(|last| last >= day),
            (Some(_), None) => false,
            (Some(day), Some(times)) => {
                times.iter().any(|stay| stay.start_date <= day && stay.end_date.is_none_or(|end| end >= day))
            }
        };
        for tie in ties.iter().filter(|tie| tie.student_id == student.id) {
            children.entry(tie.guardian_id).or_default().push(GuardianChild {
                student: student.id,
                number: student.number.clone(),
                given_name: student.given_name.clone(),
                family_name: student.family_name.clone(),
                status: status_on(&student, away.contains(&student.id), day),
                there,
                classes: classes.get(&student.id).cloned().unwrap_or_default(),
                relationship: tie.relationship.clone(),
                is_primary: tie.is_primary,
                may_collect: tie.may_collect,
                gets_letters: tie.gets_letters,
                no_access: tie.no_access,
            });
        }
    }
    Ok(children)
}

/// One guardian with the children, for who reaches one of these.
pub(super) async fn guardian(call: &Call, input: OfGuardian) -> Result<GuardianDetails> {
    let lost = || Error::not_found(refusals::gone::guardian());
    let found = guardians::Entity::find_by_id(input.guardian).filter(guardians::Entity::existing());
    let row = found.one(call.store().reader()).await?.ok_or_else(lost)?;
    let seen = Seen::by(call, row.school_id, None).await?;
    let school = row.school_id;
    let children = children_of(call, &seen, std::slice::from_ref(&row)).await?.remove(&row.id).unwrap_or_default();
    if children.is_empty() && seen.classes.is_some() {
        return Err(Error::forbidden());
    }
    Ok(GuardianDetails { school, guardian: listed(row, children) })
}
