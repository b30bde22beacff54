//! Fields of the school's own in lists that come in: proposed by their names, checked by their kind, and out and in again
//! without a change.

use std::sync::Arc;

use kernel::{Context, ErrorCode, Role, Save, Upload};
use school::exchange::*;
use school::lists::*;
use school::people::*;
use store::entities::{FieldAbout, FieldKind};
use store::ids::CustomFieldId;
use upkeep::{Undo, undo};
use uuid::Uuid;

use crate::both;
use crate::fields_listed::make_field;
use crate::lists;
use crate::roster::Roster;
use crate::world::World;

async fn make(world: &World, about: FieldAbout, title: &str, kind: FieldKind, roles: &[Role]) -> CustomFieldId {
    make_field(world, (about, title, kind), &["Small", "Large"], roles, roles).await
}

/// A field about students of each kind, which the office sees and changes.
async fn of_each_kind(world: &World) -> Vec<CustomFieldId> {
    let mut fields = Vec::new();
    for (title, kind) in [
        ("Bus stop", FieldKind::Text),
        ("Height", FieldKind::Number),
        ("Swims since", FieldKind::Date),
        ("Uniform", FieldKind::Choice),
        ("Swims", FieldKind::YesNo),
    ] {
        fields.push(make(world, FieldAbout::Student, title, kind, &[Role::Operator]).await);
    }
    fields
}

fn hand_in(who: &Context, text: &[u8]) -> Uuid {
    let owner = who.actor.as_ref().map(|actor| actor.user);
    who.services.keep_upload(Upload { file_name: "list.csv".into(), bytes: Arc::new(text.to_vec()), owner })
}

fn input(world: &World, upload: Uuid) -> ImportInput {
    lists::input(world.school, upload)
}

async fn bring_in(who: &Context, world: &World, text: &str) -> ImportReport {
    let report = import_apply(who, input(world, hand_in(who, text.as_bytes()))).await.unwrap();
    assert!(report.applied, "{:?}", report.refused);
    report
}

async fn told(who: &Context, of: OwnerOfValue) -> Vec<String> {
    let found = field_values(who, OfValues { of }).await.unwrap();
    found.into_iter().map(|field| field.value.unwrap_or_default()).collect()
}

async fn numbered(who: &Context, world: &World, number: &str) -> OwnerOfValue {
    let input = ListStudents { search: Some(number.into()), ..ListStudents::of(world.school) };
    OwnerOfValue::Student(list_students(who, input).await.unwrap().rows[0].id)
}

const LIST: &str = "Number;Given name;Family name;bus  STOP;Height;Swims since;Uniform;Swims;Motto\n\
    1001;José;Muñoz;Mill Lane;1.50;31/12/2025;small;ja;x\n\
    3001;Mina;Okonkwo;;\u{661}.\u{665};2026-02-28;Large;نعم;y\n";

