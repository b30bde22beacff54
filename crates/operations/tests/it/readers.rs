//! Who reads what became of a row: whoever may read the row, and nobody by another way.

use kernel::{Context, ErrorCode, Role};
use marks::gradebook::{CommentKind, SaveComment, SaveComments, save_comments};
use school::attendance::{OfRegister, mark_all_present};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use store::entities::{History as Known, Readers, TABLES, audit_changes};
use upkeep::*;
use uuid::Uuid;

use crate::both;
use crate::graded::Graded;
use crate::world::{World, date};

/// The table as it was decided, in one glance: which tables are of which readers.
const READERS: [(Readers, &[&str]); 7] = [
    (
        Readers::Staff,
        &[
            "districts",
            "schools",
            "academic_sessions",
            "calendar_entries",
            "settings",
            "students",
            "stays",
            "leaves",
            "guardians",
            "guardianships",
            "merges",
            "behaviour_notes",
            "staff",
            "portraits",
            "subjects",
            "classes",
            "courses",
            "teachings",
            "enrolments",
            "exemptions",
            "grade_places",
            "roster_ids",
            "grade_scales",
            "attendance_codes",
            "attendance_marks",
            "absence_notices",
        ],
    ),
    (
        Readers::Register,
        &[
            "registers",
            "rollover_decisions",
            "transfers",
            "arrivals",
            "consents",
            "face_objections",
            "face_rejections",
            "face_templates",
            "face_photographs",
            "evidence_frames",
        ],
    ),
    (Readers::Medical, &["medical_notes"]),
    (Readers::Pastoral, &["pastoral_notes"]),
    (Readers::Graders, &["categories", "assessments", "marks", "report_comments"]),
    (Readers::Leaders, &["users", "grants", "custom_fields", "field_values"]),
    (Readers::Own, &["list_views"]),
];

/// Which of them a role is one of, where it reaches the whole school.
fn reads(role: Role) -> &'static [Readers] {
    match role {
        Role::SuperAdministrator | Role::DistrictAdministrator | Role::Principal => &[
            Readers::Staff,
            Readers::Register,
            Readers::Graders,
            Readers::Medical,
            Readers::Pastoral,
            Readers::Leaders,
        ],
        Role::Operator => &[Readers::Staff, Readers::Register, Readers::Medical],
        Role::Counsellor => &[Readers::Staff, Readers::Pastoral],
        Role::Teacher | Role::Student => &[],
    }
}

#[test]
fn each_table_is_of_the_readers_that_were_decided() {
    let mut said: Vec<_> = TABLES.iter().filter_map(|table| Some((table.name, table.acts()?.readers))).collect();
    let mut decided: Vec<_> =
        READERS.iter().flat_map(|(readers, tables)| tables.iter().map(|table| (*table, *readers))).collect();
    said.sort_by_key(|(table, _)| *table);
    decided.sort_by_key(|(table, _)| *table);
    assert_eq!(said, decided);
    let unread: Vec<_> =
        TABLES.iter().filter(|table| !matches!(table.history, Known::Acts(_))).map(|t| t.name).collect();
    assert_eq!(
        unread,
        ["user_sessions", "sign_in_attempts", "pictures", "face_uses", "data_keys", "audit_entries", "audit_changes"],
        "nobody reads the history of these"
    );
}

