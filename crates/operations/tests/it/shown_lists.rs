//! Lists as they are shown: columns, filters, tables and paper, views, and a field that is changed in many rows.

use kernel::{Context, ErrorCode, Outcome, Role, Save, Sort, SortOrder};
use school::classes::{ClassKind, SaveClass, save_class};
use school::lists::*;
use school::people::*;
use school::schools::{OfSchool, SaveSettings, Settings, save_settings, settings};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::entities::{classes, students};
use store::ids::SchoolId;
use upkeep::{History, MyChanges, Undo, history, my_changes, undo};
use uuid::Uuid;

use crate::both;
use crate::roster::{Roster, new_class, new_group, new_staff, new_student};
use crate::world::date;

fn students_of(school: SchoolId, filter: StudentFilter, columns: &[&str]) -> ShowList {
    shown(school, ListOf::Students(filter), columns)
}

pub fn shown(school: SchoolId, of: ListOf, columns: &[&str]) -> ShowList {
    let columns = columns.iter().map(|id| (*id).to_owned()).collect();
    ShowList { school, of, search: None, sort: None, columns, offset: None, limit: None }
}

/// The cells of a list as texts.
pub async fn cells(context: &Context, input: ShowList) -> Vec<Vec<String>> {
    let page = show_list(context, input).await.unwrap();
    page.rows.into_iter().map(|row| row.cells.into_iter().map(text).collect()).collect()
}

fn text(cell: ListCell) -> String {
    match cell {
        ListCell::Nothing => String::new(),
        ListCell::Text(text) | ListCell::Decimal(text) => text,
        ListCell::Number(number) => number.to_string(),
        ListCell::Day(day) => day.to_string(),
        ListCell::Moment(moment) => moment.to_rfc3339(),
        ListCell::Said(message) => message.to_string(),
    }
}

/// The numbers of the students whom a filter leaves, in order.
async fn numbers(context: &Context, school: SchoolId, filter: StudentFilter) -> Vec<String> {
    let input = ShowList { sort: sorted("number"), ..students_of(school, filter, &["number"]) };
    cells(context, input).await.into_iter().flatten().collect()
}

fn sorted(column: &str) -> Option<Sort> {
    Some(Sort { column: column.into(), order: SortOrder::Ascending })
}

async fn file(context: &Context, input: ExportList) -> (String, Vec<u8>) {
    let made = export_list(context, input).await.unwrap();
    let file = context.services.artifact(made.artifact, context.actor().unwrap().user).unwrap();
    assert_eq!(file.file_name, made.file_name);
    (made.file_name, file.bytes.to_vec())
}

both!(
    async fn a_list_shows_the_columns_that_are_asked_for_in_their_order(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let details = student(context, OfStudent { student: roster.in_a[1] }).await.unwrap();
        let born = SaveStudent {
            save: Save::Change { id: details.id, version: details.version },
            birth_date: Some(date("2014-10-14")),
            native_name: details.native_name,
            preferred_name: Some("Ari".into()),
            sex: Some("male".into()),
            grade_level: Some("7".into()),
            email: Some("aarav@example.org".into()),
            ..new_student(world.school, "1002", "Aarav", "Sharma")
        };
        save_student(context, born).await.unwrap();
        let choir = new_group(&world, roster.year, "Choir").await;
        let input =
            school::classes::EnrolStudents { class: choir, students: details_of(&roster), start: date("2026-10-01") };
        school::classes::enrol_students(context, input).await.unwrap();
        let columns = [
            "name",
            "native",
            "number",
            "class",
            "groups",
            "status",
            "gradeLevel",
            "sex",
            "birthDate",
            "age",
            "firstDay",
            "lastDay",
            "email",
            "guardian",
            "guardianPhone",
        ];
        let listed = cells(context, students_of(world.school, StudentFilter::default(), &columns)).await;
        assert_eq!(
            listed[2],
            [
                "Sharma, Aarav (Ari)",
                "आरव शर्मा",
                "1002",
                "7A",
                "Choir",
                "Active",
                "7",
                "male",
                "2014-10-14",
                "12",
                "2026-09-01",
                "",
                "aarav@example.org",
                "Priya Sharma",
                "+91 98765 43210"
            ]
        );
        assert_eq!(listed.len(), 4);
        // Every list gives all that it says it has.
        let settings_of = async |list| list_settings(context, OfList { school: world.school, list }).await.unwrap();
        for (list, of) in [
            (ListName::Students, ListOf::Students(StudentFilter::default())),
            (ListName::Guardians, ListOf::Guardians(GuardianFilter::default())),
            (ListName::Staff, ListOf::Staff(StaffFilter::default())),
            (ListName::Classes, ListOf::Classes(ClassFilter::default())),
            (ListName::Courses, ListOf::Courses(CourseFilter::default())),
        ] {
            let known = settings_of(list).await.columns;
            let all: Vec<&str> = known.iter().map(|column| column.id.as_str()).collect();
            for sort in known.iter().filter(|column| column.sortable) {
                let input = ShowList { sort: sorted(&sort.id), ..shown(world.school, of.clone(), &all) };
                let page = show_list(context, input).await.unwrap();
                assert!(page.total > 0 && page.rows[0].cells.len() == all.len(), "{list:?} by {}", sort.id);
            }
        }
        let unknown = students_of(world.school, StudentFilter::default(), &["name", "password"]);
        assert_eq!(show_list(context, unknown).await.unwrap_err().fields[0].field, "columns");
    }
);

