//! Passwords: what is good enough, Argon2id, changing one's own and setting another's.
//!
//! NIST SP 800-63B-4, 3.1.1: a least length, the commonest refused, no rules of composition. Compared as RFC 8265,
//! section 4.2 (OpaqueString) says, so that another keyboard locks nobody out.

use std::collections::HashSet;
use std::sync::LazyLock;
use std::thread::available_parallelism;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{user_sessions, users};
use store::ids::UserId;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use words::{Message, refusals};

use super::sessions::end_sessions;
use super::tries::is_own_password;
use super::users::reachable_user;
use crate::error::Invalid;
use crate::{Call, Error, ErrorCode, Result, blocking};

/// Fewest characters of a password.
pub const SHORTEST: usize = 8;
/// Most characters; far above what anybody types, so that hashing cannot be used to tire the machine.
pub const LONGEST: usize = 1024;
/// Memory in KiB, passes, lanes: OWASP's first choice for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().filter(|line| !line.starts_with('#')).collect());

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None)
        .map_err(|_| Error::internal("the password hash has bad parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The most characters that are read of a password as it is typed: letters may come in several pieces.
const LONGEST_TYPED: usize = 4 * LONGEST;

/// A password as it is hashed and compared: letters composed (NFC), every kind of space a space. Case, width and spaces
/// at the ends are part of it.
fn prepared(password: &str) -> String {
    let is_space =
        |c| matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}');
    let typed = password.chars().take(LONGEST_TYPED + 1);
    typed.map(|c| if is_space(c) { ' ' } else { c }).nfc().collect()
}

/// Every form in which a password may have been hashed, the present one first: before passwords were prepared they were
/// hashed as they were typed, and a keyboard may type letters composed or in pieces.
fn forms(password: &str) -> Vec<String> {
    let prepared = prepared(password);
    let typed: String = password.chars().take(LONGEST_TYPED + 1).collect();
    let in_pieces = prepared.nfd().collect();
    let mut forms = vec![prepared];
    for form in [typed, in_pieces] {
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    forms
}

/// Checks a new password against the rules and the person's own names.
pub fn check(field: &str, password: &str, own_words: &[&str]) -> Result<()> {
    let weak = |code: &str, message: Message| Error {
        code: ErrorCode::WeakPassword,
        ..Invalid::default().add(field, code, message).into_error()
    };
    let password = prepared(password);
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(weak("too_short", refusals::accounts::password_too_short()));
    }
    if length > LONGEST {
        return Err(weak("too_long", refusals::accounts::password_too_long()));
    }
    if password.chars().any(char::is_control) {
        return Err(weak("control", refusals::accounts::password_with_controls()));
    }
    let lowered = password.to_lowercase();
    let own = own_words.iter().any(|word| word.chars().count() >= 3 && lowered == prepared(word).to_lowercase());
    let one_character = lowered.chars().collect::<HashSet<_>>().len() == 1;
    if own || one_character || COMMON.contains(lowered.as_str()) {
        return Err(weak("common", refusals::accounts::password_common()));
    }
    Ok(())
}

/// Hashes a password as a PHC string. Takes some 30 ms and 19 MiB, on a thread of its own.
pub async fn hash(password: &str) -> Result<String> {
    let password = prepared(password);
    hashing(move || {
        let hash = hasher()?.hash_password(password.as_bytes()).map_err(|_| Error::internal("hashing failed"))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether the password fits the hash, and whether it should be hashed anew: with today's parameters, and as passwords
/// are prepared today.
pub async fn verify(password: &str, hash: Option<&str>) -> Result<(bool, bool)> {
    let forms = forms(password);
    let hash = hash.map(str::to_owned);
    hashing(move || {
        // An unknown user costs as much time as a known one: hash something all the same.
        let Some(hash) = hash else {
            for form in &forms {
                hasher()?.hash_password(form.as_bytes()).map_err(|_| Error::internal("hashing failed"))?;
            }
            return Ok((false, false));
        };
        let parsed = PasswordHash::new(&hash).map_err(|_| Error::internal("a password hash cannot be read"))?;
        let fits = |form: &String| Argon2::default().verify_password(form.as_bytes(), &parsed).is_ok();
        let found = forms.iter().position(fits);
        let params = Params::try_from(&parsed).ok();
        let weaker = params.is_none_or(|params| params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES);
        Ok((found.is_some(), weaker || found.is_some_and(|form| form > 0)))
    })
    .await
}

/// So many hashes are made at once as there are processors; more would only take memory from everything else.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(available_parallelism().map_or(2, usize::from)));

/// Hashes, when it is its turn.
async fn hashing<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = HASHING.acquire().await.map_err(|_| Error::internal("no password is hashed any more"))?;
    blocking(work).await
}

/// Input of [`change_password`].
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChangePassword {
    pub current: String,
    pub new: String,
}

/// Changes one's own password; all other sessions of the user end.
pub(super) async fn change_password(call: &Call, input: ChangePassword) -> Result<()> {
    let actor = call.actor()?.clone();
    let user = users::Entity::find_by_id(actor.user)
        .one(call.store().reader())
        .await?
        .ok_or_else(|| Error::not_found(refusals::gone::user()))?;
    if !is_own_password(call, &input.current).await? {
        return Err(Error {
            code: ErrorCode::WrongPassword,
            ..Error::field("current", "wrong", refusals::accounts::not_your_password_now())
        });
    }
    if prepared(&input.new) == prepared(&input.current) {
        return Err(Error {
            code: ErrorCode::WeakPassword,
            ..Error::field("new", "same", refusals::accounts::same_password())
        });
    }
    check("new", &input.new, &[&user.username, &user.given_name, &user.family_name])?;
    let password_hash = Some(hash(&input.new).await?);
    call.transact(async |tx| {
        let after = users::Model { password_hash, must_change_password: false, ..user.clone() };
        tx.update::<users::Entity>(&user, after).await?;
        let others = user_sessions::Entity::find()
            .filter(user_sessions::Column::UserId.eq(user.id))
            .filter(user_sessions::Column::Id.ne(actor.session))
            .filter(user_sessions::Column::RevokedAt.is_null())
            .all(tx.reader())
            .await?;
        end_sessions(call, tx, others).await
    })
    .await?;
    Ok(())
}

/// Input of [`set_password`].
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SetPassword {
    pub user: UserId,
    pub new: String,
}

/// Gives another user a password that must be changed at the first sign-in; the user's sessions end.
pub(super) async fn set_password(call: &Call, input: SetPassword) -> Result<()> {
    let access = call.access();
    let user = reachable_user(call, access, input.user).await?;
    check("new", &input.new, &[&user.username, &user.given_name, &user.family_name])?;
    let password_hash = Some(hash(&input.new).await?);
    call.transact(async |tx| {
        let after = users::Model { password_hash, must_change_password: true, ..user.clone() };
        tx.update::<users::Entity>(&user, after).await?;
        let open = user_sessions::Entity::find()
            .filter(user_sessions::Column::UserId.eq(user.id))
            .filter(user_sessions::Column::RevokedAt.is_null())
            .all(tx.reader())
            .await?;
        end_sessions(call, tx, open).await
    })
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_short_and_own_passwords_are_refused() {
        for weak in ["short", "password", "Password1", "12345678", "qwertyuiop", "aaaaaaaaaaaa", "mwalimu1"] {
            assert_eq!(check("new", weak, &["Mwalimu1"]).unwrap_err().code, ErrorCode::WeakPassword, "{weak}");
        }
        for good in ["the blue bicycle", "ქართული ენა", &"long ".repeat(26)] {
            check("new", good, &["Mwalimu1"]).unwrap();
        }
    }

    #[tokio::test]
    async fn a_password_is_the_same_however_it_is_typed() {
        let composed = "sch\u{f6}ne blaue T\u{fc}r";
        let pieces: String = composed.nfd().collect();
        assert_ne!(pieces, composed);
        for stored in [composed, &pieces] {
            let stored = hash(stored).await.unwrap();
            for typed in [composed, &pieces, "sch\u{f6}ne\u{a0}blaue\u{3000}T\u{fc}r"] {
                assert_eq!(verify(typed, Some(&stored)).await.unwrap(), (true, false));
            }
        }
        let stored = hash("ends with a space ").await.unwrap();
        for (typed, fits) in
            [("ends with a space\u{2009}", true), ("ends with a space", false), ("Ends with a space ", false)]
        {
            assert_eq!(verify(typed, Some(&stored)).await.unwrap().0, fits, "{typed:?}");
        }
        let long: String = "\u{fc}\u{e4}".repeat(LONGEST / 2);
        check("new", &long.nfd().collect::<String>(), &[]).unwrap();
        assert!(verify(&long.nfd().collect::<String>(), Some(&hash(&long).await.unwrap())).await.unwrap().0);
        assert_eq!(check("new", "with a\ttab", &[]).unwrap_err().fields[0].code, "control");
    }

    #[tokio::test]
    async fn what_was_hashed_as_typed_still_opens_and_is_hashed_anew() {
        let composed = "sch\u{f6}ne blaue T\u{fc}r";
        for old in [composed.nfd().collect::<String>(), composed.replace(' ', "\u{a0}")] {
            let stored = hasher().unwrap().hash_password(old.as_bytes()).unwrap().to_string();
            assert_eq!(verify(&old, Some(&stored)).await.unwrap(), (true, true));
        }
        let in_pieces: String = composed.nfd().collect();
        let stored = hasher().unwrap().hash_password(in_pieces.as_bytes()).unwrap().to_string();
        assert_eq!(verify(composed, Some(&stored)).await.unwrap(), (true, true));
        assert_eq!(verify("something else", Some(&stored)).await.unwrap(), (false, false));
    }

    #[tokio::test]
    async fn a_weaker_hash_is_noticed() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8 * 1024, 1, 1, None).unwrap());
        let old = weak.hash_password(b"the blue bicycle").unwrap().to_string();
        assert_eq!(verify("the blue bicycle", Some(&old)).await.unwrap(), (true, true));
        let new = hash("the blue bicycle").await.unwrap();
        assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
        assert_eq!(verify("the blue bicycle", Some(&new)).await.unwrap(), (true, false));
        assert_eq!(verify("the red bicycle", Some(&new)).await.unwrap(), (false, false));
        assert_eq!(verify("anything", None).await.unwrap(), (false, false));
    }
}
