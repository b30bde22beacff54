//! A list of staff makes accounts: by whoever may, with passwords that are handed out once and kept nowhere.

use std::sync::Arc;

use kernel::{Context, ErrorCode, Role, Upload};
use school::accounts::{ChangePassword, change_password};
use school::exchange::{ImportInput, ImportReport, enqueue_import, import_apply, import_dry_run};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use store::entities::{grants, users};

use crate::both;
use crate::world::World;

const LIST: &str =
    "Staff number;Name;E-mail;Username;Role\nS1;Ben Otieno;;ben;teacher\nS2;Chloë Dubois;;;office\nS3;Ann Lee;;;\n";

fn input(world: &World, context: &Context, text: &str) -> ImportInput {
    let owner = context.actor.as_ref().map(|actor| actor.user);
    let upload = Upload { file_name: "staff.csv".into(), bytes: Arc::new(text.as_bytes().to_vec()), owner };
    ImportInput {
        school: world.school,
        uploads: vec![world.services.keep_upload(upload)],
        kind: None,
        matching: None,
        dates: None,
        names: None,
        read_as: None,
        into_school: None,
        accept_refused: None,
        delete_missing: None,
        mended: None,
    }
}

/// Columns and texts of the list that is handed out.
fn handed_out(world: &World, context: &Context, report: &ImportReport) -> Vec<Vec<String>> {
    let owner = context.actor.as_ref().unwrap().user;
    let made = world.services.artifact(report.accounts.as_ref().unwrap().artifact, owner).unwrap();
    let text = String::from_utf8(made.bytes.to_vec()).unwrap();
    text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

both!(
    async fn a_list_of_staff_makes_accounts_with_passwords_told_once(world: World) {
        let context = world.administrator_now();
        let shown = import_dry_run(&context, input(&world, &context, LIST)).await.unwrap();
        assert_eq!((shown.added.staff, shown.added.accounts, shown.accounts.is_none()), (3, 2, true));
        let done = import_apply(&context, input(&world, &context, LIST)).await.unwrap();
        assert_eq!((done.applied, done.added.accounts), (true, 2), "{:?}", done.refused);
        let lines = handed_out(&world, &context, &done);
        assert_eq!(lines[0], ["Number", "Name", "User name", "One-time password"]);
        assert_eq!(
            (&lines[1][..3], &lines[2][..3]),
            (
                &["S1".into(), "Ben Otieno".into(), "ben".into()][..],
                &["S2".into(), "Chloë Dubois".into(), "chloe.dubois".into()][..]
            )
        );
        let (first, second) = (lines[1][3].clone(), lines[2][3].clone());
        assert!(first.len() == 14 && first != second, "{first} {second}");

        // It is written nowhere: neither beside the user nor in the history.
        let db = world.services.store.reader();
        for (table, column) in [("users", "password_hash"), ("audit_changes", "after"), ("audit_entries", "operation")]
        {
            let sql = format!("SELECT count(*) FROM {table} WHERE CAST({column} AS TEXT) LIKE $1");
            let row = db.query_one_raw(world.services.store.statement(&sql, [format!("%{first}%").into()])).await;
            assert_eq!(row.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap(), 0, "{table}");
        }
        // It opens the account until it is changed, which comes first.
        let ben = world.resume(&world.sign_in("room 1", "ben", &first).await.unwrap()).await;
        assert!(ben.actor.as_ref().unwrap().must_change_password);
        assert_eq!(ben.actor.as_ref().unwrap().roles, [Role::Teacher]);
        let change = ChangePassword { current: first, new: "a green umbrella".into() };
        change_password(&ben, change).await.unwrap();
        let office = world.resume(&world.sign_in("room 2", "chloe.dubois", &second).await.unwrap()).await;
        assert_eq!(office.actor.as_ref().unwrap().roles, [Role::Operator]);

        let again = import_apply(&context, input(&world, &context, LIST)).await.unwrap();
        assert_eq!((again.added.total(), again.skipped.accounts, again.accounts.is_none()), (0, 2, true));
    }
);

both!(
    async fn accounts_of_a_list_are_taken_back_with_it(world: World) {
        let context = world.administrator_now();
        let done = import_apply(&context, input(&world, &context, LIST)).await.unwrap();
        let db = world.services.store.reader();
        assert_eq!(users::Entity::find().all(db).await.unwrap().len(), 3);
        upkeep::undo(&context, upkeep::Undo { entry: done.undo.unwrap() }).await.unwrap();
        assert_eq!(users::Entity::find().all(db).await.unwrap().len(), 1);
        assert_eq!(grants::Entity::find().all(db).await.unwrap().len(), 1);
    }
);

both!(
    async fn whoever_makes_no_accounts_imports_the_staff_without(world: World) {
        let office = world.user("office", Role::Operator).await;
        let asked = input(&world, &office, LIST);
        let shown = import_dry_run(&office, asked.clone()).await.unwrap();
        let refused: Vec<_> = shown.refused.iter().map(|refusal| (refusal.line, refusal.column.as_str())).collect();
        assert_eq!((refused, shown.added.accounts, shown.held_back), (vec![(1, "Username")], 0, true));
        let done = import_apply(&office, ImportInput { accept_refused: Some(true), ..asked }).await.unwrap();
        assert_eq!((done.applied, done.added.staff, done.accounts.is_none()), (true, 3, true));
        let db = world.services.store.reader();
        let made = users::Entity::find().filter(users::Column::Username.eq("ben")).one(db).await.unwrap();
        assert!(made.is_none());
    }
);

both!(
    async fn the_password_is_asked_for_before_accounts_are_made(world: World) {
        world.clock.move_by(chrono::Duration::hours(1));
        let context = &world.administrator;
        let asked = input(&world, context, LIST);
        assert_eq!(import_dry_run(context, asked.clone()).await.unwrap().added.accounts, 2);
        let error = import_apply(context, asked.clone()).await.unwrap_err();
        assert_eq!(error.code, ErrorCode::PasswordNeeded);
        assert_eq!(
            users::Entity::find().all(world.services.store.reader()).await.unwrap().len(),
            1,
            "nothing half done"
        );
        // A job could hand the passwords to nobody.
        let error = enqueue_import(&world.administrator_now(), asked).await.unwrap_err();
        assert_eq!((error.code, error.fields[0].code.as_str()), (ErrorCode::Invalid, "accounts"));
    }
);

both!(
    async fn an_account_that_cannot_be_is_refused_with_its_row(world: World) {
        let principal = world.user("head", Role::Principal).await;
        let actor =
            kernel::Actor { confirmed_at: Some(principal.now()), ..(**principal.actor.as_ref().unwrap()).clone() };
        let principal = Context { actor: Some(Arc::new(actor)), ..principal };
        import_apply(&principal, input(&world, &principal, "Name;Username\nBen Otieno;ben\n")).await.unwrap();
        let text = "Name;Username;Role\nBen Otieno;benjamin;\nAnn Lee;BEN;\nBob Ray;bob ray;\nCem Ak;cem;caretaker\nDee Fox;cem;\n\
            Eve Gray;cem;teacher\nFay Hill;;principal\n";
        let shown = import_dry_run(&principal, input(&world, &principal, text)).await.unwrap();
        let refused: Vec<_> = shown.refused.iter().map(|refusal| (refusal.line, refusal.column.as_str())).collect();
        assert_eq!(refused, [(2, "Username"), (3, "Username"), (4, "Username"), (5, "Role"), (7, "Username")]);
        assert_eq!(shown.added.accounts, 2);
    }
);
