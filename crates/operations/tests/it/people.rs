//! Students, guardians, staff and the search.

use kernel::Save;
use kernel::{ErrorCode, Role, Sort, SortOrder};
use school::classes::{SaveCourse, save_course};
use school::people::*;
use store::ids::{SchoolId, StudentId};

use crate::both;
use crate::roster::{Roster, guardian, new_staff, new_student, second_school};

fn all_of(school: SchoolId) -> ListStudents {
    ListStudents::of(school)
}

fn narrowed(school: SchoolId, filter: StudentFilter) -> ListStudents {
    ListStudents { filter, ..all_of(school) }
}

fn search(school: SchoolId, text: &str) -> SearchPeople {
    SearchPeople { school, text: text.into(), kind: None }
}

async fn found(context: &kernel::Context, school: SchoolId, text: &str) -> Vec<String> {
    let hits = search_people(context, search(school, text)).await.unwrap();
    hits.into_iter().map(|hit| format!("{} {}", hit.given_name, hit.family_name)).collect()
}

both!(
    async fn students_are_found_in_every_script_by_number_and_telephone(world: World) {
        let roster = Roster::new(&world).await;
        let (context, school) = (&world.administrator, world.school);
        assert_eq!(found(context, school, "jose").await, ["José Muñoz"]);
        assert_eq!(found(context, school, "MUNOZ jos").await, ["José Muñoz"]);
        assert_eq!(found(context, school, "lukasz zolt").await, ["Łukasz Żółty"]);
        assert_eq!(found(context, school, "आरव").await, ["Aarav Sharma"]);
        assert_eq!(found(context, school, "محمد").await, ["Mohammed Ali"]);
        assert_eq!(found(context, school, "1003").await, ["Mohammed Ali"]);
        assert_eq!(found(context, school, "١٠٠٣").await, ["Mohammed Ali"], "in other digits");
        assert_eq!(found(context, school, "sharma").await.len(), 2, "the student and his mother");
        assert_eq!(found(context, school, "98765 432").await, ["Priya Sharma"], "without the country's code");
        assert_eq!(found(context, school, "+91 98765 43210").await, ["Priya Sharma"]);
        assert_eq!(found(context, school, "chloe").await, ["Chloë Dubois"]);
        assert!(found(context, school, "jose sharma").await.is_empty(), "all words must be of one person");
        assert!(found(context, school, "  %_ ").await.is_empty());
        let hits = search_people(context, search(school, "fatima")).await.unwrap();
        assert_eq!(hits[0].kind, PersonKind::Guardian);
        assert_eq!(hits[0].students, [roster.in_a[2]]);
        assert_eq!(hits[0].detail, "Mohammed Ali");
        let hits = search_people(context, search(school, "jose")).await.unwrap();
        assert_eq!(hits[0].detail, "7A");
    }
);

/// Adds a student of this name.
async fn add(world: &crate::world::World, number: &str, given: &str, family: &str) -> store::ids::StudentId {
    save_student(&world.administrator, new_student(world.school, number, given, family)).await.unwrap().student.id
}

