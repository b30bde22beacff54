//! The list of guardians: by which children somebody is in it, how it is searched, sorted and narrowed, what it shows in every
//! form, and to whom.

use kernel::{Context, ErrorCode, Outcome, Role, Save, Sort, SortOrder};
use school::classes::{EndEnrolments, EnrolStudents, end_enrolments, enrol_students};
use school::lists::*;
use school::people::*;
use store::entities::{Contact, ContactKind, ContactLabel, FieldAbout, FieldKind, PostalAddress, StayExit};
use store::ids::{GuardianId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::fields_listed::make_field;
use crate::roster::{Roster, guardian, second_school};
use crate::shown_lists::{cells, shown};
use crate::world::{World, date};

async fn add(world: &World, student: StudentId, guardian: SaveGuardian) -> GuardianId {
    let name = guardian.given_name.clone();
    let saved = save_guardian(&world.administrator, SaveGuardianOf { student, guardian }).await.unwrap();
    saved.student.guardians.into_iter().find(|row| row.given_name == name).unwrap().id
}

fn narrowed(world: &World, filter: GuardianFilter, columns: &[&str]) -> ShowList {
    shown(world.school, ListOf::Guardians(filter), columns)
}

async fn names(who: &Context, world: &World, filter: GuardianFilter) -> Vec<String> {
    cells(who, narrowed(world, filter, &["givenName"])).await.into_iter().flatten().collect()
}

async fn found(world: &World, text: &str) -> Vec<String> {
    let all = narrowed(world, GuardianFilter::default(), &["givenName"]);
    let input = ShowList { search: Some(text.into()), ..all };
    cells(&world.administrator, input).await.into_iter().flatten().collect()
}

both!(
    async fn guardians_are_listed_with_their_children_in_every_form(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let rosa = SaveGuardian {
            email: Some("Rosa.Munoz@example.org".into()),
            relationship: "grandmother".into(),
            is_primary: false,
            may_collect: Some(false),
            language: Some("hi".into()),
            address: Some(PostalAddress {
                lines: Some("Rua das Flores 12\n3.º esq.".into()),
                town: Some("Lisboa".into()),
                postcode: Some("1200-192".into()),
                ..PostalAddress::default()
            }),
            contacts: Some(vec![Contact {
                kind: ContactKind::Phone,
                label: ContactLabel::Work,
                value: "+351 912 000 111".into(),
            }]),
            ..guardian("Rosa", "Óbidos", "0700 1")
        };
        let id = add(&world, roster.in_a[0], rosa.clone()).await;
        let details = guardian_of(office, id).await;
        // The grandmother of two, who collects one of them.
        let both = SaveGuardian {
            save: Save::Change { id, version: details.guardian.version },
            may_collect: Some(true),
            relationship: "neighbour".into(),
            ..rosa
        };
        add(&world, roster.in_b[0], both).await;
        let columns = [
            "name",
            "relationship",
            "children",
            "class",
            "phone",
            "email",
            "noAccess",
            "mayCollect",
            "getsLetters",
            "calledFirst",
            "furtherContacts",
            "address",
            "language",
        ];
        let listed = cells(office, narrowed(&world, GuardianFilter::default(), &columns)).await;
        let firsts: Vec<&str> = listed.iter().map(|row| row[0].as_str()).collect();
        // Óbidos is sorted as an O, on either database.
        assert_eq!(firsts, ["Hassan, Fatima", "Muñoz, Lucía", "Óbidos, Rosa", "Sharma, Priya"]);
        assert_eq!(
            listed[2],
            [
                "Óbidos, Rosa",
                "grandmother, neighbour",
                "Muñoz, José (7A); Żółty, Łukasz (7B)",
                "7A, 7B",
                "0700 1",
                "Rosa.Munoz@example.org",
                "",
                "Łukasz",
                "Yes",
                "No",
                "+351 912 000 111",
                "Rua das Flores 12, 3.º esq., 1200-192 Lisboa",
                "हिन्दी",
            ]
        );
        for format in [ListFormat::Csv, ListFormat::Xlsx, ListFormat::Portrait] {
            let shown = narrowed(&world, GuardianFilter { may_collect: Some(true), ..Default::default() }, &columns);
            assert_eq!(export_list(office, ExportList { shown, format, title: None }).await.unwrap().rows, 4);
        }
        // Found by name, by every number, by a part of the address with its sign, and by nothing else.
        for (text, who) in [
            ("obid", vec!["Rosa"]),
            ("912 000 111", vec!["Rosa"]),
            ("912000111", vec!["Rosa"]),
            ("rosa.munoz@", vec!["Rosa"]),
            ("MUNOZ@EXAMPLE", vec!["Rosa"]),
            ("rosa munoz@example.org", vec!["Rosa"]),
            ("lucia munoz@example.org", vec![]),
            ("rosa_munoz@", vec![]),
            ("@", vec!["Rosa"]),
            ("jose", vec![]),
        ] {
            assert_eq!(found(&world, text).await, who, "{text}");
        }
        let by = |column: &str, order| {
            let input = narrowed(&world, GuardianFilter::default(), &["givenName"]);
            ShowList { sort: Some(Sort { column: column.into(), order }), ..input }
        };
        assert_eq!(cells(office, by("language", SortOrder::Descending)).await[0], ["Rosa"]);
        assert_eq!(cells(office, by("email", SortOrder::Ascending)).await[3], ["Rosa"]);
        assert_eq!(cells(office, by("name", SortOrder::Descending)).await[0], ["Priya"]);
        let refused = show_list(office, by("phone", SortOrder::Ascending)).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "sort.column");
        // A page of them.
        let page = ShowList { offset: Some(1), limit: Some(2), ..by("name", SortOrder::Ascending) };
        let page = show_list(office, page).await.unwrap();
        assert_eq!((page.rows.len(), page.total), (2, 4));
    }
);

