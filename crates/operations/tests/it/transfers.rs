//! From a school of the district to another one: a person has one record at each, marks are read where they were given.

use kernel::{Context, ErrorCode, Role};
use marks::analytics::{StudentPerformance, earlier_schools, student_performance};
use school::accounts;
use school::people::*;
use school::schools::{CreateSchool, NewTerm, OfSchool, create_school};
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::{StayEntry, StayExit, districts, guardians, students};
use store::ids::{AuditEntryId, DistrictId, SchoolId, StudentId, TransferId};
use upkeep::{Undo, undo};

use crate::both;
use crate::graded::Graded;
use crate::roster::{Roster, guardian, new_student, second_school};
use crate::world::{PASSWORD, World, date};

/// The two schools of the district, the other one with an office of its own.
pub struct Between {
    pub there: SchoolId,
    /// Reaches both.
    pub district: Context,
    /// Reaches the other school alone.
    pub office: Context,
}

impl Between {
    pub async fn new(world: &World) -> Self {
        let there = second_school(world).await;
        let district = world.resume(&world.sign_in("office", "amara", PASSWORD).await.unwrap()).await;
        let office = world.user_for("hill", Role::Principal, there, None, None).await;
        Self { there, district, office }
    }

    fn send(&self, world: &World, students: &[StudentId], last_day: &str) -> TransferStudents {
        TransferStudents {
            school: world.school,
            students: students.to_vec(),
            to: self.there,
            last_day: date(last_day),
            reason: Some("moved house".into()),
            note: Some("Wears glasses.".into()),
        }
    }

    async fn sent(&self, world: &World, students: &[StudentId], last_day: &str) -> Option<AuditEntryId> {
        transfer_students(&world.administrator, self.send(world, students, last_day)).await.unwrap().undo
    }

    async fn incoming(&self) -> Vec<TransferRow> {
        transfers(&self.office, OfSchool { school: self.there }).await.unwrap().incoming
    }

    fn accept(&self, transfers: &[TransferId], first_day: &str) -> AcceptTransfers {
        AcceptTransfers {
            school: self.there,
            transfers: transfers.to_vec(),
            first_day: date(first_day),
            class: None,
            number: None,
        }
    }
}

async fn outgoing(world: &World) -> Vec<TransferRow> {
    transfers(&world.administrator, OfSchool { school: world.school }).await.unwrap().outgoing
}

async fn shown(who: &Context, id: StudentId) -> StudentDetails {
    student(who, OfStudent { student: id }).await.unwrap()
}

async fn take_back(who: &Context, entry: Option<AuditEntryId>) -> kernel::Result<Option<AuditEntryId>> {
    undo(who, Undo { entry: entry.unwrap() }).await.map(|done| done.undo)
}

async fn records(world: &World) -> Vec<students::Model> {
    let mut rows = students::Entity::find().all(world.services.store.reader()).await.unwrap();
    rows.iter_mut().for_each(|row| row.version = 0);
    rows.sort_by_key(|row| row.id);
    rows
}

