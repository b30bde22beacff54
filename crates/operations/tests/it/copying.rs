//! The classes of a year are copied into the next one.

use kernel::ErrorCode;
use kernel::Save;
use school::classes::*;
use school::people::{StaffIds, delete_staff};

use crate::both;
use crate::rollover::next_year;
use crate::roster::{Roster, new_class, new_group};

both!(
    async fn a_year_is_set_up_from_the_last_one_without_its_students(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let choir = new_group(&world, roster.year, "Choir").await;
        let sings = SaveCourse { class: choir, subject: roster.mathematics, teachers: vec![roster.chloe] };
        save_course(office, sings).await.unwrap();
        let lead = class(office, OfClass { class: roster.class_a, as_of: None }).await.unwrap();
        let save = Save::Change { id: lead.id, version: lead.version };
        let lead = SaveClass { save, class_teacher: Some(roster.ben), ..new_class(school, roster.year, "7A") };
        save_class(office, lead).await.unwrap();
        let next = next_year(&world).await;
        // 7b is there already; Chloë leaves the school.
        save_class(office, new_class(school, next, "7b")).await.unwrap();
        delete_staff(office, StaffIds { school, staff: vec![roster.chloe] }).await.unwrap();
        let input = CopyClasses { school, from: roster.year, to: next, groups: None, teachers: None };
        let planned = plan_copied_classes(office, input.clone()).await.unwrap();
        assert_eq!((planned.classes, planned.there, planned.courses, planned.without_teacher), (2, 1, 2, 1));
        let copied = copy_classes(office, input.clone()).await.unwrap();
        assert_eq!(CopiedClasses { undo: None, ..copied.clone() }, planned);
        let of_next = ListClasses { as_of: None, school, year: Some(next), kind: None, deleted: None };
        let shown = list_classes(office, of_next.clone()).await.unwrap();
        let told: Vec<_> = shown
            .iter()
            .map(|row| (row.title.as_str(), row.kind, row.students, row.courses, row.class_teacher))
            .collect();
        let (homeroom, group) = (ClassKind::Homeroom, ClassKind::Group);
        assert_eq!(
            told,
            [("7A", homeroom, 0, 1, Some(roster.ben)), ("7b", homeroom, 0, 0, None), ("Choir", group, 0, 1, None)]
        );
        // Again it changes nothing; undone the year is as it was.
        let again = copy_classes(office, input.clone()).await.unwrap();
        assert_eq!((again.classes, again.there, again.courses, again.undo), (0, 3, 0, None));
        upkeep::undo(office, upkeep::Undo { entry: copied.undo.unwrap() }).await.unwrap();
        assert_eq!(list_classes(office, of_next).await.unwrap().len(), 1);
        let homerooms = CopyClasses { groups: Some(false), teachers: Some(false), ..input.clone() };
        let planned = plan_copied_classes(office, homerooms).await.unwrap();
        assert_eq!((planned.classes, planned.without_teacher), (1, 1));
        let same = copy_classes(office, CopyClasses { from: next, ..input }).await.unwrap_err();
        assert_eq!((same.code, same.fields[0].code.as_str()), (ErrorCode::Invalid, "same"));
    }
);
