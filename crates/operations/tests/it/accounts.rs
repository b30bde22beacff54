use chrono::Duration;
use kernel::{ErrorCode, Role};
use school::accounts;
use school::accounts::{Nothing, SetLanguage};
use sea_orm::ConnectionTrait;

use crate::both;
use crate::world::{PASSWORD, set_up};

both!(
    async fn a_school_is_set_up_once(world: World) {
        let again = accounts::set_up(&world.anonymous("office"), set_up()).await.unwrap_err();
        assert_eq!(again.code, ErrorCode::AlreadySetUp);
        let me = accounts::whoami(&world.administrator, Nothing {}).await.unwrap();
        assert_eq!(me.roles, [Role::SuperAdministrator]);
        assert_eq!(me.schools[0].terms.len(), 3);
        assert_eq!(me.schools[0].current_term, Some(me.schools[0].terms[0].id));
    }
);

both!(
    async fn tokens_are_new_at_every_sign_in_and_end(world: World) {
        let first = world.sign_in("office", "AMARA", PASSWORD).await.unwrap();
        let second = world.sign_in("office", "amara", PASSWORD).await.unwrap();
        assert!(first != second);
        let context = world.resume(&first).await;
        accounts::sign_out(&context, Nothing {}).await.unwrap();
        let ended = accounts::resume(&world.anonymous("office"), &first).await.map(|_| ()).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);

        world.clock.move_by(accounts_idle() + Duration::seconds(1));
        let idle = accounts::resume(&world.anonymous("office"), &second).await.map(|_| ()).unwrap_err();
        assert_eq!(idle.code, ErrorCode::SessionExpired);
    }
);

both!(
    async fn a_person_chooses_the_language_of_their_screens_for_every_computer(world: World) {
        let me = async || {
            let token = world.sign_in("library", "amara", PASSWORD).await.unwrap();
            accounts::whoami(&world.resume(&token).await, Nothing {}).await.unwrap()
        };
        let choose = async |language: Option<&str>| {
            let input = SetLanguage { language: language.map(str::to_owned) };
            accounts::set_language(&world.administrator, input).await
        };
        let before = me().await;
        assert_eq!((before.language, before.schools[0].document_language.as_str()), (None, "en"));
        choose(Some("ar")).await.unwrap();
        assert_eq!(me().await.language.as_deref(), Some("ar"));
        let refused = choose(Some("tlh")).await.unwrap_err();
        assert_eq!((refused.code, refused.fields[0].code.as_str()), (ErrorCode::Invalid, "unknown"));
        choose(None).await.unwrap();
        assert_eq!(me().await.language, None);
    }
);

fn accounts_idle() -> Duration {
    Duration::hours(12)
}

both!(
    async fn use_keeps_a_session_open_until_its_absolute_limit(world: World) {
        let token = world.sign_in("office", "amara", PASSWORD).await.unwrap();
        for _ in 0..16 {
            world.clock.move_by(Duration::hours(10));
            world.resume(&token).await;
        }
        world.clock.move_by(Duration::hours(9));
        let ended = accounts::resume(&world.anonymous("office"), &token).await.map(|_| ()).unwrap_err();
        assert_eq!(ended.code, ErrorCode::SessionExpired);
    }
);

both!(
    async fn wrong_passwords_slow_down_that_device_and_nobody_else(world: World) {
        for _ in 0..5 {
            let wrong = world.sign_in("stranger", "amara", "not the password").await.unwrap_err();
            assert_eq!(wrong.code, ErrorCode::WrongPassword);
        }
        let slowed = world.sign_in("stranger", "amara", PASSWORD).await.unwrap_err();
        assert_eq!(slowed.code, ErrorCode::SlowDown);
        assert!(slowed.details.unwrap()["seconds"].as_i64().unwrap() <= 60);
        world.sign_in("office", "amara", PASSWORD).await.unwrap();
        world.clock.move_by(Duration::seconds(61));
        world.sign_in("stranger", "amara", PASSWORD).await.unwrap();
    }
);

both!(
    async fn sessions_are_listed_and_revoked(world: World) {
        let other = world.sign_in("library", "amara", PASSWORD).await.unwrap();
        let sessions = accounts::my_sessions(&world.administrator, Nothing {}).await.unwrap();
        let library = sessions.iter().find(|session| session.device == "library").unwrap();
        assert!(!library.current && sessions.iter().filter(|session| session.current).count() == 1);
        accounts::revoke_session(&world.administrator, accounts::RevokeUserSession { id: library.id }).await.unwrap();
        assert!(accounts::resume(&world.anonymous("library"), &other).await.is_err());
    }
);

