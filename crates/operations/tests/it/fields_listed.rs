//! Fields of the school's own in its lists: as columns, in views and tables, as an order and a filter, changed in many rows,
//! and in the forms of new people. Nobody is told of a field that is not theirs to see.

use kernel::{Context, ErrorCode, Outcome, Role, Save, Sort, SortOrder};
use school::lists::*;
use school::people::*;
use store::entities::{FieldAbout, FieldKind};
use store::ids::CustomFieldId;
use upkeep::{Undo, undo};
use uuid::Uuid;

use crate::both;
use crate::roster::{Roster, new_staff, new_student};
use crate::shown_lists::{cells, shown};
use crate::world::World;

/// A field about whom or what it may be; a choice is of `choices`.
pub async fn make_field(
    world: &World,
    (about, title, kind): (FieldAbout, &str, FieldKind),
    choices: &[&str],
    seen_by: &[Role],
    changed_by: &[Role],
) -> CustomFieldId {
    let choices: &[&str] = if kind == FieldKind::Choice { choices } else { &[] };
    let field = SaveField {
        school: world.school,
        save: Save::New,
        about,
        title: title.into(),
        kind,
        choices: choices.iter().map(|choice| (*choice).into()).collect(),
        help: None,
        seen_by: seen_by.to_vec(),
        changed_by: changed_by.to_vec(),
    };
    save_field(&world.administrator, field).await.unwrap().field
}

/// The same; a choice is of sizes.
async fn make(
    world: &World,
    what: (FieldAbout, &str, FieldKind),
    seen_by: &[Role],
    changed_by: &[Role],
) -> CustomFieldId {
    make_field(world, what, &["S", "M", "L"], seen_by, changed_by).await
}

async fn say(world: &World, of: OwnerOfValue, field: CustomFieldId, value: &str) {
    let values = vec![SaveFieldValue { field, version: None, value: Some(value.into()) }];
    save_field_values(&world.administrator, SaveFieldValues { of, values }).await.unwrap();
}

fn column(field: CustomFieldId) -> String {
    format!("field:{field}")
}

fn asked(world: &World, of: ListOf, columns: &[&str]) -> ShowList {
    shown(world.school, of, columns)
}

fn students() -> ListOf {
    ListOf::Students(StudentFilter::default())
}

fn sorted(column: String, order: SortOrder) -> Option<Sort> {
    Some(Sort { column, order })
}

async fn own_columns(who: &Context, world: &World, list: ListName) -> Vec<ColumnInfo> {
    let settings = list_settings(who, OfList { school: world.school, list }).await.unwrap();
    settings.columns.into_iter().filter(|column| column.own.is_some()).collect()
}

async fn csv(who: &Context, shown: ShowList) -> String {
    let made = export_list(who, ExportList { shown, format: ListFormat::Csv, title: None }).await.unwrap();
    let file = who.services.artifact(made.artifact, who.actor().unwrap().user).unwrap();
    String::from_utf8(file.bytes.to_vec()).unwrap()
}

