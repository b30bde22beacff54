//! The search that finds people as one types: names in any script, numbers, telephone numbers, guardians.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use serde::{Deserialize, Serialize};
use store::ids::{ClassId, GuardianId, SchoolId, StudentId};
use uuid::Uuid;

use super::hits::{PersonHit, hits};
use super::names::name_order;
use super::spelling::{Typed, in_three, one_letter_off};
use super::staff::colleagues;
use super::typed_dates::typed_dates;
use super::words::{PersonKind, after_prefix, has_word, placeholders, typed_words, ways};
use crate::schools::school_day;
use crate::{Call, Context, Reach, Result};

/// The most people that one search returns.
const MOST: usize = 12;

/// Input of [`search_people`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct SearchPeople {
    pub school: SchoolId,
    /// Beginnings of words, in any order; case and accents do not matter; all must be found of one person. Or a birthday,
    /// alone or beside words.
    pub text: String,
    /// Only people of this kind.
    pub kind: Option<PersonKind>,
}

#[derive(FromQueryResult)]
struct Found {
    person_kind: PersonKind,
    person_id: Uuid,
}

/// Up to 12 people, the best first: of whom all typed words begin a word, then those whose names are written else (two
/// letters for an umlaut, names run together or apart), and where there is nobody at all, those who are one letter away.
/// A date finds who was born on it.
pub(super) async fn search_people(call: &Call, input: SearchPeople) -> Result<Vec<PersonHit>> {
    let access = call.access();
    let reach = access.at(input.school)?;
    let db = call.store().reader();
    let today = school_day(call, db, input.school).await?;
    let among = match reach {
        Reach::School => None,
        Reach::Taught => {
            let taught = access.taught_classes(db, input.school).await?;
            let mut people = taught_people(call, input.school, &taught, today).await?;
            people.extend(colleagues(call, access, input.school).await?.into_iter().map(|staff| staff.0));
            Some(people)
        }
        Reach::Own => Some(Vec::new()),
    };
    if among.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let search = Search { call, school: input.school, kind: input.kind, among };
    let mut found = match typed_dates(&input.text, today) {
        Some((dates, rest)) => search.born_on(&dates, &typed_words(&rest)).await?,
        None => Vec::new(),
    };
    if found.is_empty() {
        found = search.called(typed_words(&input.text)).await?;
    }
    found.truncate(MOST);
    hits(call, access, input.school, today, found).await
}

type Person = (PersonKind, Uuid);

/// Where a search looks.
struct Search<'a> {
    call: &'a Call,
    school: SchoolId,
    kind: Option<PersonKind>,
    /// Only these people; none: everybody of the school.
    among: Option<Vec<Uuid>>,
}

/// Counting stops here: a word with so many people is no good to begin with.
const COUNTED: i64 = 400;

#[derive(FromQueryResult)]
struct WordOf {
    person_id: Uuid,
    word: String,
}

