//! The grid of courses: read as it is, many cells in one act, each with what became of it, one undo.

use kernel::{Context, ErrorCode, Outcome, Role, Save};
use marks::gradebook::{SaveAssessment, SaveCategory, save_assessment, save_category};
use school::classes::{
    CourseGrid, GridCell, GridCellResult, OfCourseGrid, SaveCourseGrid, SaveGridCell, course_grid, save_course_grid,
};
use school::schools::{OfSchool, SaveSubject, list_sessions, save_subject};
use store::ids::{ClassId, StaffId, SubjectId};

use crate::both;
use crate::roster::{Roster, new_class, second_school};
use crate::world::World;

async fn grid(world: &World) -> CourseGrid {
    course_grid(&world.administrator, OfCourseGrid { school: world.school, year: None }).await.unwrap()
}

fn held(grid: &CourseGrid, class: ClassId, subject: SubjectId) -> Option<&GridCell> {
    grid.cells.iter().find(|cell| (cell.class, cell.subject) == (class, subject))
}

/// A cell as it was seen, with others who teach it.
fn cell(grid: &CourseGrid, class: ClassId, subject: SubjectId, teachers: Option<Vec<StaffId>>) -> SaveGridCell {
    let seen = held(grid, class, subject);
    SaveGridCell {
        class,
        subject,
        save: seen.map_or(Save::New, |cell| Save::Change { id: cell.course, version: cell.version }),
        seen: seen.map(|cell| cell.teachers.clone()).unwrap_or_default(),
        teachers,
    }
}

async fn save(
    context: &Context,
    world: &World,
    roster: &Roster,
    cells: Vec<SaveGridCell>,
) -> kernel::Result<(Vec<GridCellResult>, Option<store::ids::AuditEntryId>)> {
    let input = SaveCourseGrid { school: world.school, year: roster.year, cells };
    save_course_grid(context, input).await.map(|saved| (saved.cells, saved.undo))
}

fn codes(results: &[GridCellResult]) -> Vec<&str> {
    let code = |result: &GridCellResult| match &result.result {
        Outcome::Saved(_) => "saved",
        Outcome::Conflict { .. } => "conflict",
        Outcome::Refused { code, .. } => match code.as_str() {
            "has_assessments" => "has_assessments",
            "unknown_staff" => "unknown_staff",
            "no_class" => "no_class",
            "no_subject" => "no_subject",
            "twice" => "twice",
            other => panic!("{other}"),
        },
    };
    results.iter().map(code).collect()
}

async fn art(world: &World) -> SubjectId {
    let input = SaveSubject { school: world.school, save: Save::New, title: "Art".into(), code: None, position: None };
    save_subject(&world.administrator, input).await.unwrap().id
}

both!(
    async fn many_cells_are_one_act_and_one_undo(world: World) {
        let roster = Roster::new(&world).await;
        let art = art(&world).await;
        let before = grid(&world).await;
        assert_eq!(before.year, Some(roster.year));
        assert_eq!(before.classes.iter().map(|class| class.title.as_str()).collect::<Vec<_>>(), ["7A", "7B"]);
        assert_eq!(before.subjects.iter().map(|subject| subject.id).collect::<Vec<_>>(), [roster.mathematics, art]);
        assert_eq!(
            before.staff.iter().map(|person| person.name.as_str()).collect::<Vec<_>>(),
            ["Chloë Dubois", "Ben Otieno"]
        );
        let there = held(&before, roster.class_a, roster.mathematics).unwrap();
        assert_eq!((there.course, there.teachers.as_slice(), there.used), (roster.course, &[roster.ben][..], false));

        let cells = vec![
            cell(&before, roster.class_a, roster.mathematics, Some(vec![roster.ben, roster.chloe])),
            cell(&before, roster.class_b, roster.mathematics, Some(vec![roster.ben])),
            cell(&before, roster.class_a, art, Some(vec![])),
            cell(&before, roster.class_b, art, None),
        ];
        let (results, undo) = save(&world.administrator, &world, &roster, cells.clone()).await.unwrap();
        assert_eq!(codes(&results), ["saved"; 4]);
        let Outcome::Saved(now) = &results[0].result else { panic!() };
        assert_eq!(now.cell.as_ref().unwrap().teachers, [roster.chloe, roster.ben]);
        let after = grid(&world).await;
        assert_eq!(after.cells.len(), 3);
        // The same again is nothing new.
        let again = cells.into_iter().map(|of| cell(&after, of.class, of.subject, of.teachers)).collect();
        let (results, nothing) = save(&world.administrator, &world, &roster, again).await.unwrap();
        assert_eq!((codes(&results), nothing), (vec!["saved"; 4], None));

        upkeep::undo(&world.administrator, upkeep::Undo { entry: undo.unwrap() }).await.unwrap();
        let back = grid(&world).await;
        assert_eq!(
            (back.cells.len(), &held(&back, roster.class_a, roster.mathematics).unwrap().teachers),
            (1, &vec![roster.ben])
        );
    }
);

