//! Whoever finds a signed-in screen: what asks for the password again, how often one may guess, and the locked screen.

use chrono::Duration;
use kernel::operation::Also;
use kernel::{Context, ErrorCode, Role};
use operations::Here;
use school::accounts;
use school::accounts::{ChangePassword, GivePassword, Nothing};
use school::schools::{OfSchool, SaveSettings, save_settings, settings};
use sea_orm::{EntityTrait, PaginatorTrait};
use serde_json::{Value, json};
use store::entities::{sign_in_attempts, user_sessions};
use upkeep::{MyChanges, Undo, my_changes, undo};

use crate::both;
use crate::samples::sample;
use crate::world::{PASSWORD, World, device};

fn give(password: &str) -> GivePassword {
    GivePassword { password: password.into() }
}

fn new_user(world: &World, username: &str) -> Value {
    json!({
        "id": null, "version": null, "username": username, "givenName": "Nia", "familyName": "Wanjiru",
        "roles": [{ "role": "teacher", "school": world.school, "district": null }], "staff": null, "student": null,
        "disabled": false, "password": PASSWORD
    })
}

/// Signs the first administrator in anew: the context, and a way to ask again what the session is.
async fn signed_in(world: &World) -> (accounts::Token, Context) {
    let token = world.sign_in("office", "amara", PASSWORD).await.unwrap();
    let context = world.resume(&token).await;
    (token, context)
}

async fn refused(context: &Context, operation: &str, input: Value) -> Option<ErrorCode> {
    ::operations::call(context, operation, input).await.err().map(|error| error.code)
}

both!(
    async fn who_may_do_what_and_the_keys_ask_for_the_password_again(world: World) {
        let (token, _) = signed_in(&world).await;
        world.clock.move_by(Duration::minutes(15));
        let asking: Vec<&str> =
            ::operations::all().iter().filter(|one| one.is(Also::needs_password)).map(|one| one.name()).collect();
        let keys = ["faces.show_recovery_key", "faces.restore_face_key", "faces.rotate_face_keys"];
        assert_eq!(
            asking,
            [["accounts.save_user", "accounts.make_staff_account", "accounts.set_password"], keys].concat()
        );
        let late = world.resume(&token).await;
        for operation in ::operations::all().iter().copied().filter(|one| one.is(Also::needs_password)) {
            let input = sample(&world, operation).unwrap();
            assert_eq!(refused(&late, operation.name(), input).await, Some(ErrorCode::PasswordNeeded), "{operation:?}");
        }
        // Everything else goes on.
        accounts::list_users(&late, accounts::ListUsers { school: world.school }).await.unwrap();

        let wrong = accounts::confirm_password(&late, give("not it")).await.unwrap_err();
        assert_eq!(wrong.code, ErrorCode::WrongPassword);
        let still = world.resume(&token).await;
        assert_eq!(
            refused(&still, "accounts.save_user", new_user(&world, "nia")).await,
            Some(ErrorCode::PasswordNeeded)
        );
        accounts::confirm_password(&late, give(PASSWORD)).await.unwrap();
        let confirmed = world.resume(&token).await;
        assert_eq!(refused(&confirmed, "accounts.save_user", new_user(&world, "nia")).await, None);
        world.clock.move_by(Duration::minutes(15) - Duration::seconds(1));
        assert_eq!(refused(&confirmed, "accounts.save_user", new_user(&world, "ben")).await, None);

        // Taking back what was done with roles is doing something with roles.
        let acts = my_changes(&confirmed, MyChanges::default()).await.unwrap().acts;
        world.clock.move_by(Duration::seconds(1));
        let taken_back = undo(&world.resume(&token).await, Undo { entry: acts[0].entry }).await.unwrap_err();
        assert_eq!(taken_back.code, ErrorCode::PasswordNeeded);
        // A clock that was put back gives nothing away.
        world.clock.move_by(-Duration::days(1));
        assert_eq!(
            refused(&confirmed, "accounts.save_user", new_user(&world, "eve")).await,
            Some(ErrorCode::PasswordNeeded)
        );
    }
);

both!(
    async fn a_found_screen_cannot_be_kept_open(world: World) {
        let (token, context) = signed_in(&world).await;
        let of = || OfSchool { school: world.school };
        let change = async |context: &Context, minutes| {
            let mut now = settings(context, of()).await.unwrap();
            now.settings.lock_after_minutes = minutes;
            let input = SaveSettings { school: world.school, version: now.version, settings: now.settings };
            save_settings(context, input).await
        };
        assert_eq!(accounts::whoami(&context, Nothing {}).await.unwrap().lock_after_minutes, 15);
        assert_eq!(change(&context, 241).await.unwrap_err().code, ErrorCode::Invalid);
        change(&context, 0).await.unwrap();
        assert_eq!(accounts::whoami(&context, Nothing {}).await.unwrap().lock_after_minutes, 0);
        change(&context, 1).await.unwrap();
        let acts = my_changes(&context, MyChanges::default()).await.unwrap().acts;
        world.clock.move_by(Duration::minutes(15));
        let late = world.resume(&token).await;
        assert_eq!(change(&late, 0).await.unwrap_err().code, ErrorCode::PasswordNeeded);
        // The same by undoing what made it shorter.
        let back = undo(&late, Undo { entry: acts[0].entry }).await.unwrap_err();
        assert_eq!(back.code, ErrorCode::PasswordNeeded);
        // Other settings do not ask.
        change(&late, 1).await.unwrap();
    }
);

