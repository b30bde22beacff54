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
        "accounts.status" | "accounts.set_up" | "accounts.sign_in" | "exchange.import_at_set_up" => return None,
        "accounts.sign_out" | "accounts.whoami" | "accounts.my_sessions" | "upkeep.health" | "upkeep.confirm_clock" => {
            json!({})
        }
        "accounts.change_password" => json!({ "current": "not it", "new": "something longer" }),
        "accounts.set_language" => json!({ "language": "hi" }),
        // Locking would end the walk; it has tests of its own.
        "accounts.lock_screen" => return None,
        "accounts.unlock" | "accounts.confirm_password" => json!({ "password": "not it" }),
        "accounts.revoke_session" | "accounts.revoke_user_session" => json!({ "id": id }),
        "accounts.list_users" => json!({ "school": school }),
        "accounts.save_user" => json!({
            "id": null, "version": null, "username": "somebody", "givenName": "Some", "familyName": "Body",
            "roles": [{ "role": "student", "school": school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": "too short"
        }),
        // No school has this identifier, so that the walk does not fill the database.
        "demo.fill_demo_school" => json!({ "school": id, "seed": 1 }),
        "accounts.set_password" => json!({ "user": id, "new": "something longer" }),
        "accounts.user_sessions" => json!({ "user": id }),
        "schools.list_schools" => json!({}),
        "schools.school_details"
        | "schools.list_sessions"
        | "schools.settings"
        | "schools.list_subjects"
        | "schools.deleted_subjects"
        | "schools.deleted_sessions"
        | "schools.grade_scale"
        | "schools.list_attendance_codes"
        | "people.list_students"
        | "people.list_guardians"
        | "people.list_staff"
        | "classes.list_classes"
        | "classes.list_courses"
        | "classes.course_grid"
        | "upkeep.recent_changes"
        | "upkeep.change_makers"
        | "upkeep.today" => json!({ "school": school }),
        "schools.save_school" => {
            json!({ "id": school, "version": 1, "name": "Riverside", "timeZone": "Africa/Nairobi" })
        }
        "schools.create_school" => json!({
            "district": id, "name": "Hillside", "timeZone": "Africa/Nairobi", "yearTitle": "2026/27",
            "yearStart": "2026-09-01", "yearEnd": "2027-07-15",
            "terms": [{ "title": "Autumn", "start": "2026-09-01", "end": "2026-12-18" }]
        }),
        "schools.save_year" => json!({
            "school": school, "title": "2027/28", "start": "2027-09-01", "end": "2028-07-15",
            "terms": [{ "title": "Autumn", "start": "2027-09-01", "end": "2027-12-18" }]
        }),
        "schools.delete_session" | "schools.delete_subject" | "schools.restore_session" | "schools.restore_subject" => {
            json!({ "id": id, "version": 1 })
        }
        "schools.save_settings" => json!({ "school": school, "version": 0, "settings": {} }),
        "attendance.here_now" => json!({ "school": school }),
        "attendance.print_here_now" => json!({ "school": school, "by": "place" }),
        "attendance.often_absent" => {
            json!({ "school": school, "start": "2026-09-01", "end": "2026-10-14", "days": 1 })
        }
        "attendance.list_absences" => json!({ "student": id }),
        "attendance.save_absence" => json!({ "student": id, "start": "2026-10-19", "code": id }),
        "attendance.delete_absence" => json!({ "absence": id, "version": 1 }),
        "schools.calendar" | "schools.calendar_file" => {
            json!({ "school": school, "start": "2026-09-01", "end": "2027-07-15" })
        }
        "schools.save_calendar_entry" => {
            json!({ "school": school, "kind": "holiday", "title": "Half-term", "start": "2026-10-26", "end": "2026-10-30" })
        }
        "schools.delete_calendar_entry" => json!({ "id": id, "version": 1 }),
        "schools.save_subject" => json!({ "school": school, "title": "Mathematics" }),
        "schools.save_grade_scale" => {
            json!({ "school": school, "version": 1, "title": "Pass", "bands": [{ "label": "P", "fromPercent": 0.0 }] })
        }
        "schools.save_attendance_code" => {
            json!({ "school": school, "code": "T", "title": "Trip", "meaning": "excused", "position": 9 })
        }
        "exchange.preview_import"
        | "exchange.import_dry_run"
        | "exchange.import_apply"
        | "exchange.enqueue_import"
        | "exchange.save_refused" => {
            json!({ "school": school, "uploads": [] })
        }
        "exchange.import_set" => json!({ "uploads": [] }),
        "exchange.export_oneroster" => json!({ "school": school, "version": "1.2" }),
        "exchange.export_students" => json!({ "school": school }),
        "lists.show_list" => {
            json!({ "school": school, "of": { "list": "students" }, "columns": ["name", "firstDay", "guardian"] })
        }
        "lists.export_list" => {
            json!({ "school": school, "of": { "list": "students" }, "columns": ["name", "guardian"], "format": "csv" })
        }
        "lists.list_settings" => json!({ "school": school, "list": "students" }),
        "lists.choose_columns" => json!({ "school": school, "list": "students", "columns": ["number", "name"] }),
        "lists.save_view" => json!({
            "school": school, "title": "Sixth form", "shared": false,
            "shown": { "of": { "list": "students", "gradeLevel": "12" }, "columns": ["name"] }
        }),
        "lists.delete_view" => json!({ "view": id, "version": 1 }),
        "lists.student_values" => json!({ "school": school }),
        "lists.plan_change" => json!({
            "school": school, "of": { "list": "students" }, "rows": [id], "field": "gradeLevel", "value": "8"
        }),
        "lists.change_field" => json!({
            "school": school, "list": "students", "rows": [{ "id": id, "version": 1 }], "field": "gradeLevel",
            "value": "8"
        }),
        "gradebook.export_marks" => json!({ "course": id, "term": id }),
        "people.student" | "analytics.earlier_schools" => json!({ "student": id }),
        "people.save_student" => {
            json!({ "school": school, "number": "S1", "givenName": "Asha", "familyName": "Rao", "guardians": [] })
        }
        "people.save_guardian" => json!({
            "student": id, "givenName": "Maya", "familyName": "Rao", "relationship": "mother", "isPrimary": true
        }),
        "people.portrait" => json!({ "of": { "student": id } }),
        "people.save_portrait" => json!({ "of": { "student": id } }),
        "people.class_portraits" => json!({ "class": id }),
        "people.list_fields" => json!({ "school": school }),
        "people.save_field" => json!({
            "school": school, "about": "student", "title": "Bus", "kind": "text", "choices": [], "seenBy": [],
            "changedBy": []
        }),
        "people.reorder_fields" => json!({ "school": school, "about": "staff", "fields": [] }),
        "people.retire_field" | "people.restore_field" => json!({ "field": id, "version": 1 }),
        "people.field_values" => json!({ "of": { "student": id } }),
        "people.save_field_values" => json!({ "of": { "student": id }, "values": [] }),
        "people.alike_students" => json!({ "school": school, "givenName": "Asha", "familyName": "Rao" }),
        "people.list_medical_notes" | "people.list_behaviour_notes" | "people.list_pastoral_notes" => {
            json!({ "student": id })
        }
        "people.save_medical_note" => {
            json!({ "student": id, "condition": "Asthma", "whatToDo": "Inhaler, then call.", "medicine": "Salbutamol" })
        }
        "people.save_behaviour_note" | "people.save_pastoral_note" => {
            json!({ "student": id, "day": "2026-10-14", "body": "Helped a younger child." })
        }
        "people.delete_medical_note" | "people.delete_behaviour_note" | "people.delete_pastoral_note" => {
            json!({ "note": id, "version": 1 })
        }
        "people.plan_merge" => json!({ "school": school, "kept": id, "other": id }),
        "people.merge_students" => json!({
            "school": school, "kept": id, "keptVersion": 1, "other": id, "otherVersion": 1, "take": [], "rows": []
        }),
        "people.alike_guardians" => {
            json!({ "school": school, "givenName": "Asha", "familyName": "Rao", "phone": "0711" })
        }
        "people.same_guardians" => json!({ "school": school }),
        "people.merge_guardians" => json!({
            "school": school, "kept": { "guardian": id, "version": 1 }, "others": [{ "guardian": id, "version": 1 }],
            "take": []
        }),
        "people.next_student_number" => json!({ "school": school }),
        "people.delete_students" | "people.restore_students" => json!({ "school": school, "students": [id] }),
        "people.search_people" => json!({ "school": school, "text": "asha" }),
        "classes.grade_places" => json!({ "school": school, "year": id }),
        "classes.save_grade_places" => json!({
            "school": school, "year": id, "levels": [{ "gradeLevel": "7", "places": 60, "version": null }]
        }),
        "people.guardian" => json!({ "guardian": id }),
        "people.staff_member" => json!({ "staff": id }),
        "people.withdraw_students" => {
            json!({ "school": school, "students": [id], "lastDay": "2026-10-16", "exit": "withdrawn" })
        }
        "people.re_enrol_students" | "people.grant_leave" => {
            json!({ "school": school, "students": [id], "firstDay": "2026-10-16" })
        }
        "people.schools_to_transfer_to" | "people.transfers" => json!({ "school": school }),
        "people.transfer_students" => {
            json!({ "school": school, "students": [id], "to": id, "lastDay": "2026-10-16" })
        }
        "people.accept_transfers" => json!({ "school": school, "transfers": [id], "firstDay": "2026-10-19" }),
        "people.decline_transfers" => json!({ "school": school, "transfers": [id] }),
        "people.change_leave" => json!({ "leave": id, "version": 1, "firstDay": "2026-10-16" }),
        "people.correct_stay" => json!({ "stay": id, "version": 1, "firstDay": "2026-10-16" }),
        "people.end_employment" => {
            json!({ "staff": id, "version": 1, "lastDay": "2026-10-16", "courses": [], "homerooms": [] })
        }
        "people.resume_employment" => json!({ "staff": id, "version": 1, "firstDay": "2026-10-16" }),
        "classes.plan_rollover" | "classes.rollover_students" | "classes.roll_over" => {
            json!({ "school": school, "from": id, "to": id })
        }
        "classes.decide_rollover_class" => json!({ "to": id, "class": id, "outcome": "graduates" }),
        "classes.decide_rollover_students" => {
            json!({ "school": school, "to": id, "students": [id], "outcome": "leaves" })
        }
        "classes.rollover_from_file" => json!({ "school": school, "to": id, "uploads": [id] }),
        "people.save_staff" => json!({ "school": school, "givenName": "Ben", "familyName": "Otieno" }),
        "people.delete_staff" | "people.restore_staff" => json!({ "school": school, "staff": [id] }),
        "classes.class" => json!({ "class": id }),
        "classes.save_class" => json!({ "school": school, "year": id, "title": "7B" }),
        "classes.delete_classes" | "classes.restore_classes" => json!({ "school": school, "classes": [id] }),
        "accounts.staff_account" | "accounts.make_staff_account" => json!({ "staff": id }),
        "faces.record_consents" => json!({
            "school": school, "wordingVersion": "1", "givenOn": "2026-10-01",
            "letters": [{ "student": id, "givenBy": "Maya Rao", "relationship": "mother" }]
        }),
        "faces.take_back_consents" => json!({ "school": school, "consents": [id] }),
        "classes.save_courses" => json!({ "class": id, "courses": [{ "subject": id, "teachers": [] }] }),
        "classes.save_course_grid" => json!({ "school": school, "year": id, "cells": [] }),
        "classes.save_course" => json!({ "class": id, "subject": id, "teachers": [] }),
        "classes.delete_course" | "classes.course" => json!({ "course": id }),
        "classes.plan_copied_classes" | "classes.copy_classes" => json!({ "school": school, "from": id, "to": id }),
        "classes.describe_course" => json!({ "course": id, "version": 1, "description": "Bring an apron." }),
        "classes.restore_courses" => json!({ "school": school, "courses": [id] }),
        "classes.exempt_students" => json!({ "course": id, "students": [id], "start": "2026-10-01" }),
        "classes.end_exemptions" => json!({ "course": id, "students": [id], "from": "2026-10-01" }),
        "classes.courses_to_join" => json!({ "student": id, "subject": id, "year": id }),
        "classes.join_course" => json!({ "student": id, "course": id, "start": "2026-10-01" }),
        "classes.correct_enrolment" => json!({ "enrolment": id, "version": 1, "start": "2026-09-01" }),
        "classes.enrol_students" => json!({ "class": id, "students": [id], "start": "2026-09-01" }),
        "classes.end_enrolments" => json!({ "class": id, "students": [id], "end": "2026-10-01" }),
        "classes.move_students" => json!({ "from": id, "to": id, "students": [id], "date": "2026-10-01" }),
        "attendance.register" | "attendance.mark_all_present" => json!({ "class": id, "date": "2026-10-14" }),
        "attendance.record_attendance" => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "marks": [{ "student": id, "code": id }] })
        }
        "attendance.take_register" => json!({ "class": id, "date": "2026-10-14", "restPresent": true }),
        "attendance.registers_of_day" | "attendance.absent_today" => json!({ "school": school }),
        "attendance.attendance_history" | "attendance.attendance_summary" => json!({ "student": id }),
        "attendance.attendance_csv" => json!({ "class": id, "from": "2026-10-01", "to": "2026-10-14" }),
        "gradebook.courses_for_marks" | "analytics.school_statistics" | "analytics.at_risk" => {
            json!({ "school": school, "term": id })
        }
        "gradebook.mark_sheet" | "analytics.subject_statistics" => json!({ "course": id, "term": id }),
        "gradebook.record_marks" => json!({
            "course": id, "term": id, "cells": [{ "student": id, "assessment": id, "text": "13,75" }]
        }),
        "gradebook.save_category" => json!({ "course": id, "title": "Tests", "weight": "2" }),
        "gradebook.save_assessment" => {
            json!({ "course": id, "term": id, "category": id, "title": "Test 1", "maximum": "20" })
        }
        "gradebook.delete_category" | "gradebook.delete_assessment" => json!({ "id": id, "version": 1 }),
        "gradebook.reorder_categories" => json!({ "course": id, "categories": [id] }),
        "gradebook.reorder_assessments" => json!({ "course": id, "term": id, "assessments": [id] }),
        "gradebook.explain_total" => json!({ "course": id, "term": id, "student": id }),
        "gradebook.report_comments"
        | "analytics.term_statistics"
        | "reports.report_card_readiness"
        | "reports.make_report_cards"
        | "reports.make_broadsheet" => {
            json!({ "class": id, "term": id })
        }
        "gradebook.save_comments" => json!({
            "class": id, "term": id, "comments": [{ "student": id, "kind": "class_teacher", "body": "A good term." }]
        }),
        "analytics.assessment_statistics" => json!({ "assessment": id }),
        "analytics.student_performance" | "reports.preview_report_card" => json!({ "student": id, "term": id }),
        "desk.list_cameras" => json!({}),
        "desk.start_attendance_session" => json!({
            "class": id, "date": "2026-10-14", "lesson": 0, "source": { "kind": "webcam", "device": 0 }
        }),
        "desk.start_enrolment_session" => json!({ "student": id, "source": { "kind": "webcam", "device": 0 } }),
        "desk.open_register" => json!({ "class": id, "date": "2026-10-14", "lesson": 0, "camera": "webcam" }),
        "desk.open_enrolment" => json!({ "student": id, "camera": "webcam" }),
        "desk.open_camera" => json!({ "session": id, "kind": "webcam" }),
        "desk.push_frame" => json!({ "session": id, "camera": 0, "sequence": 0, "seconds": 0.0, "upload": id }),
        "desk.tell_camera" => json!({ "session": id, "camera": 0, "status": { "state": "ended" } }),
        "desk.follow_session" | "desk.close_session" => json!({ "session": id }),
        "desk.live_session" | "desk.stop_live_session" | "desk.capture_frame" => json!({ "session": id }),
        "desk.unknown_faces" => json!({ "session": id }),
        "desk.take_unknown_face" => json!({ "session": id, "face": 0 }),
        "desk.add_camera" => json!({ "session": id, "source": { "kind": "webcam", "device": 0 } }),
        "desk.remove_camera" | "desk.close_camera" | "desk.live_picture" => json!({ "session": id, "camera": 0 }),
        "desk.camera_sizes" => json!({ "device": 99 }),
        "desk.camera_health" => json!({ "school": school }),
        "desk.start_photograph_session" => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "uploads": [id] })
        }
        "faces.attendance_evidence" => json!({ "student": id, "date": "2026-10-14" }),
        "desk.add_photographs" => json!({ "session": id, "uploads": [id] }),
        // Face recognition is off in the school of the walk, so that no camera opens.
        "desk.start_kiosk" => json!({ "school": school, "source": { "kind": "webcam", "device": 0 } }),
        "desk.open_door" => json!({ "school": school, "camera": "webcam" }),
        "desk.running_kiosk" => json!({}),
        "desk.leave_kiosk" | "desk.close_door" => json!({ "session": id, "password": "not it" }),
        "desk.confirm_proposals" => json!({ "session": id, "students": [id] }),
        "desk.correct_proposal" => json!({ "session": id, "wrong": id }),
        "faces.face_status"
        | "faces.consent_state"
        | "faces.face_uses"
        | "faces.look_alikes"
        | "faces.reenrol_faces" => json!({ "school": school }),
        // No school has this identifier: the walk makes no key on the computer that it runs on.
        "faces.show_recovery_key" => json!({ "school": id }),
        "faces.restore_face_key" => json!({ "school": school, "key": "12345-ABCDE" }),
        "faces.rotate_face_keys" | "faces.purge_faces" => json!({}),
        "desk.enrol_folder" => json!({ "school": school, "folder": "/no/such/folder", "apply": false }),
        "faces.enrol_faces_in_bulk" => json!({ "school": school, "upload": id, "apply": false }),
        "faces.record_consent" => {
            json!({ "student": id, "givenBy": "Maya Rao", "relationship": "mother", "wordingVersion": "1" })
        }
        "faces.withdraw_consent"
        | "faces.delete_faces"
        | "faces.record_objection"
        | "faces.withdraw_objection"
        | "faces.export_held_faces" => {
            json!({ "student": id })
        }
        "faces.enrol_faces" => json!({ "student": id, "uploads": [id, id, id] }),
        "faces.check_photograph" => json!({ "school": school, "upload": id }),
        "upkeep.undo" | "upkeep.change_details" => json!({ "entry": id }),
        "upkeep.my_changes" => json!({}),
        "reports.enqueue_report_cards" => json!({ "term": id, "classes": [id] }),
        "jobs.list_jobs" => json!({ "school": school }),
        "jobs.cancel_job" | "jobs.retry_job" | "jobs.drop_job" => json!({ "job": id }),
        "upkeep.history" => json!({ "school": school, "table": "students", "row": id }),
        other => panic!("no sample for {other}"),
    })
}
