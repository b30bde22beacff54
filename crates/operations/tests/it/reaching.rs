//! All operations × all roles × whose rows: the own class and child, another class of the school, a sister school, a school
//! of another district. Every call names rows that exist; whether it is refused is worked out from the table alone.

use std::collections::{BTreeMap, BTreeSet};

use kernel::rules::{LEADERS, OFFICE};
use kernel::{ErrorCode, Operation, Reach, Role};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use store::entities::{audit_changes, audit_entries};
use store::ids::AuditEntryId;

use crate::both;
use crate::samples::op;
use crate::scene::*;
use crate::world::World;

/// What somebody who reaches only what is taught, or only themselves, is asked about row by row.
const BY_ROW: [&str; 10] =
    ["class", "to", "course", "student", "guardian", "absence", "category", "assessment", "staff", "entry"];

/// Whether the table refuses it.
fn refused(operation: &'static Operation, role: Role, whose: Whose, kinds: &BTreeSet<&str>) -> bool {
    // Taking back asks what the act itself asks: here the recording of marks.
    let asks = if operation.name() == "upkeep.undo" { op("gradebook.record_marks") } else { operation };
    let reach =
        |operation: &'static Operation| operation.rule().iter().find(|(at, _)| *at == role).map(|(_, reach)| *reach);
    let (Some(_), Some(reach)) = (reach(operation), reach(asks)) else { return true };
    let district = role == Role::DistrictAdministrator;
    match operation.name() {
        // Nobody ends another's session as if it were their own.
        "accounts.revoke_session" => return true,
        // The key is that of every district's faces.
        "faces.show_recovery_key" | "faces.restore_face_key" | "faces.rotate_face_keys" if district => {
            return true;
        }
        // These are about the whole school, whoever the table lets in.
        "faces.check_photograph" | "exchange.export_students" if reach != Reach::School => return true,
        // Here a field that every school has, which is the office's to change for many.
        "lists.plan_change" | "lists.change_field" if !OFFICE.iter().any(|(office, _)| *office == role) => return true,
        // A note is for its author and for those who lead the school; here one of these wrote all of them.
        "people.delete_behaviour_note" | "people.delete_pastoral_note"
            if !LEADERS.iter().any(|(leading, _)| *leading == role) =>
        {
            return true;
        }
        // What nobody asked for is for those who lead the school.
        "jobs.cancel_job" | "jobs.retry_job" | "jobs.drop_job"
            if !LEADERS.iter().any(|(leading, _)| *leading == role) =>
        {
            return true;
        }
        _ => {}
    }
    if kinds.is_empty() {
        return false;
    }
    match whose {
        Whose::Foreign => role != Role::SuperAdministrator,
        Whose::Sister => !matches!(role, Role::SuperAdministrator | Role::DistrictAdministrator),
        Whose::Near => reach != Reach::School && kinds.iter().any(|kind| BY_ROW.contains(kind)),
        Whose::Own => false,
    }
}

async fn newest(world: &World) -> Option<AuditEntryId> {
    let newest = audit_entries::Entity::find().order_by_desc(audit_entries::Column::Id);
    newest.one(world.services.store.reader()).await.unwrap().map(|entry| entry.id)
}

/// Takes back what was done since, so that the next call finds the rows as they were.
async fn take_back(world: &World, scene: &Scene, before: Option<AuditEntryId>) {
    let Some(entry) = newest(world).await.filter(|entry| Some(*entry) != before) else { return };
    // What cannot be taken back (a password, the end of a session) is in nobody's way here.
    let _outcome = ::operations::call(&scene.admin, "upkeep.undo", json!({ "entry": entry })).await;
}

/// The operations of the walk: all that ask who is there, but for those that would end it: the own session is closed or
/// locked.
fn walked() -> impl Iterator<Item = &'static Operation> {
    let ends = [op("accounts.sign_out"), op("accounts.lock_screen")];
    let operations = ::operations::all().iter().copied();
    operations.filter(move |operation| !operation.rule().is_empty() && !ends.contains(operation))
}

