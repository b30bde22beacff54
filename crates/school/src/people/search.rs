//! The search that finds people as one types: names in any script, numbers, telephone numbers, guardians.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Value};
use serde::{Deserialize, Serialize};
use store::entities::{guardians, staff, students};
use store::ids::{ClassId, GuardianId, SchoolId, StaffId, StudentId};
use uuid::Uuid;

use super::names::{full_name, name_order};
use super::staff::colleagues;
use super::students::titles_of;
use super::words::{PersonKind, after_prefix, placeholders, typed_words};
use crate::schools::{current_year, school_day};
use crate::{Access, Context, Operation, Reach, Result};

/// The most people that one search returns.
const MOST: usize = 12;

/// Input of [`search_people`].
#[derive(Clone, Debug, Deserialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SearchPeople {
    pub school: SchoolId,
    /// Beginnings of words; case and accents do not matter; all must be found of one person.
    pub text: String,
    /// Only people of this kind.
    pub kind: Option<PersonKind>,
}

/// Somebody who was found.
#[derive(Clone, Debug, PartialEq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct PersonHit {
    pub kind: PersonKind,
    pub id: Uuid,
    pub given_name: String,
    pub family_name: String,
    pub native_name: Option<String>,
    pub number: Option<String>,
    pub phone: Option<String>,
    /// A student's classes, a member of staff's job; for a guardian the students' names.
    pub detail: String,
    /// For a guardian: the students. For a student: the student.
    pub students: Vec<StudentId>,
}

#[derive(FromQueryResult)]
struct Found {
    person_kind: String,
    person_id: Uuid,
}

/// Up to 12 people of whom all typed words begin a word.
pub async fn search_people(context: &Context, input: SearchPeople) -> Result<Vec<PersonHit>> {
    let access = context.permit(Operation::search_people)?;
    let reach = access.at(input.school)?;
    let words = typed_words(&input.text);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let db = context.store().reader();
    let today = school_day(context, db, input.school).await?;
    let found = match reach {
        Reach::School => {
            let words = rarest_first(context, input.school, words).await?;
            find(context, input.school, &words, input.kind, None).await?
        }
        Reach::Taught => {
            let taught = access.taught_classes(db, input.school).await?;
            let mut people = taught_people(context, input.school, &taught, today).await?;
            people.extend(colleagues(context, &access, input.school).await?.into_iter().map(|staff| staff.0));
            find(context, input.school, &words, input.kind, Some(&people)).await?
        }
        Reach::Own => Vec::new(),
    };
    hits(context, &access, input.school, today, found).await
}

/// Counting stops here: a word with so many people is no good to begin with.
const COUNTED: i64 = 400;

/// Puts the word first that the fewest people have, so that the search walks a short range of the index.
async fn rarest_first(context: &Context, school: SchoolId, words: Vec<String>) -> Result<Vec<String>> {
    if words.len() == 1 {
        return Ok(words);
    }
    let mut counted = Vec::with_capacity(words.len());
    for word in words {
        let sql = format!(
            "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE school_id = $1 AND word >= $2 AND word < $3 \
             LIMIT {COUNTED}) AS few"
        );
        let values = [Value::from(school), word.as_str().into(), after_prefix(&word).into()];
        let row = context.store().reader().query_one_raw(context.store().statement(&sql, values)).await?;
        let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
        counted.push((count, std::cmp::Reverse(word.chars().count()), word));
    }
    counted.sort();
    Ok(counted.into_iter().map(|(_, _, word)| word).collect())
}

/// Walks the index from the first word's beginning, so whole words come before longer ones.
async fn find(
    context: &Context,
    school: SchoolId,
    words: &[String],
    kind: Option<PersonKind>,
    among: Option<&[Uuid]>,
) -> Result<Vec<(PersonKind, Uuid)>> {
    if among.is_some_and(<[Uuid]>::is_empty) {
        return Ok(Vec::new());
    }
    let mut sql = String::from("SELECT w.person_kind, w.person_id FROM search_words w WHERE w.school_id = $1");
    let mut values = vec![Value::from(school)];
    for (i, word) in words.iter().enumerate() {
        let (from, to) = (values.len() + 1, values.len() + 2);
        values.extend([Value::from(word.as_str()), after_prefix(word).into()]);
        if i == 0 {
            sql.push_str(&format!(" AND w.word >= ${from} AND w.word < ${to}"));
        } else {
            sql.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM search_words o WHERE o.school_id = $1 AND o.person_id = w.person_id \
                 AND o.word >= ${from} AND o.word < ${to})"
            ));
        }
    }
    if let Some(kind) = kind {
        values.push(kind.name().into());
        sql.push_str(&format!(" AND w.person_kind = ${}", values.len()));
    }
    if let Some(among) = among {
        sql.push_str(&format!(" AND w.person_id IN ({})", placeholders(values.len() + 1, among.len())));
        values.extend(among.iter().map(|id| Value::from(*id)));
    }
    // A person may have several words with this beginning.
    sql.push_str(&format!(" ORDER BY w.word LIMIT {}", MOST * 4));
    let statement = context.store().statement(&sql, values);
    let mut found: Vec<(PersonKind, Uuid)> = Vec::new();
    for row in Found::find_by_statement(statement).all(context.store().reader()).await? {
        let Some(kind) = PersonKind::parse(&row.person_kind) else { continue };
        if !found.contains(&(kind, row.person_id)) {
            found.push((kind, row.person_id));
        }
    }
    found.truncate(MOST);
    Ok(found)
}

