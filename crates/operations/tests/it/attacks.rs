//! What somebody tried and must not succeed at, each with its whole kind.

use faces::purge_due;
use kernel::Save;
use kernel::{Context, ErrorCode, Role};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, save_comments};
use school::accounts::{ListUsers, RoleAt, SaveUser, UserRow, list_users, save_user};
use school::attendance::{OfRegister, register};
use school::classes::{EnrolStudents, SaveClass, enrol_students, save_class};
use school::people::*;
use school::schools::*;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::json;
use store::entities::{districts, evidence_frames, report_comments, settings as settings_rows};
use store::ids::{DistrictId, EvidenceFrameId, SchoolId, SettingId};
use upkeep::*;

use crate::both;
use crate::graded::Graded;
use crate::roster::{Roster, new_class, new_student, second_school};
use crate::world::{On, PASSWORD, World, date, device};

async fn user_row(world: &World, username: &str) -> UserRow {
    let users = list_users(&world.administrator, ListUsers { school: world.school }).await.unwrap();
    users.into_iter().find(|user| user.username == username).unwrap()
}

pub fn with_roles(user: &UserRow, roles: Vec<RoleAt>) -> SaveUser {
    SaveUser {
        save: Save::Change { id: user.id, version: user.version },
        username: user.username.clone(),
        given_name: user.given_name.clone(),
        family_name: user.family_name.clone(),
        roles,
        staff: user.staff,
        student: user.student,
        disabled: false,
        password: None,
    }
}

fn at(role: Role, school: SchoolId) -> Vec<RoleAt> {
    vec![RoleAt { role, school: Some(school), district: None }]
}

/// The person, signed in again with the roles of now.
pub async fn again(world: &World, username: &str) -> Context {
    let token = world.sign_in("office", username, &format!("{PASSWORD} too")).await.unwrap();
    world.resume(&token).await
}

pub async fn second_district(world: &World) -> DistrictId {
    let row = districts::Model { id: DistrictId::new(), name: "Northern".into(), source_id: None, version: 1 };
    let mut tx = world.services.store.begin().await.unwrap();
    let id = tx.insert::<districts::Entity>(row).await.unwrap().id;
    tx.commit().await.unwrap();
    id
}

pub async fn district_of(world: &World) -> DistrictId {
    list_schools(&world.administrator, school::accounts::Nothing {}).await.unwrap()[0].district
}

pub async fn new_school(world: &World, district: DistrictId, name: &str) -> SchoolId {
    let input = CreateSchool {
        district,
        name: name.into(),
        identifier: None,
        time_zone: "Africa/Nairobi".into(),
        year_title: "2026/27".into(),
        year_start: date("2026-09-01"),
        year_end: date("2027-07-15"),
        terms: vec![NewTerm { title: "Autumn".into(), start: date("2026-09-01"), end: date("2026-12-18") }],
    };
    create_school(&world.administrator, input).await.unwrap().id
}

both!(
    async fn who_was_demoted_gives_no_role_back_by_undo(world: World) {
        let deputy = world.user("deputy", Role::Principal).await;
        world.user("helper", Role::Principal).await;
        let taken = with_roles(&user_row(&world, "helper").await, at(Role::Operator, world.school));
        save_user(&deputy, taken).await.unwrap();
        let standing = MyChanges { standing: Some(true), ..MyChanges::default() };
        let entry = my_changes(&deputy, standing).await.unwrap().acts[0].entry;

        // A lower role, or the same at another school: the act is no longer theirs to take back.
        let elsewhere = second_school(&world).await;
        for roles in [at(Role::Operator, world.school), at(Role::Teacher, world.school), at(Role::Principal, elsewhere)]
        {
            let lower = with_roles(&user_row(&world, "deputy").await, roles.clone());
            save_user(&world.administrator, lower).await.unwrap();
            let deputy = again(&world, "deputy").await;
            let refused = undo(&deputy, Undo { entry }).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::Forbidden, "{roles:?}");
        }
        assert_eq!(user_row(&world, "helper").await.roles[0].role, Role::Operator);
    }
);