both!(
    async fn names_are_found_however_they_are_written(world: World) {
        let (context, school) = (&world.administrator, world.school);
        for (number, given, family) in [
            ("1", "小明", "王"),
            ("2", "太郎", "田中"),
            ("3", "민준", "김"),
            ("4", "Jürgen", "Müller"),
            ("5", "Erin", "O'Brien"),
            ("6", "Anna-Lena", "Groß"),
            ("7", "Piet", "van der Berg"),
            ("8", "Amara", "Okonkwo"),
            ("9", "Dilek", "Mueller"),
            ("10", "Иван", "Петров"),
            ("11", "สมชาย", "ใจดี"),
            ("12", "Annalena", "Vogt"),
            ("13", "Søren", "Ålborg"),
        ] {
            add(&world, number, given, family).await;
        }
        for (typed, names) in [
            ("王小明", &["小明 王"][..]),
            ("小明王", &["小明 王"]),
            ("王小", &["小明 王"]),
            ("田中太郎", &["太郎 田中"]),
            ("김민준", &["민준 김"]),
            ("ใจดีสมชาย", &["สมชาย ใจดี"]),
            ("mueller", &["Dilek Mueller", "Jürgen Müller"]),
            ("müller", &["Jürgen Müller", "Dilek Mueller"]),
            ("mueller jurgen", &["Jürgen Müller"]),
            ("juergen", &["Jürgen Müller"]),
            ("obrien", &["Erin O'Brien"]),
            ("o’brien", &["Erin O'Brien"]),
            ("erin obrie", &["Erin O'Brien"]),
            ("annalena", &["Annalena Vogt", "Anna-Lena Groß"]),
            ("anna lena", &["Anna-Lena Groß", "Annalena Vogt"]),
            ("gross anna", &["Anna-Lena Groß"]),
            ("vanderberg", &["Piet van der Berg"]),
            ("soeren aalborg", &["Søren Ålborg"]),
            ("okonkvo", &["Amara Okonkwo"]),
            ("amraa okonkwo", &["Amara Okonkwo"]),
            ("okonkow amara", &["Amara Okonkwo"]),
            ("amaraokonkwo", &["Amara Okonkwo"]),
            ("иваан", &["Иван Петров"]),
            ("петроф", &["Иван Петров"]),
            ("xyzzy", &[]),
            ("okonkwo müller", &[]),
        ] {
            assert_eq!(found(context, school, typed).await, names, "{typed}");
        }
        let listed = |text: &str| ListStudents { search: Some(text.into()), ..all_of(school) };
        for typed in ["王小明", "obrien", "mueller jürgen"] {
            assert_eq!(list_students(context, listed(typed)).await.unwrap().total, 1, "{typed}");
        }
    }
);

both!(
    async fn the_best_match_comes_first(world: World) {
        let (context, school) = (&world.administrator, world.school);
        for (number, given, family) in
            [("1", "Annabel", "Berg"), ("2", "Anna", "Bergmann"), ("3", "Ann", "Berg"), ("4", "Anne", "Berger")]
        {
            add(&world, number, given, family).await;
        }
        assert_eq!(found(context, school, "ann berg").await[0], "Ann Berg");
        assert_eq!(found(context, school, "berg ann").await[..2], ["Ann Berg", "Annabel Berg"]);
        assert_eq!(found(context, school, "ann").await[0], "Ann Berg");
        let child = SaveStudent {
            guardians: Some(vec![guardian("Zoe", "Zimmer", "0711 222 333")]),
            ..new_student(school, "5", "Zoe", "Zimmer")
        };
        save_student(context, child).await.unwrap();
        let hits = search_people(context, search(school, "zoe zimmer")).await.unwrap();
        assert_eq!(hits.iter().map(|hit| hit.kind).collect::<Vec<_>>(), [PersonKind::Student, PersonKind::Guardian]);
    }
);

both!(
    async fn birthdays_find_who_was_born_then(world: World) {
        let (context, school) = (&world.administrator, world.school);
        let born = async |number: &str, given: &str, day: &str| {
            let input =
                SaveStudent { birth_date: Some(crate::world::date(day)), ..new_student(school, number, given, "Lee") };
            save_student(context, input).await.unwrap().student.id
        };
        born("1", "Ann", "2014-05-14").await;
        born("2", "Bob", "2014-05-14").await;
        let cem = born("3", "Cem", "2013-02-01").await;
        for typed in
            ["14.5.2014", "2014-05-14", "14/05/2014", "May 14, 2014", "14.05.14", "20140514", "lee 14 may 2014"]
        {
            assert_eq!(found(context, school, typed).await, ["Ann Lee", "Bob Lee"], "{typed}");
        }
        assert_eq!(found(context, school, "bob 14.5.2014").await, ["Bob Lee"]);
        assert_eq!(found(context, school, "1/2/2013").await, ["Cem Lee"]);
        assert_eq!(found(context, school, "2.1.2013").await, ["Cem Lee"], "month first");
        assert!(found(context, school, "15.5.2014").await.is_empty());
        let listed = |text: &str| ListStudents { search: Some(text.into()), ..all_of(school) };
        assert_eq!(list_students(context, listed("14.5.2014 ann")).await.unwrap().total, 1);
        // Who teaches nobody finds nobody, whatever they know of them; who is deleted is found by nothing.
        let teacher = world.user("teacher", Role::Teacher).await;
        assert!(found(&teacher, school, "1.2.2013").await.is_empty());
        delete_students(context, StudentIds { school, students: vec![cem] }).await.unwrap();
        assert!(found(context, school, "1.2.2013").await.is_empty());
    }
);

