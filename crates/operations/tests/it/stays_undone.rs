//! Whatever an office does to the times of its students: nobody is in two homerooms on a day, nor in a class while not of
//! the school; the roster of a day is what the history says; and all of it taken back leaves every row as it was.

use std::collections::BTreeMap;

use chrono::{Duration, NaiveDate};
use kernel::{ErrorCode, Result};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use school::classes::*;
use school::people::*;
use sea_orm::{EntityTrait, QueryFilter};
use store::entities::*;
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::rollover::next_year;
use crate::roster::{Roster, new_class, new_group, new_student};
use crate::world::{World, date};

/// Acts of a sequence.
const ACTS: usize = 60;

/// Every row that the acts may change, without its version.
async fn rows(world: &World) -> BTreeMap<String, serde_json::Value> {
    let db = world.services.store.reader();
    let mut found = BTreeMap::new();
    macro_rules! all {
        ($($table:ident),*) => {$(
            for row in $table::Entity::find().all(db).await.unwrap() {
                let mut json = serde_json::to_value(&row).unwrap();
                json.as_object_mut().unwrap().remove("version");
                found.insert(format!("{} {}", $table::TABLE, row.id), json);
            }
        )*};
    }
    all!(students, stays, leaves, enrolments, exemptions, classes, courses, teachings, rollover_decisions);
    found
}

/// Who was there on some days, by the lists and by the rows themselves.
pub async fn lists_agree(world: &World, year: AcademicSessionId) {
    let (office, db) = (&world.administrator, world.services.store.reader());
    let stays = stays::Entity::find().all(db).await.unwrap();
    let times = enrolments::Entity::find().all(db).await.unwrap();
    let existing: Vec<StudentId> = students::Entity::find()
        .filter(students::Entity::existing())
        .all(db)
        .await
        .unwrap()
        .iter()
        .map(|row| row.id)
        .collect();
    for day in ["2026-09-01", "2026-10-10", "2026-10-14", "2026-11-20", "2027-07-15"].map(date) {
        let holds = |start: NaiveDate, end: Option<NaiveDate>| start <= day && end.is_none_or(|end| end >= day);
        let filter = StudentFilter { as_of: Some(day), ..StudentFilter::default() };
        let input = ListStudents { filter, limit: Some(500), ..ListStudents::of(world.school) };
        let page = list_students(office, input).await.unwrap();
        let mut listed: Vec<StudentId> = page.rows.iter().map(|row| row.id).collect();
        let mut there: Vec<StudentId> =
            stays.iter().filter(|stay| holds(stay.start_date, stay.end_date)).map(|stay| stay.student_id).collect();
        there.retain(|id| existing.contains(id));
        listed.sort();
        there.sort();
        assert_eq!(listed, there, "{day}");
        let counts =
            ListClasses { as_of: Some(day), school: world.school, year: Some(year), kind: None, deleted: None };
        for row in list_classes(office, counts).await.unwrap() {
            let own = times.iter().filter(|time| time.class_id == row.id && holds(time.start_date, time.end_date));
            assert_eq!(row.students, own.count() as i64, "{} on {day}", row.title);
        }
    }
}

/// What holds of the rows after every act.
pub async fn holds(world: &World) {
    let db = world.services.store.reader();
    let days: BTreeMap<AcademicSessionId, NaiveDate> =
        academic_sessions::Entity::find().all(db).await.unwrap().iter().map(|year| (year.id, year.end_date)).collect();
    let classes: BTreeMap<ClassId, classes::Model> =
        classes::Entity::find().all(db).await.unwrap().into_iter().map(|class| (class.id, class)).collect();
    let far = NaiveDate::MAX;
    let meet = |a: (NaiveDate, NaiveDate), b: (NaiveDate, NaiveDate)| a.0 <= b.1 && b.0 <= a.1;
    let all = enrolments::Entity::find().all(db).await.unwrap();
    let stays = stays::Entity::find().all(db).await.unwrap();
    // A record that went into another one has given its times to that one.
    for row in students::Entity::find().filter(students::Entity::existing()).all(db).await.unwrap() {
        let own: Vec<_> = stays.iter().filter(|stay| stay.student_id == row.id).collect();
        let of = |stay: &stays::Model| (stay.start_date, stay.end_date.unwrap_or(far));
        for (i, stay) in own.iter().enumerate() {
            assert!(own[..i].iter().all(|other| !meet(of(stay), of(other))), "{} is there twice", row.given_name);
            assert_eq!(stay.end_date.is_some(), stay.exit_kind.is_some());
        }
        let latest = own.iter().max_by_key(|stay| stay.start_date).unwrap();
        assert_eq!(row.last_day, latest.end_date, "{}", row.given_name);
        let times: Vec<_> = all.iter().filter(|time| time.student_id == row.id).collect();
        // A time without an end goes on until the year of its class is over.
        let span = |time: &enrolments::Model| {
            (time.start_date, time.end_date.unwrap_or(days[&classes[&time.class_id].year_id]))
        };
        for (i, time) in times.iter().enumerate() {
            let inside = own.iter().any(|stay| stay.start_date <= span(time).0 && of(stay).1 >= span(time).1);
            assert!(inside, "{} is in {} and not there", row.given_name, classes[&time.class_id].title);
            let homeroom = |time: &enrolments::Model| classes[&time.class_id].kind == ClassKind::Homeroom;
            let twice = times[..i].iter().any(|other| {
                homeroom(time) && homeroom(other) && time.class_id != other.class_id && meet(span(time), span(other))
            });
            assert!(!twice, "{} is in two homerooms", row.given_name);
        }
    }
}

