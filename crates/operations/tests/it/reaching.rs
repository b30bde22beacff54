//! All operations × all roles × whose rows: the own class and child, another class of the school, a sister school, a school
//! of another district. Every call names rows that exist; whether it is refused is worked out from the table alone.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use kernel::{Actor, Context, ErrorCode, Operation, Reach, Role};
use school::accounts::{RoleAt, SaveUser, save_user};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};
use store::entities::{audit_changes, audit_entries, districts};
use store::ids::{AuditEntryId, DistrictId};
use uuid::Uuid;

use crate::both;
use crate::samples::{op, sample};
use crate::world::{PASSWORD, World};

/// Whose rows a call names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    /// The class that the teacher teaches, with the child that the student is.
    Own,
    /// Another class and child of the same school.
    Near,
    /// Another school of the same district.
    Sister,
    /// A school of another district.
    Foreign,
}

const ALL: [Whose; 4] = [Whose::Own, Whose::Near, Whose::Sister, Whose::Foreign];

/// One row of every kind that operations name, by the name of the field.
type Rows = BTreeMap<&'static str, Uuid>;

async fn done(who: &Context, operation: &str, input: Value) -> Value {
    let outcome = ::operations::call(who, operation, input).await;
    outcome.unwrap_or_else(|error| panic!("{operation}: {error:?}"))
}

fn id(value: &Value) -> Uuid {
    serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("no identifier: {value}"))
}

/// Fills a school; everything that has a name holds `mark`.
async fn rows(world: &World, admin: &Context, district: Uuid, school: Uuid, mark: &str) -> Rows {
    let year = done(admin, "list_sessions", json!({ "school": school })).await[0].clone();
    let (year, term) = (id(&year["id"]), id(&year["terms"][0]["id"]));
    let codes = done(admin, "list_attendance_codes", json!({ "school": school })).await;
    let present = codes.as_array().unwrap().iter().find(|code| code["meaning"] == "present").unwrap();
    let code = id(&present["id"]);
    let subject = done(admin, "save_subject", json!({ "school": school, "title": format!("{mark} Physics") })).await;
    let subject = id(&subject["id"]);
    let staff = json!({ "school": school, "givenName": mark, "familyName": "Teacher" });
    let staff = id(&done(admin, "save_staff", staff).await["staff"]["id"]);
    let mut classes = Vec::new();
    for title in ["A", "B"] {
        let input = json!({ "school": school, "year": year, "title": format!("{mark} {title}") });
        classes.push(id(&done(admin, "save_class", input).await["class"]["id"]));
    }
    let [class, to] = classes[..] else { panic!("two classes") };
    let input = json!({ "class": class, "subject": subject, "teachers": [staff] });
    let course = id(&done(admin, "save_course", input).await["course"]);
    let input = json!({ "school": school, "number": mark, "givenName": mark, "familyName": "Child",
        "guardians": [{ "givenName": mark, "familyName": "Parent", "relationship": "mother", "isPrimary": true }] });
    let student = id(&done(admin, "save_student", input).await["student"]["id"]);
    let enrol = json!({ "class": class, "students": [student], "start": "2026-09-01" });
    done(admin, "enrol_students", enrol).await;
    let input = json!({ "course": course, "title": format!("{mark} Tests"), "weight": "1" });
    let category = id(&done(admin, "save_category", input).await["category"]["id"]);
    let input = json!({ "course": course, "term": term, "category": category, "title": mark, "maximum": "20" });
    let assessment = id(&done(admin, "save_assessment", input).await["assessment"]["id"]);
    let cells = json!([{ "student": student, "assessment": assessment, "text": "13" }]);
    let marks = done(admin, "record_marks", json!({ "course": course, "term": term, "cells": cells })).await;
    let comment = json!({ "student": student, "kind": "course", "course": course, "body": mark });
    done(admin, "save_comments", json!({ "class": class, "term": term, "comments": [comment] })).await;
    let input = json!({ "class": class, "date": "2026-10-14", "lesson": 0,
        "marks": [{ "student": student, "code": code }] });
    done(admin, "record_attendance", input).await;
    let username = mark.to_lowercase();
    let input = json!({ "id": null, "version": null, "username": username, "givenName": mark, "familyName": "User",
        "roles": [{ "role": "counsellor", "school": school, "district": null }], "staff": null, "student": null,
        "disabled": false, "password": PASSWORD });
    let user = id(&done(admin, "save_user", input).await["id"]);
    world.sign_in("elsewhere", &username, PASSWORD).await.unwrap();
    let open = id(&done(admin, "user_sessions", json!({ "user": user })).await[0]["id"]);
    // Nothing here was ever agreed to; the operation asks for the school before it looks for the consent.
    let (entry, consent) = (id(&marks["undo"]), Uuid::now_v7());
    BTreeMap::from([
        ("district", district),
        ("school", school),
        ("year", year),
        ("term", term),
        ("subject", subject),
        ("staff", staff),
        ("class", class),
        ("to", to),
        ("course", course),
        ("student", student),
        ("category", category),
        ("assessment", assessment),
        ("code", code),
        ("user", user),
        ("open", open),
        ("entry", entry),
        ("consent", consent),
    ])
}

