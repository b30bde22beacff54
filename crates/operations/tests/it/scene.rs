//! One row of every kind in four places, and somebody of every role: what calls of every operation are made with.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use kernel::{Actor, Context, Operation, Role};
use school::accounts::{RoleAt, SaveUser, save_user};
use serde_json::{Value, json};
use store::NewJob;
use store::entities::districts;
use store::ids::{DistrictId, JobId};
use uuid::Uuid;

use crate::samples::sample;
use crate::world::{PASSWORD, World};

/// Whose rows a call names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// The class that the teacher teaches, with the child that the student is.
    Own,
    /// Another class and child of the same school.
    Near,
    /// Another school of the same district.
    Sister,
    /// A school of another district.
    Foreign,
}

pub const ALL: [Whose; 4] = [Whose::Own, Whose::Near, Whose::Sister, Whose::Foreign];

/// One row of every kind that operations name, by the name of the field.
pub type Rows = BTreeMap<&'static str, Uuid>;

pub async fn done(who: &Context, operation: &str, input: Value) -> Value {
    let outcome = ::operations::call(who, operation, input).await;
    outcome.unwrap_or_else(|error| panic!("{operation}: {error:?}"))
}

pub fn id(value: &Value) -> Uuid {
    serde_json::from_value(value.clone()).unwrap_or_else(|_| panic!("no identifier: {value}"))
}