#[derive(FromQueryResult)]
struct Taught {
    student_id: StudentId,
    guardian_id: Option<GuardianId>,
}

/// The students of these classes and their guardians.
async fn taught_people(
    context: &Context,
    school: SchoolId,
    classes: &[ClassId],
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT e.student_id, g.guardian_id FROM enrolments e \
         LEFT JOIN guardianships g ON g.school_id = e.school_id AND g.student_id = e.student_id \
         WHERE e.school_id = $1 AND (e.end_date IS NULL OR e.end_date >= $2) AND e.class_id IN ({})",
        placeholders(3, classes.len())
    );
    let values = [Value::from(school), today.into()].into_iter();
    let statement = context.store().statement(&sql, values.chain(classes.iter().map(|class| Value::from(*class))));
    let rows = Taught::find_by_statement(statement).all(context.store().reader()).await?;
    let mut people: Vec<Uuid> = Vec::with_capacity(rows.len() * 2);
    for row in rows {
        people.push(row.student_id.0);
        people.extend(row.guardian_id.map(|guardian| guardian.0));
    }
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

#[derive(FromQueryResult)]
struct Child {
    guardian_id: GuardianId,
    id: StudentId,
    given_name: String,
    family_name: String,
}

async fn hits(
    context: &Context,
    access: &Access,
    school: SchoolId,
    today: NaiveDate,
    found: Vec<(PersonKind, Uuid)>,
) -> Result<Vec<PersonHit>> {
    let db = context.store().reader();
    let of = |kind: PersonKind| found.iter().filter(move |(of, _)| *of == kind).map(|(_, id)| *id).collect::<Vec<_>>();
    let mut hits: HashMap<Uuid, PersonHit> = HashMap::new();
    let student_ids: Vec<StudentId> = of(PersonKind::Student).into_iter().map(StudentId).collect();
    if !student_ids.is_empty() {
        let year = current_year(db, school, today).await?;
        let mut classes = titles_of(context, school, year, today, &student_ids).await?;
        for row in students::Entity::find().filter(students::Column::Id.is_in(student_ids)).all(db).await? {
            let titles: Vec<String> =
                classes.remove(&row.id).unwrap_or_default().into_iter().map(|class| class.title).collect();
            hits.insert(
                row.id.0,
                PersonHit {
                    kind: PersonKind::Student,
                    id: row.id.0,
                    given_name: row.given_name,
                    family_name: row.family_name,
                    native_name: row.native_name,
                    number: Some(row.number),
                    phone: row.phone,
                    detail: titles.join(", "),
                    students: vec![row.id],
                },
            );
        }
    }
    let staff_ids: Vec<StaffId> = of(PersonKind::Staff).into_iter().map(StaffId).collect();
    if !staff_ids.is_empty() {
        for row in staff::Entity::find().filter(staff::Column::Id.is_in(staff_ids)).all(db).await? {
            hits.insert(
                row.id.0,
                PersonHit {
                    kind: PersonKind::Staff,
                    id: row.id.0,
                    given_name: row.given_name,
                    family_name: row.family_name,
                    native_name: row.native_name,
                    number: row.number,
                    phone: row.phone,
                    detail: row.job_title.unwrap_or_default(),
                    students: Vec::new(),
                },
            );
        }
    }
    let guardian_ids: Vec<GuardianId> = of(PersonKind::Guardian).into_iter().map(GuardianId).collect();
    if !guardian_ids.is_empty() {
        guardian_hits(context, access, school, guardian_ids, &mut hits).await?;
    }
    Ok(found.into_iter().filter_map(|(_, id)| hits.remove(&id)).collect())
}

async fn guardian_hits(
    context: &Context,
    access: &Access,
    school: SchoolId,
    ids: Vec<GuardianId>,
    hits: &mut HashMap<Uuid, PersonHit>,
) -> Result<()> {
    let db = context.store().reader();
    let sql = format!(
        "SELECT o.guardian_id, s.id, s.given_name, s.family_name FROM guardianships o \
         JOIN students s ON s.id = o.student_id \
         WHERE o.school_id = $1 AND s.deleted_at IS NULL AND o.guardian_id IN ({}) ORDER BY s.{}",
        placeholders(2, ids.len()),
        name_order(db, school).await?.column()
    );
    let values = std::iter::once(Value::from(school)).chain(ids.iter().map(|id| Value::from(*id)));
    let mut children = Child::find_by_statement(context.store().statement(&sql, values)).all(db).await?;
    if access.at(school)? != Reach::School {
        let mut reached = Vec::new();
        for child in children {
            if access.student(db, child.id).await.is_ok() {
                reached.push(child);
            }
        }
        children = reached;
    }
    for row in guardians::Entity::find().filter(guardians::Column::Id.is_in(ids)).all(db).await? {
        let own: Vec<&Child> = children.iter().filter(|child| child.guardian_id == row.id).collect();
        let names: Vec<String> = own.iter().map(|c| full_name(&c.given_name, &c.family_name)).collect();
        hits.insert(
            row.id.0,
            PersonHit {
                kind: PersonKind::Guardian,
                id: row.id.0,
                given_name: row.given_name,
                family_name: row.family_name,
                native_name: None,
                number: None,
                phone: row.phone,
                detail: names.join(", "),
                students: own.iter().map(|child| child.id).collect(),
            },
        );
    }
    Ok(())
}