both!(
    async fn nobody_gives_the_access_back_to_a_leader_above_by_restoring_the_person(world: World) {
        let roster = Roster::new(&world).await;
        world.user_for("head", Role::Principal, world.school, Some(roster.chloe), None).await;
        let operator = world.user("operator", Role::Operator).await;
        let staff = || StaffIds { school: world.school, staff: vec![roster.chloe] };
        let deleted = delete_staff(&world.administrator, staff()).await.unwrap().undo.unwrap();

        // By hand and by undo alike.
        assert_eq!(restore_staff(&operator, staff()).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(undo(&operator, Undo { entry: deleted }).await.unwrap_err().code, ErrorCode::Forbidden);
        let refused = world.sign_in("office", "head", &format!("{PASSWORD} too")).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::AccountEnded);
        // A teacher's record is the office's, and the administrator restores the head.
        let ben = StaffIds { school: world.school, staff: vec![roster.ben] };
        delete_staff(&operator, ben.clone()).await.unwrap();
        restore_staff(&operator, ben).await.unwrap();
        restore_staff(&world.administrator, staff()).await.unwrap();
        again(&world, "head").await;
    }
);

both!(
    async fn a_role_is_given_where_one_leads_and_at_places_that_exist(world: World) {
        world.user("helper", Role::Operator).await;
        let helper = user_row(&world, "helper").await;
        let (district, empty) = (district_of(&world).await, second_district(&world).await);
        let other = second_school(&world).await;
        let of_district = |role, district| vec![RoleAt { role, school: None, district: Some(district) }];
        let office = &again_administrator(&world).await;

        // An administrator of everything is told which field names nothing.
        for (roles, field) in [
            (of_district(Role::DistrictAdministrator, DistrictId::new()), "roles.0.district"),
            (at(Role::Operator, SchoolId::new()), "roles.0.school"),
        ] {
            let refused = save_user(office, with_roles(&helper, roles)).await.unwrap_err();
            assert_eq!((refused.code, refused.fields[0].field.as_str()), (ErrorCode::Invalid, field));
        }

        // The administrator of one district gives nothing in another, also where that has no school or does not exist.
        world.user("northern", Role::Operator).await;
        let northern =
            with_roles(&user_row(&world, "northern").await, of_district(Role::DistrictAdministrator, district));
        save_user(office, northern).await.unwrap();
        let of_one = again(&world, "northern").await;
        for elsewhere in [empty, DistrictId::new()] {
            let roles = of_district(Role::DistrictAdministrator, elsewhere);
            let refused = save_user(&of_one, with_roles(&helper, roles)).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::Forbidden);
        }

        // Principal here and operator there: no principal is made there, and nobody of the district anywhere.
        world.user("deputy", Role::Principal).await;
        let both = [at(Role::Principal, world.school), at(Role::Operator, other)].concat();
        save_user(office, with_roles(&user_row(&world, "deputy").await, both)).await.unwrap();
        let deputy = again(&world, "deputy").await;
        for roles in
            [at(Role::Principal, other), at(Role::Teacher, other), at(Role::DistrictAdministrator, world.school)]
        {
            let refused = save_user(&deputy, with_roles(&helper, roles.clone())).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::Forbidden, "{roles:?}");
        }
        save_user(&deputy, with_roles(&helper, at(Role::Teacher, world.school))).await.unwrap();
    }
);

async fn again_administrator(world: &World) -> Context {
    world.resume(&world.sign_in("office", "amara", PASSWORD).await.unwrap()).await
}

both!(
    async fn the_key_of_all_faces_is_for_who_administers_all_schools(world: World) {
        let district = district_of(&world).await;
        world.user("northern", Role::Operator).await;
        let roles = vec![RoleAt { role: Role::DistrictAdministrator, school: None, district: Some(district) }];
        save_user(&world.administrator, with_roles(&user_row(&world, "northern").await, roles)).await.unwrap();
        let try_all = async || {
            let of_one = again(&world, "northern").await;
            let mut codes = Vec::new();
            for (operation, input) in [
                ("faces.show_recovery_key", json!({ "school": world.school })),
                ("faces.restore_face_key", json!({ "school": world.school, "key": "12345-ABCDE" })),
                ("faces.rotate_face_keys", json!({})),
            ] {
                let outcome = ::operations::call(&of_one, operation, input).await;
                codes.push(outcome.err().map(|error| error.code));
            }
            codes
        };
        // One district: all schools are theirs.
        assert!(!try_all().await.contains(&Some(ErrorCode::Forbidden)));
        // A second one, and one whose only school was taken back: its faces would be opened as well.
        let other = second_district(&world).await;
        new_school(&world, other, "Zzyzx").await;
        assert_eq!(try_all().await, [Some(ErrorCode::Forbidden); 3]);
        let standing = MyChanges { standing: Some(true), limit: Some(1), ..MyChanges::default() };
        let made = my_changes(&world.administrator, standing).await.unwrap().acts.remove(0);
        undo(&world.administrator, Undo { entry: made.entry }).await.unwrap();
        assert_eq!(try_all().await, [Some(ErrorCode::Forbidden); 3]);
    }
);