/// Marks, a comment, a register, users: a row with a history in most tables.
async fn lived_in(world: &World) -> Graded {
    let graded = Graded::new(world).await;
    graded.first_marks().await;
    let comment = SaveComment {
        student: graded.roster.in_a[0],
        course: Some(graded.roster.course),
        kind: CommentKind::Course,
        body: "Works with care.".into(),
        seen_version: None,
    };
    let input = SaveComments { class: graded.roster.class_a, term: graded.autumn, comments: vec![comment] };
    save_comments(&graded.ben, input).await.unwrap();
    let register =
        OfRegister { class: graded.roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
    mark_all_present(&world.administrator, register).await.unwrap();
    graded
}

async fn one_changed(world: &World, table: &str) -> Option<audit_changes::Model> {
    audit_changes::Entity::find()
        .filter(audit_changes::Column::TableName.eq(table))
        .filter(audit_changes::Column::SchoolId.eq(world.school))
        .order_by_asc(audit_changes::Column::Id)
        .one(world.services.store.reader())
        .await
        .unwrap()
}

async fn history_of(person: &Context, world: &World, table: &str, row: Uuid) -> Result<usize, ErrorCode> {
    let input = History { school: world.school, table: table.into(), row };
    history(person, input).await.map(|entries| entries.len()).map_err(|error| error.code)
}

both!(
    async fn the_history_of_a_row_is_read_by_whoever_reads_the_row(world: World) {
        lived_in(&world).await;
        let mut looked = 0;
        for role in Role::ALL {
            let person = world.user(&format!("the_{}", role.name()), role).await;
            for (readers, tables) in READERS {
                for table in tables {
                    let Some(change) = one_changed(&world, table).await else { continue };
                    let found = history_of(&person, &world, table, change.row_id).await;
                    let may = reads(role).contains(&readers);
                    assert_eq!(found.err(), (!may).then_some(ErrorCode::Forbidden), "{table} as {}", role.name());
                    assert_ne!(found, Ok(0), "{table} as {}", role.name());
                    looked += 1;
                }
            }
            for unread in ["user_sessions", "sign_in_attempts", "data_keys", "audit_entries", "no_table"] {
                let row = person.actor.as_ref().unwrap().session.0;
                let found = history_of(&person, &world, unread, row).await;
                assert_eq!(found, Err(ErrorCode::Forbidden), "{unread} as {}", role.name());
            }
        }
        assert!(looked >= 7 * 16, "{looked}");
    }
);

both!(
    async fn an_act_tells_of_what_the_person_may_read_alone(world: World) {
        let graded = lived_in(&world).await;
        // An act that changed marks, comments and students in one.
        let student = one_changed(&world, "students").await.unwrap();
        let whole = student.entry_id;
        let db = world.services.store.reader();
        let move_all = "UPDATE audit_changes SET entry_id = $1 WHERE table_name IN ('marks', 'report_comments')";
        db.execute_raw(world.services.store.statement(move_all, [whole.into()])).await.unwrap();
        for role in [Role::Principal, Role::Operator] {
            let person = world.user(&format!("the_{}", role.name()), role).await;
            let recent = RecentChanges { limit: Some(200), ..all_of(&world) };
            let acts = recent_changes(&person, recent).await.unwrap().rows;
            let of =
                |table: &str| acts.iter().flat_map(|act| &act.changed).filter(|count| count.table == table).count();
            let act = acts.iter().find(|act| act.entry == whole).unwrap();
            let details = ChangeDetails { entry: whole, offset: None, limit: None };
            let rows = change_details(&person, details).await.unwrap().rows;
            let marks = rows.iter().filter(|row| [Part::Marks, Part::Comments].contains(&row.part)).count();
            let may = role == Role::Principal;
            assert_eq!((of("marks") > 0, of("report_comments") > 0), (may, may), "{}", role.name());
            assert_eq!(marks > 0, may, "{}", role.name());
            assert!(of("students") > 0 && !rows.is_empty(), "{}", role.name());
            assert!(may || act.words.count == 1, "{:?}", act.words);
            for part in [Part::Marks, Part::Comments, Part::Users] {
                let asked = RecentChanges { part: Some(part), ..all_of(&world) };
                let found = recent_changes(&person, asked).await.unwrap().total;
                assert_eq!(found > 0, may, "{part:?} as {}", role.name());
            }
            let of_jose = RecentChanges { student: Some(graded.roster.in_a[0]), ..all_of(&world) };
            let found = recent_changes(&person, of_jose).await.unwrap().rows;
            assert!(found.iter().all(|act| act.operation != "gradebook.record_marks"), "moved to the one act");
        }
    }
);

pub fn all_of(world: &World) -> RecentChanges {
    RecentChanges {
        school: world.school,
        user: None,
        operation: None,
        from: None,
        to: None,
        student: None,
        part: None,
        entry: None,
        offset: None,
        limit: None,
    }
}