both!(
    async fn a_locked_screen_does_nothing_before_the_password_is_given(world: World) {
        let (token, context) = signed_in(&world).await;
        accounts::lock_screen(&context, Nothing {}).await.unwrap();
        let refused = accounts::resume(&world.anonymous("office"), &token).await.map(|_| ()).unwrap_err();
        assert_eq!(refused.code, ErrorCode::Locked);
        let locked = accounts::resume_even_locked(&world.anonymous("office"), &token).await.unwrap();
        for operation in ::operations::all().iter().copied().filter(|one| !one.is(Also::while_locked)) {
            let Some(input) = sample(&world, operation) else { continue };
            let code = ::operations::call(&locked, operation.name(), input).await.unwrap_err().code;
            assert_eq!(code, ErrorCode::Locked, "{operation:?}");
        }
        let wrong = accounts::unlock(&locked, give("not it")).await.unwrap_err();
        assert_eq!(wrong.code, ErrorCode::WrongPassword);
        assert!(accounts::resume(&world.anonymous("office"), &token).await.is_err());

        world.clock.move_by(Duration::hours(1));
        accounts::unlock(&locked, give(PASSWORD)).await.unwrap();
        let again = world.resume(&token).await;
        // The password was given just now.
        ::operations::call(&again, "accounts.save_user", new_user(&world, "nia")).await.unwrap();
    }
);

both!(
    async fn somebody_else_signs_in_over_a_locked_screen(world: World) {
        let window = Here::new(world.services.clone(), device("office"));
        let signs_in = async || {
            let who = accounts::SignIn { username: "amara".into(), password: PASSWORD.into() };
            accounts::operations::sign_in.on(&window, who).await.unwrap();
            accounts::operations::my_sessions.on(&window, Nothing {}).await.unwrap().len()
        };
        let before = signs_in().await;
        // A screen that is not locked stays.
        assert_eq!(signs_in().await, before + 1);
        accounts::operations::lock_screen.on(&window, Nothing {}).await.unwrap();
        assert_eq!(signs_in().await, before + 1);
    }
);

both!(
    async fn sixty_four_tries_at_once_count_as_sixty_four_and_nobody_else_waits(world: World) {
        let world = std::sync::Arc::new(world);
        world.user("nia", Role::Teacher).await;
        let (_, context) = signed_in(&world).await;
        let before = sign_in_attempts::Entity::find().count(world.services.store.reader()).await.unwrap();
        // Half of them at the sign-in, half at what asks for the password in a session: all of one account.
        let tries = (0..64).map(|n| {
            let (world, context) = (world.clone(), context.clone());
            tokio::spawn(async move {
                let outcome = match n % 4 {
                    0 => accounts::confirm_password(&context, give("not it")).await,
                    1 => accounts::unlock(&context, give("not it")).await,
                    2 => {
                        let change = ChangePassword { current: "not it".into(), new: "another bicycle".into() };
                        accounts::change_password(&context, change).await
                    }
                    _ => world.sign_in("office", "amara", "not it").await.map(|_| ()),
                };
                outcome.unwrap_err().code
            })
        });
        let mut codes = Vec::new();
        for one in tries.collect::<Vec<_>>() {
            codes.push(one.await.unwrap());
        }
        let count = |code| codes.iter().filter(|found| **found == code).count();
        assert_eq!((count(ErrorCode::WrongPassword), count(ErrorCode::SlowDown)), (5, 59));
        let after = sign_in_attempts::Entity::find().count(world.services.store.reader()).await.unwrap();
        assert_eq!(after - before, 5, "what is told to wait is not looked at");
        // The right password waits too, in the session as at the sign-in; other accounts do not, nor other computers.
        assert_eq!(accounts::confirm_password(&context, give(PASSWORD)).await.unwrap_err().code, ErrorCode::SlowDown);
        world.sign_in("office", "nia", &format!("{PASSWORD} too")).await.unwrap();
        world.sign_in("library", "amara", PASSWORD).await.unwrap();
        for n in 0..40 {
            let stranger = world.sign_in("office", &format!("stranger{n}"), "not it").await.unwrap_err();
            assert_eq!(stranger.code, ErrorCode::WrongPassword);
        }
        world.sign_in("office", "nia", &format!("{PASSWORD} too")).await.unwrap();
        world.clock.move_by(Duration::seconds(3));
        accounts::confirm_password(&context, give(PASSWORD)).await.unwrap();
    }
);

both!(
    async fn who_must_change_the_password_does_not_keep_it(world: World) {
        ::operations::call(&world.administrator, "accounts.save_user", new_user(&world, "nia")).await.unwrap();
        let nia = world.resume(&world.sign_in("office", "nia", PASSWORD).await.unwrap()).await;
        let change = |new: &str| ChangePassword { current: PASSWORD.into(), new: new.into() };
        // The same however it is typed.
        for same in [PASSWORD, "the\u{a0}blue bicycle"] {
            let refused = accounts::change_password(&nia, change(same)).await.unwrap_err();
            assert_eq!((refused.code, refused.fields[0].code.as_str()), (ErrorCode::WeakPassword, "same"));
        }
        accounts::change_password(&nia, change("the red bicycle")).await.unwrap();
    }
);

both!(
    async fn sessions_from_before_ask_for_the_password(world: World) {
        use sea_orm::ConnectionTrait;
        let (token, _) = signed_in(&world).await;
        let store = &world.services.store;
        store.reader().execute_unprepared("UPDATE user_sessions SET confirmed_at = NULL").await.unwrap();
        let context = world.resume(&token).await;
        assert_eq!(
            refused(&context, "accounts.save_user", new_user(&world, "nia")).await,
            Some(ErrorCode::PasswordNeeded)
        );
        assert!(user_sessions::Entity::find().count(store.reader()).await.unwrap() > 0);
    }
);
