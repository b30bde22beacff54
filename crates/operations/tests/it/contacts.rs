//! Where people are reached, and what a guardian is to a child.

use kernel::{ErrorCode, Role, Save};
use school::attendance::{AbsentToday, RecordAttendance, absent_today, record_attendance};
use school::classes::{SaveCourse, save_course};
use school::people::*;
use serde_json::json;
use store::entities::{Contact, ContactKind, ContactLabel, PostalAddress};
use store::ids::{GuardianId, SchoolId, StudentId};
use upkeep::{Undo, undo};

use crate::both;
use crate::roster::{Roster, guardian, new_staff, new_student, second_school};
use crate::scene::done;
use crate::world::{World, date};

fn phone(label: ContactLabel, value: &str) -> Contact {
    Contact { kind: ContactKind::Phone, label, value: value.into() }
}

fn lisbon() -> PostalAddress {
    PostalAddress {
        lines: Some("Rua das Flores 12\n3.º esq.".into()),
        town: Some("Lisboa".into()),
        postcode: Some("1200-192".into()),
        country: Some("Portugal".into()),
        region: None,
    }
}

async fn shown(who: &kernel::Context, student: StudentId) -> StudentDetails {
    school::people::student(who, OfStudent { student }).await.unwrap()
}

/// As the page of a student sends a guardian of it, unchanged.
fn as_seen(row: &GuardianRow) -> SaveGuardian {
    SaveGuardian {
        save: Save::Change { id: row.id, version: row.version },
        is_primary: row.is_primary,
        guardianship_version: Some(row.guardianship_version),
        ..guardian(&row.given_name, &row.family_name, row.phone.as_deref().unwrap_or_default())
    }
}

async fn save(world: &World, student: StudentId, guardian: SaveGuardian) -> kernel::Result<SavedStudent> {
    save_guardian(&world.administrator, SaveGuardianOf { student, guardian }).await
}

fn found_by(school: SchoolId, text: &str) -> SearchPeople {
    SearchPeople { school, text: text.into(), kind: None }
}

