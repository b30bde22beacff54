//! Places of the grade levels of a year: said, counted, kept from who saw an older number, copied into the next year, and held
//! against a rollover.

use kernel::{Context, ErrorCode, Role};
use school::classes::*;
use school::people::{StudentIds, delete_students};
use school::schools::{OfSchool, list_sessions};
use store::ids::{AcademicSessionId, SchoolId};
use upkeep::{Undo, undo};

use crate::both;
use crate::rollover::next_year;
use crate::roster::{Roster, new_class, new_group, second_school};
use crate::world::date;

fn level(grade_level: &str, places: Option<i32>, version: Option<i32>) -> SaveGradeLevel {
    SaveGradeLevel { grade_level: grade_level.into(), places, version }
}

async fn save(
    who: &Context,
    (school, year): (SchoolId, AcademicSessionId),
    levels: Vec<SaveGradeLevel>,
) -> kernel::Result<SavedGradePlaces> {
    save_grade_places(who, SaveGradePlaces { school, year, levels }).await
}

async fn told(who: &Context, school: SchoolId, year: AcademicSessionId) -> Vec<(String, Option<i32>, i64)> {
    let levels = grade_places(who, OfGradePlaces { school, year }).await.unwrap();
    levels.into_iter().map(|level| (level.grade_level, level.places, level.students)).collect()
}

fn row(level: &str, places: Option<i32>, students: i64) -> (String, Option<i32>, i64) {
    (level.to_owned(), places, students)
}