both!(
    async fn a_field_of_each_kind_is_a_column_in_every_form_of_a_list(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let kinds = [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Choice, FieldKind::YesNo];
        let mut fields = Vec::new();
        for kind in kinds {
            fields.push(make(&world, (FieldAbout::Student, kind.name(), kind), &[], &[]).await);
        }
        for (student, values) in [
            (roster.in_a[0], ["Mill Lane", "9.5", "2026-02-28", "M", "yes"]),
            (roster.in_a[1], ["Ahorn", "10", "2025-12-31", "L", "no"]),
        ] {
            for (field, value) in fields.iter().zip(values) {
                say(&world, OwnerOfValue::Student(student), *field, value).await;
            }
        }
        let infos = own_columns(office, &world, ListName::Students).await;
        let told: Vec<_> = infos.iter().map(|info| (info.head.to_string(), info.numeric, info.sortable)).collect();
        let expected =
            ["text", "number", "date", "choice", "yes_no"].map(|title| (title.to_owned(), title == "number", true));
        assert_eq!(told, expected);
        let ids: Vec<String> = fields.iter().map(|field| column(*field)).collect();
        let mut columns = vec!["number"];
        columns.extend(ids.iter().map(String::as_str));
        let listed = cells(office, asked(&world, students(), &columns)).await;
        let of = |number: &str| listed.iter().find(|row| row[0] == number).unwrap()[1..].to_vec();
        assert_eq!(of("1001"), ["Mill Lane", "9.5", "2026-02-28", "M", "Yes"]);
        assert_eq!(of("1003"), ["", "", "", "", ""]);
        let written = csv(office, asked(&world, students(), &columns)).await;
        assert!(written.contains("Number,text,number,date,choice,yes_no"), "{written}");
        assert!(written.contains("1001,Mill Lane,9.5,2026-02-28,M,Yes"), "{written}");
        for format in [ListFormat::Xlsx, ListFormat::Landscape] {
            let shown = asked(&world, students(), &columns);
            assert_eq!(export_list(office, ExportList { shown, format, title: None }).await.unwrap().rows, 4);
        }
        // Numbers are sorted as numbers, and who has nothing comes first.
        for (id, first) in ids.iter().zip(["1002", "1001", "1002", "1002", "1002"]) {
            for (order, place) in [(SortOrder::Ascending, 2), (SortOrder::Descending, 1)] {
                let input = ShowList { sort: sorted(id.clone(), order), ..asked(&world, students(), &["number"]) };
                assert_eq!(cells(office, input).await[place][0], first, "{id} {order:?}");
            }
        }
        let choice = |value: Option<&str>| {
            ListOf::Students(StudentFilter {
                own_field: Some(fields[3]),
                own_value: value.map(str::to_owned),
                ..StudentFilter::default()
            })
        };
        assert_eq!(cells(office, asked(&world, choice(Some("M")), &["number"])).await, [["1001"]]);
        assert_eq!(show_list(office, asked(&world, choice(None), &["number"])).await.unwrap().total, 2);
        // In the lists of staff and of classes too, which sort by them.
        for (about, list, of, owners) in [
            (
                FieldAbout::Staff,
                ListName::Staff,
                ListOf::Staff(StaffFilter::default()),
                [OwnerOfValue::Staff(roster.ben), OwnerOfValue::Staff(roster.chloe)],
            ),
            (
                FieldAbout::Class,
                ListName::Classes,
                ListOf::Classes(ClassFilter::default()),
                [OwnerOfValue::Class(roster.class_a), OwnerOfValue::Class(roster.class_b)],
            ),
        ] {
            let field = make(&world, (about, "Keys", FieldKind::Number), &[], &[]).await;
            say(&world, owners[0], field, "10.5").await;
            say(&world, owners[1], field, "9").await;
            assert_eq!(own_columns(office, &world, list).await.len(), 1);
            let input =
                ShowList { sort: sorted(column(field), SortOrder::Ascending), ..asked(&world, of, &[&column(field)]) };
            assert_eq!(cells(office, input).await, [["9"], ["10.5"]]);
        }
        assert!(own_columns(office, &world, ListName::Courses).await.is_empty());
    }
);

