//! One plausible input per operation, for the walk over all operations and roles. Identifiers need not exist: permission
//! comes first.

use school::Operation;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::world::World;

/// An input that parses; none for the operations that anyone may call.
pub fn sample(world: &World, operation: Operation) -> Option<Value> {
    let id = Uuid::nil();
    let school = world.school;
    Some(match operation {
        Operation::status | Operation::set_up | Operation::sign_in => return None,
        Operation::sign_out
        | Operation::whoami
        | Operation::my_sessions
        | Operation::health
        | Operation::confirm_clock => json!({}),
        Operation::change_password => json!({ "current": "not it", "new": "something longer" }),
        // Locking would end the walk; it has tests of its own.
        Operation::lock_screen => return None,
        Operation::unlock | Operation::confirm_password => json!({ "password": "not it" }),
        Operation::revoke_session | Operation::revoke_user_session => json!({ "id": id }),
        Operation::list_users => json!({ "school": school }),
        Operation::save_user => json!({
            "id": null, "version": null, "username": "somebody", "givenName": "Some", "familyName": "Body",
            "roles": [{ "role": "student", "school": school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": "too short"
        }),
        // No school has this identifier, so that the walk does not fill the database.
        Operation::fill_demo_school => json!({ "school": id, "seed": 1 }),
        Operation::set_password => json!({ "user": id, "new": "something longer" }),
        Operation::user_sessions => json!({ "user": id }),
        Operation::list_schools => json!({}),
        Operation::school_details
        | Operation::list_sessions
        | Operation::settings
        | Operation::list_subjects
        | Operation::grade_scale
        | Operation::list_attendance_codes
        | Operation::list_students
        | Operation::list_staff
        | Operation::list_classes
        | Operation::recent_changes
        | Operation::change_makers
        | Operation::today => json!({ "school": school }),
        Operation::save_school => {
            json!({ "id": school, "version": 1, "name": "Riverside", "timeZone": "Africa/Nairobi" })
        }
        Operation::create_school => json!({
            "district": id, "name": "Hillside", "timeZone": "Africa/Nairobi", "yearTitle": "2026/27",
            "yearStart": "2026-09-01", "yearEnd": "2027-07-15",
            "terms": [{ "title": "Autumn", "start": "2026-09-01", "end": "2026-12-18" }]
        }),
        Operation::save_year => json!({
            "school": school, "title": "2027/28", "start": "2027-09-01", "end": "2028-07-15",
            "terms": [{ "title": "Autumn", "start": "2027-09-01", "end": "2027-12-18" }]
        }),
        Operation::delete_session | Operation::delete_subject => json!({ "id": id, "version": 1 }),
        Operation::save_settings => json!({ "school": school, "version": 0, "settings": {} }),
        Operation::save_subject => json!({ "school": school, "title": "Mathematics" }),
        Operation::save_grade_scale => {
            json!({ "school": school, "version": 1, "title": "Pass", "bands": [{ "label": "P", "fromPercent": 0.0 }] })
        }
        Operation::save_attendance_code => {
            json!({ "school": school, "code": "T", "title": "Trip", "meaning": "excused", "position": 9 })
        }
        Operation::preview_import | Operation::import_dry_run | Operation::import_apply | Operation::save_refused => {
            json!({ "school": school, "uploads": [] })
        }
        Operation::export_students => json!({ "school": school }),
        Operation::export_marks => json!({ "course": id, "term": id }),
        Operation::student => json!({ "student": id }),
        Operation::save_student => {
            json!({ "school": school, "number": "S1", "givenName": "Asha", "familyName": "Rao", "guardians": [] })
        }
        Operation::alike_students => json!({ "school": school, "givenName": "Asha", "familyName": "Rao" }),
        Operation::next_student_number => json!({ "school": school }),
        Operation::delete_students | Operation::restore_students => json!({ "school": school, "students": [id] }),
        Operation::search_people => json!({ "school": school, "text": "asha" }),
        Operation::staff_member => json!({ "staff": id }),
        Operation::save_staff => json!({ "school": school, "givenName": "Ben", "familyName": "Otieno" }),
        Operation::delete_staff | Operation::restore_staff => json!({ "school": school, "staff": [id] }),
        Operation::class => json!({ "class": id }),
        Operation::save_class => json!({ "school": school, "year": id, "title": "7B" }),
        Operation::delete_classes | Operation::restore_classes => json!({ "school": school, "classes": [id] }),
        Operation::staff_account | Operation::make_staff_account => json!({ "staff": id }),
        Operation::record_consents => json!({
            "school": school, "wordingVersion": "1", "givenOn": "2026-10-01",
            "letters": [{ "student": id, "givenBy": "Maya Rao", "relationship": "mother" }]
        }),
        Operation::take_back_consents => json!({ "school": school, "consents": [id] }),
        Operation::save_courses => json!({ "class": id, "courses": [{ "subject": id, "teachers": [] }] }),
        Operation::save_course => json!({ "class": id, "subject": id, "teachers": [] }),
        Operation::delete_course => json!({ "course": id }),
        Operation::enrol_students => json!({ "class": id, "students": [id], "start": "2026-09-01" }),
        Operation::end_enrolments => json!({ "class": id, "students": [id], "end": "2026-10-01" }),
        Operation::move_students => json!({ "from": id, "to": id, "students": [id], "date": "2026-10-01" }),
        Operation::register | Operation::mark_all_present => json!({ "class": id, "date": "2026-10-14" }),
        Operation::record_attendance => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "marks": [{ "student": id, "code": id }] })
        }
        Operation::take_register => json!({ "class": id, "date": "2026-10-14", "restPresent": true }),
        Operation::registers_of_day | Operation::absent_today => json!({ "school": school }),
        Operation::attendance_history | Operation::attendance_summary => json!({ "student": id }),
        Operation::attendance_csv => json!({ "class": id, "from": "2026-10-01", "to": "2026-10-14" }),
        Operation::courses_for_marks | Operation::school_statistics | Operation::at_risk => {
            json!({ "school": school, "term": id })
        }
        Operation::mark_sheet | Operation::subject_statistics => json!({ "course": id, "term": id }),
        Operation::record_marks => json!({
            "course": id, "term": id, "cells": [{ "student": id, "assessment": id, "text": "13,75" }]
        }),
        Operation::save_category => json!({ "course": id, "title": "Tests", "weight": "2" }),
        Operation::save_assessment => {
            json!({ "course": id, "term": id, "category": id, "title": "Test 1", "maximum": "20" })
        }
        Operation::delete_category | Operation::delete_assessment => json!({ "id": id, "version": 1 }),
        Operation::reorder_categories => json!({ "course": id, "categories": [id] }),
        Operation::reorder_assessments => json!({ "course": id, "term": id, "assessments": [id] }),
        Operation::explain_total => json!({ "course": id, "term": id, "student": id }),
        Operation::report_comments
        | Operation::term_statistics
        | Operation::report_card_readiness
        | Operation::make_report_cards
        | Operation::make_broadsheet => json!({ "class": id, "term": id }),
        Operation::save_comments => json!({
            "class": id, "term": id, "comments": [{ "student": id, "kind": "class_teacher", "body": "A good term." }]
        }),
        Operation::assessment_statistics => json!({ "assessment": id }),
        Operation::student_performance | Operation::preview_report_card => json!({ "student": id, "term": id }),
        Operation::list_cameras => json!({}),
        Operation::start_attendance_session => json!({
            "class": id, "date": "2026-10-14", "lesson": 0, "source": { "kind": "webcam", "device": 0 }
        }),
        Operation::start_enrolment_session => json!({ "student": id, "source": { "kind": "webcam", "device": 0 } }),
        Operation::live_session | Operation::stop_live_session | Operation::capture_frame => json!({ "session": id }),
        Operation::unknown_faces => json!({ "session": id }),
        Operation::take_unknown_face => json!({ "session": id, "face": 0 }),
        Operation::add_camera => json!({ "session": id, "source": { "kind": "webcam", "device": 0 } }),
        Operation::remove_camera => json!({ "session": id, "camera": 0 }),
        Operation::camera_sizes => json!({ "device": 99 }),
        Operation::camera_health => json!({ "school": school }),
        Operation::start_photograph_session => {
            json!({ "class": id, "date": "2026-10-14", "lesson": 0, "uploads": [id] })
        }
        Operation::attendance_evidence => json!({ "student": id, "date": "2026-10-14" }),
        Operation::add_photographs => json!({ "session": id, "uploads": [id] }),
        // Face recognition is off in the school of the walk, so that no camera opens.
        Operation::start_kiosk => json!({ "school": school, "source": { "kind": "webcam", "device": 0 } }),
        Operation::running_kiosk => json!({}),
        Operation::leave_kiosk => json!({ "session": id, "password": "not it" }),
        Operation::confirm_proposals => json!({ "session": id, "students": [id] }),
        Operation::correct_proposal => json!({ "session": id, "wrong": id }),
        Operation::face_status
        | Operation::consent_state
        | Operation::face_uses
        | Operation::look_alikes
        | Operation::reenrol_faces => json!({ "school": school }),
        // No school has this identifier: the walk makes no key on the computer that it runs on.
        Operation::show_recovery_key => json!({ "school": id }),
        Operation::restore_face_key => json!({ "school": school, "key": "12345-ABCDE" }),
        Operation::rotate_face_keys | Operation::purge_faces => json!({}),
        Operation::enrol_faces_in_bulk => json!({ "school": school, "upload": id, "apply": false }),
        Operation::record_consent => {
            json!({ "student": id, "givenBy": "Maya Rao", "relationship": "mother", "wordingVersion": "1" })
        }
        Operation::withdraw_consent
        | Operation::delete_faces
        | Operation::record_objection
        | Operation::withdraw_objection
        | Operation::export_held_faces => json!({ "student": id }),
        Operation::enrol_faces => json!({ "student": id, "uploads": [id, id, id] }),
        Operation::check_photograph => json!({ "school": school, "upload": id }),
        Operation::undo | Operation::change_details => json!({ "entry": id }),
        Operation::my_changes => json!({}),
        Operation::history => json!({ "school": school, "table": "students", "row": id }),
    })
}
