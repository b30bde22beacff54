//! Fields that a school makes, who sees and changes them, and what they hold.

use kernel::{Context, ErrorCode, Role, Save};
use school::people::*;
use store::entities::{FieldAbout, FieldKind};
use store::ids::CustomFieldId;
use upkeep::{ChangeDetails, History, Undo, change_details, history, undo};

use crate::both;
use crate::roster::{Roster, second_school};
use crate::world::World;

fn new(world: &World, about: FieldAbout, title: &str, kind: FieldKind) -> SaveField {
    SaveField {
        school: world.school,
        save: Save::New,
        about,
        title: title.into(),
        kind,
        choices: Vec::new(),
        help: None,
        seen_by: Vec::new(),
        changed_by: Vec::new(),
    }
}

async fn make(world: &World, field: SaveField) -> CustomFieldId {
    save_field(&world.administrator, field).await.unwrap().field
}

async fn save(
    who: &Context,
    of: OwnerOfValue,
    field: CustomFieldId,
    version: Option<i32>,
    value: &str,
) -> kernel::Result<kernel::Undoable> {
    let values = vec![SaveFieldValue { field, version, value: Some(value.into()) }];
    save_field_values(who, SaveFieldValues { of, values }).await
}

/// What somebody is told: titles and values.
async fn told(who: &Context, of: OwnerOfValue) -> Vec<(String, Option<String>)> {
    let found = field_values(who, OfValues { of }).await.unwrap();
    found.into_iter().map(|field| (field.title, field.value)).collect()
}

fn codes(error: &kernel::Error) -> Vec<(&str, &str)> {
    error.fields.iter().map(|field| (field.field.as_str(), field.code.as_str())).collect()
}

both!(
    async fn a_field_is_made_changed_put_in_order_retired_and_used_again(world: World) {
        let office = &world.administrator;
        let bus = make(&world, new(&world, FieldAbout::Student, "Bus", FieldKind::Text)).await;
        let size = SaveField {
            choices: vec![" S ".into(), "M".into()],
            ..new(&world, FieldAbout::Student, "Uniform", FieldKind::Choice)
        };
        let size = make(&world, size).await;
        // Of the same name one about staff is another.
        make(&world, new(&world, FieldAbout::Staff, "Bus", FieldKind::Text)).await;
        let twice = save_field(office, new(&world, FieldAbout::Student, " bus ", FieldKind::Date)).await.unwrap_err();
        assert_eq!((twice.code, codes(&twice)), (ErrorCode::Duplicate, vec![("title", "taken")]));
        let listed = async || {
            let all = list_fields(office, ListFields { school: world.school }).await.unwrap();
            let of: Vec<_> = all.into_iter().filter(|field| field.about == FieldAbout::Student).collect();
            of.into_iter().map(|field| (field.title, field.retired, field.version)).collect::<Vec<_>>()
        };
        let order = ReorderFields { school: world.school, about: FieldAbout::Student, fields: vec![size, bus] };
        let moved = reorder_fields(office, order.clone()).await.unwrap();
        assert_eq!(listed().await[0].0, "Uniform");
        for fields in [vec![size], vec![size, size], vec![size, bus, bus]] {
            let refused = reorder_fields(office, ReorderFields { fields, ..order.clone() }).await.unwrap_err();
            assert_eq!(codes(&refused), [("fields", "all")]);
        }
        undo(office, Undo { entry: moved.undo.unwrap() }).await.unwrap();
        assert_eq!(listed().await[0].0, "Bus");
        let renamed = |version| SaveField {
            save: Save::Change { id: bus, version },
            ..new(&world, FieldAbout::Student, "Bus stop", FieldKind::Text)
        };
        let version = listed().await[0].2;
        save_field(office, renamed(version)).await.unwrap();
        let late = SaveField { help: Some("Where the child gets off".into()), ..renamed(version) };
        assert_eq!(save_field(office, late).await.unwrap_err().code, ErrorCode::Stale);
        let elsewhere = SaveField { about: FieldAbout::Class, ..renamed(version + 1) };
        assert_eq!(codes(&save_field(office, elsewhere).await.unwrap_err()), [("about", "stays")]);
        // What it holds outlives it, and keeps its kind.
        let roster = Roster::new(&world).await;
        let of = OwnerOfValue::Student(roster.in_a[0]);
        save(office, of, bus, None, "Mill Lane").await.unwrap();
        let other_kind = SaveField { kind: FieldKind::Number, ..renamed(version + 1) };
        assert_eq!(codes(&save_field(office, other_kind).await.unwrap_err()), [("kind", "stays")]);
        let gone = retire_field(office, FieldIds { field: bus, version: version + 1 }).await.unwrap();
        assert_eq!(told(office, of).await, [("Uniform".to_owned(), None)]);
        assert_eq!(save(office, of, bus, Some(1), "x").await.unwrap_err().code, ErrorCode::NotFound);
        let late = retire_field(office, FieldIds { field: size, version: 9 }).await.unwrap_err();
        assert_eq!(late.code, ErrorCode::Stale);
        restore_field(office, FieldIds { field: bus, version: version + 2 }).await.unwrap();
        assert_eq!(told(office, of).await[0], ("Bus stop".to_owned(), Some("Mill Lane".to_owned())));
        // What stands on it is in the way of taking back that it was retired.
        assert_eq!(undo(office, Undo { entry: gone.undo.unwrap() }).await.unwrap_err().code, ErrorCode::CannotUndo);
        assert!(upkeep::damage(&world.services).await.unwrap().findings.is_empty());
    }
);