fn details_of(roster: &Roster) -> Vec<store::ids::StudentId> {
    vec![roster.in_a[1]]
}

both!(
    async fn an_office_finds_students_by_what_is_known_and_by_what_lacks(world: World) {
        let roster = Roster::new(&world).await;
        let (context, school) = (&world.administrator, world.school);
        for (number, born, level, sex, first) in [
            ("3001", "2013-01-31", "8", "female", "2026-10-05"),
            ("3002", "2013-02-01", "8", "male", "2026-11-02"),
            ("3003", "2012-06-30", "9", "female", "2026-09-01"),
        ] {
            let input = SaveStudent {
                birth_date: Some(date(born)),
                grade_level: Some(level.into()),
                sex: Some(sex.into()),
                first_day: Some(date(first)),
                ..new_student(school, number, number, "New")
            };
            save_student(context, input).await.unwrap();
        }
        let usual = StudentFilter::default;
        let found = async |filter| numbers(context, school, filter).await;
        assert_eq!(found(StudentFilter { grade_level: Some("8".into()), ..usual() }).await, ["3001", "3002"]);
        assert_eq!(found(StudentFilter { sex: Some("female".into()), ..usual() }).await, ["3001", "3003"]);
        assert_eq!(
            found(StudentFilter { without_guardian: Some(true), ..usual() }).await,
            ["2001", "3001", "3002", "3003"]
        );
        assert_eq!(found(StudentFilter { without_class: Some(true), ..usual() }).await, ["3001", "3002", "3003"]);
        let born = StudentFilter { born_from: Some(date("2013-01-31")), born_to: Some(date("2013-02-01")), ..usual() };
        assert_eq!(found(born).await, ["3001", "3002"]);
        let joined = StudentFilter { joined_from: Some(date("2026-11-01")), ..usual() };
        assert_eq!(found(joined.clone()).await, ["3002"]);
        let withdraw = WithdrawStudents {
            school,
            students: vec![roster.in_b[0]],
            last_day: date("2026-12-18"),
            exit: store::entities::StayExit::Withdrawn,
            reason: None,
        };
        withdraw_students(context, withdraw).await.unwrap();
        let leaving =
            StudentFilter { leaving_from: Some(date("2026-12-01")), leaving_to: Some(date("2026-12-31")), ..usual() };
        assert_eq!(found(leaving).await, ["2001"]);
        let both = StudentFilter { sex: Some("male".into()), grade_level: Some("8".into()), ..usual() };
        assert_eq!(found(both).await, ["3002"]);
        let upside_down =
            StudentFilter { born_from: Some(date("2014-01-01")), born_to: Some(date("2013-01-01")), ..usual() };
        let refused = show_list(context, students_of(school, upside_down, &["name"])).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "bornTo");
        let values = student_values(context, OfSchool { school }).await.unwrap();
        assert_eq!(
            (values.grade_levels, values.sexes),
            (vec!["8".into(), "9".into()], vec!["female".into(), "male".into()])
        );
        // By a birth date, whoever has none first, on either database.
        let by = ShowList { sort: sorted("birthDate"), ..students_of(school, usual(), &["number"]) };
        assert_eq!(cells(context, by).await.last().unwrap(), &["3002"]);
    }
);

