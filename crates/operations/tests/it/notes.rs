//! Notes of a student: who sees, writes, changes and takes back which, and that nobody learns of them by another way.

use kernel::{Context, ErrorCode, Result, Role, Save};
use school::attendance::{OfRegister, register};
use school::people::*;
use sea_orm::{EntityTrait, PaginatorTrait};
use store::entities::{behaviour_notes, medical_notes};
use store::ids::{AuditEntryId, StudentId};
use upkeep::{ChangeDetails, History, RecentChanges, Undo, change_details, history, recent_changes, undo};

use crate::both;
use crate::roster::{Roster, second_school};
use crate::world::{World, date};

/// The people of a school who may come by.
struct People {
    leader: Context,
    office: Context,
    counsellor: Context,
    /// Teaches José.
    ben: Context,
    /// Teaches nobody.
    chloe: Context,
    jose: Context,
    /// Of another school.
    far: Context,
}

impl People {
    async fn new(world: &World, roster: &Roster) -> Self {
        let far = second_school(world).await;
        Self {
            leader: world.user("leader", Role::Principal).await,
            office: world.user("office", Role::Operator).await,
            counsellor: world.user("counsel", Role::Counsellor).await,
            ben: roster.teacher(world).await,
            chloe: world.user_for("chloe", Role::Teacher, world.school, Some(roster.chloe), None).await,
            jose: world.user_for("jose", Role::Student, world.school, None, Some(roster.in_a[0])).await,
            far: world.user_for("far", Role::Principal, far, None, None).await,
        }
    }

    fn all(&self) -> [(&'static str, &Context); 7] {
        [
            ("leader", &self.leader),
            ("office", &self.office),
            ("counsellor", &self.counsellor),
            ("ben", &self.ben),
            ("chloe", &self.chloe),
            ("jose", &self.jose),
            ("far", &self.far),
        ]
    }
}

/// Who of all was not refused.
async fn may<T>(people: &People, ask: impl AsyncFn(&Context) -> Result<T>) -> Vec<&'static str> {
    let mut may = Vec::new();
    for (name, who) in people.all() {
        match ask(who).await {
            Ok(_) => may.push(name),
            Err(error) => assert_eq!(error.code, ErrorCode::Forbidden, "{name}: {error:?}"),
        }
    }
    may
}

fn asthma(student: StudentId) -> SaveMedicalNote {
    SaveMedicalNote {
        student,
        save: Save::New,
        condition: "Asthma".into(),
        what_to_do: "Inhaler, then call home.".into(),
        medicine: Some("Salbutamol".into()),
    }
}

fn behaved(student: StudentId, body: &str) -> SaveBehaviourNote {
    SaveBehaviourNote { student, save: Save::New, day: date("2026-10-13"), body: body.into(), follow_up: None }
}

fn told(student: StudentId, body: &str) -> SavePastoralNote {
    let follow_up = Some(date("2026-10-20"));
    SavePastoralNote { student, save: Save::New, day: date("2026-10-13"), body: body.into(), follow_up }
}