both!(
    async fn every_role_reaches_its_own_rows_and_no_others(world: World) {
        let scene = Scene::set(&world).await;
        let mut wrong = Vec::new();
        let mut counts: BTreeMap<Role, BTreeMap<Whose, (u32, u32)>> = BTreeMap::new();
        for (role, person) in &scene.people {
            for whose in ALL {
                for operation in walked() {
                    let (input, kinds) = real(&world, operation, scene.of(whose), None);
                    let before = newest(&world).await;
                    let outcome = ::operations::call(person, operation.name(), input).await;
                    let code = outcome.as_ref().err().map(|error| error.code);
                    let count = counts.entry(*role).or_default().entry(whose).or_default();
                    count.0 += 1;
                    count.1 += u32::from(code == Some(ErrorCode::Forbidden));
                    let is_refused = code == Some(ErrorCode::Forbidden);
                    if is_refused != refused(operation, *role, whose, &kinds) || code == Some(ErrorCode::SignedOut) {
                        wrong.push(format!("{} as {} with {whose:?}: {code:?}", operation.name(), role.name()));
                    }
                    let reaches_all = *role == Role::SuperAdministrator;
                    if let Ok(output) = &outcome
                        && !reaches_all
                        && whose != Whose::Foreign
                        && output.to_string().contains("Zzyzx")
                    {
                        wrong.push(format!("{} as {} tells of a foreign school", operation.name(), role.name()));
                    }
                    if outcome.is_ok() {
                        take_back(&world, &scene, before).await;
                    }
                }
            }
        }
        for (role, of_role) in &counts {
            let (calls, refused) = of_role.values().fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
            let parts: Vec<String> =
                of_role.iter().map(|(whose, (calls, no))| format!("{whose:?} {no} of {calls}")).collect();
            println!("{:24} {calls} calls, {refused} refused ({})", role.name(), parts.join(", "));
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
);

both!(
    async fn no_row_comes_to_point_into_another_school(world: World) {
        let scene = Scene::set(&world).await;
        let (own, foreign) = (scene.of(Whose::Own), scene.of(Whose::Foreign));
        let principal = scene.people.iter().find(|(role, _)| *role == Role::Principal).unwrap().1.clone();
        let (mut calls, mut kept, mut wrong) = (0, 0, Vec::new());
        // Whoever reaches both schools is stopped by nothing but the rules of the rows.
        for (person, who) in [(&scene.admin, "super administrator"), (&principal, "principal")] {
            for operation in walked() {
                let (_, kinds) = real(&world, operation, own, None);
                for kind in kinds.iter().filter(|_| kinds.len() > 1) {
                    let (input, _) = real(&world, operation, own, Some((kind, foreign)));
                    let before = newest(&world).await;
                    let outcome = ::operations::call(person, operation.name(), input).await;
                    calls += 1;
                    let Ok(output) = outcome else { continue };
                    let named = format!("{} as {who} with a foreign {kind}", operation.name());
                    if who == "principal" && output.to_string().contains("Zzyzx") {
                        wrong.push(format!("{named} tells of it"));
                    }
                    if let Some(entry) = newest(&world).await.filter(|entry| Some(*entry) != before) {
                        kept += 1;
                        wrong.extend(crossing(&world, entry, own, foreign).await.map(|row| format!("{named}: {row}")));
                        take_back(&world, &scene, before).await;
                    }
                }
            }
        }
        println!("{calls} calls that mix two schools, {kept} of them changed something");
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
);

/// A row of this act that names rows of both schools.
async fn crossing(world: &World, entry: AuditEntryId, own: &Rows, foreign: &Rows) -> Option<String> {
    let db = world.services.store.reader();
    let changes = audit_changes::Entity::find().filter(audit_changes::Column::EntryId.eq(entry)).all(db).await.unwrap();
    for change in changes {
        let found = store::read_rows(db, &change.table_name, &[change.row_id]).await.unwrap_or_default();
        for row in found.values() {
            let text = row.to_string();
            let names = |rows: &Rows| {
                rows.iter()
                    .any(|(kind, id)| !["user", "open", "entry"].contains(kind) && text.contains(&id.to_string()))
            };
            if names(own) && names(foreign) {
                return Some(format!("{} {text}", change.table_name));
            }
        }
    }
    None
}

/// Who may read the rows of a table, as people read them: the operation that shows them.
fn shown_by(table: &str) -> Option<&'static Operation> {
    Some(match table {
        "districts" | "schools" => op("schools.school_details"),
        "academic_sessions" => op("schools.list_sessions"),
        "calendar_entries" => op("schools.calendar"),
        "settings" => op("schools.settings"),
        "grade_scales" => op("schools.grade_scale"),
        "attendance_codes" => op("schools.list_attendance_codes"),
        "students" | "stays" | "leaves" | "merges" | "portraits" => op("people.list_students"),
        "guardians" | "guardianships" => op("people.list_guardians"),
        "medical_notes" => op("people.list_medical_notes"),
        "behaviour_notes" => op("people.list_behaviour_notes"),
        "pastoral_notes" => op("people.save_pastoral_note"),
        "staff" => op("people.list_staff"),
        "transfers" | "arrivals" => op("people.transfers"),
        "custom_fields" | "field_values" => op("people.list_fields"),
        "rollover_decisions" => op("classes.plan_rollover"),
        "grade_places" => op("classes.grade_places"),
        "users" | "grants" => op("accounts.list_users"),
        "subjects" => op("schools.list_subjects"),
        "classes" => op("classes.list_classes"),
        "courses" | "teachings" | "enrolments" | "exemptions" | "roster_ids" => op("classes.class"),
        "categories" | "assessments" | "marks" => op("gradebook.mark_sheet"),
        "report_comments" => op("gradebook.report_comments"),
        "registers" => op("attendance.registers_of_day"),
        "absence_notices" => op("attendance.list_absences"),
        "attendance_marks" => op("attendance.attendance_history"),
        _ => return None,
    })
}

both!(
    async fn a_history_of_every_kind_of_row_is_read_by_who_reads_the_row(world: World) {
        let scene = Scene::set(&world).await;
        for whose in [Whose::Own, Whose::Near, Whose::Foreign] {
            let rows = scene.of(whose);
            let input = json!({ "class": rows["class"], "date": "2026-10-14", "lesson": 0, "restPresent": true });
            done(&scene.admin, "attendance.take_register", input).await;
            let stored = done(&scene.admin, "schools.settings", json!({ "school": rows["school"] })).await;
            let input =
                json!({ "school": rows["school"], "version": stored["version"], "settings": stored["settings"] });
            done(&scene.admin, "schools.save_settings", input).await;
        }
        let changes = audit_changes::Entity::find().all(world.services.store.reader()).await.unwrap();
        let (mut calls, mut wrong, mut tables) = (0, Vec::new(), BTreeSet::new());
        for change in changes {
            let Some(school) = change.school_id.map(|school| school.0) else { continue };
            if !tables.insert((school, change.table_name.clone())) {
                continue;
            }
            for (role, person) in &scene.people {
                let asks = shown_by(&change.table_name);
                let reach = asks.and_then(|asks| {
                    let may = |operation: &'static Operation| {
                        operation.rule().iter().find(|(at, _)| at == role).map(|(_, r)| *r)
                    };
                    may(op("upkeep.history")).and(may(asks))
                });
                let here = match role {
                    Role::SuperAdministrator => true,
                    Role::DistrictAdministrator => school != scene.of(Whose::Foreign)["school"],
                    _ => school == world.school.0,
                };
                let input = json!({ "school": school, "table": change.table_name, "row": change.row_id });
                let outcome = ::operations::call(person, "upkeep.history", input).await;
                calls += 1;
                let code = outcome.err().map(|error| error.code);
                // Who reaches what they teach alone is asked row by row, which other tests look at.
                let may = here && reach == Some(Reach::School);
                let fits = match reach {
                    Some(Reach::Taught) if here => matches!(code, None | Some(ErrorCode::Forbidden)),
                    _ => (code == Some(ErrorCode::Forbidden)) != may,
                };
                if !fits {
                    wrong.push(format!("{} as {}: {code:?}", change.table_name, role.name()));
                }
            }
        }
        println!("{calls} histories of {} kinds of rows asked for", tables.len());
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
        for table in ["marks", "report_comments", "grants", "students", "attendance_marks", "settings"] {
            assert!(tables.contains(&(world.school.0, table.to_owned())), "{table} was not tried");
        }
    }
);