async fn guardian_of(who: &Context, id: GuardianId) -> GuardianDetails {
    school::people::guardian(who, OfGuardian { guardian: id }).await.unwrap()
}

both!(
    async fn a_guardian_is_in_the_list_by_the_children_at_the_school_to_whom_they_have_access(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let [jose, aarav, mohammed] = roster.in_a[..] else { panic!("three in 7A") };
        let none = || SaveGuardian { is_primary: false, no_access: Some(true), ..guardian("Nelson", "Muñoz", "1") };
        let nelson = add(&world, jose, none()).await;
        let all = |filter: GuardianFilter| names(office, &world, filter);
        let usual = GuardianFilter::default;
        // Who has access to no child is not among those whom a school writes to, and is found by asking.
        assert_eq!(all(usual()).await, ["Fatima", "Lucía", "Priya"]);
        let closed = GuardianFilter { no_access: Some(true), ..usual() };
        assert_eq!(all(closed.clone()).await, ["Nelson"]);
        let told = cells(office, narrowed(&world, closed.clone(), &["children", "noAccess", "getsLetters"])).await;
        assert_eq!(told, [["Muñoz, José (7A)", "No access", "No"]]);
        // Of two children one: listed by that, and told of the other.
        let version = guardian_of(office, nelson).await.guardian.version;
        let father = SaveGuardian { save: Save::Change { id: nelson, version }, ..guardian("Nelson", "Muñoz", "1") };
        add(&world, mohammed, father).await;
        let columns = ["children", "noAccess", "class"];
        let told = cells(office, narrowed(&world, closed, &columns)).await;
        assert_eq!(told, [["Ali, Mohammed (7A)", "No access to José", "7A"]]);
        assert_eq!(all(usual()).await.len(), 4);

        // A class, and what is known of them.
        let of_class = |class| GuardianFilter { class: Some(class), ..usual() };
        assert_eq!(all(of_class(roster.class_b)).await, Vec::<String>::new());
        assert_eq!(all(of_class(roster.class_a)).await.len(), 4);
        assert_eq!(all(GuardianFilter { without_email: Some(true), ..usual() }).await.len(), 4);
        assert_eq!(all(GuardianFilter { without_phone: Some(true), ..usual() }).await.len(), 0);
        let silent = SaveGuardian {
            gets_letters: Some(false),
            may_collect: Some(false),
            email: Some("ona@example.org".into()),
            phone: None,
            ..guardian("Ona", "Żółty", "")
        };
        add(&world, roster.in_b[0], silent).await;
        assert_eq!(all(GuardianFilter { without_phone: Some(true), ..usual() }).await, ["Ona"]);
        assert_eq!(all(GuardianFilter { gets_letters: Some(true), ..usual() }).await.len(), 4);
        assert_eq!(all(GuardianFilter { may_collect: Some(true), ..usual() }).await.len(), 4);

        // Whose children have all left is asked for apart; on a day before, they were there.
        let leaves = WithdrawStudents {
            school: world.school,
            students: vec![aarav],
            last_day: date("2026-10-09"),
            reason: None,
            exit: StayExit::Withdrawn,
        };
        let left = withdraw_students(office, leaves).await.unwrap();
        let former = GuardianFilter { left: Some(true), ..usual() };
        assert_eq!(all(former.clone()).await, ["Priya"]);
        assert!(!all(usual()).await.contains(&"Priya".to_owned()));
        assert_eq!(cells(office, narrowed(&world, former.clone(), &["children"])).await, [["Sharma, Aarav"]]);
        let then = GuardianFilter { as_of: Some(date("2026-10-01")), ..usual() };
        assert!(all(then.clone()).await.contains(&"Priya".to_owned()));
        let then_in_a = GuardianFilter { class: Some(roster.class_a), ..then };
        let then_in_a = cells(office, narrowed(&world, then_in_a, &["givenName", "children"])).await;
        assert!(then_in_a.contains(&vec!["Priya".to_owned(), "Sharma, Aarav (7A)".to_owned()]), "{then_in_a:?}");
        let before = GuardianFilter { as_of: Some(date("2026-08-01")), ..usual() };
        assert_eq!(all(before).await, Vec::<String>::new());
        undo(office, Undo { entry: left.undo.unwrap() }).await.unwrap();
        assert_eq!(all(former).await, Vec::<String>::new());
        // Whose only child was deleted is in none of them.
        let gone = StudentIds { school: world.school, students: vec![aarav] };
        delete_students(office, gone.clone()).await.unwrap();
        assert!(!all(usual()).await.contains(&"Priya".to_owned()));
        restore_students(office, gone).await.unwrap();
        assert!(all(usual()).await.contains(&"Priya".to_owned()));
    }
);

