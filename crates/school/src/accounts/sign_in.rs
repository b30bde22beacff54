//! Signing in and out, and what the person who is signed in may see.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use serde::{Deserialize, Serialize};
use store::entities::{AcademicSessionKind, SoftDeleted, academic_sessions, schools, user_sessions, users};
use store::fold;
use store::ids::{AcademicSessionId, SchoolId, StaffId, StudentId, UserId};
use words::refusals;

use super::ended::{Ended, why_ended};
use super::passwords::{hash, verify};
use super::sessions::{self, Token, end_sessions};
use super::tries;
use crate::look_at_clock;
use crate::people::NameOrder;
use crate::schools::{DayOrder, Settings, school_heads, settings_or_usual};
use crate::{Call, Context, Error, ErrorCode, Result, Role};

/// An operation without input.
#[derive(Default, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
pub struct Nothing {}

/// Input of [`sign_in`].
#[derive(Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
pub struct SignIn {
    pub username: String,
    pub password: String,
}

/// Who signed in; the token is for the shell and never reaches the screen.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
pub struct SignedIn {
    pub whoami: Whoami,
    #[serde(skip)]
    #[ts(skip)]
    pub token: Option<Token>,
}

/// Whether there is a school, and who is signed in.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub needs_setup: bool,
    pub signed_in: bool,
    pub version: String,
}

/// A term that the screens can show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhoamiTerm {
    pub id: AcademicSessionId,
    pub year_id: AcademicSessionId,
    pub title: String,
    pub year_title: String,
    pub start_date: NaiveDate,
    pub end_date: NaiveDate,
}

/// A school in which the person has a role.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WhoamiSchool {
    pub id: SchoolId,
    pub name: String,
    pub time_zone: String,
    /// Today's school day there.
    pub today: NaiveDate,
    /// How the school writes dates.
    pub day_order: DayOrder,
    /// In which order its lists name people.
    pub name_order: NameOrder,
    /// In which language its documents are written.
    pub document_language: String,
    pub roles: Vec<Role>,
    /// Names of the operations that the person may do in this school, in whatever reach.
    pub operations: Vec<String>,
    pub terms: Vec<WhoamiTerm>,
    /// The term of today, else the next, else the last.
    pub current_term: Option<AcademicSessionId>,
}

/// Who is signed in and what they may open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Whoami {
    pub user: UserId,
    pub username: String,
    pub name: String,
    pub staff: Option<StaffId>,
    pub student: Option<StudentId>,
    pub must_change_password: bool,
    /// The language that the person chose for the screens; none: the school's, or the computer's.
    pub language: Option<String>,
    /// After so many minutes without a key or a pointer the screen locks itself; 0: never.
    pub lock_after_minutes: u32,
    pub roles: Vec<Role>,
    pub schools: Vec<WhoamiSchool>,
}