/// Which kind of row a field of an operation's input names; none for what belongs to a sign-in and to no school.
fn kind(operation: &'static Operation, field: &str) -> Option<&'static str> {
    Some(match (operation.name(), field) {
        ("delete_session", "id") => "term",
        ("delete_subject", "id") => "subject",
        ("delete_category", "id") => "category",
        ("delete_assessment", "id") => "assessment",
        ("save_school", "id") => "school",
        ("revoke_session" | "revoke_user_session", "id") => "open",
        (_, "school") => "school",
        (_, "district") => "district",
        (_, "year") => "year",
        (_, "term") => "term",
        (_, "subject") => "subject",
        (_, "staff") => "staff",
        (_, "class" | "classes" | "from") => "class",
        (_, "to") => "to",
        (_, "course") => "course",
        (_, "student" | "students" | "row") => "student",
        (_, "category" | "categories") => "category",
        (_, "assessment" | "assessments") => "assessment",
        (_, "code") => "code",
        (_, "user") => "user",
        (_, "entry") => "entry",
        (_, "consents") => "consent",
        _ => return None,
    })
}

/// The operation's input with rows that exist in the place of what the sample names, and the kinds that it names. The kind
/// `instead` comes from other rows.
fn real(
    world: &World,
    operation: &'static Operation,
    rows: &Rows,
    instead: Option<(&str, &Rows)>,
) -> (Value, BTreeSet<&'static str>) {
    fn put(
        value: &mut Value,
        field: &str,
        operation: &'static Operation,
        named: &mut impl FnMut(&'static str) -> Uuid,
    ) {
        match value {
            Value::Object(fields) => {
                for (field, value) in fields.iter_mut() {
                    put(value, field, operation, named);
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|value| put(value, field, operation, named)),
            Value::String(text) if text.parse::<Uuid>().is_ok() => match kind(operation, field) {
                Some(kind) => *value = json!(named(kind)),
                // Uploads and running cameras belong to who made them and are found by nobody else.
                None => assert!(
                    ["session", "upload", "uploads", "wrong"].contains(&field),
                    "{}.{field}: say in `kind` which row this names, so that it is tried with everybody's",
                    operation.name()
                ),
            },
            _ => {}
        }
    }
    let mut input = sample(world, operation).unwrap_or_else(|| panic!("no sample for {}", operation.name()));
    if operation.name() == "create_school" {
        // Asked for permission all the same; no school is made.
        input["name"] = json!("");
    }
    let mut kinds = BTreeSet::new();
    put(&mut input, "", operation, &mut |kind| {
        kinds.insert(kind);
        match instead {
            Some((other, rows)) if other == kind => rows[kind],
            _ => rows[kind],
        }
    });
    if input.get("session").is_some() {
        // A running camera is found by who started it and by nobody else; what it is about is asked after that.
        kinds.clear();
    }
    (input, kinds)
}

/// What somebody who reaches only what is taught, or only themselves, is asked about row by row.
const BY_ROW: [&str; 8] = ["class", "to", "course", "student", "category", "assessment", "staff", "entry"];

/// Whether the table refuses it.
fn refused(operation: &'static Operation, role: Role, whose: Whose, kinds: &BTreeSet<&str>) -> bool {
    // Taking back asks what the act itself asks: here the recording of marks.
    let asks = if operation.name() == "undo" { op("record_marks") } else { operation };
    let reach =
        |operation: &'static Operation| operation.rule().iter().find(|(at, _)| *at == role).map(|(_, reach)| *reach);
    let (Some(_), Some(reach)) = (reach(operation), reach(asks)) else { return true };
    let district = role == Role::DistrictAdministrator;
    match operation.name() {
        // Nobody ends another's session as if it were their own.
        "revoke_session" => return true,
        // The key is that of every district's faces.
        "show_recovery_key" | "restore_face_key" | "rotate_face_keys" if district => {
            return true;
        }
        // These are about the whole school, whoever the table lets in.
        "check_photograph" | "export_students" if reach != Reach::School => return true,
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

/// The rows of everybody, and somebody of every role at the own school.
struct Scene {
    rows: HashMap<&'static str, Rows>,
    people: Vec<(Role, Context)>,
    admin: Context,
}

impl Scene {
    fn of(&self, whose: Whose) -> &Rows {
        &self.rows[name(whose)]
    }

    async fn set(world: &World) -> Self {
        let own = world.school.0;
        let district = id(&done(&world.administrator, "list_schools", json!({})).await[0]["district"]);
        let foreign_district =
            districts::Model { id: DistrictId::new(), name: "Zzyzx District".into(), source_id: None, version: 1 };
        let mut tx = world.services.store.begin().await.unwrap();
        let foreign_district = tx.insert::<districts::Entity>(foreign_district).await.unwrap().id.0;
        tx.commit().await.unwrap();
        let mut schools = Vec::new();
        for (district, name) in [(district, "Sister"), (foreign_district, "Zzyzx")] {
            let input = json!({ "district": district, "name": name, "timeZone": "Africa/Nairobi",
                "yearTitle": "2026/27", "yearStart": "2026-09-01", "yearEnd": "2027-07-15",
                "terms": [{ "title": "Autumn", "start": "2026-09-01", "end": "2026-12-18" }] });
            schools.push(id(&done(&world.administrator, "create_school", input).await["id"]));
        }
        // Signed in again: the schools are in reach.
        let admin = world.resume(&world.sign_in("office", "amara", PASSWORD).await.unwrap()).await;
        let mut all = HashMap::new();
        for (whose, district, school) in [
            (Whose::Own, district, own),
            (Whose::Near, district, own),
            (Whose::Sister, district, schools[0]),
            (Whose::Foreign, foreign_district, schools[1]),
        ] {
            all.insert(name(whose), rows(world, &admin, district, school, name(whose)).await);
        }
        let mine = &all[name(Whose::Own)];
        let mut people = Vec::new();
        for role in Role::ALL {
            let at = match role {
                Role::SuperAdministrator => RoleAt { role, school: None, district: None },
                Role::DistrictAdministrator => RoleAt { role, school: None, district: Some(district.into()) },
                _ => RoleAt { role, school: Some(world.school), district: None },
            };
            let input = SaveUser {
                id: None,
                version: None,
                username: format!("the_{}", role.name()),
                given_name: "The".into(),
                family_name: role.name().into(),
                roles: vec![at],
                staff: (role == Role::Teacher).then(|| mine["staff"].into()),
                student: (role == Role::Student).then(|| mine["student"].into()),
                disabled: false,
                password: Some(PASSWORD.into()),
            };
            save_user(&admin, input).await.unwrap();
            let token = world.sign_in("office", &format!("the_{}", role.name()), PASSWORD).await.unwrap();
            let context = world.resume(&token).await;
            let actor = Actor { must_change_password: false, ..(**context.actor.as_ref().unwrap()).clone() };
            people.push((role, Context { actor: Some(Arc::new(actor)), ..context }));
        }
        Self { rows: all, people, admin }
    }
}

fn name(whose: Whose) -> &'static str {
    match whose {
        Whose::Own => "Own",
        Whose::Near => "Near",
        Whose::Sister => "Sister",
        Whose::Foreign => "Zzyzx",
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
    let _outcome = ::operations::call(&scene.admin, "undo", json!({ "entry": entry })).await;
}

/// The operations of the walk: all that ask who is there, but for those that would end it: the own session is closed or
/// locked.
fn walked() -> impl Iterator<Item = &'static Operation> {
    let ends = [op("sign_out"), op("lock_screen")];
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
        "districts" | "schools" => op("school_details"),
        "academic_sessions" => op("list_sessions"),
        "settings" => op("settings"),
        "grade_scales" => op("grade_scale"),
        "attendance_codes" => op("list_attendance_codes"),
        "students" | "guardians" | "guardianships" => op("list_students"),
        "staff" => op("list_staff"),
        "users" | "grants" => op("list_users"),
        "subjects" => op("list_subjects"),
        "classes" => op("list_classes"),
        "courses" | "teachings" | "enrolments" => op("class"),
        "categories" | "assessments" | "marks" => op("mark_sheet"),
        "report_comments" => op("report_comments"),
        "registers" => op("registers_of_day"),
        "attendance_marks" => op("attendance_history"),
        _ => return None,
    })
}

both!(
    async fn a_history_of_every_kind_of_row_is_read_by_who_reads_the_row(world: World) {
        let scene = Scene::set(&world).await;
        for whose in [Whose::Own, Whose::Near, Whose::Foreign] {
            let rows = scene.of(whose);
            let input = json!({ "class": rows["class"], "date": "2026-10-14", "lesson": 0, "restPresent": true });
            done(&scene.admin, "take_register", input).await;
            let stored = done(&scene.admin, "settings", json!({ "school": rows["school"] })).await;
            let input =
                json!({ "school": rows["school"], "version": stored["version"], "settings": stored["settings"] });
            done(&scene.admin, "save_settings", input).await;
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
                    may(op("history")).and(may(asks))
                });
                let here = match role {
                    Role::SuperAdministrator => true,
                    Role::DistrictAdministrator => school != scene.of(Whose::Foreign)["school"],
                    _ => school == world.school.0,
                };
                let input = json!({ "school": school, "table": change.table_name, "row": change.row_id });
                let outcome = ::operations::call(person, "history", input).await;
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