impl Search<'_> {
    /// Who is called so, in each way in which it can be meant until there are enough.
    async fn called(&self, words: Vec<Typed>) -> Result<Vec<Person>> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let together = together(&words);
        let words = self.rarest_first(words).await?;
        let plain: Vec<Typed> = words.iter().map(|typed| Typed::plain(typed.word.clone())).collect();
        let found = self.find(&plain).await?;
        let mut found = self.best_first(found, &plain).await?;
        if found.len() < MOST {
            let spelled = self.of_stored_parts(words.clone()).await?;
            for way in std::iter::once(spelled).chain(together) {
                add(&mut found, self.find(&way).await?);
            }
        }
        if found.is_empty() {
            let three = words.iter().map(|typed| Typed { apart: in_three(&typed.word), ..typed.clone() });
            let three = self.of_stored_parts(three.collect()).await?;
            found = self.find(&three).await?;
        }
        if found.is_empty() {
            let near = self.one_letter_off(words).await?;
            found = self.find(&near).await?;
        }
        Ok(found)
    }

    /// The words with only those ways of taking them apart in which all whole parts are somebody's words.
    async fn of_stored_parts(&self, words: Vec<Typed>) -> Result<Vec<Typed>> {
        let whole = |parts: &Vec<String>| parts[..parts.len() - 1].to_vec();
        let parts = words.iter().flat_map(|typed| typed.apart.iter().flat_map(whole)).collect();
        let stored = self.stored(parts).await?;
        let keep = |mut typed: Typed| {
            typed.apart.retain(|parts| parts[..parts.len() - 1].iter().all(|part| stored.contains(part)));
            typed
        };
        Ok(words.into_iter().map(keep).collect())
    }

    /// Which of these words anybody has.
    async fn stored(&self, mut words: Vec<String>) -> Result<HashSet<String>> {
        words.sort_unstable();
        words.dedup();
        if words.is_empty() {
            return Ok(HashSet::new());
        }
        // Not by numbered placeholders: SQLite looks each of those up among all others.
        let mut select = Query::select();
        select.distinct().column("word").from("search_words");
        select.and_where(Expr::col("school_id").eq(self.school.0)).and_where(Expr::col("word").is_in(words));
        let rows = self.call.store().reader().query_all(&select).await?;
        Ok(rows.iter().map(|row| row.try_get_by_index(0)).collect::<std::result::Result<_, _>>()?)
    }

    /// Puts the word first that the fewest people have, so that the search walks a short range of the index.
    async fn rarest_first(&self, words: Vec<Typed>) -> Result<Vec<Typed>> {
        if words.len() == 1 {
            return Ok(words);
        }
        let mut counted = Vec::with_capacity(words.len());
        for (place, typed) in words.into_iter().enumerate() {
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE school_id = $1 AND word >= $2 AND word < $3 \
                 LIMIT {COUNTED}) AS few"
            );
            let values = [Value::from(self.school), typed.word.as_str().into(), after_prefix(&typed.word).into()];
            let statement = self.call.store().statement(&sql, values);
            let row = self.call.store().reader().query_one_raw(statement).await?;
            let count: i64 = row.map(|row| row.try_get_by_index(0)).transpose()?.unwrap_or(0);
            counted.push((count, Reverse(typed.word.chars().count()), place, typed));
        }
        counted.sort_by_key(|(count, length, place, _)| (*count, *length, *place));
        Ok(counted.into_iter().map(|(.., typed)| typed).collect())
    }

    /// Walks the index from the first word's beginning, so whole words come before longer ones; each way of writing it is
    /// a walk of its own.
    async fn find(&self, words: &[Typed]) -> Result<Vec<Person>> {
        let Some((first, others)) = words.split_first() else { return Ok(Vec::new()) };
        let mut values = vec![Value::from(self.school)];
        let first = ways(first, "w", &mut values);
        let mut also = String::new();
        for typed in others {
            let is_so = ways(typed, "o", &mut values).join(" OR ");
            also.push_str(&format!(
                " AND EXISTS (SELECT 1 FROM search_words o WHERE o.school_id = $1 AND o.person_id = w.person_id \
                 AND ({is_so}))"
            ));
        }
        if let Some(kind) = self.kind {
            values.push(kind.name().into());
            also.push_str(&format!(" AND w.person_kind = ${}", values.len()));
        }
        self.only_among("w.person_id", &mut also, &mut values);
        let walk = |way: &String| {
            // A person may have several words with this beginning.
            format!(
                "SELECT * FROM (SELECT w.person_kind, w.person_id FROM search_words w WHERE w.school_id = $1 AND {way}{also} \
                 ORDER BY w.word LIMIT {}) AS way",
                MOST * 4
            )
        };
        let walks: Vec<String> = first.iter().map(walk).collect();
        let statement = self.call.store().statement(&walks.join(" UNION ALL "), values);
        let mut found: Vec<Person> = Vec::new();
        for row in Found::find_by_statement(statement).all(self.call.store().reader()).await? {
            add(&mut found, vec![(row.person_kind, row.person_id)]);
        }
        Ok(found)
    }

    fn only_among(&self, id: &str, sql: &mut String, values: &mut Vec<Value>) {
        if let Some(among) = &self.among {
            sql.push_str(&format!(" AND {id} IN ({})", placeholders(values.len() + 1, among.len())));
            values.extend(among.iter().map(|id| Value::from(*id)));
        }
    }

    /// Who has more of the typed words whole comes first; then students, staff, guardians; then as they were found.
    async fn best_first(&self, mut found: Vec<Person>, words: &[Typed]) -> Result<Vec<Person>> {
        if found.len() < 2 {
            return Ok(found);
        }
        let sql = format!(
            "SELECT person_id, word FROM search_words WHERE school_id = $1 AND person_id IN ({})",
            placeholders(2, found.len())
        );
        let values = std::iter::once(Value::from(self.school)).chain(found.iter().map(|(_, id)| Value::from(*id)));
        let statement = self.call.store().statement(&sql, values);
        let rows = WordOf::find_by_statement(statement).all(self.call.store().reader()).await?;
        let mut whole: HashMap<Uuid, usize> = HashMap::new();
        for row in rows.iter().filter(|row| words.iter().any(|typed| typed.word == row.word)) {
            *whole.entry(row.person_id).or_default() += 1;
        }
        let kind = |kind| match kind {
            PersonKind::Student => 0,
            PersonKind::Staff => 1,
            PersonKind::Guardian => 2,
        };
        found.sort_by_key(|(of, id)| (Reverse(whole.get(id).copied().unwrap_or(0)), kind(*of)));
        Ok(found)
    }

    /// The words with those stored ones that are one letter away; a word that is stored itself keeps its meaning too.
    async fn one_letter_off(&self, words: Vec<Typed>) -> Result<Vec<Typed>> {
        let mut near = Vec::with_capacity(words.len());
        for typed in words {
            let mut others: Vec<String> = self.stored(one_letter_off(&typed.word)).await?.into_iter().collect();
            others.sort_unstable();
            near.push(Typed { word: typed.word, others, apart: Vec::new() });
        }
        Ok(near)
    }

    /// The students who were born on one of these days and are called so, by name.
    async fn born_on(&self, dates: &[NaiveDate], words: &[Typed]) -> Result<Vec<Person>> {
        if self.kind.is_some_and(|kind| kind != PersonKind::Student) {
            return Ok(Vec::new());
        }
        let mut values = vec![Value::from(self.school)];
        let mut sql = format!(
            "SELECT 'student' AS person_kind, s.id AS person_id FROM students s \
             WHERE s.school_id = $1 AND s.deleted_at IS NULL AND s.birth_date IN ({})",
            placeholders(2, dates.len())
        );
        values.extend(dates.iter().map(|date| Value::from(*date)));
        for typed in words {
            sql.push_str(&format!(" AND {}", has_word("s.id", PersonKind::Student, typed, &mut values)));
        }
        self.only_among("s.id", &mut sql, &mut values);
        let order = name_order(self.call.store().reader(), self.school).await?;
        // Few are born on a day: found by it and then sorted, rather than sought through all in their order.
        sql.push_str(&format!(" ORDER BY coalesce(s.{}, ''), s.id LIMIT {MOST}", order.column()));
        let statement = self.call.store().statement(&sql, values);
        let rows = Found::find_by_statement(statement).all(self.call.store().reader()).await?;
        Ok(rows.into_iter().map(|row| (PersonKind::Student, row.person_id)).collect())
    }
}

/// Adds whom it does not hold yet.
fn add(found: &mut Vec<Person>, more: Vec<Person>) {
    for person in more {
        if !found.contains(&person) {
            found.push(person);
        }
    }
}

/// The words as they would be with two neighbours, or all of them, run together.
fn together(words: &[Typed]) -> Vec<Vec<Typed>> {
    let typed: Vec<&str> = words.iter().map(|typed| typed.word.as_str()).collect();
    let mut ways: Vec<Vec<String>> = Vec::new();
    for at in 1..typed.len() {
        let mut way: Vec<String> = typed.iter().map(|word| (*word).to_owned()).collect();
        let second = way.remove(at);
        way[at - 1].push_str(&second);
        ways.push(way);
    }
    if typed.len() > 2 {
        ways.push(vec![typed.concat()]);
    }
    ways.into_iter().map(|way| way.into_iter().map(Typed::plain).collect()).collect()
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