both!(
    async fn who_sees_a_part_of_a_list_sees_that_part_in_every_form(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        let all = students_of(world.school, StudentFilter::default(), &["number", "guardianPhone"]);
        assert_eq!(show_list(&teacher, all.clone()).await.unwrap().total, 3, "of the own class");
        let export = ExportList { shown: all, format: ListFormat::Csv, title: None };
        let (_, bytes) = file(&teacher, export).await;
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("1001") && !text.contains("2001"), "{text}");
        let other = StudentFilter { class: Some(roster.class_b), ..StudentFilter::default() };
        let refused = show_list(&teacher, students_of(world.school, other, &["name"])).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let users = shown(world.school, ListOf::Users(serde_json::from_str("{}").unwrap()), &["username"]);
        assert_eq!(show_list(&teacher, users.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let of_users = OfList { school: world.school, list: ListName::Users };
        assert_eq!(list_settings(&teacher, of_users).await.unwrap_err().code, ErrorCode::Forbidden);
        let found = cells(&world.administrator, ShowList { search: Some("BEN".into()), ..users }).await;
        assert_eq!(found, [["ben"]]);
        let plan = PlanChange {
            school: world.school,
            of: ListOf::Students(StudentFilter::default()),
            search: None,
            rows: None,
            field: "gradeLevel".into(),
            value: Some("8".into()),
        };
        assert_eq!(plan_change(&teacher, plan).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn a_list_goes_out_whole_as_it_is_shown_and_runs_no_formula(world: World) {
        Roster::new(&world).await;
        let context = &world.administrator;
        let first = students::Entity::find().one(context.store().reader()).await.unwrap().unwrap();
        let many: Vec<students::Model> = (0..1_100)
            .map(|at| students::Model {
                id: store::ids::StudentId::new(),
                number: format!("N{at:04}"),
                given_name: if at == 0 { "=1+1".into() } else { "Given".into() },
                family_name: "Zz".into(),
                native_name: None,
                grade_level: Some("12".into()),
                ..first.clone()
            })
            .collect();
        let mut tx = world.services.store.begin().await.unwrap();
        bulk::insert_students(context, &mut tx, world.school, many).await.unwrap();
        tx.commit().await.unwrap();
        let filter = StudentFilter { grade_level: Some("12".into()), ..StudentFilter::default() };
        let asked = ShowList {
            sort: Some(Sort { column: "number".into(), order: SortOrder::Descending }),
            search: Some("zz".into()),
            ..students_of(world.school, filter, &["number", "givenName", "gradeLevel"])
        };
        let export = |format| ExportList { shown: asked.clone(), format, title: Some("Leavers".into()) };
        let (name, csv) = file(context, export(ListFormat::Csv)).await;
        assert_eq!(name, "Leavers 2026-10-14.csv");
        let csv = String::from_utf8(csv).unwrap();
        let lines: Vec<&str> = csv.trim_start_matches('\u{feff}').lines().collect();
        assert_eq!((lines.len(), lines[0], lines[1]), (1_101, "Number,Given name,Grade level", "N1099,Given,12"));
        assert_eq!(lines[1_100], "N0000,'=1+1,12");
        let (name, book) = file(context, export(ListFormat::Xlsx)).await;
        assert!(name.ends_with(".xlsx") && book.starts_with(b"PK"));
        let (name, pdf) = file(context, export(ListFormat::Landscape)).await;
        assert!(name.ends_with(".pdf") && pdf.starts_with(b"%PDF"));
        let none = ExportList { shown: ShowList { columns: vec![], ..asked }, format: ListFormat::Csv, title: None };
        assert_eq!(export_list(context, none).await.unwrap_err().fields[0].field, "columns");
    }
);

both!(
    async fn a_list_is_written_in_the_language_of_the_schools_documents(world: World) {
        Roster::new(&world).await;
        let context = &world.administrator;
        let stored = settings(context, OfSchool { school: world.school }).await.unwrap();
        let arabic = Settings { document_language: "ar".into(), ..stored.settings };
        save_settings(context, SaveSettings { school: world.school, version: stored.version, settings: arabic })
            .await
            .unwrap();
        let filter = StudentFilter { as_of: Some(date("2026-10-14")), ..StudentFilter::default() };
        let shown = students_of(world.school, filter, &["number", "name", "native", "status", "firstDay"]);
        let (name, csv) =
            file(context, ExportList { shown: shown.clone(), format: ListFormat::Csv, title: None }).await;
        let csv = String::from_utf8(csv).unwrap();
        assert!(csv.contains("الرقم,الاسم,الاسم بالكتابة الأصلية,الحالة,أول يوم") && csv.contains("منتظم"), "{csv}");
        assert!(name.starts_with("الطلاب"), "{name}");
        let (_, pdf) = file(context, ExportList { shown, format: ListFormat::Portrait, title: None }).await;
        assert!(pdf.starts_with(b"%PDF"));
    }
);

fn view(title: &str, shared: bool, school: SchoolId, filter: StudentFilter) -> SaveView {
    SaveView {
        school,
        save: Save::New,
        title: title.into(),
        shared,
        shown: ShownList {
            of: ListOf::Students(filter),
            search: None,
            sort: sorted("class"),
            columns: vec!["number".into(), "name".into()],
        },
    }
}

both!(
    async fn what_somebody_chose_to_see_is_theirs_and_what_is_shared_is_everybodys(world: World) {
        let roster = Roster::new(&world).await;
        let (office, school) = (world.user("olga", Role::Operator).await, world.school);
        let teacher = roster.teacher(&world).await;
        let of = |list| OfList { school, list };
        let seen = async |who: &Context| list_settings(who, of(ListName::Students)).await.unwrap();
        // Columns.
        let choose = |columns: Option<&[&str]>| ChooseColumns {
            school,
            list: ListName::Students,
            columns: columns.map(|columns| columns.iter().map(|id| (*id).to_owned()).collect()),
        };
        let chosen = choose_columns(&teacher, choose(Some(&["age", "name"]))).await.unwrap().undo.unwrap();
        assert_eq!(seen(&teacher).await.chosen, Some(vec!["age".to_owned(), "name".to_owned()]));
        assert_eq!(seen(&office).await.chosen, None);
        choose_columns(&teacher, choose(Some(&["name"]))).await.unwrap();
        choose_columns(&teacher, choose(None)).await.unwrap();
        assert_eq!(seen(&teacher).await.chosen, None);
        assert_eq!(undo(&teacher, Undo { entry: chosen }).await.unwrap_err().code, ErrorCode::CannotUndo);
        for wrong in [&["name", "name"][..], &["secret"], &[]] {
            assert_eq!(choose_columns(&teacher, choose(Some(wrong))).await.unwrap_err().fields[0].field, "columns");
        }
        // Views.
        let in_b = StudentFilter { class: Some(roster.class_b), ..StudentFilter::default() };
        let own = save_view(&office, view("7B", false, school, in_b)).await.unwrap();
        let shared = save_view(&office, view("All", true, school, StudentFilter::default())).await.unwrap().view;
        assert_eq!(seen(&office).await.views, [own.view.clone(), shared.clone()]);
        let seen_by_teacher = seen(&teacher).await;
        let titles = |settings: &ListSettings| settings.views.iter().map(|view| view.title.clone()).collect::<Vec<_>>();
        assert_eq!((titles(&seen_by_teacher), seen_by_teacher.may_share), (vec!["All".to_owned()], false));
        assert!(!seen_by_teacher.views[0].may_change && !seen_by_teacher.views[0].mine);
        let refused = save_view(&teacher, view("Mine", true, school, StudentFilter::default())).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "shared");
        let taken = save_view(&office, view("ALL", true, school, StudentFilter::default())).await.unwrap_err();
        assert_eq!(taken.code, ErrorCode::Duplicate);
        let theirs = DeleteView { view: own.view.id, version: 1 };
        assert_eq!(delete_view(&teacher, theirs.clone()).await.unwrap_err().code, ErrorCode::NotFound);
        assert_eq!(delete_view(&world.administrator, theirs.clone()).await.unwrap_err().code, ErrorCode::NotFound);
        let whole = DeleteView { view: shared.id, version: 1 };
        assert_eq!(delete_view(&teacher, whole).await.unwrap_err().code, ErrorCode::Forbidden);
        // Nor does the history tell anybody.
        let of_row = History { school, table: "list_views".into(), row: own.view.id.0 };
        assert_eq!(history(&world.administrator, of_row).await.unwrap_err().code, ErrorCode::Forbidden);
        let entry = own.undo.unwrap();
        assert_eq!(undo(&world.administrator, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        // Renamed, stale, deleted and brought back.
        let rename = |version| SaveView {
            save: Save::Change { id: own.view.id, version },
            ..view("7B of now", false, school, StudentFilter { class: Some(roster.class_b), ..Default::default() })
        };
        assert_eq!(save_view(&office, rename(1)).await.unwrap().view.version, 2);
        let late = SaveView { title: "Seventh".into(), ..rename(1) };
        assert_eq!(save_view(&office, late).await.unwrap_err().code, ErrorCode::Stale);
        assert_eq!(delete_view(&office, theirs).await.unwrap_err().code, ErrorCode::Stale);
        let gone = delete_view(&office, DeleteView { view: own.view.id, version: 2 }).await.unwrap();
        assert_eq!(titles(&seen(&office).await), ["All"]);
        let mine = my_changes(&office, MyChanges::default()).await.unwrap().acts;
        assert_eq!(
            (mine[0].words.operation.as_str(), mine[0].words.name.as_deref()),
            ("lists.delete_view", Some("7B of now"))
        );
        undo(&office, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        // A class that is gone is said.
        let ids = school::classes::ClassIds { school, classes: vec![roster.class_b] };
        school::classes::delete_classes(&world.administrator, ids).await.unwrap();
        let views = seen(&office).await.views;
        assert_eq!((views[0].title.as_str(), views[0].gone.clone()), ("7B of now", vec!["class".to_owned()]));
        // The teacher deletes an own one, and takes that back.
        let own = save_view(&teacher, view("Mine", false, school, StudentFilter::default())).await.unwrap();
        let gone = delete_view(&teacher, DeleteView { view: own.view.id, version: 1 }).await.unwrap();
        undo(&teacher, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        assert_eq!(titles(&seen(&teacher).await), ["All", "Mine"]);
    }
);

fn plan(school: SchoolId, of: ListOf, rows: Option<Vec<Uuid>>, field: &str, value: Option<&str>) -> PlanChange {
    PlanChange { school, of, search: None, rows, field: field.into(), value: value.map(str::to_owned) }
}

fn seen(rows: &[PlannedRow]) -> Vec<RowSeen> {
    rows.iter().map(|row| RowSeen { id: row.id, version: row.version }).collect()
}

both!(
    async fn a_field_of_many_is_changed_in_one_act_and_taken_back_in_one(world: World) {
        let roster = Roster::new(&world).await;
        let (context, school) = (&world.administrator, world.school);
        let all = || ListOf::Students(StudentFilter::default());
        let first = plan_change(context, plan(school, all(), Some(vec![roster.in_b[0].0]), "gradeLevel", Some(" 8 ")));
        let first = first.await.unwrap();
        assert_eq!((first.rows[0].name.as_str(), &first.rows[0].now, first.same), ("Żółty, Łukasz", &None, 0));
        let change = |rows: Vec<RowSeen>, value: &str| ChangeField {
            school,
            list: ListName::Students,
            rows,
            field: "gradeLevel".into(),
            value: Some(value.into()),
        };
        change_field(context, change(seen(&first.rows), "8")).await.unwrap();
        // All that the list shows: one has it, one is changed by somebody else meanwhile, one is deleted.
        let planned = plan_change(context, plan(school, all(), None, "gradeLevel", Some("8"))).await.unwrap();
        assert_eq!((planned.rows.len(), planned.same), (3, 1));
        let jose = student(context, OfStudent { student: roster.in_a[0] }).await.unwrap();
        let meanwhile = SaveStudent {
            save: Save::Change { id: jose.id, version: jose.version },
            grade_level: Some("9".into()),
            ..new_student(school, "1001", "José", "Muñoz")
        };
        save_student(context, meanwhile).await.unwrap();
        delete_students(context, StudentIds { school, students: vec![roster.in_a[2]] }).await.unwrap();
        let done = change_field(context, change(seen(&planned.rows), "8")).await.unwrap();
        let of = |id: store::ids::StudentId| done.rows.iter().find(|row| row.id == id.0).unwrap().outcome.clone();
        assert_eq!(of(roster.in_a[0]), Outcome::Conflict { current: Some("9".into()) });
        assert!(matches!(of(roster.in_a[1]), Outcome::Saved(_)));
        assert!(matches!(of(roster.in_a[2]), Outcome::Refused { .. }));
        let level = async |number: &str| {
            let found = students::Entity::find().filter(students::Column::Number.eq(number));
            found.one(context.store().reader()).await.unwrap().unwrap().grade_level
        };
        assert_eq!((level("1002").await.as_deref(), level("1001").await.as_deref()), (Some("8"), Some("9")));
        undo(context, Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert_eq!((level("1002").await, level("2001").await.as_deref()), (None, Some("8")));
        for (field, value) in [("password", "x"), ("gradeLevel", &*"x".repeat(51))] {
            let refused = plan_change(context, plan(school, all(), None, field, Some(value))).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::Invalid);
        }
    }
);

both!(
    async fn classes_and_staff_are_changed_by_their_own_rules(world: World) {
        let roster = Roster::new(&world).await;
        let (context, school) = (&world.administrator, world.school);
        let group = SaveClass { kind: ClassKind::Group, ..new_class(school, roster.year, "Choir") };
        save_class(context, group).await.unwrap();
        let all = || ListOf::Classes(ClassFilter::default());
        let change = |rows: &[PlannedRow], field: &str, value: &str| ChangeField {
            school,
            list: ListName::Classes,
            rows: seen(rows),
            field: field.into(),
            value: Some(value.into()),
        };
        let ben = roster.ben.to_string();
        let planned = plan_change(context, plan(school, all(), None, "teacher", Some(&ben))).await.unwrap();
        let done = change_field(context, change(&planned.rows, "teacher", &ben)).await.unwrap();
        let refused: Vec<_> = done.rows.iter().filter(|row| matches!(row.outcome, Outcome::Refused { .. })).collect();
        assert_eq!(refused.iter().map(|row| row.name.as_deref()).collect::<Vec<_>>(), [Some("Choir")]);
        let planned = plan_change(context, plan(school, all(), None, "places", Some("28"))).await.unwrap();
        change_field(context, change(&planned.rows, "places", "28")).await.unwrap();
        let found = classes::Entity::find().all(context.store().reader()).await.unwrap();
        assert!(found.iter().all(|class| class.places == Some(28)));
        assert_eq!(found.iter().filter(|class| class.homeroom_staff_id == Some(roster.ben)).count(), 2);
        let planned = plan_change(context, plan(school, all(), None, "teacher", None)).await.unwrap();
        assert_eq!(planned.rows[0].now.as_deref(), Some("Otieno, Ben"));
        for value in ["many", "0", "1001"] {
            let planned = plan_change(context, plan(school, all(), None, "places", Some(value))).await;
            let Ok(planned) = planned else { continue };
            let done = change_field(context, change(&planned.rows, "places", value)).await.unwrap();
            assert!(done.undo.is_none() && done.rows.len() == 3, "{value}");
        }
        save_staff(context, SaveStaff { job_title: None, ..new_staff(school, "Cy", "Young") }).await.unwrap();
        let staff = ListOf::Staff(StaffFilter::default());
        let planned = plan_change(context, plan(school, staff, None, "jobTitle", Some("Teacher"))).await.unwrap();
        assert_eq!((planned.rows.len(), planned.same), (1, 2));
    }
);