both!(
    async fn a_field_that_is_not_somebodys_to_see_is_got_in_no_way(world: World) {
        let roster = Roster::new(&world).await;
        let principal = world.user("principal", Role::Principal).await;
        let office = world.user("office", Role::Operator).await;
        let teacher = roster.teacher(&world).await;
        let care = make(&world, (FieldAbout::Student, "Care", FieldKind::Choice), &[Role::Counsellor], &[]).await;
        let seat = make(&world, (FieldAbout::Student, "Seat", FieldKind::Choice), &[Role::Teacher], &[]).await;
        for student in [roster.in_a[0], roster.in_b[0]] {
            say(&world, OwnerOfValue::Student(student), care, "S").await;
            say(&world, OwnerOfValue::Student(student), seat, "M").await;
        }
        let (care, seat) = (column(care), column(seat));
        let filter = |id: &str, value: &str| {
            ListOf::Students(StudentFilter {
                own_field: id.strip_prefix("field:").map(|id| id.parse().unwrap()),
                own_value: Some(value.into()),
                ..StudentFilter::default()
            })
        };
        // A view of all, with the field as a column, as the order and as the filter.
        let shown = ShownList {
            of: filter(&care, "S"),
            search: None,
            sort: sorted(care.clone(), SortOrder::Ascending),
            columns: vec!["number".into(), care.clone(), seat.clone()],
        };
        let view = SaveView {
            school: world.school,
            save: Save::New,
            title: "Care".into(),
            shared: true,
            shown: shown.clone(),
        };
        assert_eq!(save_view(&principal, view).await.unwrap().view.shown, shown);
        for (who, columns) in [(&office, vec!["number".to_owned()]), (&teacher, vec!["number".into(), seat.clone()])] {
            let of = OfList { school: world.school, list: ListName::Students };
            let settings = list_settings(who, of).await.unwrap();
            let seen = &settings.views[0];
            assert_eq!((&seen.shown.columns, &seen.shown.sort), (&columns, &None));
            assert_eq!((&seen.shown.of, &seen.gone), (&students(), &vec!["ownField".to_owned()]));
            assert!(!serde_json::to_string(&settings).unwrap().contains(&care[6..]));
            let forbidden = asked(&world, students(), &["number", &care]);
            assert_eq!(show_list(who, forbidden.clone()).await.unwrap_err().fields[0].field, "columns");
            let export = ExportList { shown: forbidden, format: ListFormat::Csv, title: None };
            assert_eq!(export_list(who, export).await.unwrap_err().fields[0].field, "columns");
            let sort = sorted(care.clone(), SortOrder::Ascending);
            let input = ShowList { sort: sort.clone(), ..asked(&world, students(), &["number"]) };
            assert_eq!(show_list(who, input).await.unwrap_err().fields[0].field, "sort.column");
            let input = ListStudents { sort, ..ListStudents::of(world.school) };
            assert_eq!(list_students(who, input).await.unwrap_err().fields[0].field, "sort.column");
            let input = asked(&world, filter(&care, "S"), &["number"]);
            assert_eq!(show_list(who, input).await.unwrap_err().code, ErrorCode::NotFound);
            let columns =
                ChooseColumns { school: world.school, list: ListName::Students, columns: Some(vec![care.clone()]) };
            assert_eq!(choose_columns(who, columns).await.unwrap_err().fields[0].field, "columns");
        }
        // The teacher is told of the own students, in every form.
        let of_seat = asked(&world, students(), &["number", &seat]);
        assert_eq!(cells(&teacher, of_seat.clone()).await.iter().filter(|row| row[1] == "M").count(), 1);
        let found = asked(&world, filter(&seat, "M"), &["number"]);
        assert_eq!(cells(&teacher, found.clone()).await, [["1001"]]);
        assert!(show_list(&office, of_seat.clone()).await.is_err());
        // Who works in the office besides is shown all students, and of the field what the own ones have; by what the others
        // have the list is neither sorted nor narrowed.
        let mut actor = (**teacher.actor.as_ref().unwrap()).clone();
        actor.grants.push((world.school, Role::Operator));
        actor.roles.push(Role::Operator);
        let both = Context { actor: Some(std::sync::Arc::new(actor)), ..teacher.clone() };
        let rows = cells(&both, of_seat.clone()).await;
        let told: Vec<&str> = rows.iter().filter(|row| row[1] == "M").map(|row| row[0].as_str()).collect();
        assert_eq!((rows.len(), told), (4, vec!["1001"]));
        assert!(!own_columns(&both, &world, ListName::Students).await[0].sortable);
        let input = ShowList { sort: sorted(seat.clone(), SortOrder::Ascending), ..of_seat.clone() };
        assert_eq!(show_list(&both, input).await.unwrap_err().fields[0].field, "sort.column");
        assert_eq!(show_list(&both, found).await.unwrap_err().code, ErrorCode::NotFound);
        // A field that is out of use is left out of the view, and the rest of it works.
        let listed = list_fields(&principal, ListFields { school: world.school }).await.unwrap();
        let gone = listed.into_iter().find(|field| column(field.id) == care).unwrap();
        retire_field(&principal, FieldIds { field: gone.id, version: gone.version }).await.unwrap();
        let of = OfList { school: world.school, list: ListName::Students };
        let view = list_settings(&principal, of).await.unwrap().views.remove(0);
        assert_eq!((&view.shown.columns, &view.shown.sort), (&vec!["number".to_owned(), seat.clone()], &None));
        let columns: Vec<&str> = view.shown.columns.iter().map(String::as_str).collect();
        assert_eq!(show_list(&principal, asked(&world, view.shown.of.clone(), &columns)).await.unwrap().total, 4);
    }
);