both!(
    async fn what_is_wrong_with_a_field_is_said_all_at_once(world: World) {
        let choice = |choices: &[&str]| SaveField {
            choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            ..new(&world, FieldAbout::Student, "Uniform", FieldKind::Choice)
        };
        let long = "x".repeat(61);
        let refused = async |field| save_field(&world.administrator, field).await.unwrap_err();
        assert_eq!(codes(&refused(choice(&[])).await), [("choices", "count")]);
        assert_eq!(codes(&refused(choice(&["S", &long])).await), [("choices.1", "too_long")]);
        assert_eq!(
            codes(&refused(choice(&["S", "S ", " "])).await),
            [("choices.1", "twice"), ("choices.2", "required")]
        );
        let none = SaveField { kind: FieldKind::Text, title: " ".into(), ..choice(&["S"]) };
        assert_eq!(codes(&refused(none).await), [("title", "required"), ("choices", "count")]);
        let roles = SaveField {
            seen_by: vec![Role::Student, Role::Principal],
            changed_by: vec![Role::Student, Role::Teacher],
            ..new(&world, FieldAbout::Student, "Bus", FieldKind::Text)
        };
        assert_eq!(codes(&refused(roles).await), [("seenBy", "role"), ("changedBy", "role")]);
        for role in [Role::Operator, Role::Teacher, Role::Counsellor] {
            let who = world.user(&format!("the_{}", role.name()), role).await;
            let field = new(&world, FieldAbout::Student, "Bus", FieldKind::Text);
            assert_eq!(save_field(&who, field).await.unwrap_err().code, ErrorCode::Forbidden);
            let list = list_fields(&who, ListFields { school: world.school }).await;
            assert_eq!(list.unwrap_err().code, ErrorCode::Forbidden);
        }
    }
);

both!(
    async fn a_value_is_kept_in_one_form_and_what_is_none_is_refused_on_its_field(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let of = OwnerOfValue::Student(roster.in_a[0]);
        let kinds = [FieldKind::Text, FieldKind::Number, FieldKind::Date, FieldKind::Choice, FieldKind::YesNo];
        let mut fields = Vec::new();
        for kind in kinds {
            let choices = if kind == FieldKind::Choice { vec!["S".into(), "M".into()] } else { Vec::new() };
            let field = SaveField { choices, ..new(&world, FieldAbout::Student, kind.name(), kind) };
            fields.push(make(&world, field).await);
        }
        let all = |values: [&str; 5]| {
            let named = fields.iter().zip(values);
            let values =
                named.map(|(field, value)| SaveFieldValue { field: *field, version: None, value: Some(value.into()) });
            SaveFieldValues { of, values: values.collect() }
        };
        let refused =
            save_field_values(office, all(["\u{7}", "1,5", "2026-02-31", "XL", "perhaps"])).await.unwrap_err();
        let place = |field: &CustomFieldId| format!("values.{field}");
        let expected: Vec<(String, &str)> = fields
            .iter()
            .map(place)
            .zip(["control_characters", "not_a_number", "no_day", "no_choice", "no_choice"])
            .collect();
        let found: Vec<(String, &str)> =
            refused.fields.iter().map(|field| (field.field.clone(), field.code.as_str())).collect();
        assert_eq!(found, expected);
        assert!(told(office, of).await.iter().all(|(_, value)| value.is_none()), "all or nothing");
        save_field_values(office, all([" Mill Lane\n3 ", "-007.50", " 2026-02-28 ", "M", "no"])).await.unwrap();
        let values: Vec<Option<String>> = told(office, of).await.into_iter().map(|(_, value)| value).collect();
        let values: Vec<&str> = values.iter().map(|value| value.as_deref().unwrap()).collect();
        assert_eq!(values, ["Mill Lane\n3", "-7.5", "2026-02-28", "M", "no"]);
        // What is the same is no change; what somebody else changed is not written over.
        assert_eq!(
            save_field_values(office, all(["Mill Lane\n3", "-7.50", "2026-02-28", "M", "no"])).await.unwrap().undo,
            None
        );
        let changed = save(office, of, fields[0], Some(1), "Rye").await.unwrap();
        for version in [None, Some(1)] {
            assert_eq!(save(office, of, fields[0], version, "Hastings").await.unwrap_err().code, ErrorCode::Stale);
        }
        undo(office, Undo { entry: changed.undo.unwrap() }).await.unwrap();
        assert_eq!(told(office, of).await[0].1.as_deref(), Some("Mill Lane\n3"));
        let now = field_values(office, OfValues { of }).await.unwrap()[0].version;
        let emptied = save(office, of, fields[0], now, "  ").await.unwrap();
        assert_eq!(told(office, of).await[0].1, None);
        undo(office, Undo { entry: emptied.undo.unwrap() }).await.unwrap();
        assert_eq!(told(office, of).await[0].1.as_deref(), Some("Mill Lane\n3"));
        let of_staff = OwnerOfValue::Staff(roster.ben);
        assert_eq!(save(office, of_staff, fields[0], None, "x").await.unwrap_err().code, ErrorCode::NotFound);
        // Nothing is said of who is deleted.
        delete_students(office, StudentIds { school: world.school, students: vec![roster.in_a[0]] }).await.unwrap();
        assert_eq!(save(office, of, fields[1], Some(1), "3").await.unwrap_err().code, ErrorCode::NotFound);
        assert!(field_values(office, OfValues { of }).await.unwrap().iter().all(|field| !field.may_change));
    }
);

