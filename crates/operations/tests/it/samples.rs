//! One plausible input per operation, for the walk over all operations and roles. Identifiers need not exist: permission
//! comes first.

use kernel::Operation;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

/// The operation of this name.
pub fn op(name: &str) -> &'static Operation {
    ::operations::parse(name).unwrap_or_else(|| panic!("no operation {name}"))
}

/// An input that parses; none for the operations that anyone may call.
pub fn sample(world: &World, operation: &Operation) -> Option<Value> {
    let id = Uuid::nil();
    let school = world.school;
    Some(match operation.name() {
        "status" | "set_up" | "sign_in" => return None,
        "sign_out" | "whoami" | "my_sessions" | "health" | "confirm_clock" => json!({}),
        "set_language" => json!({ "language": "hi" }),
        "change_password" => json!({ "current": "not it", "new": "something longer" }),
        // Locking would end the walk; it has tests of its own.
        "lock_screen" => return None,
        "unlock" | "confirm_password" => json!({ "password": "not it" }),
        "revoke_session" | "revoke_user_session" => json!({ "id": id }),
        "list_users" => json!({ "school": school }),
        "save_user" => json!({
            "id": null, "version": null, "username": "somebody", "givenName": "Some", "familyName": "Body",
            "roles": [{ "role": "student", "school": school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": "too short"
        }),
        // No school has this identifier, so that the walk does not fill the database.
        "fill_demo_school" => json!({ "school": id, "seed": 1 }),
        "set_password" => json!({ "user": id, "new": "something longer" }),
        "user_sessions" => json!({ "user": id }),
        "list_schools" => json!({}),
        "school_details"
        | "list_sessions"
        | "settings"
        | "list_subjects"
        | "grade_scale"
        | "list_attendance_codes"
        | "list_students"
        | "list_staff"
        | "list_classes"
        | "recent_changes"
        | "change_makers"
        | "today" => json!({ "school": school }),
        "save_school" => {
            json!({ "id": school, "version": 1, "name": "Riverside", "timeZone": "Africa/Nairobi" })
        }
        "create_school" => json!({
            "district": id, "name": "Hillside", "timeZone": "Africa/Nairobi", "yearTitle": "2026/27",
            "yearStart": "2026-09-01", "yearEnd": "2027-07-15",
            "terms": [{ "title": "Autumn", "start": "2026-09-01", "end": "2026-12-18" }]
        }),
        "save_year" => json!({
            "school": school, "title": "2027/28", "start": "2027-09-01", "end": "2028-07-15",
            "terms": [{ "title": "Autumn", "start": "2027-09-01", "end": "2027-12-18" }]
        }),
        "delete_session" | "delete_subject" => json!({ "id": id, "version": 1 }),
        "save_settings" => json!({ "school": school, "version": 0, "settings": {} }),
        "save_subject" => json!({ "school": school, "title": "Mathematics" }),
        "save_grade_scale" => {
            json!({ "school": school, "version": 1, "title": "Pass", "bands": [{ "label": "P", "fromPercent": 0.0 }] })
        }
        "save_attendance_code" => {
            json!({ "school": school, "code": "T", "title": "Trip", "meaning": "excused", "position": 9 })
        }
        "preview_import" | "import_dry_run" | "import_apply" | "enqueue_import" | "save_refused" => {
            json!({ "school": school, "uploads": [] })
        }
        "export_students" => json!({ "school": school }),
        "export_marks" => json!({ "course": id, "term": id }),
        "student" => json!({ "student": id }),
        "save_student" => {
            json!({ "school": school, "number": "S1", "givenName": "Asha", "familyName": "Rao", "guardians": [] })
        }
        "alike_students" => json!({ "school": school, "givenName": "Asha", "familyName": "Rao" }),
        "next_student_number" => json!({ "school": school }),
        "delete_students" | "restore_students" => json!({ "school": school, "students": [id] }),
        "search_people" => json!({ "school": school, "text": "asha" }),
        "staff_member" => json!({ "staff": id }),
        "save_staff" => json!({ "school": school, "givenName": "Ben", "familyName": "Otieno" }),
        "delete_staff" | "restore_staff" => json!({ "school": school, "staff": [id] }),
        "class" => json!({ "class": id }),
        "save_class" => json!({ "school": school, "year": id, "title": "7B" }),
        "delete_classes" | "restore_classes" => json!({ "school": school, "classes": [id] }),
        "staff_account" | "make_staff_account" => json!({ "staff": id }),
        "record_consents" => json!({
            "school": school, "wordingVersion": "1", "givenOn": "2026-10-01",
            "letters": [{ "student": id, "givenBy": "Maya Rao", "relationship": "mother" }]
        }),
        "take_back_consents" => json!({ "school": school, "consents": [id] }),
        "save_courses" => json!({ "class": id, "courses": [{ "subject": id, "teachers": [] }] }),
        "save_course" => json!({ "class": id, "subject": id, "teachers": [] }),
        "delete_course" => json!({ "course": id }),
        "enrol_students" => json!({ "class": id, "students": [id], "start": "2026-09-01" }),
        "end_enrolments" => json!({ "class": id, "students": [id], "end": "2026-10-01" }),
        "move_students" => json!({ "from": id, "to": id, "students": [id], "date": "2026-10-01" }),
        "register" | "mark_all_present" => json!({ "class": id, "date": "2026-10-14" }),
        "record_attendance" => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "marks": [{ "student": id, "code": id }] })
        }
        "take_register" => json!({ "class": id, "date": "2026-10-14", "restPresent": true }),
        "registers_of_day" | "absent_today" => json!({ "school": school }),
        "attendance_history" | "attendance_summary" => json!({ "student": id }),
        "attendance_csv" => json!({ "class": id, "from": "2026-10-01", "to": "2026-10-14" }),
        "courses_for_marks" | "school_statistics" | "at_risk" => {
            json!({ "school": school, "term": id })
        }
        "mark_sheet" | "subject_statistics" => json!({ "course": id, "term": id }),
        "record_marks" => json!({
            "course": id, "term": id, "cells": [{ "student": id, "assessment": id, "text": "13,75" }]
        }),
        "save_category" => json!({ "course": id, "title": "Tests", "weight": "2" }),
        "save_assessment" => {
            json!({ "course": id, "term": id, "category": id, "title": "Test 1", "maximum": "20" })
        }
        "delete_category" | "delete_assessment" => json!({ "id": id, "version": 1 }),
        "reorder_categories" => json!({ "course": id, "categories": [id] }),
        "reorder_assessments" => json!({ "course": id, "term": id, "assessments": [id] }),
        "explain_total" => json!({ "course": id, "term": id, "student": id }),
        "report_comments" | "term_statistics" | "report_card_readiness" | "make_report_cards" | "make_broadsheet" => {
            json!({ "class": id, "term": id })
        }
        "save_comments" => json!({
            "class": id, "term": id, "comments": [{ "student": id, "kind": "class_teacher", "body": "A good term." }]
        }),
        "assessment_statistics" => json!({ "assessment": id }),
        "student_performance" | "preview_report_card" => json!({ "student": id, "term": id }),
        "list_cameras" => json!({}),
        "start_attendance_session" => json!({
            "class": id, "date": "2026-10-14", "lesson": 0, "source": { "kind": "webcam", "device": 0 }
        }),
        "start_enrolment_session" => json!({ "student": id, "source": { "kind": "webcam", "device": 0 } }),
        "live_session" | "stop_live_session" | "capture_frame" => json!({ "session": id }),
        "unknown_faces" => json!({ "session": id }),
        "take_unknown_face" => json!({ "session": id, "face": 0 }),
        "add_camera" => json!({ "session": id, "source": { "kind": "webcam", "device": 0 } }),
        "remove_camera" => json!({ "session": id, "camera": 0 }),
        "camera_sizes" => json!({ "device": 99 }),
        "camera_health" => json!({ "school": school }),
        "start_photograph_session" => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "uploads": [id] })
        }
        "attendance_evidence" => json!({ "student": id, "date": "2026-10-14" }),
        "add_photographs" => json!({ "session": id, "uploads": [id] }),
        // Face recognition is off in the school of the walk, so that no camera opens.
        "start_kiosk" => json!({ "school": school, "source": { "kind": "webcam", "device": 0 } }),
        "running_kiosk" => json!({}),
        "leave_kiosk" => json!({ "session": id, "password": "not it" }),
        "confirm_proposals" => json!({ "session": id, "students": [id] }),
        "correct_proposal" => json!({ "session": id, "wrong": id }),
        "face_status" | "consent_state" | "face_uses" | "look_alikes" | "reenrol_faces" => json!({ "school": school }),
        // No school has this identifier: the walk makes no key on the computer that it runs on.
        "show_recovery_key" => json!({ "school": id }),
        "restore_face_key" => json!({ "school": school, "key": "12345-ABCDE" }),
        "rotate_face_keys" | "purge_faces" => json!({}),
        "enrol_faces_in_bulk" => json!({ "school": school, "upload": id, "apply": false }),
        "record_consent" => {
            json!({ "student": id, "givenBy": "Maya Rao", "relationship": "mother", "wordingVersion": "1" })
        }
        "withdraw_consent" | "delete_faces" | "record_objection" | "withdraw_objection" | "export_held_faces" => {
            json!({ "student": id })
        }
        "enrol_faces" => json!({ "student": id, "uploads": [id, id, id] }),
        "check_photograph" => json!({ "school": school, "upload": id }),
        "undo" | "change_details" => json!({ "entry": id }),
        "my_changes" => json!({}),
        "enqueue_report_cards" => json!({ "term": id, "classes": [id] }),
        "list_jobs" => json!({ "school": school }),
        "cancel_job" | "retry_job" | "drop_job" => json!({ "job": id }),
        "history" => json!({ "school": school, "table": "students", "row": id }),
        other => panic!("no sample for {other}"),
    })
}