both!(
    async fn the_lists_of_staff_and_classes_are_narrowed_by_a_field_for_who_sees_it(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let teacher = roster.teacher(&world).await;
        for (about, list, owners, ids) in [
            (
                FieldAbout::Staff,
                ListName::Staff,
                [OwnerOfValue::Staff(roster.ben), OwnerOfValue::Staff(roster.chloe)],
                [roster.ben.0, roster.chloe.0],
            ),
            (
                FieldAbout::Class,
                ListName::Classes,
                [OwnerOfValue::Class(roster.class_a), OwnerOfValue::Class(roster.class_b)],
                [roster.class_a.0, roster.class_b.0],
            ),
        ] {
            let keys = make(&world, (about, "Keys", FieldKind::Choice), &[Role::Teacher], &[]).await;
            let hidden = make(&world, (about, "Pay", FieldKind::Choice), &[], &[]).await;
            for field in [keys, hidden] {
                say(&world, owners[0], field, "S").await;
                say(&world, owners[1], field, "M").await;
            }
            let of = |field: CustomFieldId, value: Option<&str>| {
                let (own_field, own_value) = (Some(field), value.map(str::to_owned));
                match list {
                    ListName::Staff => ListOf::Staff(StaffFilter { own_field, own_value, ..StaffFilter::default() }),
                    _ => ListOf::Classes(ClassFilter { own_field, own_value, ..ClassFilter::default() }),
                }
            };
            let found = async |who: &Context, of: ListOf| -> Vec<Uuid> {
                let page = show_list(who, asked(&world, of, &[&column(keys)])).await.unwrap();
                assert_eq!(page.total, page.rows.len() as u64);
                page.rows.into_iter().map(|row| row.id).collect()
            };
            assert_eq!(found(office, of(keys, Some("S"))).await, [ids[0]]);
            assert_eq!(found(office, of(hidden, Some("M"))).await, [ids[1]]);
            assert!(found(office, of(keys, Some("L"))).await.is_empty());
            assert!(found(office, of(keys, None)).await.is_empty());
            // With what is typed, and in order.
            let typed = ShowList {
                search: Some("zzz".into()),
                sort: sorted(column(keys), SortOrder::Descending),
                ..asked(&world, of(keys, Some("S")), &[&column(keys)])
            };
            assert_eq!(show_list(office, typed).await.unwrap().total, 0);
            // A table says so in words.
            let written = csv(office, asked(&world, of(keys, Some("M")), &[&column(keys)])).await;
            assert_eq!(written.trim_start_matches('\u{feff}').lines().collect::<Vec<_>>(), ["Keys", "M"]);
            // A teacher is told of their own, and by a field that is not theirs to see they find nobody.
            assert_eq!(found(&teacher, of(keys, Some("S"))).await, [ids[0]]);
            assert!(found(&teacher, of(keys, Some("M"))).await.is_empty());
            let refused = show_list(&teacher, asked(&world, of(hidden, Some("S")), &[&column(keys)])).await;
            assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
            // A view keeps it, and leaves it out for who does not see it.
            let view = SaveView {
                school: world.school,
                save: Save::New,
                title: "Pay".into(),
                shared: true,
                shown: ShownList { of: of(hidden, Some("S")), search: None, sort: None, columns: vec![column(keys)] },
            };
            assert_eq!(save_view(office, view).await.unwrap().view.shown.of, of(hidden, Some("S")));
            let settings = list_settings(&teacher, OfList { school: world.school, list }).await.unwrap();
            assert_eq!(settings.views[0].gone, ["ownField"]);
            assert!(!serde_json::to_string(&settings).unwrap().contains(&hidden.to_string()));
        }
    }
);

fn plan(world: &World, field: &str, value: Option<&str>) -> PlanChange {
    PlanChange {
        school: world.school,
        of: students(),
        search: None,
        rows: None,
        field: field.into(),
        value: value.map(str::to_owned),
    }
}

fn change(world: &World, field: &str, rows: &[PlannedRow], value: Option<&str>) -> ChangeField {
    ChangeField {
        school: world.school,
        list: ListName::Students,
        rows: rows.iter().map(|row| RowSeen { id: row.id, version: row.version }).collect(),
        field: field.into(),
        value: value.map(str::to_owned),
    }
}