both!(
    async fn one_person_goes_to_another_school_and_comes_back(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let [jose, ..] = graded.students();
        let of = Between::new(&world).await;
        let office = &world.administrator;
        let performance = StudentPerformance { student: jose, term: graded.autumn, look: None };
        let before = student_performance(office, performance).await.unwrap();
        let at_first = records(&world).await;

        let sent = of.sent(&world, &[jose], "2026-10-09").await;
        let details = shown(office, jose).await;
        assert_eq!(details.status, StudentStatus::Transferred);
        let stay = &details.stays[0];
        assert_eq!((stay.exit, stay.goes_to.as_deref()), (Some(StayExit::Transferred), Some("Hillside School")));
        assert_eq!((stay.transfer, stay.last_day), (Some(TransferState::Waiting), Some(date("2026-10-09"))));
        let waiting = of.incoming().await;
        let [row] = &waiting[..] else { panic!("{waiting:?}") };
        assert_eq!((row.given_name.as_str(), row.note.as_deref(), row.student), ("José", Some("Wears glasses."), None));
        assert_eq!(outgoing(&world).await[0].student, Some(jose));
        assert_eq!(
            transfers(&of.office, OfSchool { school: world.school }).await.unwrap_err().code,
            ErrorCode::Forbidden
        );
        assert_eq!(
            student(&of.office, OfStudent { student: jose }).await.unwrap_err().code,
            ErrorCode::Forbidden,
            "what is sent is told, the record is not opened"
        );

        let early = accept_transfers(&of.office, of.accept(&[row.id], "2026-10-09")).await.unwrap_err();
        assert_eq!(early.fields[0].code, "still_elsewhere");
        let accepted = accept_transfers(&of.office, of.accept(&[row.id], "2026-10-12")).await.unwrap();
        let [there] = accepted.students[..] else { panic!("{accepted:?}") };
        let record = shown(&of.office, there).await;
        assert_eq!((record.number.as_str(), record.status), ("1001", StudentStatus::Active));
        assert_eq!(
            (record.stays[0].entry, record.stays[0].came_from.as_deref()),
            (StayEntry::Transferred, Some(details_of(&world).await.as_str()))
        );
        assert_eq!(record.guardians[0].given_name, "Lucía");
        assert_eq!(shown(office, jose).await.stays[0].transfer, Some(TransferState::Accepted));
        assert!(of.incoming().await.is_empty() && outgoing(&world).await.is_empty());

        // The marks are read where they were given, by whoever reaches the whole school that has the child now.
        let earlier = earlier_schools(&of.office, OfStudent { student: there }).await.unwrap();
        let [school] = &earlier[..] else { panic!("{earlier:?}") };
        assert_eq!((school.number.as_str(), school.last_day), ("1001", Some(date("2026-10-09"))));
        let term = school.terms.iter().find(|term| term.term_title == before.term_title).unwrap();
        assert_eq!((term.overall, term.grade.clone()), (before.overall, before.grade.clone()));
        assert!(term.overall.is_some() && term.subjects[0].percent == before.subjects[0].total.percent);
        let teacher = world.user_for("tea", Role::Teacher, of.there, None, None).await;
        let refused = earlier_schools(&teacher, OfStudent { student: there }).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        assert!(earlier_schools(office, OfStudent { student: jose }).await.unwrap().is_empty(), "not the other way");

        // What the other school took cannot be taken back here.
        assert_eq!(take_back(office, sent).await.unwrap_err().code, ErrorCode::CannotUndo);
        let stay = &shown(office, jose).await.stays[0];
        let stays_after_all = CorrectStay {
            stay: stay.id,
            version: stay.version,
            first_day: stay.first_day,
            entry_reason: None,
            last_day: None,
            exit: None,
            exit_reason: None,
        };
        assert_eq!(correct_stay(office, stays_after_all).await.unwrap_err().fields[0].code, "accepted");

        // Back again: the record that is there already goes on.
        let back = TransferStudents {
            school: of.there,
            students: vec![there],
            to: world.school,
            ..of.send(&world, &[], "2026-10-13")
        };
        let sent_back = transfer_students(&of.office, back).await.unwrap().undo;
        let row = transfers(office, OfSchool { school: world.school }).await.unwrap().incoming.remove(0);
        let home = AcceptTransfers {
            school: world.school,
            class: Some(graded.roster.class_b),
            ..of.accept(&[row.id], "2026-10-14")
        };
        let home = accept_transfers(office, home).await.unwrap();
        assert_eq!(home.students, [jose]);
        let details = shown(office, jose).await;
        assert_eq!((details.status, details.stays.len()), (StudentStatus::Active, 2));
        assert_eq!(details.stays[0].came_from.as_deref(), Some("Hillside School"));
        assert_eq!(details.enrolments[0].class, graded.roster.class_b);
        let elsewhere = earlier_schools(office, OfStudent { student: jose }).await.unwrap();
        assert_eq!(elsewhere.iter().map(|of| of.school_name.as_str()).collect::<Vec<_>>(), ["Hillside School"]);
        assert_eq!(records(&world).await.len(), at_first.len() + 1, "one person, two records");

        // All of it is taken back, the last first.
        for (who, entry) in [(office, home.undo), (&of.office, sent_back), (&of.office, accepted.undo), (office, sent)]
        {
            take_back(who, entry).await.unwrap();
        }
        assert_eq!(records(&world).await, at_first);
    }
);

async fn details_of(world: &World) -> String {
    let all = accounts::whoami(&world.administrator, accounts::Nothing {}).await.unwrap();
    all.schools.iter().find(|of| of.id == world.school).unwrap().name.clone()
}