both!(
    async fn a_field_is_seen_and_changed_by_the_roles_that_it_names(world: World) {
        let roster = Roster::new(&world).await;
        let principal = world.user("principal", Role::Principal).await;
        let office = world.user("office", Role::Operator).await;
        let teacher = roster.teacher(&world).await;
        let counsellor = world.user("counsellor", Role::Counsellor).await;
        let jose = roster.in_a[0];
        let pupil = world.user_for("pupil", Role::Student, world.school, None, Some(jose)).await;
        let of = OwnerOfValue::Student(jose);
        let field = |title: &str, seen: &[Role], changed: &[Role]| SaveField {
            seen_by: seen.to_vec(),
            changed_by: changed.to_vec(),
            ..new(&world, FieldAbout::Student, title, FieldKind::Text)
        };
        let bus = make(&world, field("Bus", &[Role::Teacher, Role::Operator, Role::Student], &[Role::Operator])).await;
        let care = make(&world, field("Care", &[Role::Counsellor], &[Role::Counsellor])).await;
        let seat = make(&world, field("Seat", &[Role::Teacher], &[Role::Teacher])).await;
        let titles = async |who: &Context| -> Vec<(String, bool)> {
            let found = field_values(who, OfValues { of }).await.unwrap();
            found.into_iter().map(|field| (field.title, field.may_change)).collect()
        };
        let as_said = |titles: &[(&str, bool)]| -> Vec<(String, bool)> {
            titles.iter().map(|(title, may)| ((*title).to_owned(), *may)).collect()
        };
        assert_eq!(titles(&principal).await, as_said(&[("Bus", true), ("Care", true), ("Seat", true)]));
        assert_eq!(titles(&office).await, as_said(&[("Bus", true)]));
        assert_eq!(titles(&counsellor).await, as_said(&[("Care", true)]));
        assert_eq!(titles(&teacher).await, as_said(&[("Bus", false), ("Seat", true)]));
        assert_eq!(titles(&pupil).await, as_said(&[("Bus", false)]));
        // Who sees a field and may not change it is refused; who does not see it is not told that there is one.
        for (who, field, code) in [
            (&teacher, bus, ErrorCode::Forbidden),
            (&teacher, care, ErrorCode::NotFound),
            (&office, care, ErrorCode::NotFound),
            (&counsellor, seat, ErrorCode::NotFound),
            (&pupil, bus, ErrorCode::Forbidden),
        ] {
            assert_eq!(save(who, of, field, None, "x").await.unwrap_err().code, code);
        }
        let by_teacher = save(&teacher, of, seat, None, "front row").await.unwrap();
        let by_counsellor = save(&counsellor, of, care, None, "lives with an aunt").await.unwrap();
        save(&office, of, bus, None, "Mill Lane").await.unwrap();
        // A child of another class is out of the teacher's reach, whatever the field says.
        let far = OwnerOfValue::Student(roster.in_b[0]);
        assert_eq!(field_values(&teacher, OfValues { of: far }).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(save(&teacher, far, seat, None, "x").await.unwrap_err().code, ErrorCode::Forbidden);
        // Of another school nobody is told.
        let other = second_school(&world).await;
        let stranger = world.user_for("stranger", Role::Principal, other, None, None).await;
        assert_eq!(field_values(&stranger, OfValues { of }).await.unwrap_err().code, ErrorCode::Forbidden);
        assert_eq!(save(&stranger, of, bus, None, "x").await.unwrap_err().code, ErrorCode::Forbidden);
        // Nor does the history tell who is not told of the field: the office reads every change, and nothing of this one.
        let entry = by_counsellor.undo.unwrap();
        let details = |entry| ChangeDetails { entry, offset: None, limit: None };
        let told = change_details(&office, details(entry)).await.unwrap();
        assert!(told.rows.is_empty() && told.total == 0, "{told:?}");
        let value = field_values(&principal, OfValues { of }).await.unwrap();
        let rows = change_details(&principal, details(entry)).await.unwrap().rows;
        assert!(format!("{rows:?}").contains("lives with an aunt"));
        assert_eq!(value.len(), 3);
        let all = upkeep::RecentChanges { limit: Some(200), ..crate::readers::all_of(&world) };
        let acts = upkeep::recent_changes(&office, all).await.unwrap().rows;
        assert!(acts.iter().all(|act| act.operation != "people.save_field_values"), "{acts:?}");
        let row = store_row(&world, care).await;
        for (who, code) in [(&office, ErrorCode::Forbidden), (&counsellor, ErrorCode::Forbidden)] {
            let asked = History { school: world.school, table: "field_values".into(), row };
            assert_eq!(history(who, asked).await.unwrap_err().code, code);
        }
        // What somebody may not change any more they do not take back; their own they do.
        assert_eq!(undo(&office, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&teacher, Undo { entry: by_teacher.undo.unwrap() }).await.unwrap();
        let closed =
            SaveField { save: Save::Change { id: care, version: 1 }, ..field("Care", &[Role::Counsellor], &[]) };
        save_field(&principal, closed).await.unwrap();
        assert_eq!(undo(&counsellor, Undo { entry }).await.unwrap_err().code, ErrorCode::Forbidden);
        undo(&principal, Undo { entry }).await.unwrap();
    }
);

async fn store_row(world: &World, field: CustomFieldId) -> uuid::Uuid {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    use store::entities::field_values;
    let found = field_values::Entity::find().filter(field_values::Column::FieldId.eq(field));
    found.one(world.services.store.reader()).await.unwrap().unwrap().id.0
}

both!(
    async fn guardians_staff_and_classes_have_fields_too_and_a_role_sees_what_it_reaches_itself(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let shown = student(office, OfStudent { student: roster.in_a[0] }).await.unwrap();
        let guardian = OwnerOfValue::Guardian(shown.guardians[0].id);
        let owners = [
            (FieldAbout::Guardian, guardian),
            (FieldAbout::Staff, OwnerOfValue::Staff(roster.ben)),
            (FieldAbout::Class, OwnerOfValue::Class(roster.class_a)),
        ];
        for (about, of) in owners {
            let field = SaveField { seen_by: vec![Role::Teacher], ..new(&world, about, "Note", FieldKind::Text) };
            let field = make(&world, field).await;
            save(office, of, field, None, "here").await.unwrap();
        }
        let teacher = roster.teacher(&world).await;
        let here = [("Note".to_owned(), Some("here".to_owned()))];
        for (_, of) in owners {
            assert_eq!(told(&teacher, of).await, here);
        }
        let refused = async |who: &Context, of| field_values(who, OfValues { of }).await.unwrap_err().code;
        for of in [OwnerOfValue::Staff(roster.chloe), OwnerOfValue::Class(roster.class_b)] {
            assert_eq!(refused(&teacher, of).await, ErrorCode::Forbidden);
        }
        // Who teaches some children and works in the office besides sees of the others what the office sees.
        let both = world.user_for("both", Role::Teacher, world.school, Some(roster.chloe), None).await;
        let mut actor = (**both.actor.as_ref().unwrap()).clone();
        actor.grants.push((world.school, Role::Operator));
        actor.roles.push(Role::Operator);
        let both = Context { actor: Some(std::sync::Arc::new(actor)), ..both };
        assert_eq!(told(&both, OwnerOfValue::Class(roster.class_a)).await, []);
    }
);
