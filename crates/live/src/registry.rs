//! The running sessions of this program: kept, found and ended.

use std::collections::HashMap;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use store::ids::{SchoolId, UserId, UserSessionId};
use uuid::Uuid;
use words::refusals;

use super::guard::look_after;
use super::lock;
use super::pipeline::load_if_changed;
use super::session::LiveSession;
use crate::{Context, Error, Result, Services};

/// All sessions of this program.
#[derive(Default)]
struct Sessions(Mutex<HashMap<Uuid, Arc<LiveSession>>>);

fn sessions(services: &Services) -> Result<Arc<Sessions>> {
    services.extension(|| Ok(Sessions::default()))
}

/// Keeps a new session; a person has one at a time.
pub(super) fn keep(services: &Services, session: Arc<LiveSession>) -> Result<()> {
    stop_sessions_of(services, session.owner)?;
    look_after(&session);
    lock(&sessions(services)?.0).insert(session.id, session);
    Ok(())
}

/// A session of whoever is signed in, whose desk is heard of by this.
pub fn find_session(context: &Context, id: Uuid) -> Result<Arc<LiveSession>> {
    let owner = context.actor()?.user;
    let found = lock(&sessions(&context.services)?.0).get(&id).cloned();
    let found = found.filter(|session| session.owner == owner);
    found.inspect(|session| session.hear()).ok_or_else(|| Error::not_found(refusals::gone::camera_session()))
}

/// The sessions that run now and fit.
pub(super) fn running(services: &Services, fits: impl Fn(&LiveSession) -> bool) -> Result<Vec<Arc<LiveSession>>> {
    Ok(lock(&sessions(services)?.0).values().filter(|session| fits(session)).cloned().collect())
}

/// The kiosk that runs under this sign-in.
pub(super) fn kiosk_of(services: &Services, signed_in: UserSessionId) -> Result<Option<Arc<LiveSession>>> {
    let of = |session: &LiveSession| {
        session.kiosk().is_some() && !session.is_over() && session.signed_in() == Some(signed_in)
    };
    Ok(running(services, of)?.pop())
}

/// Ends a session; one that has ended is no error.
pub(super) fn stop_session(context: &Context, id: Uuid) -> Result<()> {
    let owner = context.actor()?.user;
    let sessions = sessions(&context.services)?;
    let mut sessions = lock(&sessions.0);
    if sessions.get(&id).is_some_and(|session| session.owner == owner)
        && let Some(session) = sessions.remove(&id)
    {
        session.stop();
    }
    Ok(())
}

/// Keeps a session no longer.
pub(super) fn forget(session: &LiveSession) {
    // Where there is no list of sessions, it is in none.
    if let Ok(sessions) = sessions(&session.call.services) {
        lock(&sessions.0).remove(&session.id);
    }
}

/// Ends all sessions of a user, as when the user signs out.
pub fn stop_sessions_of(services: &Services, user: UserId) -> Result<()> {
    lock(&sessions(services)?.0).retain(|_, session| {
        let keep = session.owner != user;
        if !keep {
            session.stop();
        }
        keep
    });
    Ok(())
}

/// Templates or consents of a school changed: before its next picture a running session loads again what it compares
/// with, and at once where no picture comes.
pub fn people_changed(services: &Services, school: SchoolId) {
    // Where there is no list of sessions, none runs.
    for session in running(services, |session| session.school == school).unwrap_or_default() {
        session.wanted.fetch_add(1, Ordering::SeqCst);
        tokio::spawn(async move {
            if let Err(error) = load_if_changed(&session).await {
                session.tell_problem(error);
            }
        });
    }
}