both!(
    async fn a_cell_that_somebody_else_changed_is_left_as_it_is(world: World) {
        let roster = Roster::new(&world).await;
        let art = art(&world).await;
        let seen = grid(&world).await;
        let other = vec![
            cell(&seen, roster.class_a, roster.mathematics, Some(vec![roster.chloe])),
            cell(&seen, roster.class_a, art, Some(vec![roster.chloe])),
        ];
        save(&world.administrator, &world, &roster, other).await.unwrap();
        let own = vec![
            cell(&seen, roster.class_a, roster.mathematics, Some(vec![])),
            cell(&seen, roster.class_a, art, Some(vec![roster.ben])),
            cell(&seen, roster.class_b, art, Some(vec![roster.ben])),
        ];
        let (results, _) = save(&world.administrator, &world, &roster, own).await.unwrap();
        assert_eq!(codes(&results), ["conflict", "conflict", "saved"]);
        let Outcome::Conflict { current } = &results[0].result else { panic!() };
        assert_eq!(current.cell.as_ref().unwrap().teachers, [roster.chloe]);
        let now = grid(&world).await;
        assert_eq!(held(&now, roster.class_a, roster.mathematics).unwrap().teachers, [roster.chloe]);
    }
);

both!(
    async fn a_course_with_assessments_is_not_emptied(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let category =
            SaveCategory { save: Save::New, course: roster.course, title: "Tests".into(), weight: "1".into() };
        let category = save_category(context, category).await.unwrap().category.id;
        let term = list_sessions(context, OfSchool { school: world.school }).await.unwrap()[0].terms[0].id;
        let input = SaveAssessment {
            due_date: None,
            save: Save::New,
            course: roster.course,
            term,
            category,
            title: "Test 1".into(),
            maximum: "20".into(),
            date: None,
        };
        save_assessment(context, input).await.unwrap();
        let seen = grid(&world).await;
        assert!(held(&seen, roster.class_a, roster.mathematics).unwrap().used);
        let cells = vec![
            cell(&seen, roster.class_a, roster.mathematics, None),
            cell(&seen, roster.class_b, roster.mathematics, Some(vec![StaffId::new()])),
            cell(&seen, ClassId::new(), roster.mathematics, Some(vec![])),
            cell(&seen, roster.class_b, SubjectId::new(), Some(vec![])),
            cell(&seen, roster.class_b, roster.mathematics, Some(vec![])),
        ];
        let (results, undo) = save(context, &world, &roster, cells).await.unwrap();
        assert_eq!(codes(&results), ["has_assessments", "unknown_staff", "no_class", "no_subject", "twice"]);
        assert_eq!((undo, grid(&world).await.cells.len()), (None, 1));
    }
);

both!(
    async fn the_grid_is_the_offices_and_of_the_own_school(world: World) {
        let roster = Roster::new(&world).await;
        let hillside = second_school(&world).await;
        let teacher = roster.teacher(&world).await;
        let counsellor = world.user("counsel", Role::Counsellor).await;
        let office = world.user("office", Role::Operator).await;
        let seen = grid(&world).await;
        let taken = || vec![cell(&seen, roster.class_a, roster.mathematics, None)];
        for context in [&teacher, &counsellor] {
            let asked = OfCourseGrid { school: world.school, year: None };
            assert_eq!(course_grid(context, asked).await.unwrap_err().code, ErrorCode::Forbidden);
            assert_eq!(save(context, &world, &roster, taken()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        let asked = OfCourseGrid { school: hillside, year: None };
        assert_eq!(course_grid(&office, asked).await.unwrap_err().code, ErrorCode::Forbidden);
        // A class of another school is none of this one.
        let everywhere = world.resume(&world.sign_in("office", "amara", crate::world::PASSWORD).await.unwrap()).await;
        let year = list_sessions(&everywhere, OfSchool { school: hillside }).await.unwrap()[0].id;
        let input = new_class(hillside, year, "7A");
        school::classes::save_class(&everywhere, input).await.unwrap();
        let input = SaveCourseGrid { school: hillside, year, cells: taken() };
        let results = save_course_grid(&everywhere, input).await.unwrap();
        assert_eq!(codes(&results.cells), ["no_class"]);
        let (results, _) = save(&office, &world, &roster, taken()).await.unwrap();
        assert_eq!(codes(&results), ["saved"]);
    }
);