both!(
    async fn a_field_is_changed_for_many_by_who_changes_it(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let counsellor = world.user("counsellor", Role::Counsellor).await;
        let teacher = roster.teacher(&world).await;
        let changers = [Role::Operator, Role::Teacher];
        let size = make(&world, (FieldAbout::Student, "Size", FieldKind::Choice), &changers, &changers).await;
        let care = make(&world, (FieldAbout::Student, "Care", FieldKind::YesNo), &[Role::Operator], &[]).await;
        say(&world, OwnerOfValue::Student(roster.in_a[0]), size, "S").await;
        say(&world, OwnerOfValue::Student(roster.in_a[1]), size, "L").await;
        let (id, closed) = (column(size), column(care));
        let planned = plan_change(&office, plan(&world, &id, Some("L"))).await.unwrap();
        assert_eq!((planned.rows.len(), planned.same), (3, 1));
        let now: Vec<_> = planned.rows.iter().map(|row| (row.now.as_deref(), row.version)).collect();
        assert!(now.contains(&(Some("S"), 1)) && now.contains(&(None, 0)), "{now:?}");
        // One is changed by somebody else meanwhile, one is deleted.
        say(&world, OwnerOfValue::Student(roster.in_b[0]), size, "M").await;
        let gone = StudentIds { school: world.school, students: vec![roster.in_a[2]] };
        delete_students(&world.administrator, gone.clone()).await.unwrap();
        let done = change_field(&office, change(&world, &id, &planned.rows, Some("L"))).await.unwrap();
        let outcome = |id: Uuid| done.rows.iter().find(|row| row.id == id).unwrap().outcome.clone();
        assert!(matches!(outcome(roster.in_a[0].0), Outcome::Saved(_)));
        assert_eq!(outcome(roster.in_b[0].0), Outcome::Conflict { current: Some("M".into()) });
        assert!(matches!(outcome(roster.in_a[2].0), Outcome::Refused { .. }));
        let sizes = async || {
            let input = ShowList {
                sort: sorted("number".into(), SortOrder::Ascending),
                ..asked(&world, students(), &["number", &id])
            };
            cells(&world.administrator, input).await.into_iter().map(|mut row| row.remove(1)).collect::<Vec<_>>()
        };
        assert_eq!(sizes().await, ["L", "L", "M"]);
        undo(&office, Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert_eq!(sizes().await, ["S", "L", "M"]);
        // Taken from all, and brought back.
        let planned = plan_change(&office, plan(&world, &id, None)).await.unwrap();
        let done = change_field(&office, change(&world, &id, &planned.rows, None)).await.unwrap();
        assert_eq!(sizes().await, ["", "", ""]);
        undo(&office, Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert_eq!(sizes().await, ["S", "L", "M"]);
        // What is no value of the field, and what is not theirs to change.
        let wrong = plan_change(&office, plan(&world, &id, Some("XL"))).await.unwrap_err();
        assert_eq!((wrong.fields[0].field.as_str(), wrong.fields[0].code.as_str()), ("value", "no_choice"));
        for (who, field, code) in [
            (&office, &closed, ErrorCode::Forbidden),
            (&teacher, &closed, ErrorCode::Invalid),
            (&counsellor, &id, ErrorCode::Invalid),
            (&counsellor, &"gradeLevel".to_owned(), ErrorCode::Forbidden),
        ] {
            let value = Some("yes").filter(|_| *field == closed).or(Some("L"));
            assert_eq!(plan_change(who, plan(&world, field, value)).await.unwrap_err().code, code);
            assert_eq!(change_field(who, change(&world, field, &[], value)).await.unwrap_err().code, code);
        }
        // A teacher changes the own students, and is told of no others, whatever rows are named.
        restore_students(&world.administrator, gone).await.unwrap();
        let planned = plan_change(&teacher, plan(&world, &id, Some("M"))).await.unwrap();
        assert_eq!(planned.rows.len(), 3);
        let all = PlanChange { rows: Some(vec![roster.in_b[0].0]), ..plan(&world, &id, Some("L")) };
        let none = plan_change(&teacher, all).await.unwrap();
        assert!(none.rows.is_empty() && none.same == 0);
        let mut rows = planned.rows.clone();
        rows.push(PlannedRow { id: roster.in_b[0].0, version: 1, ..rows[0].clone() });
        let done = change_field(&teacher, change(&world, &id, &rows, Some("M"))).await.unwrap();
        let last = done.rows.last().unwrap();
        assert!(last.name.is_none() && matches!(last.outcome, Outcome::Refused { .. }), "{last:?}");
        assert_eq!(sizes().await, ["M", "M", "M", "M"]);
        let entry = done.undo.unwrap();
        assert_eq!(undo(&counsellor, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&teacher, Undo { entry }).await.unwrap();
        assert_eq!(sizes().await, ["S", "L", "", "M"]);
        // Nor is a field that every school has taken back by who changes only one of the school's own.
        let levels = PlanChange { field: "gradeLevel".into(), ..plan(&world, "", Some("8")) };
        let planned = plan_change(&office, levels).await.unwrap();
        let done = change_field(&office, change(&world, "gradeLevel", &planned.rows, Some("8"))).await.unwrap();
        let entry = done.undo.unwrap();
        for who in [&counsellor, &teacher] {
            assert_eq!(undo(who, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        undo(&office, Undo { entry }).await.unwrap();
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn what_is_known_of_somebody_new_is_said_in_their_form(world: World) {
        let office = world.user("office", Role::Operator).await;
        let may = [Role::Operator];
        let bus = make(&world, (FieldAbout::Student, "Bus", FieldKind::Text), &may, &may).await;
        let height = make(&world, (FieldAbout::Student, "Height", FieldKind::Number), &may, &may).await;
        let care = make(&world, (FieldAbout::Student, "Care", FieldKind::YesNo), &may, &[]).await;
        let offered = own_columns(&office, &world, ListName::Students).await;
        let all: Vec<bool> = offered.iter().map(|column| column.own.as_ref().unwrap().may_change_all).collect();
        assert_eq!(all, [true, true, false]);
        let values = |values: &[(CustomFieldId, &str)]| {
            let said = values.iter().map(|(field, value)| SaveFieldValue {
                field: *field,
                version: None,
                value: Some((*value).into()),
            });
            Some(said.collect::<Vec<_>>())
        };
        let new = |own_values| SaveStudent { own_values, ..new_student(world.school, "3001", "Mina", "Okonkwo") };
        let wrong = save_student(&office, new(values(&[(bus, "Mill Lane"), (height, "tall")]))).await.unwrap_err();
        assert_eq!(
            (wrong.fields[0].field.clone(), wrong.fields[0].code.as_str()),
            (format!("ownValues.{height}"), "not_a_number")
        );
        let refused = save_student(&office, new(values(&[(care, "yes")]))).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let count = async || {
            let input = ListStudents::of(world.school);
            list_students(&office, input).await.unwrap().total
        };
        assert_eq!(count().await, 0, "all or nothing");
        let saved = save_student(&office, new(values(&[(bus, "Mill Lane"), (height, " 1.50 ")]))).await.unwrap();
        let of = OwnerOfValue::Student(saved.student.id);
        let told = async |of| {
            let found = field_values(&office, OfValues { of }).await.unwrap();
            found.into_iter().map(|field| field.value.unwrap_or_default()).collect::<Vec<_>>()
        };
        assert_eq!(told(of).await, ["Mill Lane", "1.5", ""]);
        let undone = undo(&office, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        assert_eq!(count().await, 0);
        let again = undo(&office, Undo { entry: undone.undo.unwrap() }).await.unwrap();
        assert_eq!((count().await, told(of).await), (1, vec!["Mill Lane".into(), "1.5".into(), String::new()]));
        // A field that is out of use by then is in nobody's way.
        let gone = retire_field(&world.administrator, FieldIds { field: bus, version: 1 }).await.unwrap();
        let undone = undo(&office, Undo { entry: again.undo.unwrap() }).await.unwrap();
        assert_eq!(count().await, 0);
        undo(&office, Undo { entry: undone.undo.unwrap() }).await.unwrap();
        undo(&world.administrator, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        let permit = make(&world, (FieldAbout::Staff, "Permit", FieldKind::Date), &may, &may).await;
        let input =
            SaveStaff { own_values: values(&[(permit, "2026-09-01")]), ..new_staff(world.school, "Ann", "Lee") };
        let saved = save_staff(&office, input).await.unwrap();
        assert_eq!(told(OwnerOfValue::Staff(saved.staff.id)).await, ["2026-09-01"]);
        undo(&office, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);