both!(
    async fn a_teacher_sees_and_finds_only_whom_they_teach(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        let page = list_students(&teacher, all_of(world.school)).await.unwrap();
        let numbers: Vec<&str> = page.rows.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(numbers, ["1003", "1001", "1002"], "by family name");
        assert_eq!(page.total, 3);
        assert!(found(&teacher, world.school, "lukasz").await.is_empty());
        assert_eq!(found(&teacher, world.school, "muno").await.len(), 2);
        assert!(found(&teacher, world.school, "chloe").await.is_empty(), "she teaches none of his classes");
        let cem = new_student(world.school, "9", "Cem", "Lee");
        let cem = SaveStudent { birth_date: Some(crate::world::date("2013-02-01")), ..cem };
        save_student(&world.administrator, cem).await.unwrap();
        assert!(found(&teacher, world.school, "1.2.2013").await.is_empty(), "nor by a birthday");
        let others = student(&teacher, OfStudent { student: roster.in_b[0] }).await.unwrap_err();
        assert_eq!(others.code, ErrorCode::Forbidden);
        let in_class =
            narrowed(world.school, StudentFilter { class: Some(roster.class_b), ..StudentFilter::default() });
        assert_eq!(list_students(&teacher, in_class).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(list_staff(&teacher, staff_of(world.school)).await.unwrap().rows.len(), 1, "himself");
        let hers = staff_member(&teacher, OfStaff { staff: roster.chloe }).await.unwrap_err();
        assert_eq!(hers.code, ErrorCode::Forbidden);
    }
);

fn staff_of(school: SchoolId) -> ListStaff {
    ListStaff {
        as_of: None,
        left: None,
        own_field: None,
        own_value: None,
        school,
        search: None,
        deleted: None,
        sort: None,
        offset: None,
        limit: None,
    }
}

both!(
    async fn a_student_sees_nobody_else(world: World) {
        let roster = Roster::new(&world).await;
        let own = world.user_for("jose", Role::Student, world.school, None, Some(roster.in_a[0])).await;
        assert_eq!(student(&own, OfStudent { student: roster.in_a[0] }).await.unwrap().number, "1001");
        let other = student(&own, OfStudent { student: roster.in_a[1] }).await.unwrap_err();
        assert_eq!(other.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn another_schools_people_are_out_of_reach(world: World) {
        let roster = Roster::new(&world).await;
        let other = second_school(&world).await;
        let office = world.user_for("office", Role::Operator, other, None, None).await;
        let refused = |code| assert_eq!(code, ErrorCode::Forbidden);
        refused(list_students(&office, all_of(world.school)).await.unwrap_err().code);
        refused(student(&office, OfStudent { student: roster.in_a[0] }).await.unwrap_err().code);
        refused(search_people(&office, search(world.school, "jose")).await.unwrap_err().code);
        refused(staff_member(&office, OfStaff { staff: roster.ben }).await.unwrap_err().code);
        let change = Save::Change { id: roster.in_a[0], version: 1 };
        let taken_over = SaveStudent { save: change, ..new_student(other, "9", "A", "B") };
        refused(save_student(&office, taken_over).await.unwrap_err().code);
        let deleted = StudentIds { school: other, students: vec![roster.in_a[0]] };
        assert_eq!(delete_students(&office, deleted).await.unwrap_err().code, ErrorCode::NotFound);
        assert!(found(&office, other, "jose").await.is_empty());
        let number_again = save_student(&office, new_student(other, "1001", "Ana", "Reis")).await;
        assert!(number_again.is_ok(), "numbers are a school's own");
    }
);

both!(
    async fn what_is_wrong_is_said_all_at_once_and_nothing_is_kept(world: World) {
        let input = SaveStudent {
            email: Some("nobody".into()),
            birth_date: Some(crate::world::date("2030-01-01")),
            guardians: Some(vec![guardian("", "X", "1")]),
            ..new_student(world.school, "", &"x".repeat(10_000), "Name\u{7}")
        };
        let error = save_student(&world.administrator, input).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::Invalid);
        let mut fields: Vec<(&str, &str)> =
            error.fields.iter().map(|field| (field.field.as_str(), field.code.as_str())).collect();
        fields.sort_unstable();
        assert_eq!(
            fields,
            [
                ("birthDate", "not_possible"),
                ("email", "not_an_address"),
                ("familyName", "control_characters"),
                ("givenName", "too_long"),
                ("guardians.0.givenName", "required"),
                ("number", "required"),
            ]
        );
        assert_eq!(list_students(&world.administrator, all_of(world.school)).await.unwrap().total, 0);
    }
);

both!(
    async fn a_number_is_given_once_and_a_stale_change_is_refused(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let taken = save_student(context, new_student(world.school, "1001", "Ana", "Reis")).await.unwrap_err();
        assert_eq!((taken.code, taken.fields[0].field.as_str()), (ErrorCode::Duplicate, "number"));
        let before = student(context, OfStudent { student: roster.in_a[0] }).await.unwrap();
        let change = |given: &str| SaveStudent {
            save: Save::Change { id: before.id, version: before.version },
            ..new_student(world.school, "1001", given, "Muñoz")
        };
        let saved = save_student(context, change("Josefa")).await.unwrap();
        assert_eq!(saved.student.guardians.len(), 1, "no list of guardians leaves them as they are");
        let stale = save_student(context, change("Joseph")).await.unwrap_err();
        assert_eq!(stale.code, ErrorCode::Stale);
        assert_eq!(stale.details.unwrap()["given_name"], "Josefa");
        assert_eq!(found(context, world.school, "josefa").await.len(), 1);
        assert!(found(context, world.school, "jose").await.contains(&"Josefa Muñoz".to_owned()));
        assert!(!found(context, world.school, "joseph").await.contains(&"Joseph Muñoz".to_owned()));
    }
);

both!(
    async fn guardians_are_shared_by_siblings_and_go_with_the_last_of_them(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let mother = student(context, OfStudent { student: roster.in_a[1] }).await.unwrap().guardians.remove(0);
        let linked = SaveGuardian {
            save: Save::Change { id: mother.id, version: mother.version },
            ..guardian("Priya", "Sharma", "1")
        };
        let sister =
            SaveStudent { guardians: Some(vec![linked]), ..new_student(world.school, "1004", "Diya", "Sharma") };
        let sister = save_student(context, sister).await.unwrap().student;
        assert_eq!(sister.guardians[0].id, mother.id);
        let hits = search_people(context, search(world.school, "priya")).await.unwrap();
        assert_eq!(hits[0].detail, "Aarav Sharma, Diya Sharma");
        let unlink = |id: StudentId, version, number: &str, given: &str| SaveStudent {
            save: Save::Change { id, version },
            guardians: Some(vec![]),
            ..new_student(world.school, number, given, "Sharma")
        };
        save_student(context, unlink(sister.id, sister.version, "1004", "Diya")).await.unwrap();
        assert_eq!(found(context, world.school, "priya").await.len(), 1, "still the brother's");
        save_student(context, unlink(roster.in_a[1], 1, "1002", "Aarav")).await.unwrap();
        assert!(found(context, world.school, "priya").await.is_empty());
    }
);

both!(
    async fn a_guardian_has_the_language_in_which_the_school_writes_to_them(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let aarav = student(context, OfStudent { student: roster.in_a[1] }).await.unwrap();
        assert_eq!(aarav.guardians[0].language, None);
        let speaking = |language: Option<&str>| {
            let save = Save::Change { id: aarav.guardians[0].id, version: aarav.guardians[0].version };
            let mother =
                SaveGuardian { save, language: language.map(str::to_owned), ..guardian("Priya", "Sharma", "1") };
            SaveStudent {
                save: Save::Change { id: aarav.id, version: aarav.version },
                guardians: Some(vec![mother]),
                ..new_student(world.school, "1002", "Aarav", "Sharma")
            }
        };
        let refused = save_student(context, speaking(Some("Klingon"))).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "guardians.0.language");
        let saved = save_student(context, speaking(Some("hi"))).await.unwrap();
        assert_eq!(saved.student.guardians[0].language.as_deref(), Some("hi"));
        let proof = world.services.store.prove().await.unwrap();
        assert!(proof.history.is_empty() && proof.rows.is_empty(), "{proof:?}");
    }
);

both!(
    async fn lists_are_filtered_sorted_and_paged(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let numbers = async |input: ListStudents| -> Vec<String> {
            list_students(context, input).await.unwrap().rows.into_iter().map(|row| row.number).collect()
        };
        let by = |column: &str, order| ListStudents {
            sort: Some(Sort { column: column.into(), order }),
            ..all_of(world.school)
        };
        assert_eq!(numbers(by("number", SortOrder::Descending)).await, ["2001", "1003", "1002", "1001"]);
        assert_eq!(numbers(by("class", SortOrder::Descending)).await[0], "2001");
        let second = ListStudents { offset: Some(1), limit: Some(2), ..by("number", SortOrder::Ascending) };
        let page = list_students(context, second).await.unwrap();
        assert_eq!((page.total, page.rows[0].number.as_str(), page.rows.len()), (4, "1002", 2));
        assert_eq!(
            page.rows[0].classes,
            [ClassRef { id: roster.class_a, title: "7A".into(), kind: school::classes::ClassKind::Homeroom }]
        );
        let of_class =
            narrowed(world.school, StudentFilter { class: Some(roster.class_b), ..StudentFilter::default() });
        assert_eq!(numbers(of_class).await, ["2001"]);
        let searched = ListStudents { search: Some("sha aar".into()), ..all_of(world.school) };
        assert_eq!(numbers(searched).await, ["1002"]);
        let left = narrowed(
            world.school,
            StudentFilter { status: Some(StudentStatus::Withdrawn), ..StudentFilter::default() },
        );
        assert!(numbers(left).await.is_empty());
        let unknown = list_students(context, by("password", SortOrder::Ascending)).await.unwrap_err();
        assert_eq!(unknown.code, ErrorCode::Invalid);
    }
);

both!(
    async fn deleted_students_leave_lists_and_search_and_return(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let ids = || StudentIds { school: world.school, students: vec![roster.in_a[0], roster.in_a[1]] };
        delete_students(context, ids()).await.unwrap();
        assert_eq!(list_students(context, all_of(world.school)).await.unwrap().total, 2);
        let deleted = narrowed(world.school, StudentFilter { deleted: Some(true), ..StudentFilter::default() });
        assert_eq!(list_students(context, deleted).await.unwrap().total, 2);
        assert!(found(context, world.school, "jose").await.is_empty());
        assert!(delete_students(context, ids()).await.unwrap().undo.is_none(), "a second time changes nothing");
        restore_students(context, ids()).await.unwrap();
        assert_eq!(found(context, world.school, "jose").await, ["José Muñoz"]);
        let page = list_students(context, all_of(world.school)).await.unwrap();
        assert_eq!(page.rows.iter().filter(|row| !row.classes.is_empty()).count(), 4, "back in their classes");
    }
);

both!(
    async fn staff_are_saved_with_what_they_teach(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let both = vec![roster.ben, roster.chloe];
        let course = SaveCourse { class: roster.class_a, subject: roster.mathematics, teachers: both };
        save_course(context, course).await.unwrap();
        let chloe = staff_member(context, OfStaff { staff: roster.chloe }).await.unwrap();
        assert_eq!(chloe.teaches[0].class_title, "7A");
        assert_eq!(chloe.staff.courses, 1);
        let change = SaveStaff {
            save: Save::Change { id: roster.chloe, version: chloe.staff.version },
            native_name: Some("クロエ".into()),
            ..new_staff(world.school, "Chloë", "Martin")
        };
        save_staff(context, change.clone()).await.unwrap();
        let late = SaveStaff { job_title: None, ..change };
        assert_eq!(save_staff(context, late).await.unwrap_err().code, ErrorCode::Stale);
        assert_eq!(found(context, world.school, "クロ").await, ["Chloë Martin"]);
        let named = ListStaff { search: Some("mart".into()), ..staff_of(world.school) };
        assert_eq!(list_staff(context, named).await.unwrap().total, 1);
        let ids = || StaffIds { school: world.school, staff: vec![roster.chloe] };
        delete_staff(context, ids()).await.unwrap();
        assert!(found(context, world.school, "martin").await.is_empty());
        assert_eq!(list_staff(context, staff_of(world.school)).await.unwrap().total, 1);
        restore_staff(context, ids()).await.unwrap();
        assert_eq!(found(context, world.school, "martin").await.len(), 1);
        let long = new_staff(world.school, &"x".repeat(10_000), "Y");
        assert_eq!(save_staff(context, long).await.unwrap_err().fields[0].code, "too_long");
    }
);

both!(
    async fn who_is_alike_is_shown_while_a_child_is_typed(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let born = |day: &str| Some(crate::world::date(day));
        let typed = |given: &str, family: &str, birth_date| AlikeStudents {
            school: world.school,
            given_name: given.into(),
            family_name: family.into(),
            birth_date,
            besides: None,
        };
        let mina =
            SaveStudent { birth_date: born("2014-05-14"), ..new_student(world.school, "3001", "Zoë", "Ōkonkwo") };
        let mina = save_student(context, mina).await.unwrap().student.id;
        let numbers = async |input: AlikeStudents| -> Vec<String> {
            alike_students(context, input).await.unwrap().into_iter().map(|row| row.number).collect()
        };
        for (given, family, birth_date) in [
            ("Zoë", "Ōkonkwo", born("2014-05-14")),
            (" zoe", "OKONKWO ", born("2014-05-14")),
            ("Okonkwo", "Zoe", born("2014-05-14")),
            ("Zoe", "Okonkwo", None),
        ] {
            assert_eq!(numbers(typed(given, family, birth_date)).await, ["3001"], "{given} {family}");
        }
        assert!(numbers(typed("Zoe", "Okonkwo", born("2013-05-14"))).await.is_empty(), "another child");
        assert!(numbers(typed("Zoe", "", None)).await.is_empty());
        let oneself = AlikeStudents { besides: Some(mina), ..typed("Zoe", "Okonkwo", None) };
        assert!(numbers(oneself).await.is_empty());
        let jose = alike_students(context, typed("Jose", "Munoz", born("2014-05-14"))).await.unwrap();
        assert_eq!(jose[0].classes[0].title, "7A", "a birth date that is not known does not tell them apart");
        delete_students(context, StudentIds { school: world.school, students: vec![roster.in_a[0]] }).await.unwrap();
        assert!(alike_students(context, typed("Jose", "Munoz", None)).await.unwrap()[0].deleted);
    }
);

both!(
    async fn the_next_number_is_one_that_nobody_had(world: World) {
        let context = &world.administrator;
        let school = world.school;
        let next = async || next_student_number(context, school::schools::OfSchool { school }).await.unwrap().number;
        assert_eq!(next().await, None);
        let first = save_student(context, new_student(school, "S-0098", "A", "B")).await.unwrap();
        assert_eq!(next().await.as_deref(), Some("S-0099"));
        let last = save_student(context, new_student(school, "S-0099", "C", "D")).await.unwrap();
        delete_students(context, StudentIds { school, students: vec![last.student.id] }).await.unwrap();
        assert_eq!(next().await.as_deref(), Some("S-0100"), "a deleted student's number is not given again");
        let renumbered = SaveStudent {
            save: Save::Change { id: first.student.id, version: first.student.version },
            ..new_student(school, "S-0150", "A", "B")
        };
        let again = save_student(context, renumbered).await.unwrap().student;
        let back = SaveStudent {
            save: Save::Change { id: again.id, version: again.version },
            ..new_student(school, "S-0001", "A", "B")
        };
        save_student(context, back).await.unwrap();
        assert_eq!(next().await.as_deref(), Some("S-0151"), "nor one that was taken away again");
    }
);