both!(
    async fn ties_of_a_year_that_is_over_open_nothing(world: World) {
        let graded = Graded::new(&world).await;
        let (roster, office) = (&graded.roster, &world.administrator);
        let jose = roster.in_a[0];
        // Chloë leads 7A and comments on José; Ben teaches it.
        let class_a = |teacher, version| SaveClass {
            save: Save::Change { id: roster.class_a, version },
            class_teacher: teacher,
            ..new_class(world.school, roster.year, "7A")
        };
        save_class(office, class_a(Some(roster.chloe), 1)).await.unwrap();
        let chloe = graded.chloe(&world).await;
        let comment = |term| SaveComments {
            class: roster.class_a,
            term,
            comments: vec![SaveComment {
                student: jose,
                kind: CommentKind::ClassTeacher,
                course: None,
                body: "A good year.".into(),
                seen_version: None,
            }],
        };
        save_comments(&chloe, comment(graded.autumn)).await.unwrap();
        let db = world.services.store.reader();
        let of_jose = report_comments::Entity::find().filter(report_comments::Column::StudentId.eq(jose));
        let row = of_jose.one(db).await.unwrap().unwrap().id.0;
        let history_of = async |who: &Context, table: &str, row| {
            let input = History { school: world.school, table: table.into(), row };
            history(who, input).await.err().map(|error| error.code)
        };
        assert_eq!(history_of(&chloe, "report_comments", row).await, None);
        student(&graded.ben, OfStudent { student: jose }).await.unwrap();

        // The next year: José is in 8A, where Chloë teaches physics, and nobody ended what was in 7A.
        let term =
            SaveTerm { save: Save::New, title: "Autumn".into(), start: date("2027-09-01"), end: date("2027-12-18") };
        let next = SaveYear {
            school: world.school,
            save: Save::New,
            title: "2027/28".into(),
            start: date("2027-09-01"),
            end: date("2028-07-15"),
            terms: vec![term],
        };
        let year = save_year(office, next).await.unwrap().id;
        let class_8 = save_class(office, new_class(world.school, year, "8A")).await.unwrap().class.id;
        let course =
            school::classes::SaveCourse { class: class_8, subject: roster.mathematics, teachers: vec![roster.chloe] };
        school::classes::save_course(office, course).await.unwrap();
        let enrol = EnrolStudents { class: class_8, students: vec![jose], start: date("2027-09-01") };
        enrol_students(office, enrol).await.unwrap();
        world.clock.move_by(chrono::Duration::days(330));
        let (ben, chloe) = (again(&world, "ben").await, again(&world, "chloe").await);

        let refused = student(&ben, OfStudent { student: jose }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        for (table, row) in [("students", jose.0), ("classes", roster.class_a.0), ("report_comments", row)] {
            assert_eq!(history_of(&ben, table, row).await, Some(ErrorCode::Forbidden), "{table}");
        }
        // She teaches him, and leads his class no longer.
        student(&chloe, OfStudent { student: jose }).await.unwrap();
        assert_eq!(history_of(&chloe, "students", jose.0).await, None);
        assert_eq!(history_of(&chloe, "report_comments", row).await, Some(ErrorCode::Forbidden));
        let refused = save_comments(&chloe, comment(graded.autumn)).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn an_act_on_two_schools_is_opened_by_each_for_itself(world: World) {
        let elsewhere = second_school(&world).await;
        let office = again_administrator(&world).await;
        world.user("helper", Role::Operator).await;
        let roles = [at(Role::Operator, world.school), at(Role::Counsellor, elsewhere)].concat();
        save_user(&office, with_roles(&user_row(&world, "helper").await, roles)).await.unwrap();
        let principal = world.user("principal", Role::Principal).await;
        let all = RecentChanges { operation: Some("accounts.save_user".into()), ..crate::upkeep::changes_of(&world) };
        for entry in recent_changes(&principal, all).await.unwrap().rows {
            let details = ChangeDetails { entry: entry.entry, offset: None, limit: None };
            let rows = change_details(&principal, details).await.unwrap().rows;
            let text = serde_json::to_string(&rows).unwrap();
            assert!(!text.contains("Hillside") && !text.contains("counsellor"), "{text}");
        }
    }
);

both!(
    async fn who_is_signed_in_is_found_without_any_schools_logo(world: World) {
        let roster = Roster::new(&world).await;
        let teacher = roster.teacher(&world).await;
        let token = world.sign_in("library", "ben", &format!("{PASSWORD} too")).await.unwrap();
        // Whoever reads the column finds none.
        world
            .services
            .store
            .reader()
            .execute_unprepared("ALTER TABLE schools RENAME COLUMN logo TO logo_away")
            .await
            .unwrap();
        let resumed = world.resume(&token).await;
        assert_eq!(resumed.actor().unwrap().grants, teacher.actor().unwrap().grants);
        school::accounts::whoami(&resumed, school::accounts::Nothing {}).await.unwrap();
        list_schools(&resumed, school::accounts::Nothing {}).await.unwrap();
        student(&resumed, OfStudent { student: roster.in_a[0] }).await.unwrap();
        let of = OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
        register(&resumed, of).await.unwrap();
        today(&world.administrator, OfSchool { school: world.school }).await.unwrap();
        purge_due(&world.services, device("window")).await.unwrap();
    }
);

async fn store_settings(world: &World, school: SchoolId, value: serde_json::Value) {
    let mut tx = world.services.store.begin().await.unwrap();
    let of_school = settings_rows::Entity::find()
        .filter(settings_rows::Column::SchoolId.eq(school))
        .filter(settings_rows::Column::Name.eq("school"));
    match of_school.one(tx.reader()).await.unwrap() {
        Some(before) => {
            let after = settings_rows::Model { value, ..before.clone() };
            tx.update::<settings_rows::Entity>(&before, after).await.unwrap();
        }
        None => {
            let row = settings_rows::Model {
                id: SettingId::new(),
                school_id: school,
                name: "school".into(),
                value,
                version: 1,
            };
            tx.insert::<settings_rows::Entity>(row).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

both!(
    async fn impossible_settings_stop_neither_the_program_nor_other_schools(world: World) {
        let roster = Roster::new(&world).await;
        // One before it and one after it in the order in which schools have their turn, which is that of their names.
        let others =
            [second_school(&world).await, new_school(&world, district_of(&world).await, "Zenith School").await];
        let office = again_administrator(&world).await;
        let mut classes = Vec::new();
        for other in others {
            let year = year_of(&office, other).await;
            classes.push((other, save_class(&office, new_class(other, year, "1A")).await.unwrap().class.id));
        }
        let evidence = |(school_id, class_id)| evidence_frames::Model {
            id: EvidenceFrameId::new(),
            school_id,
            class_id,
            student_id: None,
            date: date("2026-10-01"),
            lesson: 0,
            nonce: vec![0; 24],
            ciphertext: vec![0; 64],
            taken_at: "2026-10-01T08:00:00Z".parse().unwrap(),
            version: 1,
        };
        let impossible = [
            json!("nonsense"),
            json!({ "passPercent": "high" }),
            json!({ "totalDecimals": 200 }),
            json!({ "faceRetentionDays": 4_294_967_295_u32, "faceRecognition": true }),
            json!({ "faceConsentDays": 4_294_967_295_u32, "faceRecognition": true }),
            json!({ "faceEvidenceDays": 4_294_967_295_u32 }),
            json!({ "dayStartsMinutes": 4_294_967_295_u32, "lateAfterMinutes": 4_294_967_295_u32 }),
        ];
        for value in impossible {
            store_settings(&world, world.school, value.clone()).await;
            let mut tx = world.services.store.begin().await.unwrap();
            for class in &classes {
                tx.insert::<evidence_frames::Entity>(evidence(*class)).await.unwrap();
            }
            tx.commit().await.unwrap();

            // The other schools' evidence goes, and then it is told whose settings are wrong.
            let failed = purge_due(&world.services, device("window")).await.unwrap_err();
            assert_eq!(failed.code, ErrorCode::SettingsUnreadable, "{value}");
            assert!(failed.message.to_string().starts_with("Riverside School: "), "{}", failed.message);
            assert_eq!(evidence_frames::Entity::find().count(world.services.store.reader()).await.unwrap(), 0);

            // Whatever goes by them is refused in words; signing in and putting them right are not.
            let whole = json!({ "school": world.school });
            let listed = ::operations::call(&office, "people.list_students", whole.clone()).await.unwrap_err();
            assert_eq!(listed.code, ErrorCode::SettingsUnreadable, "{value}");
            for operation in [
                "upkeep.today",
                "analytics.school_statistics",
                "analytics.at_risk",
                "faces.face_status",
                "faces.consent_state",
            ] {
                let input = json!({ "school": world.school, "term": uuid::Uuid::nil() });
                let _outcome = ::operations::call(&office, operation, input).await;
            }
            let of = OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
            let _outcome = register(&office, of).await;
            again_administrator(&world).await;
            let usual = settings(&office, OfSchool { school: world.school }).await.unwrap();
            assert!(usual.unreadable && usual.settings == Settings::default());
            let right = SaveSettings { school: world.school, version: usual.version, settings: usual.settings };
            assert!(!save_settings(&office, right).await.unwrap().unreadable);
            ::operations::call(&office, "people.list_students", whole).await.unwrap();
            purge_due(&world.services, device("window")).await.unwrap();
        }
    }
);

async fn year_of(office: &Context, school: SchoolId) -> store::ids::AcademicSessionId {
    list_sessions(office, OfSchool { school }).await.unwrap()[0].id
}

both!(
    async fn faces_of_a_school_that_was_taken_back_are_due_too(world: World) {
        let other = second_school(&world).await;
        let office = again_administrator(&world).await;
        let class = save_class(&office, new_class(other, year_of(&office, other).await, "1A")).await.unwrap().class.id;
        let child = save_student(&office, new_student(other, "1", "Ann", "Lee")).await.unwrap().student.id;
        let held = evidence_frames::Model {
            id: EvidenceFrameId::new(),
            school_id: other,
            class_id: class,
            student_id: Some(child),
            date: date("2026-10-01"),
            lesson: 0,
            nonce: vec![0; 24],
            ciphertext: vec![0; 64],
            taken_at: "2026-10-01T08:00:00Z".parse().unwrap(),
            version: 1,
        };
        let mut tx = world.services.store.begin().await.unwrap();
        tx.insert::<evidence_frames::Entity>(held).await.unwrap();
        let gone =
            tx.statement("UPDATE schools SET deleted_at = $1 WHERE id = $2", [office.now().into(), other.into()]);
        tx.unaudited().execute_raw(gone).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(purge_due(&world.services, device("window")).await.unwrap().evidence, 1);
    }
);

#[cfg(unix)]
#[tokio::test]
async fn nothing_is_said_to_be_saved_where_the_data_folder_was_removed() {
    let Some(world) = World::open(On::Sqlite).await else { return };
    let office = &world.administrator;
    save_student(office, new_student(world.school, "1", "Ann", "Lee")).await.unwrap();
    let moved = world.folder.path().with_extension("moved");
    std::fs::rename(world.folder.path(), &moved).unwrap();
    let refused = save_student(office, new_student(world.school, "2", "Bea", "Lee")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DatabaseGone);
    assert!(refused.help.unwrap().to_string().contains("Put the data folder back"));
    // Put back, it goes on with all that was there.
    std::fs::rename(&moved, world.folder.path()).unwrap();
    save_student(office, new_student(world.school, "2", "Bea", "Lee")).await.unwrap();
    std::fs::remove_dir_all(world.folder.path()).unwrap();
    let refused = save_student(office, new_student(world.school, "3", "Cia", "Lee")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::DatabaseGone);
}