/// Fills a school; everything that has a name holds `mark`.
pub async fn rows(world: &World, admin: &Context, district: Uuid, school: Uuid, mark: &str) -> Rows {
    let year = done(admin, "schools.list_sessions", json!({ "school": school })).await[0].clone();
    let (year, term) = (id(&year["id"]), id(&year["terms"][0]["id"]));
    let codes = done(admin, "schools.list_attendance_codes", json!({ "school": school })).await;
    let present = codes.as_array().unwrap().iter().find(|code| code["meaning"] == "present").unwrap();
    let code = id(&present["id"]);
    let subject =
        done(admin, "schools.save_subject", json!({ "school": school, "title": format!("{mark} Physics") })).await;
    let subject = id(&subject["id"]);
    let input = json!({ "school": school, "kind": "holiday", "title": format!("{mark} Day"), "start": "2027-02-01" });
    let holiday = id(&done(admin, "schools.save_calendar_entry", input).await["entry"]["id"]);
    let staff = json!({ "school": school, "givenName": mark, "familyName": "Teacher" });
    let staff = id(&done(admin, "people.save_staff", staff).await["staff"]["id"]);
    let mut classes = Vec::new();
    for title in ["A", "B"] {
        let input = json!({ "school": school, "year": year, "title": format!("{mark} {title}") });
        classes.push(id(&done(admin, "classes.save_class", input).await["class"]["id"]));
    }
    let [class, to] = classes[..] else { panic!("two classes") };
    let input = json!({ "class": class, "subject": subject, "teachers": [staff] });
    let course = id(&done(admin, "classes.save_course", input).await["course"]);
    let input = json!({ "school": school, "number": mark, "givenName": mark, "familyName": "Child",
        "guardians": [{ "givenName": mark, "familyName": "Parent", "relationship": "mother", "isPrimary": true }] });
    let student = id(&done(admin, "people.save_student", input).await["student"]["id"]);
    let enrol = json!({ "class": class, "students": [student], "start": "2026-09-01" });
    done(admin, "classes.enrol_students", enrol).await;
    let leave = json!({ "school": school, "students": [student], "firstDay": "2027-03-01", "lastDay": "2027-03-05" });
    done(admin, "people.grant_leave", leave).await;
    let shown = done(admin, "people.student", json!({ "student": student })).await;
    let (enrolment, stay) = (id(&shown["enrolments"][0]["id"]), id(&shown["stays"][0]["id"]));
    let leave = id(&shown["leaves"][0]["id"]);
    let guardian = id(&shown["guardians"][0]["id"]);
    let input = json!({ "school": school, "about": "student", "title": format!("{mark} Bus"), "kind": "text",
        "choices": [], "seenBy": ["teacher"], "changedBy": ["teacher"] });
    let field = id(&done(admin, "people.save_field", input).await["field"]);
    let values = json!([{ "field": field, "value": mark }]);
    done(admin, "people.save_field_values", json!({ "of": { "student": student }, "values": values })).await;
    let input = json!({ "course": course, "title": format!("{mark} Tests"), "weight": "1" });
    let category = id(&done(admin, "gradebook.save_category", input).await["category"]["id"]);
    let input = json!({ "course": course, "term": term, "category": category, "title": mark, "maximum": "20" });
    let assessment = id(&done(admin, "gradebook.save_assessment", input).await["assessment"]["id"]);
    let cells = json!([{ "student": student, "assessment": assessment, "text": "13" }]);
    let marks = done(admin, "gradebook.record_marks", json!({ "course": course, "term": term, "cells": cells })).await;
    let comment = json!({ "student": student, "kind": "course", "course": course, "body": mark });
    done(admin, "gradebook.save_comments", json!({ "class": class, "term": term, "comments": [comment] })).await;
    let input = json!({ "class": class, "date": "2026-10-14", "lesson": 0,
        "marks": [{ "student": student, "code": code }] });
    done(admin, "attendance.record_attendance", input).await;
    let excused = codes.as_array().unwrap().iter().find(|code| code["meaning"] == "excused").unwrap();
    let input = json!({ "student": student, "start": "2027-04-05", "code": excused["id"], "reason": mark });
    let absence = id(&done(admin, "attendance.save_absence", input).await["absence"]["id"]);
    let username = mark.to_lowercase();
    let input = json!({ "id": null, "version": null, "username": username, "givenName": mark, "familyName": "User",
        "roles": [{ "role": "counsellor", "school": school, "district": null }], "staff": null, "student": null,
        "disabled": false, "password": PASSWORD });
    let user = id(&done(admin, "accounts.save_user", input).await["id"]);
    world.sign_in("elsewhere", &username, PASSWORD).await.unwrap();
    let open = id(&done(admin, "accounts.user_sessions", json!({ "user": user })).await[0]["id"]);
    let job = a_job(world, school).await;
    let input = json!({ "student": student, "condition": mark, "whatToDo": mark });
    done(admin, "people.save_medical_note", input).await;
    let mut notes = Vec::new();
    let listed = done(admin, "people.list_medical_notes", json!({ "student": student })).await;
    notes.push(id(&listed[0]["id"]));
    for kind in ["behaviour", "pastoral"] {
        let input = json!({ "student": student, "day": "2026-10-14", "body": mark });
        done(admin, &format!("people.save_{kind}_note"), input).await;
        let listed = done(admin, &format!("people.list_{kind}_notes"), json!({ "student": student })).await;
        notes.push(id(&listed[0]["id"]));
    }
    let input = json!({ "school": school, "title": mark, "shared": false,
        "shown": { "of": { "list": "students" }, "columns": ["name"] } });
    let view = id(&done(admin, "lists.save_view", input).await["view"]["id"]);
    // Nothing here was ever agreed to, nobody sent: the operation asks for the school before it looks for these.
    let (entry, consent, transfer) = (id(&marks["undo"]), Uuid::now_v7(), Uuid::now_v7());
    BTreeMap::from([
        ("district", district),
        ("school", school),
        ("year", year),
        ("term", term),
        ("subject", subject),
        ("holiday", holiday),
        ("absence", absence),
        ("staff", staff),
        ("class", class),
        ("to", to),
        ("course", course),
        ("student", student),
        ("enrolment", enrolment),
        ("stay", stay),
        ("leave", leave),
        ("guardian", guardian),
        ("medical", notes[0]),
        ("behaviour", notes[1]),
        ("pastoral", notes[2]),
        ("field", field),
        ("category", category),
        ("assessment", assessment),
        ("code", code),
        ("user", user),
        ("open", open),
        ("entry", entry),
        ("consent", consent),
        ("transfer", transfer),
        ("job", job),
        ("view", view),
    ])
}