struct Office<'a> {
    world: &'a World,
    rng: StdRng,
    students: Vec<StudentId>,
    homerooms: Vec<ClassId>,
    group: ClassId,
    years: (AcademicSessionId, AcademicSessionId),
}

impl Office<'_> {
    fn day(&mut self) -> NaiveDate {
        date("2026-09-01") + Duration::days(self.rng.random_range(0..120))
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.rng.random_range(0..of.len())]
    }

    async fn shown(&mut self) -> StudentDetails {
        let student_id = self.one(&self.students.clone());
        student(&self.world.administrator, OfStudent { student: student_id }).await.unwrap()
    }

    /// Some act of an office, sensible or not.
    async fn act(&mut self) -> Result<Option<AuditEntryId>> {
        let (context, school) = (&self.world.administrator, self.world.school);
        let (day, later, homerooms) = (self.day(), self.day(), self.homerooms.clone());
        let (students, class) = (vec![self.one(&self.students.clone())], self.one(&homerooms));
        let undone = match self.rng.random_range(0..10) {
            0 => enrol_students(context, EnrolStudents { class, students, start: day }).await?,
            1 => enrol_students(context, EnrolStudents { class: self.group, students, start: day }).await?,
            2 => {
                let to = self.one(&homerooms);
                move_students(context, MoveStudents { from: class, to, students, date: day }).await?
            }
            3 => end_enrolments(context, EndEnrolments { class, students, end: day }).await?,
            4 => {
                let exit = StayExit::Withdrawn;
                withdraw_students(context, WithdrawStudents { school, students, last_day: day, exit, reason: None })
                    .await?
            }
            5 => {
                let class = Some(class).filter(|_| day > later);
                let input = ReEnrolStudents { school, students, first_day: day, reason: None, class };
                re_enrol_students(context, input).await?
            }
            6 => {
                let input =
                    GrantLeave { school, students, first_day: day.min(later), last_day: Some(later), reason: None };
                grant_leave(context, input).await?
            }
            7 => {
                let shown = self.shown().await;
                let stay = &shown.stays[self.rng.random_range(0..shown.stays.len())];
                let input = CorrectStay {
                    stay: stay.id,
                    version: stay.version,
                    first_day: stay.first_day,
                    entry_reason: None,
                    last_day: Some(later).filter(|_| day > later),
                    exit: None,
                    exit_reason: None,
                };
                correct_stay(context, input).await?
            }
            8 => {
                let shown = self.shown().await;
                let Some(time) = shown.enrolments.first() else { return Ok(None) };
                let input = CorrectEnrolment {
                    enrolment: time.id,
                    version: time.version,
                    start: day,
                    end: Some(later).filter(|later| *later >= day),
                    even_if_recorded: None,
                };
                correct_enrolment(context, input).await?
            }
            _ => {
                let (from, to) = self.years;
                let even_if_unresolved = Some(true);
                let input = RollOver { school, from, to, groups: None, teachers: None, even_if_unresolved };
                return Ok(roll_over(context, input).await?.undo);
            }
        };
        Ok(undone.undo)
    }
}

both!(
    async fn every_act_keeps_the_rules_and_all_of_them_can_be_taken_back(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let grade = |title: &str, level: &str| SaveClass {
            grade_level: Some(level.into()),
            ..new_class(world.school, roster.year, title)
        };
        let eight = save_class(context, grade("8A", "8")).await.unwrap().class.id;
        let group = new_group(&world, roster.year, "Choir").await;
        let to = next_year(&world).await;
        let new = new_student(world.school, "4001", "Zoë", "Quist");
        let zoe = save_student(context, new).await.unwrap().student.id;
        let students = [roster.in_a.clone(), roster.in_b.clone(), vec![zoe]].concat();
        for seed in 0..3 {
            let before = rows(&world).await;
            let mut office = Office {
                world: &world,
                rng: StdRng::seed_from_u64(seed),
                students: students.clone(),
                homerooms: vec![roster.class_a, roster.class_b, eight],
                group,
                years: (roster.year, to),
            };
            let (mut done, mut refused) = (Vec::new(), 0);
            for act in 0..ACTS {
                match office.act().await {
                    Ok(Some(entry)) => done.push(entry),
                    Ok(None) => {}
                    Err(error) => {
                        assert!(!matches!(error.code, ErrorCode::Internal | ErrorCode::Database), "{error:?}");
                        refused += 1;
                    }
                }
                holds(&world).await;
                if act % 20 == 0 {
                    lists_agree(&world, roster.year).await;
                }
            }
            lists_agree(&world, roster.year).await;
            assert!(done.len() > 10 && refused > 5, "{} done, {refused} refused", done.len());
            for entry in done.into_iter().rev() {
                undo(context, Undo { entry }).await.unwrap();
                holds(&world).await;
            }
            let after = rows(&world).await;
            assert_eq!(before, after, "seed {seed}");
        }
    }
);