both!(
    async fn many_are_taken_at_once_with_numbers_and_guardians_of_the_school(world: World) {
        let roster = Roster::new(&world).await;
        let of = Between::new(&world).await;
        let [_, aarav, mohammed] = roster.in_a[..] else { panic!() };
        // A sister of Aarav is there already, with the same mother.
        let sister = SaveStudent {
            guardians: Some(vec![guardian("PRIYA", "Sharma", "+91 98765-43210")]),
            ..new_student(of.there, "S-007", "Anika", "Sharma")
        };
        save_student(&of.office, sister).await.unwrap();
        of.sent(&world, &[aarav, mohammed], "2026-10-09").await;
        let ids: Vec<TransferId> = of.incoming().await.iter().map(|row| row.id).collect();
        let numbered = AcceptTransfers { number: Some("S-1".into()), ..of.accept(&ids, "2026-10-12") };
        assert_eq!(accept_transfers(&of.office, numbered).await.unwrap_err().fields[0].code, "many");
        let taken = accept_transfers(&of.office, of.accept(&ids, "2026-10-20")).await.unwrap();
        let mut numbers = Vec::new();
        for id in &taken.students {
            let record = shown(&of.office, *id).await;
            assert_eq!(record.status, StudentStatus::Expected);
            numbers.push(record.number);
        }
        assert_eq!(numbers, ["S-008", "S-009"]);
        let mothers = guardians::Entity::find().count(world.services.store.reader()).await.unwrap();
        assert_eq!(mothers, 3 + 2, "Lucía, Priya, Fatima; there Priya of both and Fatima");
        let again = accept_transfers(&of.office, of.accept(&ids, "2026-10-20")).await.unwrap_err();
        assert_eq!(again.fields[0].code, "settled");
        take_back(&of.office, taken.undo).await.unwrap();
        assert_eq!(of.incoming().await.len(), 2);
    }
);

both!(
    async fn what_is_declined_or_taken_back_is_not_taken(world: World) {
        let roster = Roster::new(&world).await;
        let of = Between::new(&world).await;
        let office = &world.administrator;
        let jose = roster.in_a[0];
        of.sent(&world, &[jose], "2026-10-09").await;
        let id = of.incoming().await[0].id;
        let no = |school| DeclineTransfers { school, transfers: vec![id], reason: Some("We are full.".into()) };
        assert_eq!(decline_transfers(&of.office, no(world.school)).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(decline_transfers(&of.district, no(world.school)).await.unwrap_err().code, ErrorCode::NotFound);
        let declined = decline_transfers(&of.office, no(of.there)).await.unwrap();
        let sent = outgoing(&world).await;
        assert_eq!(sent[0].state, TransferState::Declined);
        assert_eq!(sent[0].declined_because.as_deref(), Some("We are full."));
        assert!(of.incoming().await.is_empty());
        take_back(&of.office, declined.undo).await.unwrap();
        assert_eq!(of.incoming().await.len(), 1);

        // Stays after all: nothing waits any more, there or here.
        let stay = &shown(office, jose).await.stays[0];
        let stays_after_all = CorrectStay {
            stay: stay.id,
            version: stay.version,
            first_day: stay.first_day,
            entry_reason: None,
            last_day: None,
            exit: None,
            exit_reason: None,
        };
        correct_stay(office, stays_after_all).await.unwrap();
        assert!(of.incoming().await.is_empty() && outgoing(&world).await.is_empty());
        let gone = accept_transfers(&of.office, of.accept(&[id], "2026-10-12")).await.unwrap_err();
        assert_eq!(gone.code, ErrorCode::NotFound);

        // Not by another name, not to the own school, not out of the district.
        let by_hand = WithdrawStudents {
            school: world.school,
            students: vec![jose],
            last_day: date("2026-10-09"),
            exit: StayExit::Transferred,
            reason: None,
        };
        assert_eq!(withdraw_students(office, by_hand).await.unwrap_err().fields[0].code, "transfer");
        let own = TransferStudents { to: world.school, ..of.send(&world, &[jose], "2026-10-09") };
        assert_eq!(transfer_students(office, own).await.unwrap_err().fields[0].code, "other_district");
        let district = districts::Model { id: DistrictId::new(), name: "Far".into(), source_id: None, version: 1 };
        let mut tx = world.services.store.begin().await.unwrap();
        let district = tx.insert::<districts::Entity>(district).await.unwrap().id;
        tx.commit().await.unwrap();
        let far = CreateSchool {
            district,
            name: "Far School".into(),
            identifier: None,
            time_zone: "UTC".into(),
            year_title: "2026/27".into(),
            year_start: date("2026-09-01"),
            year_end: date("2027-07-15"),
            terms: vec![NewTerm { title: "Autumn".into(), start: date("2026-09-01"), end: date("2026-12-18") }],
        };
        let far = create_school(office, far).await.unwrap().id;
        let out = TransferStudents { to: far, ..of.send(&world, &[jose], "2026-10-09") };
        assert_eq!(transfer_students(office, out).await.unwrap_err().fields[0].code, "other_district");
        let others = schools_to_transfer_to(office, OfSchool { school: world.school }).await.unwrap();
        assert_eq!(others.iter().map(|of| of.name.as_str()).collect::<Vec<_>>(), ["Hillside School"]);
    }
);