both!(
    async fn a_grade_level_has_places_and_counts_who_is_in_its_homerooms(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let at = (school, roster.year);
        assert_eq!(told(office, school, roster.year).await, [row("7", None, 4)]);
        // Said of two levels in one act; one of them has no homeroom yet.
        let saved = save(office, at, vec![level(" 7 ", Some(5), None), level("10", Some(30), None)]).await.unwrap();
        assert_eq!(told(office, school, roster.year).await, [row("7", Some(5), 4), row("10", Some(30), 0)]);
        // Groups, deleted students, who has left the class and other years take no place; who moves is counted once.
        let choir = new_group(&world, roster.year, "Choir").await;
        let all = |class, students| EnrolStudents { class, students, start: date("2026-10-01") };
        enrol_students(office, all(choir, roster.in_a.clone())).await.unwrap();
        let moved = MoveStudents {
            from: roster.class_b,
            to: roster.class_a,
            students: roster.in_b.clone(),
            date: date("2026-10-20"),
        };
        move_students(office, moved).await.unwrap();
        assert_eq!(told(office, school, roster.year).await[0], row("7", Some(5), 4));
        let ends = EndEnrolments { class: roster.class_a, students: vec![roster.in_a[0]], end: date("2026-10-09") };
        end_enrolments(office, ends).await.unwrap();
        delete_students(office, StudentIds { school, students: vec![roster.in_a[1]] }).await.unwrap();
        assert_eq!(told(office, school, roster.year).await[0], row("7", Some(5), 2));

        // Changed under the version that was seen, or not at all; what is left out stays; nothing takes the number away.
        let stale = save(office, at, vec![level("7", Some(6), None)]).await.unwrap_err();
        assert_eq!(stale.code, ErrorCode::Stale);
        let version = saved.levels[0].version;
        let changed = save(office, at, vec![level("7", Some(6), version)]).await.unwrap();
        assert_eq!(save(office, at, vec![level("7", Some(7), version)]).await.unwrap_err().code, ErrorCode::Stale);
        assert_eq!(told(office, school, roster.year).await, [row("7", Some(6), 2), row("10", Some(30), 0)]);
        // Said again by somebody who saw less it is no change.
        assert!(save(office, at, vec![level("7", Some(6), None)]).await.unwrap().undo.is_none());
        let gone = save(office, at, vec![level("10", None, Some(1))]).await.unwrap();
        assert_eq!(told(office, school, roster.year).await, [row("7", Some(6), 2)]);
        undo(office, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        undo(office, Undo { entry: changed.undo.unwrap() }).await.unwrap();
        assert_eq!(told(office, school, roster.year).await, [row("7", Some(5), 2), row("10", Some(30), 0)]);
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn what_is_no_number_of_places_is_refused_and_nobody_else_says_it(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let at = (school, roster.year);
        let wrong = vec![level("7", Some(0), None), level(" ", Some(1), None), level("7 ", Some(10_000), None)];
        let refused = save(office, at, wrong).await.unwrap_err();
        let mut fields: Vec<&str> = refused.fields.iter().map(|field| field.field.as_str()).collect();
        fields.sort_unstable();
        assert_eq!(fields, ["levels.0.places", "levels.1.gradeLevel", "levels.2.gradeLevel", "levels.2.places"]);
        let teacher = roster.teacher(&world).await;
        assert_eq!(told(&teacher, school, roster.year).await.len(), 1);
        let refused = save(&teacher, at, vec![level("7", Some(5), None)]).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        // A year of another school is none of this one, and the other way round.
        let hillside = second_school(&world).await;
        let foreign = world.user_for("kim", Role::Principal, hillside, None, None).await;
        let theirs = list_sessions(&foreign, OfSchool { school: hillside }).await.unwrap()[0].id;
        for (who, at) in [(office, (school, theirs)), (&foreign, (hillside, roster.year))] {
            let refused = save(who, at, vec![level("7", Some(5), None)]).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::NotFound);
        }
        let asked = OfGradePlaces { school, year: roster.year };
        assert_eq!(grade_places(&foreign, asked).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_new_year_gets_the_places_of_the_last_one_and_a_rollover_counts_who_comes(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let eighth = |year| SaveClass { grade_level: Some("8".into()), ..new_class(school, year, "8A") };
        save_class(office, eighth(roster.year)).await.unwrap();
        let levels = vec![level("7", Some(60), None), level("8", Some(2), None)];
        save(office, (school, roster.year), levels).await.unwrap();
        let next = next_year(&world).await;
        // What the new year says itself stays.
        save(office, (school, next), vec![level("7", Some(90), None)]).await.unwrap();
        let ask = RollOver {
            school,
            from: roster.year,
            to: next,
            groups: None,
            teachers: None,
            even_if_unresolved: Some(true),
        };
        let plan = plan_rollover(office, ask.clone()).await.unwrap();
        let grade = |grade_level: &str, places, there, coming| RolloverGrade {
            grade_level: grade_level.into(),
            places,
            there,
            coming,
        };
        // 7A goes to 8A; for 7B there is no 8B.
        assert_eq!(plan.grades, [grade("7", 90, 0, 0), grade("8", 2, 0, 3)]);
        assert_eq!(plan.new_grade_places, 1);
        let copying = CopyClasses { school, from: roster.year, to: next, groups: None, teachers: None };
        assert_eq!(plan_copied_classes(office, copying.clone()).await.unwrap().grade_places, 1);
        let copied = copy_classes(office, copying.clone()).await.unwrap();
        assert_eq!(copied.grade_places, 1);
        assert_eq!(told(office, school, next).await, [row("7", Some(90), 0), row("8", Some(2), 0)]);
        let again = copy_classes(office, copying).await.unwrap();
        assert!(again.grade_places == 0 && again.undo.is_none());
        undo(office, Undo { entry: copied.undo.unwrap() }).await.unwrap();
        assert_eq!(told(office, school, next).await, [row("7", Some(90), 0)]);
        // The rollover copies them too, and its students take the places.
        roll_over(office, ask.clone()).await.unwrap();
        assert_eq!(told(office, school, next).await, [row("7", Some(90), 0), row("8", Some(2), 3)]);
        let after = plan_rollover(office, ask).await.unwrap();
        assert_eq!((after.grades, after.new_grade_places), (vec![grade("7", 90, 0, 0), grade("8", 2, 3, 0)], 0));
    }
);
