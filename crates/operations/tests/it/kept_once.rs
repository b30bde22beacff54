//! Whatever two schools of a district do with their students: records become one, go to the other school and back, are
//! rolled over. Every record is there exactly once or went into one that is, and all of it taken back leaves every row as
//! it was.

use std::collections::BTreeSet;

use chrono::Datelike;
use kernel::{Context, ErrorCode, Result};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use school::classes::*;
use school::people::*;
use school::schools::OfSchool;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entities::*;
use store::ids::{AcademicSessionId, AuditEntryId, ClassId, SchoolId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::merging::rows;
use crate::rollover::next_year;
use crate::roster::{Roster, new_class, new_student};
use crate::stays_undone::holds;
use crate::transfers::Between;
use crate::world::{World, date};

/// Acts of a sequence.
const ACTS: usize = 60;

struct District<'a> {
    world: &'a World,
    of: &'a Between,
    rng: StdRng,
    homerooms: Vec<ClassId>,
    years: (AcademicSessionId, AcademicSessionId),
    /// Records that should be there, by school.
    home: usize,
    there: usize,
}

/// The records of a school, by number.
async fn existing(world: &World, school: SchoolId) -> Vec<StudentId> {
    let found = students::Entity::find()
        .filter(students::Column::SchoolId.eq(school))
        .filter(students::Entity::existing())
        .order_by_asc(students::Column::Number);
    found.all(world.services.store.reader()).await.unwrap().into_iter().map(|row| row.id).collect()
}

impl<'a> District<'a> {
    fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        (!of.is_empty()).then(|| of[self.rng.random_range(0..of.len())].clone())
    }

    /// The office of one of the two schools, its school and its records.
    async fn somewhere(&mut self) -> (&'a Context, SchoolId, Vec<StudentId>) {
        let (office, school) = match self.rng.random_range(0..3) {
            0 => (&self.of.office, self.of.there),
            _ => (&self.world.administrator, self.world.school),
        };
        (office, school, existing(self.world, school).await)
    }

    fn counted(&mut self, school: SchoolId) -> &mut usize {
        if school == self.world.school { &mut self.home } else { &mut self.there }
    }

    /// Some act of one of the two offices, sensible or not, with who did it.
    async fn act(&mut self) -> Result<Option<(&'a Context, AuditEntryId)>> {
        let (office, school, own) = self.somewhere().await;
        let day = date("2026-09-01") + chrono::Duration::days(self.rng.random_range(0..80));
        let act = self.rng.random_range(0..9);
        let (student, other) = (self.one(&own), self.one(&own));
        let Some((student, other)) =
            student.zip(other).or((2..=4).contains(&act).then(|| (StudentId::new(), StudentId::new())))
        else {
            return Ok(None);
        };
        let students = vec![student];
        let entry = match act {
            0 | 1 => {
                let to = if school == self.world.school { self.of.there } else { self.world.school };
                let input = TransferStudents { school, students, to, last_day: day, reason: None, note: None };
                transfer_students(office, input).await?.undo
            }
            2 | 3 => {
                let waiting = transfers(office, OfSchool { school }).await?.incoming;
                let Some(row) = self.one(&waiting) else { return Ok(None) };
                let class =
                    self.one(&self.homerooms.clone()).filter(|_| school == self.world.school && day.day0() < 15);
                let first_day = day.max(row.last_day + chrono::Duration::days(1));
                let input = AcceptTransfers { school, transfers: vec![row.id], first_day, class, number: None };
                let arrived = accept_transfers(office, input).await?;
                *self.counted(school) += arrived.students.iter().filter(|id| !own.contains(id)).count();
                arrived.undo
            }
            4 => {
                let waiting = transfers(office, OfSchool { school }).await?.incoming;
                let Some(row) = self.one(&waiting) else { return Ok(None) };
                decline_transfers(office, DeclineTransfers { school, transfers: vec![row.id], reason: None })
                    .await?
                    .undo
            }
            5 | 6 => {
                let plan = plan_merge(office, PlanMerge { school, kept: student, other }).await?;
                let input = MergeStudents {
                    school,
                    kept: student,
                    kept_version: plan.kept.version,
                    other,
                    other_version: plan.other.version,
                    take: Vec::new(),
                    rows: Vec::new(),
                };
                let done = merge_students(office, input).await;
                assert_eq!(done.is_ok(), plan.in_the_way.is_empty(), "{plan:?}: {done:?}");
                let undone = done?.undo;
                *self.counted(school) -= 1;
                undone
            }
            7 => {
                let input = ReEnrolStudents { school, students, first_day: day, reason: None, class: None };
                re_enrol_students(office, input).await?.undo
            }
            _ => {
                let ((from, to), school) = (self.years, self.world.school);
                let even_if_unresolved = Some(true);
                let input = RollOver { school, from, to, groups: None, teachers: None, even_if_unresolved };
                let undone = roll_over(&self.world.administrator, input).await?.undo;
                return Ok(undone.map(|entry| (&self.world.administrator, entry)));
            }
        };
        Ok(entry.map(|entry| (office, entry)))
    }

    /// Every record is there and listed once, or went into one that is.
    async fn once(&self) {
        let db = self.world.services.store.reader();
        let merges = merges::Entity::find().all(db).await.unwrap();
        let of =
            [(&self.world.administrator, self.world.school, self.home), (&self.of.office, self.of.there, self.there)];
        for (office, school, expected) in of {
            let there = BTreeSet::from_iter(existing(self.world, school).await);
            assert_eq!(there.len(), expected, "records of a school");
            let input = ListStudents { limit: Some(500), ..ListStudents::of(school) };
            let listed: Vec<StudentId> =
                list_students(office, input).await.unwrap().rows.into_iter().map(|row| row.id).collect();
            assert_eq!(listed.len(), there.len(), "listed twice or not at all");
            assert_eq!(BTreeSet::from_iter(listed), there);
            let gone = students::Entity::find()
                .filter(students::Column::SchoolId.eq(school))
                .filter(students::Column::DeletedAt.is_not_null());
            for row in gone.all(db).await.unwrap() {
                let into: Vec<_> = merges.iter().filter(|merge| merge.student_id == Some(row.id)).collect();
                assert_eq!(into.len(), 1, "{} went into one record", row.number);
            }
        }
    }
}