/// Whether the school is set up and who is signed in. Anyone may ask.
pub(super) async fn status(call: &Call, _: Nothing) -> Result<Status> {
    Ok(Status {
        needs_setup: !has_users(call.store().reader()).await?,
        signed_in: call.actor.is_some(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
    })
}

pub async fn has_users(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(users::Entity::find().filter(users::Column::PasswordHash.is_not_null()).count(db).await? > 0)
}

/// Signs in. A wrong name and a wrong password look the same and take the same time. Whose account has ended is told so,
/// with the right password.
pub(super) async fn sign_in(call: &Call, input: SignIn) -> Result<SignedIn> {
    if !has_users(call.store().reader()).await? {
        return Err(Error::new(ErrorCode::NotSetUp, refusals::accounts::not_set_up()));
    }
    let username_folded = fold(input.username.trim());
    let attempt = tries::begin(call, &username_folded).await?;
    let user = users::Entity::find()
        .filter(users::Column::UsernameFolded.eq(username_folded.as_str()))
        .one(call.store().reader())
        .await?;
    let (fits, renew) = verify(&input.password, user.as_ref().and_then(|user| user.password_hash.as_deref())).await?;
    let user = user.filter(|_| fits);
    // Said to whoever knows the password and to nobody else.
    let ended = match &user {
        Some(user) => why_ended(call, call.store().reader(), user).await?,
        None => None,
    };
    let user = user.filter(|_| ended.is_none());
    let rehashed = match (&user, renew) {
        (Some(_), true) => Some(hash(&input.password).await?),
        _ => None,
    };
    let Some(user) = user else {
        return Err(ended.map_or_else(wrong_password, Ended::error));
    };
    look_at_clock(&call.services).await?;
    let ((token, session), _) = call
        .transact(async |tx| {
            tries::succeeded(tx, attempt).await?;
            if rehashed.is_some() {
                let after = users::Model { password_hash: rehashed, ..user.clone() };
                tx.update::<users::Entity>(&user, after).await?;
            }
            sessions::open(call, tx, user.id).await
        })
        .await?;
    signed_in(call, &session, token).await
}

fn wrong_password() -> Error {
    Error::new(ErrorCode::WrongPassword, refusals::accounts::wrong_password())
        .help(refusals::accounts::check_caps_lock())
}

pub(super) async fn signed_in(context: &Context, session: &user_sessions::Model, token: Token) -> Result<SignedIn> {
    let actor = sessions::actor(context, session).await?.ok_or_else(|| Error::not_found(refusals::gone::user()))?;
    let context = Context { actor: Some(actor.into()), ..context.clone() };
    Ok(SignedIn { whoami: describe(&context).await?, token: Some(token) })
}

/// Ends the session in which this is called.
pub(super) async fn sign_out(call: &Call, _: Nothing) -> Result<()> {
    end_own_session(call).await
}

/// Ends the session of whoever is signed in.
pub async fn end_own_session(context: &Context) -> Result<()> {
    let session = context.actor()?.session;
    let call = Call::by_itself(context, &super::operations::sign_out)?;
    call.transact(async |tx| {
        let open = user_sessions::Entity::find_by_id(session).one(tx.reader()).await?;
        end_sessions(context, tx, open.into_iter().collect()).await
    })
    .await?;
    Ok(())
}

/// Who is signed in and what they may open.
pub(super) async fn whoami(call: &Call, _: Nothing) -> Result<Whoami> {
    describe(call).await
}

async fn describe(context: &Context) -> Result<Whoami> {
    let actor = context.actor()?;
    let db = context.store().reader();
    let mut listed: Vec<WhoamiSchool> = Vec::new();
    let mut lock_after: Vec<u32> = Vec::new();
    let granted = schools::Column::Id.is_in(actor.grants.iter().map(|(school, _)| *school));
    for school in school_heads(db, Condition::all().add(granted)).await? {
        let roles: Vec<Role> = actor.grants.iter().filter(|(at, _)| *at == school.id).map(|(_, role)| *role).collect();
        let operations = (context.services.house.operations)()
            .iter()
            .filter(|operation| operation.rule().iter().any(|(role, _)| roles.contains(role)))
            .map(|operation| operation.name().to_owned())
            .collect();
        let today = context.today(&school.time_zone);
        let terms = terms_of(context, school.id).await?;
        let current_term = current(&terms, today);
        // Whoever can put the settings right must get in first.
        let settings = settings_or_usual(db, school.id).await?;
        lock_after.push(settings.lock_after_minutes);
        listed.push(WhoamiSchool {
            day_order: settings.day_order,
            name_order: settings.name_order,
            document_language: settings.document_language,
            id: school.id,
            name: school.name,
            time_zone: school.time_zone,
            today,
            roles,
            operations,
            terms,
            current_term,
        });
    }
    Ok(Whoami {
        user: actor.user,
        username: actor.username.clone(),
        name: actor.name.clone(),
        staff: actor.staff,
        student: actor.student,
        must_change_password: actor.must_change_password,
        language: actor.language.clone(),
        lock_after_minutes: strictest(&lock_after),
        roles: actor.roles.clone(),
        schools: listed,
    })
}

/// Of several schools the shortest time; who has no school yet has the usual one.
fn strictest(minutes: &[u32]) -> u32 {
    match minutes {
        [] => Settings::default().lock_after_minutes,
        some => some.iter().copied().filter(|minutes| *minutes > 0).min().unwrap_or(0),
    }
}

async fn terms_of(context: &Context, school: SchoolId) -> Result<Vec<WhoamiTerm>> {
    let sessions = academic_sessions::Entity::find()
        .filter(academic_sessions::Column::SchoolId.eq(school))
        .filter(academic_sessions::Entity::existing())
        .order_by_asc(academic_sessions::Column::StartDate)
        .all(context.store().reader())
        .await?;
    let year_of = |id| sessions.iter().find(|year| Some(year.id) == id);
    Ok(sessions
        .iter()
        .filter(|session| session.kind == AcademicSessionKind::Term)
        .filter_map(|term| {
            let year = year_of(term.parent_id)?;
            Some(WhoamiTerm {
                id: term.id,
                year_id: year.id,
                title: term.title.clone(),
                year_title: year.title.clone(),
                start_date: term.start_date,
                end_date: term.end_date,
            })
        })
        .collect())
}

fn current(terms: &[WhoamiTerm], today: NaiveDate) -> Option<AcademicSessionId> {
    let now = terms.iter().find(|term| term.start_date <= today && today <= term.end_date);
    now.or_else(|| terms.iter().find(|term| term.start_date > today)).or(terms.last()).map(|term| term.id)
}