/// A job of the school that nobody asked for and nobody does.
async fn a_job(world: &World, school: Uuid) -> Uuid {
    let now = world.clock_now();
    let job = NewJob {
        id: JobId::new(),
        school: Some(school.into()),
        kind: "purge_faces".into(),
        input: json!({}),
        home: None,
        priority: 0,
        run_after: now,
        attempts: 1,
        once_key: None,
        asked_by: None,
        session: None,
        created_at: now,
    };
    let tx = world.services.store.begin().await.unwrap();
    assert!(tx.put_job(&job).await.unwrap());
    tx.commit().await.unwrap();
    job.id.0
}

/// Which kind of row a field of an operation's input names; none for what belongs to a sign-in and to no school.
pub fn kind(operation: &'static Operation, field: &str) -> Option<&'static str> {
    Some(match (operation.name(), field) {
        ("schools.delete_session" | "schools.restore_session", "id") => "term",
        ("classes.plan_copied_classes" | "classes.copy_classes", "from" | "to") => "year",
        ("schools.delete_calendar_entry", "id") => "holiday",
        ("schools.delete_subject" | "schools.restore_subject", "id") => "subject",
        ("classes.plan_rollover" | "classes.rollover_students" | "classes.roll_over", "from" | "to") => "year",
        ("classes.decide_rollover_class" | "classes.decide_rollover_students" | "classes.rollover_from_file", "to") => {
            "year"
        }
        ("people.transfer_students", "to") => "school",
        ("gradebook.delete_category", "id") => "category",
        ("gradebook.delete_assessment", "id") => "assessment",
        ("schools.save_school", "id") => "school",
        ("lists.plan_change", "rows") | ("lists.change_field", "id") => "student",
        (_, "view") => "view",
        ("accounts.revoke_session" | "accounts.revoke_user_session", "id") => "open",
        ("people.plan_merge" | "people.merge_students", "kept" | "other") => "student",
        ("people.delete_medical_note", "note") => "medical",
        ("people.delete_behaviour_note", "note") => "behaviour",
        ("people.delete_pastoral_note", "note") => "pastoral",
        (_, "guardian") => "guardian",
        (_, "school") => "school",
        (_, "district") => "district",
        (_, "year") => "year",
        (_, "term") => "term",
        (_, "subject") => "subject",
        (_, "staff") => "staff",
        (_, "class" | "classes" | "from") => "class",
        (_, "to") => "to",
        (_, "course" | "courses") => "course",
        (_, "student" | "students" | "row") => "student",
        (_, "enrolment") => "enrolment",
        (_, "stay") => "stay",
        (_, "leave") => "leave",
        (_, "field") => "field",
        (_, "category" | "categories") => "category",
        (_, "assessment" | "assessments") => "assessment",
        (_, "absence") => "absence",
        (_, "code") => "code",
        (_, "user") => "user",
        (_, "entry") => "entry",
        (_, "consents") => "consent",
        (_, "transfers") => "transfer",
        (_, "job") => "job",
        _ => return None,
    })
}

/// The operation's input with rows that exist in the place of what the sample names, and the kinds that it names. The kind
/// `instead` comes from other rows.
pub fn real(
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
    if operation.name() == "schools.create_school" {
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

/// The rows of everybody, and somebody of every role at the own school.
pub struct Scene {
    pub rows: HashMap<&'static str, Rows>,
    pub people: Vec<(Role, Context)>,
    pub admin: Context,
}

impl Scene {
    pub fn of(&self, whose: Whose) -> &Rows {
        &self.rows[name(whose)]
    }

    pub async fn set(world: &World) -> Self {
        let own = world.school.0;
        let district = id(&done(&world.administrator, "schools.list_schools", json!({})).await[0]["district"]);
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
            schools.push(id(&done(&world.administrator, "schools.create_school", input).await["id"]));
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
                save: kernel::Save::New,
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

pub fn name(whose: Whose) -> &'static str {
    match whose {
        Whose::Own => "Own",
        Whose::Near => "Near",
        Whose::Sister => "Sister",
        Whose::Foreign => "Zzyzx",
    }
}