both!(
    async fn people_have_an_address_and_further_numbers_by_which_they_are_found(world: World) {
        let (context, school) = (&world.administrator, world.school);
        let blank = PostalAddress { lines: Some("  \n ".into()), town: Some(" ".into()), ..PostalAddress::default() };
        let input = SaveStudent {
            address: Some(PostalAddress { lines: Some(" Rua das Flores 12 \n\n 3.º esq. ".into()), ..lisbon() }),
            contacts: Some(vec![
                phone(ContactLabel::Emergency, "+351 912 000 111"),
                Contact { kind: ContactKind::Email, label: ContactLabel::Home, value: " ana@example.org ".into() },
            ]),
            ..new_student(school, "1", "Ana", "Reis")
        };
        let saved = save_student(context, input.clone()).await.unwrap().student;
        assert_eq!(saved.address, Some(lisbon()));
        assert_eq!(
            saved.contacts.iter().map(|c| c.value.as_str()).collect::<Vec<_>>(),
            ["+351 912 000 111", "ana@example.org"]
        );
        let hits = search_people(context, found_by(school, "912000111")).await.unwrap();
        assert_eq!(hits.iter().map(|hit| hit.id).collect::<Vec<_>>(), [saved.id.0]);
        // What is left out stays; what is empty goes, and its words with it.
        let change = Save::Change { id: saved.id, version: saved.version };
        let input =
            SaveStudent { save: change, phone: Some("1234567".into()), ..new_student(school, "1", "Ana", "Reis") };
        let kept = save_student(context, input).await.unwrap().student;
        assert_eq!((&kept.address, kept.contacts.len()), (&saved.address, 2));
        let change = Save::Change { id: saved.id, version: kept.version };
        let input = SaveStudent {
            save: change,
            address: Some(blank),
            contacts: Some(Vec::new()),
            ..new_student(school, "1", "Ana", "Reis")
        };
        let gone = save_student(context, input).await.unwrap();
        assert_eq!((&gone.student.address, gone.student.contacts.len()), (&None, 0));
        assert!(search_people(context, found_by(school, "912000111")).await.unwrap().is_empty());
        undo(context, Undo { entry: gone.undo.unwrap() }).await.unwrap();
        assert_eq!(shown(context, saved.id).await.address, Some(lisbon()));
        assert_eq!(search_people(context, found_by(school, "912000111")).await.unwrap().len(), 1);
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn what_cannot_be_reached_is_refused_on_its_field(world: World) {
        let contact = |kind, value: &str| Contact { kind, label: ContactLabel::Other, value: value.into() };
        let input = SaveStudent {
            address: Some(PostalAddress {
                lines: Some("1\n2\n3\n4\n5\n6".into()),
                postcode: Some("1".repeat(21)),
                ..PostalAddress::default()
            }),
            contacts: Some(vec![contact(ContactKind::Phone, " "), contact(ContactKind::Email, "nobody")]),
            guardians: Some(vec![SaveGuardian {
                no_access: Some(true),
                may_collect: Some(true),
                contacts: Some(vec![contact(ContactKind::Email, "a b@c")]),
                ..guardian("Rui", "Reis", "1")
            }]),
            ..new_student(world.school, "1", "Ana", "Reis")
        };
        let refused = save_student(&world.administrator, input).await.unwrap_err();
        let fields: Vec<_> = refused.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(
            fields,
            [
                "address.lines",
                "address.postcode",
                "contacts.0.value",
                "contacts.1.value",
                "guardians.0.contacts.0.value",
                "guardians.0.mayCollect",
            ]
        );
        let word = json!({ "school": world.school, "number": "1", "givenName": "A", "familyName": "B",
            "contacts": [{ "kind": "pigeon", "label": "home", "value": "1" }] });
        let refused = ::operations::call(&world.administrator, "people.save_student", word).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
);

/// Asha with her mother, who is called first, and her father.
async fn asha(world: &World) -> (StudentId, Vec<GuardianRow>) {
    let input = SaveStudent {
        guardians: Some(vec![
            guardian("Maya", "Rao", "0700 111 111"),
            SaveGuardian { is_primary: false, ..guardian("Dev", "Rao", "0700 222 222") },
        ]),
        ..new_student(world.school, "9", "Asha", "Rao")
    };
    let saved = save_student(&world.administrator, input).await.unwrap().student;
    (saved.id, saved.guardians)
}

both!(
    async fn a_guardian_is_saved_alone_with_what_of_the_child_is_theirs(world: World) {
        let (asha, guardians) = asha(&world).await;
        let [maya, dev] = &guardians[..] else { panic!("two guardians") };
        assert_eq!((maya.may_collect, maya.gets_letters, maya.no_access), (true, true, false));
        let changed =
            SaveGuardian { address: Some(lisbon()), is_primary: true, may_collect: Some(false), ..as_seen(dev) };
        let saved = save(&world, asha, changed).await.unwrap();
        let [first, second] = &saved.student.guardians[..] else { panic!("two guardians") };
        // One is called first.
        assert_eq!((first.id, first.is_primary, first.may_collect, second.is_primary), (dev.id, true, false, false));
        assert_eq!(first.address, Some(lisbon()));
        // What somebody else said of them in the meantime is not lost by a form that was open before.
        let late = SaveGuardian { may_collect: Some(true), ..as_seen(dev) };
        let late = SaveGuardian { save: Save::Change { id: dev.id, version: first.version }, ..late };
        assert_eq!(save(&world, asha, late).await.unwrap_err().code, ErrorCode::Stale);
        assert_eq!(save(&world, asha, as_seen(dev)).await.unwrap_err().code, ErrorCode::Stale);
        undo(&world.administrator, Undo { entry: saved.undo.unwrap() }).await.unwrap();
        let back = shown(&world.administrator, asha).await.guardians;
        assert_eq!((back[0].id, back[1].address.clone(), back[1].may_collect), (maya.id, None, true));
        let new = save(&world, asha, SaveGuardian { is_primary: false, ..guardian("Lila", "Rao", "3") }).await.unwrap();
        assert_eq!(new.student.guardians.len(), 3);
        let acts = upkeep::my_changes(&world.administrator, Default::default()).await.unwrap().acts;
        assert_eq!((acts[0].words.kind.as_str(), acts[0].words.name.as_deref()), ("insert", Some("Lila Rao")));
        undo(&world.administrator, Undo { entry: new.undo.unwrap() }).await.unwrap();
        assert_eq!(shown(&world.administrator, asha).await.guardians.len(), 2);
    }
);

both!(
    async fn who_has_no_access_is_called_by_nobody_and_in_no_list(world: World) {
        let (asha, guardians) = asha(&world).await;
        let maya = &guardians[0];
        let saved = save(&world, asha, SaveGuardian { no_access: Some(true), ..as_seen(maya) }).await.unwrap();
        let rows = &saved.student.guardians;
        let of_maya = rows.iter().find(|row| row.id == maya.id).unwrap();
        assert_eq!((of_maya.no_access, of_maya.may_collect, of_maya.gets_letters), (true, false, false));
        assert_ne!(rows[0].id, maya.id, "the others come first");
        let (context, school) = (&world.administrator, world.school);
        let hits = search_people(context, found_by(school, "0700111111")).await.unwrap();
        assert!(hits[0].no_access, "{hits:?}");
        // Somebody else is called about the child.
        let roster = Roster::new(&world).await;
        let enrol = json!({ "class": roster.class_a, "students": [asha], "start": "2026-09-01" });
        done(context, "classes.enrol_students", enrol).await;
        let codes = done(context, "schools.list_attendance_codes", json!({ "school": school })).await;
        let absent = codes.as_array().unwrap().iter().find(|code| code["meaning"] == "absent").unwrap();
        let input = json!({ "class": roster.class_a, "date": "2026-10-14", "lesson": 0,
            "marks": [{ "student": asha, "code": absent["id"] }] });
        let input: RecordAttendance = serde_json::from_value(input).unwrap();
        record_attendance(context, input).await.unwrap();
        let absent = absent_today(context, AbsentToday { school, date: Some(date("2026-10-14")) }).await.unwrap();
        assert_eq!(absent[0].guardian_name.as_deref(), Some("Dev Rao"));
        // A form that does not know of it changes nothing about it.
        let kept = save(&world, asha, as_seen(of_maya)).await.unwrap().student;
        assert!(kept.guardians.iter().any(|row| row.id == maya.id && row.no_access));
        let table = done(context, "exchange.export_students", json!({ "school": school })).await;
        let owner = context.actor.as_ref().unwrap().user;
        let bytes = world.services.artifact(crate::scene::id(&table["artifact"]), owner).unwrap().bytes;
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("Rao, Dev") && !text.contains("Rao, Maya"), "{text}");
    }
);

both!(
    async fn an_address_is_told_to_who_reaches_the_person_and_to_nobody_else(world: World) {
        let roster = Roster::new(&world).await;
        let (context, school) = (&world.administrator, world.school);
        let (_, guardians) = asha(&world).await;
        let home = SaveGuardian { address: Some(lisbon()), ..guardian("Priya", "Sharma", "1") };
        save(&world, roster.in_a[0], home.clone()).await.unwrap();
        let teacher = roster.teacher(&world).await;
        let priya = |details: &StudentDetails| details.guardians.iter().find_map(|row| row.address.clone());
        assert_eq!(priya(&shown(&teacher, roster.in_a[0]).await), Some(lisbon()));
        let of_b = school::people::student(&teacher, OfStudent { student: roster.in_b[0] }).await;
        assert_eq!(of_b.unwrap_err().code, ErrorCode::Forbidden);
        // Where one parent lives may be kept from the other, at whose computer the child sits.
        let pupil = world.user_for("pupil", Role::Student, school, None, Some(roster.in_a[0])).await;
        assert_eq!(priya(&shown(&pupil, roster.in_a[0]).await), None);
        for (who, of) in [(&teacher, roster.in_a[0]), (&pupil, roster.in_a[0])] {
            let refused = save_guardian(who, SaveGuardianOf { student: of, guardian: home.clone() }).await;
            assert_eq!(refused.unwrap_err().code, ErrorCode::Forbidden);
        }
        // Where a member of staff lives is no colleague's.
        let input = SaveStaff { address: Some(lisbon()), ..new_staff(school, "Eva", "Melo") };
        let eva = save_staff(context, input).await.unwrap();
        let teachers = vec![roster.ben, eva.staff.id];
        let course = SaveCourse { class: roster.class_a, subject: roster.mathematics, teachers };
        save_course(context, course).await.unwrap();
        let by_ben = staff_member(&teacher, OfStaff { staff: eva.staff.id }).await.unwrap();
        assert_eq!((by_ben.staff.given_name.as_str(), by_ben.address), ("Eva", None));
        let seen = staff_member(context, OfStaff { staff: eva.staff.id }).await.unwrap();
        assert_eq!(seen.address, Some(lisbon()));
        // Another school: neither the child nor a guardian of here.
        let other = second_school(&world).await;
        let stranger = world.user_for("stranger", Role::Principal, other, None, None).await;
        let refused =
            save_guardian(&stranger, SaveGuardianOf { student: roster.in_a[0], guardian: home.clone() }).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::Forbidden);
        let there = save_student(&stranger, new_student(other, "1", "Far", "Away")).await.unwrap().student.id;
        let foreign = SaveGuardian { save: as_seen(&guardians[0]).save, ..home.clone() };
        let refused = save_guardian(&stranger, SaveGuardianOf { student: there, guardian: foreign }).await;
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotFound);
        let nobody = SaveGuardian { save: Save::Change { id: GuardianId::new(), version: 1 }, ..home.clone() };
        assert_eq!(save(&world, roster.in_a[0], nobody).await.unwrap_err().code, ErrorCode::NotFound);
        // A deleted student has no guardians to change.
        let ids = StudentIds { school, students: vec![roster.in_a[0]] };
        delete_students(context, ids).await.unwrap();
        assert_eq!(save(&world, roster.in_a[0], home).await.unwrap_err().code, ErrorCode::NotFound);
    }
);