both!(
    async fn a_medical_note_is_seen_by_who_has_the_child_and_changed_by_the_office(world: World) {
        let roster = Roster::new(&world).await;
        let people = People::new(&world, &roster).await;
        let [jose, lukasz] = [roster.in_a[0], roster.in_b[0]];
        let written = may(&people, async |who| save_medical_note(who, asthma(jose)).await).await;
        assert_eq!(written, ["leader", "office"]);
        let of = |student| OfStudent { student };
        let seen = may(&people, async |who| list_medical_notes(who, of(jose)).await).await;
        assert_eq!(seen, ["leader", "office", "ben"]);
        save_medical_note(&people.office, asthma(lukasz)).await.unwrap();
        let seen = may(&people, async |who| list_medical_notes(who, of(lukasz)).await).await;
        assert_eq!(seen, ["leader", "office"], "nobody here teaches 7B");

        // The sign, by who may open it.
        let sign =
            async |who: &Context, id| student(who, OfStudent { student: id }).await.map(|shown| shown.medical).ok();
        assert_eq!(sign(&people.ben, jose).await, Some(true));
        assert_eq!(sign(&people.counsellor, jose).await, Some(false));
        assert_eq!(sign(&people.jose, jose).await, Some(false));
        assert_eq!(sign(&people.office, roster.in_a[1]).await, Some(false));
        let of_day = OfRegister { class: roster.class_a, date: date("2026-10-14"), lesson: 0, even_if_no_school: None };
        let rows = register(&people.ben, of_day).await.unwrap().students;
        let signs: Vec<StudentId> = rows.iter().filter(|row| row.medical).map(|row| row.student).collect();
        assert_eq!(signs, [jose]);

        let notes = list_medical_notes(&people.office, of(jose)).await.unwrap();
        let note = &notes[0];
        assert_eq!(note.medicine.as_deref(), Some("Salbutamol"));
        let change = SaveMedicalNote {
            save: Save::Change { id: note.id, version: note.version },
            condition: "Asthma, mild".into(),
            ..asthma(jose)
        };
        save_medical_note(&people.office, change.clone()).await.unwrap();
        assert_eq!(save_medical_note(&people.leader, change).await.unwrap_err().code, ErrorCode::Stale);
        let blank = SaveMedicalNote { condition: " ".into(), ..asthma(jose) };
        let refused = save_medical_note(&people.leader, blank).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "condition");
        // Another child's note is not changed by naming this child.
        let of_other = list_medical_notes(&people.office, of(lukasz)).await.unwrap()[0].clone();
        let astray =
            SaveMedicalNote { save: Save::Change { id: of_other.id, version: of_other.version }, ..asthma(jose) };
        assert_eq!(save_medical_note(&people.office, astray).await.unwrap_err().code, ErrorCode::NotFound);

        let stale = DeleteMedicalNote { note: note.id, version: note.version };
        assert_eq!(delete_medical_note(&people.office, stale).await.unwrap_err().code, ErrorCode::Stale);
        let gone = DeleteMedicalNote { note: note.id, version: note.version + 1 };
        for who in [&people.ben, &people.counsellor, &people.far] {
            assert_eq!(delete_medical_note(who, gone.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        let entry = delete_medical_note(&people.office, gone).await.unwrap().undo.unwrap();
        let left = async || medical_notes::Entity::find().count(world.services.store.reader()).await.unwrap();
        assert_eq!(left().await, 2);
        assert_eq!(undo(&people.ben, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&people.office, Undo { entry }).await.unwrap();
        assert_eq!(left().await, 3);
    }
);

both!(
    async fn a_note_on_behaviour_is_the_staffs_and_its_authors_to_change(world: World) {
        let roster = Roster::new(&world).await;
        let people = People::new(&world, &roster).await;
        let jose = roster.in_a[0];
        let written = may(&people, async |who| save_behaviour_note(who, behaved(jose, "Talked.")).await).await;
        assert_eq!(written, ["leader", "office", "counsellor", "ben"]);
        let of = || OfStudent { student: jose };
        let seen = may(&people, async |who| list_behaviour_notes(who, of()).await).await;
        assert_eq!(seen, ["leader", "office", "counsellor", "ben"]);
        let own = |notes: &[BehaviourNote]| notes.iter().filter(|note| note.may_change).count();
        let notes = list_behaviour_notes(&people.ben, of()).await.unwrap();
        assert_eq!((notes.len(), own(&notes)), (4, 1));
        assert_eq!(own(&list_behaviour_notes(&people.leader, of()).await.unwrap()), 4);

        let bens = notes.iter().find(|note| note.may_change).unwrap();
        let change = SaveBehaviourNote {
            save: Save::Change { id: bens.id, version: bens.version },
            ..behaved(jose, "Talked, then helped.")
        };
        for who in [&people.office, &people.counsellor] {
            assert_eq!(save_behaviour_note(who, change.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        let entry = save_behaviour_note(&people.ben, change.clone()).await.unwrap().undo.unwrap();
        let late = SaveBehaviourNote { body: "Talked a lot.".into(), ..change };
        assert_eq!(save_behaviour_note(&people.ben, late).await.unwrap_err().code, ErrorCode::Stale);
        assert_eq!(undo(&people.office, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&people.leader, Undo { entry }).await.unwrap();
        let version = bens.version + 2;
        let gone = DeleteBehaviourNote { note: bens.id, version };
        assert_eq!(delete_behaviour_note(&people.office, gone.clone()).await.unwrap_err().code, ErrorCode::Forbidden);
        let stale = DeleteBehaviourNote { note: bens.id, version: 1 };
        assert_eq!(delete_behaviour_note(&people.ben, stale).await.unwrap_err().code, ErrorCode::Stale);
        let entry = delete_behaviour_note(&people.ben, gone).await.unwrap().undo.unwrap();
        undo(&people.ben, Undo { entry }).await.unwrap();
        let left = behaviour_notes::Entity::find().count(world.services.store.reader()).await.unwrap();
        assert_eq!(left, 4);

        let ahead = SaveBehaviourNote { day: date("2026-10-15"), ..behaved(jose, "x") };
        assert_eq!(save_behaviour_note(&people.ben, ahead).await.unwrap_err().fields[0].code, "future");
        let early = SaveBehaviourNote { follow_up: Some(date("2026-10-12")), ..behaved(jose, "x") };
        assert_eq!(save_behaviour_note(&people.ben, early).await.unwrap_err().fields[0].code, "before_day");
    }
);

both!(
    async fn what_was_said_in_confidence_stays_with_leaders_and_counsellors(world: World) {
        let roster = Roster::new(&world).await;
        let people = People::new(&world, &roster).await;
        let jose = roster.in_a[0];
        let written = may(&people, async |who| save_pastoral_note(who, told(jose, "Xylophone.")).await).await;
        assert_eq!(written, ["leader", "counsellor"]);
        let of = || OfStudent { student: jose };
        let count = async |who: &Context| list_pastoral_notes(who, of()).await.map(|notes| notes.len()).ok();
        assert_eq!(count(&people.leader).await, Some(2));
        assert_eq!(count(&people.counsellor).await, Some(2));
        assert_eq!((count(&people.office).await, count(&people.ben).await), (Some(0), Some(0)));
        assert_eq!(
            (count(&people.chloe).await, count(&people.jose).await, count(&people.far).await),
            (None, None, None)
        );
        // A counsellor changes own notes only.
        let notes = list_pastoral_notes(&people.counsellor, of()).await.unwrap();
        assert_eq!(notes.iter().filter(|note| note.may_change).count(), 1);
        let leaders = notes.iter().find(|note| !note.may_change).unwrap();
        let gone = DeletePastoralNote { note: leaders.id, version: leaders.version };
        assert_eq!(
            delete_pastoral_note(&people.counsellor, gone.clone()).await.unwrap_err().code,
            ErrorCode::Forbidden
        );
        let entry: AuditEntryId = delete_pastoral_note(&people.leader, gone).await.unwrap().undo.unwrap();

        // The history says it to nobody else.
        let row = leaders.id.0;
        let asked = || History { school: world.school, table: "pastoral_notes".into(), row };
        let reads = may(&people, async |who| history(who, asked()).await).await;
        assert_eq!(reads, ["leader", "counsellor"]);
        let all = |student| RecentChanges {
            school: world.school,
            user: None,
            operation: None,
            from: None,
            to: None,
            student,
            part: None,
            entry: None,
            offset: None,
            limit: Some(500),
        };
        let found = recent_changes(&people.office, all(Some(jose))).await.unwrap();
        assert!(found.rows.iter().all(|row| !row.operation.contains("pastoral")), "{:?}", found.rows);
        let found = recent_changes(&people.leader, all(None)).await.unwrap();
        assert!(found.rows.iter().any(|row| row.operation.contains("pastoral")));
        let details = |entry| ChangeDetails { entry, offset: None, limit: None };
        assert_eq!(change_details(&people.office, details(entry)).await.unwrap().rows.len(), 0);
        let shown = change_details(&people.leader, details(entry)).await.unwrap();
        assert!(format!("{shown:?}").contains("Xylophone"));
        // Nor does the search.
        let search = SearchPeople { school: world.school, text: "xylophone".into(), kind: None };
        assert!(search_people(&people.leader, search).await.unwrap().is_empty());
        for who in [&people.office, &people.counsellor, &people.ben] {
            assert_eq!(undo(who, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        }
        undo(&people.leader, Undo { entry }).await.unwrap();
        assert_eq!(count(&people.leader).await, Some(2));
    }
);

both!(
    async fn notes_go_with_the_record_that_stays(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let (jose, aarav) = (roster.in_a[0], roster.in_a[1]);
        save_medical_note(context, asthma(aarav)).await.unwrap();
        save_behaviour_note(context, behaved(aarav, "Helped.")).await.unwrap();
        save_pastoral_note(context, told(aarav, "Spoke of home.")).await.unwrap();
        let office = world.user("office", Role::Operator).await;
        let plan = plan_merge(&office, PlanMerge { school: world.school, kept: jose, other: aarav }).await.unwrap();
        let held = plan.other.holds.iter().find(|held| held.what == Holding::Notes).unwrap();
        assert_eq!(held.rows, 2, "the office is not told of what was said in confidence");
        let input = MergeStudents {
            school: world.school,
            kept: jose,
            kept_version: plan.kept.version,
            other: aarav,
            other_version: plan.other.version,
            take: vec![],
            rows: vec![],
        };
        let entry = merge_students(&office, input).await.unwrap().undo.unwrap();
        let of = |student| OfStudent { student };
        assert_eq!(list_pastoral_notes(context, of(jose)).await.unwrap().len(), 1);
        undo(&office, Undo { entry }).await.unwrap();
        assert_eq!(list_pastoral_notes(context, of(aarav)).await.unwrap().len(), 1);
    }
);