both!(
    async fn a_new_user_must_choose_a_password_first(world: World) {
        let input = serde_json::json!({
            "id": null, "version": null, "username": "nia", "givenName": "Nia", "familyName": "Wanjiru",
            "roles": [{ "role": "teacher", "school": world.school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": PASSWORD
        });
        ::operations::call(&world.administrator, "accounts.save_user", input.clone()).await.unwrap();
        let token = world.sign_in("office", "nia", PASSWORD).await.unwrap();
        let refused = accounts::my_sessions(&world.resume(&token).await, Nothing {}).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
        let taken = ::operations::call(&world.administrator, "accounts.save_user", input).await.unwrap_err();
        assert_eq!((taken.code, taken.fields[0].field.as_str()), (ErrorCode::Duplicate, "username"));
    }
);

both!(
    async fn a_password_opens_from_every_keyboard(world: World) {
        let composed = "sch\u{f6}ne blaue T\u{fc}r ";
        let in_pieces = "scho\u{308}ne blaue Tu\u{308}r ";
        let input = serde_json::json!({
            "id": null, "version": null, "username": "J\u{fc}rgen", "givenName": "Jürgen", "familyName": "Groß",
            "roles": [{ "role": "teacher", "school": world.school, "district": null }], "staff": null, "student": null,
            "disabled": false, "password": composed
        });
        ::operations::call(&world.administrator, "accounts.save_user", input).await.unwrap();
        for (username, password) in [("jürgen", composed), (" Ju\u{308}rgen ", in_pieces), ("ｊüｒｇｅｎ", in_pieces)]
        {
            world.sign_in("office", username, password).await.unwrap();
        }
        for wrong in [composed.trim_end(), "schone blaue Tur ", "Schöne blaue Tür "] {
            let refused = world.sign_in("office", "jürgen", wrong).await.unwrap_err();
            assert_eq!(refused.code, ErrorCode::WrongPassword, "{wrong:?}");
        }
    }
);

both!(
    async fn a_password_that_was_hashed_as_typed_is_hashed_anew(world: World) {
        let store = &world.services.store;
        let in_pieces = "scho\u{308}ne blaue Tu\u{308}r";
        // As a version before made it: of the letters as they came, with the parameters of today.
        let hash = argon2::PasswordHasher::hash_password(&argon2::Argon2::default(), in_pieces.as_bytes())
            .unwrap()
            .to_string();
        let sql = "UPDATE users SET password_hash = $1 WHERE username = 'amara'";
        store.reader().execute_raw(store.statement(sql, [hash.as_str().into()])).await.unwrap();
        for password in ["sch\u{f6}ne blaue T\u{fc}r", in_pieces] {
            world.sign_in("office", "amara", password).await.unwrap();
        }
        let sql = "SELECT password_hash FROM users WHERE username = 'amara'";
        let row = store.reader().query_one_raw(store.statement(sql, [])).await.unwrap().unwrap();
        let now: String = row.try_get_by_index(0).unwrap();
        assert_ne!(now, hash);
    }
);

both!(
    async fn a_principal_gives_no_role_above_their_own(world: World) {
        let principal = world.user("headteacher", Role::Principal).await;
        let input = serde_json::json!({
            "id": null, "version": null, "username": "friend", "givenName": "A", "familyName": "Friend",
            "roles": [{ "role": "super_administrator", "school": null, "district": null }], "staff": null,
            "student": null, "disabled": false, "password": PASSWORD
        });
        let refused = ::operations::call(&principal, "accounts.save_user", input).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Forbidden);
    }
);

both!(
    async fn no_secret_reaches_the_audit_trail(world: World) {
        use sea_orm::EntityTrait;
        world.user("nia", Role::Teacher).await;
        let changes = store::entities::audit_changes::Entity::find().all(world.services.store.reader()).await.unwrap();
        let text = serde_json::to_string(&changes).unwrap();
        assert!(changes.len() > 5);
        assert!(!text.contains("argon2") && !text.contains("token_hash") && !text.contains("password_hash"));
    }
);