both!(
    async fn teachers_see_the_guardians_of_their_students_and_of_children_only_those(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (&world.administrator, world.school);
        let teacher = roster.teacher(&world).await;
        let rosa = add(&world, roster.in_a[0], guardian("Rosa", "Muñoz", "0700 1")).await;
        let version = guardian_of(office, rosa).await.guardian.version;
        let other = SaveGuardian { save: Save::Change { id: rosa, version }, ..guardian("Rosa", "Muñoz", "0700 1") };
        add(&world, roster.in_b[0], other).await;
        let ona = add(&world, roster.in_b[0], guardian("Ona", "Żółty", "0700 2")).await;
        let usual = GuardianFilter::default;
        assert_eq!(names(&teacher, &world, usual()).await, ["Fatima", "Lucía", "Rosa", "Priya"]);
        let told = cells(&teacher, narrowed(&world, usual(), &["children", "class"])).await;
        assert_eq!(told[2], ["Muñoz, José (7A)", "7A"], "of a child in another class nothing");
        let children = |details: GuardianDetails| -> Vec<StudentId> {
            details.guardian.children.into_iter().map(|child| child.student).collect()
        };
        assert_eq!(children(guardian_of(&teacher, rosa).await), [roster.in_a[0]]);
        assert_eq!(children(guardian_of(office, rosa).await).len(), 2);
        let refused = school::people::guardian(&teacher, OfGuardian { guardian: ona }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let in_b = GuardianFilter { class: Some(roster.class_b), ..usual() };
        let refused = show_list(&teacher, narrowed(&world, in_b, &["name"])).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        // Found by what is typed only among these.
        let typed = ShowList { search: Some("07002".into()), ..narrowed(&world, usual(), &["name"]) };
        assert_eq!(show_list(&teacher, typed).await.unwrap().total, 0);
        // A student who left the class takes the guardian along.
        let details = student(office, OfStudent { student: roster.in_a[1] }).await.unwrap();
        let time = &details.enrolments[0];
        let ends = EndEnrolments { class: roster.class_a, students: vec![details.id], end: date("2026-10-09") };
        assert_eq!(time.class, roster.class_a);
        end_enrolments(office, ends).await.unwrap();
        assert!(!names(&teacher, &world, usual()).await.contains(&"Priya".to_owned()));
        let again = EnrolStudents { class: roster.class_a, students: vec![details.id], start: date("2026-10-12") };
        enrol_students(office, again).await.unwrap();
        // Nobody of another school, and no student, sees any.
        let hillside = second_school(&world).await;
        let foreign = world.user_for("kim", Role::Principal, hillside, None, None).await;
        assert_eq!(
            show_list(&foreign, narrowed(&world, usual(), &["name"])).await.unwrap_err().code,
            ErrorCode::Forbidden
        );
        let pupil = world.user_for("jose", Role::Student, school, None, Some(roster.in_a[0])).await;
        let asked = ListGuardians { school, search: None, filter: usual(), sort: None, offset: None, limit: None };
        assert_eq!(list_guardians(&pupil, asked).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn fields_of_guardians_are_columns_filters_and_changed_for_many_by_whom_they_are_for(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let teacher = roster.teacher(&world).await;
        let about = (FieldAbout::Guardian, "Newsletter", FieldKind::YesNo);
        let field = make_field(&world, about, &[], &[Role::Teacher], &[Role::Teacher]).await;
        let hidden = make_field(&world, (FieldAbout::Guardian, "Fees", FieldKind::Text), &[], &[], &[]).await;
        let column = format!("field:{field}");
        let ona = add(&world, roster.in_b[0], guardian("Ona", "Żółty", "0700 2")).await;
        let all = || narrowed(&world, GuardianFilter::default(), &["givenName", &column]);
        let change = async |who: &Context, value: Option<&str>| {
            let input = PlanChange {
                school: world.school,
                of: ListOf::Guardians(GuardianFilter::default()),
                search: None,
                rows: None,
                field: column.clone(),
                value: value.map(str::to_owned),
            };
            let plan = plan_change(who, input).await.unwrap();
            let rows = plan.rows.iter().map(|row| RowSeen { id: row.id, version: row.version }).collect();
            let input = ChangeField {
                school: world.school,
                list: ListName::Guardians,
                rows,
                field: column.clone(),
                value: value.map(str::to_owned),
            };
            change_field(who, input).await.unwrap()
        };
        // A teacher says it of the guardians of the own students.
        let changed = change(&teacher, Some("yes")).await;
        assert_eq!(changed.rows.len(), 3);
        assert!(changed.rows.iter().all(|row| matches!(row.outcome, Outcome::Saved(_))));
        let told = cells(office, all()).await;
        assert_eq!(told[3], ["Ona", ""]);
        assert!(told[..3].iter().all(|row| row[1] == "Yes"), "{told:?}");
        assert_eq!(change(office, Some("no")).await.rows.len(), 4);
        assert!(cells(&teacher, all()).await.iter().all(|row| row[1] == "No"));
        let own = |value: Option<&str>| GuardianFilter {
            own_field: Some(field),
            own_value: value.map(str::to_owned),
            ..GuardianFilter::default()
        };
        let values = vec![SaveFieldValue { field, version: Some(1), value: None }];
        let of = OwnerOfValue::Guardian(ona);
        save_field_values(office, SaveFieldValues { of, values }).await.unwrap();
        assert_eq!(names(office, &world, own(None)).await, ["Ona"]);
        assert_eq!(names(office, &world, own(Some("no"))).await.len(), 3);
        let csv = ExportList {
            shown: narrowed(&world, own(Some("no")), &["givenName", &column]),
            format: ListFormat::Csv,
            title: None,
        };
        assert_eq!(export_list(office, csv).await.unwrap().rows, 3);
        // Of a field that is not theirs to see nobody is told: not as a column, an order or a filter.
        let settings = list_settings(&teacher, OfList { school: world.school, list: ListName::Guardians }).await;
        let known = settings.unwrap().columns;
        assert_eq!(known.iter().filter(|column| column.own.is_some()).count(), 1);
        let asked = GuardianFilter { own_field: Some(hidden), ..GuardianFilter::default() };
        let refused = show_list(&teacher, narrowed(&world, asked.clone(), &["name"])).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::NotFound);
        let view = SaveView {
            school: world.school,
            save: Save::New,
            title: "Fees".into(),
            shared: true,
            shown: ShownList { of: ListOf::Guardians(asked), search: None, sort: None, columns: vec!["name".into()] },
        };
        save_view(office, view).await.unwrap();
        let seen = list_settings(&teacher, OfList { school: world.school, list: ListName::Guardians }).await.unwrap();
        assert_eq!(seen.views[0].gone, ["ownField"]);
        assert_eq!(seen.views[0].shown.of, ListOf::Guardians(GuardianFilter::default()));
    }
);