both!(
    async fn fields_come_in_with_a_list_of_students_and_go_with_its_undo(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let fields = of_each_kind(&world).await;
        let jose = OwnerOfValue::Student(roster.in_a[0]);
        let asked = PreviewImport {
            school: world.school,
            uploads: vec![hand_in(&office, LIST.as_bytes())],
            read_as: None,
            kind: None,
        };
        let table = preview_import(&office, asked).await.unwrap().table.unwrap();
        let offered: Vec<&str> = table.own.iter().map(|own| own.title.as_str()).collect();
        assert_eq!(offered, ["Bus stop", "Height", "Swims since", "Uniform", "Swims"]);
        assert_eq!(table.suggested.own[&fields[0].to_string()], "bus STOP");
        assert_eq!((table.suggested.own.len(), table.suggested.number.as_deref()), (5, Some("Number")));
        let shown = import_dry_run(&office, input(&world, hand_in(&office, LIST.as_bytes()))).await.unwrap();
        assert!(shown.refused.is_empty(), "{:?}", shown.refused);
        assert_eq!((shown.added.students, shown.changed.students), (1, 1));
        let changes: Vec<(&str, String)> =
            shown.changes[0].fields.iter().map(|field| (field.field.as_str(), field.after.to_string())).collect();
        assert_eq!(changes[0], ("Bus stop", "\"Mill Lane\"".to_owned()));
        assert!(told(&office, jose).await.iter().all(String::is_empty), "nothing is written yet");
        let done = bring_in(&office, &world, LIST).await;
        assert_eq!((done.added.students, done.changed.students), (1, 1));
        assert_eq!(told(&office, jose).await, ["Mill Lane", "1.5", "2025-12-31", "Small", "yes"]);
        let mina = numbered(&office, &world, "3001").await;
        assert_eq!(told(&office, mina).await, ["", "1.5", "2026-02-28", "Large", "yes"]);
        let again = bring_in(&office, &world, LIST).await;
        assert_eq!((again.added.total(), again.changed.total(), again.undo), (0, 0, None), "{:?}", again.changes);
        assert_eq!(again.skipped.students, 2);
        // A blank cell leaves what is stored.
        let blank = "Number;Name;Bus stop;Height\n1001;José Muñoz;;1.6\n";
        let second = bring_in(&office, &world, blank).await;
        assert_eq!(told(&office, jose).await[..2], ["Mill Lane", "1.6"]);
        undo(&office, Undo { entry: second.undo.unwrap() }).await.unwrap();
        let undone = undo(&office, Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert!(told(&office, jose).await.iter().all(String::is_empty));
        undo(&office, Undo { entry: undone.undo.unwrap() }).await.unwrap();
        assert_eq!(told(&office, jose).await, ["Mill Lane", "1.5", "2025-12-31", "Small", "yes"]);
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn a_value_that_is_none_is_a_refused_row_with_its_line_and_reason(world: World) {
        let roster = Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let fields = of_each_kind(&world).await;
        let wrong = "Number;Name;Height;Swims since;Uniform;Swims\n\
            4001;Ann Lee;tall;2026-01-01;Small;yes\n\
            4002;Bob Ray;1.5;2026-02-31;Small;yes\n\
            4003;Cy Young;1.5;2026-01-01;Huge;yes\n\
            4004;Dee Fox;1.5;2026-01-01;Small;perhaps\n\
            4005;Eve Orr;1.5;2026-01-01;Small;no\n\
            4006;Flo Pym;1234567890123456;;;\n";
        let asked = input(&world, hand_in(&office, wrong.as_bytes()));
        let shown = import_dry_run(&office, asked.clone()).await.unwrap();
        let refused: Vec<(u32, &str)> =
            shown.refused.iter().map(|refusal| (refusal.line, refusal.column.as_str())).collect();
        assert_eq!(refused, [(2, "Height"), (3, "Swims since"), (4, "Uniform"), (5, "Swims"), (7, "Height")]);
        assert!(shown.refused[2].reason().to_string().contains("Small, Large"), "{}", shown.refused[2].reason());
        assert_eq!((shown.held_back, shown.added.students), (true, 1));
        // Mended on the spot, it comes in.
        let mut mended = shown.refused_rows[0].rows.clone();
        for (row, (cell, text)) in
            mended.iter_mut().zip([(2, "1.7"), (3, "2026-02-28"), (4, "Large"), (5, "no"), (2, "")])
        {
            row.cells[cell] = text.into();
        }
        let done = import_apply(&office, ImportInput { mended: Some(mended), ..asked }).await.unwrap();
        assert_eq!((done.applied, done.added.students), (true, 6), "{:?}", done.refused);
        // A choice that is offered no longer stays with who has it, and is nobody else's.
        let change = SaveField {
            school: world.school,
            save: Save::Change { id: fields[3], version: 1 },
            about: FieldAbout::Student,
            title: "Uniform".into(),
            kind: FieldKind::Choice,
            choices: vec!["Large".into()],
            help: None,
            seen_by: vec![Role::Operator],
            changed_by: vec![Role::Operator],
        };
        save_field(&world.administrator, change).await.unwrap();
        let same = bring_in(&office, &world, "Number;Name;Uniform\n4005;Eve Orr;Small\n").await;
        assert_eq!((same.skipped.students, same.undo), (1, None));
        let other = "Number;Name;Uniform\n4003;Cy Young;Small\n";
        let refused = import_dry_run(&office, input(&world, hand_in(&office, other.as_bytes()))).await.unwrap();
        assert_eq!((refused.refused[0].line, refused.refused[0].column.as_str()), (2, "Uniform"));
        // Nor does a field that is called as what a list needs take its column.
        make(&world, FieldAbout::Student, "Number", FieldKind::Text, &[Role::Operator]).await;
        bring_in(&office, &world, "Number;Name;Height\n4005;Eve Orr;1.4\n").await;
        // A field that is not theirs to change is proposed to nobody and taken from nobody.
        let care = make(&world, FieldAbout::Student, "Care", FieldKind::Text, &[Role::Counsellor]).await;
        let list = "Number;Name;Care\n1001;José Muñoz;lives with an aunt\n";
        let upload = hand_in(&office, list.as_bytes());
        let asked = PreviewImport { school: world.school, uploads: vec![upload], read_as: None, kind: None };
        let table = preview_import(&office, asked).await.unwrap().table.unwrap();
        assert!(table.suggested.own.is_empty() && table.own.iter().all(|own| own.title != "Care"));
        let mut matching = table.suggested;
        matching.own.insert(care.to_string(), "Care".into());
        let forced = ImportInput { matching: Some(matching), ..input(&world, upload) };
        assert_eq!(import_apply(&office, forced).await.unwrap_err().code, ErrorCode::NotFound);
        bring_in(&office, &world, list).await;
        let principal = world.user("principal", Role::Principal).await;
        let jose = OwnerOfValue::Student(roster.in_a[0]);
        assert_eq!(told(&principal, jose).await.last().unwrap(), "");
        bring_in(&principal, &world, list).await;
        assert_eq!(told(&principal, jose).await.last().unwrap(), "lives with an aunt");
    }
);

both!(
    async fn a_list_that_went_out_with_fields_comes_in_again_without_a_change(world: World) {
        Roster::new(&world).await;
        let office = world.user("office", Role::Operator).await;
        let fields = of_each_kind(&world).await;
        let permit = make(&world, FieldAbout::Staff, "Permit", FieldKind::YesNo, &[Role::Operator]).await;
        bring_in(&office, &world, LIST).await;
        let staff = "Staff name;Job title;Permit\nBen Otieno;Teacher;no\n";
        let upload = hand_in(&office, staff.as_bytes());
        let asked = ImportInput { kind: Some(exchange::ListKind::Staff), ..input(&world, upload) };
        assert_eq!(import_apply(&office, asked).await.unwrap().changed.staff, 1);
        let of_permit = vec![("name", ListOf::Staff(StaffFilter::default()), vec![permit])];
        let of_students = vec![("number", ListOf::Students(StudentFilter::default()), fields)];
        for (of, own, kind) in of_students
            .into_iter()
            .map(|(_, of, own)| (of, own, exchange::ListKind::Students))
            .chain(of_permit.into_iter().map(|(_, of, own)| (of, own, exchange::ListKind::Staff)))
        {
            let mut columns: Vec<String> = ["number", "givenName", "familyName"].map(str::to_owned).to_vec();
            columns.extend(own.iter().map(|field| format!("field:{field}")));
            let shown =
                ShowList { school: world.school, of, search: None, sort: None, columns, offset: None, limit: None };
            let made = export_list(&office, ExportList { shown, format: ListFormat::Csv, title: None }).await.unwrap();
            let file = office.services.artifact(made.artifact, office.actor().unwrap().user).unwrap();
            let upload = hand_in(&office, &file.bytes);
            let asked = ImportInput { kind: Some(kind), ..input(&world, upload) };
            let again = import_apply(&office, asked.clone()).await.unwrap();
            assert!(again.applied && again.refused.is_empty(), "{:?}", again.refused);
            assert_eq!((again.added.total(), again.changed.total(), again.undo), (0, 0, None), "{:?}", again.changes);
            assert!(again.skipped.students + again.skipped.staff > 0);
            // Each of the columns was read.
            let asked = PreviewImport { school: world.school, uploads: asked.uploads, read_as: None, kind: Some(kind) };
            let table = preview_import(&office, asked).await.unwrap().table.unwrap();
            assert_eq!(table.suggested.own.len(), own.len());
        }
    }
);