both!(
    async fn every_student_is_kept_exactly_once(world: World) {
        let roster = Roster::new(&world).await;
        let of = Between::new(&world).await;
        let eight = SaveClass { grade_level: Some("8".into()), ..new_class(world.school, roster.year, "8A") };
        let eight = save_class(&world.administrator, eight).await.unwrap().class.id;
        let to = next_year(&world).await;
        for (number, given) in [("4001", "Zoë"), ("4002", "Zoe"), ("4003", "Omar")] {
            save_student(&world.administrator, new_student(world.school, number, given, "Quist")).await.unwrap();
        }
        let (mut merged, mut accepted) = (0, 0);
        for seed in 0..4 {
            let before = rows(&world).await;
            let mut district = District {
                world: &world,
                of: &of,
                rng: StdRng::seed_from_u64(seed),
                homerooms: vec![roster.class_a, roster.class_b, eight],
                years: (roster.year, to),
                home: existing(&world, world.school).await.len(),
                there: existing(&world, of.there).await.len(),
            };
            let mut done = Vec::new();
            for _ in 0..ACTS {
                match district.act().await {
                    Ok(act) => done.extend(act),
                    Err(error) => {
                        assert!(!matches!(error.code, ErrorCode::Internal | ErrorCode::Database), "{error:?}")
                    }
                }
                holds(&world).await;
                district.once().await;
            }
            let db = world.services.store.reader();
            merged += merges::Entity::find().all(db).await.unwrap().len();
            accepted +=
                arrivals::Entity::find().all(db).await.unwrap().iter().filter(|row| row.stay_id.is_some()).count();
            for (who, entry) in done.into_iter().rev() {
                undo(who, Undo { entry }).await.unwrap();
                holds(&world).await;
            }
            assert_eq!(before, rows(&world).await, "seed {seed}");
        }
        assert!(merged >= 4 && accepted >= 8, "{merged} merged, {accepted} accepted");
    }
);
