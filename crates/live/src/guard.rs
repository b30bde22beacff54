//! A session runs only while whoever started it is signed in and may run it, and while a desk asks for it: what ends that,
//! here or on another computer, ends the session too.

use std::sync::{Arc, Weak};
use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::MissedTickBehavior;
use words::refusals;

use super::registry::forget;
use super::session::{LiveSession, Purpose};
use super::state::CameraStatus;
use crate::{Access, Announcement, Error, ErrorCode, Result, accounts};

/// It is asked so often at least, since nobody tells what was changed on another computer.
const EVERY: Duration = Duration::from_secs(10);
/// The tables that say who is signed in and may do what: users, the people whom they are, and what they teach.
const SUBJECTS: [&str; 9] =
    ["user_sessions", "users", "grants", "schools", "staff", "students", "classes", "courses", "teachings"];

/// Looks after a session from now on. Called once.
pub(super) fn look_after(session: &Arc<LiveSession>) {
    let news = session.call.services.announcer.listen();
    let task = tokio::spawn(follow(Arc::downgrade(session), news));
    session.keep_task(task.abort_handle());
}

async fn follow(session: Weak<LiveSession>, mut news: Receiver<Announcement>) {
    let mut ticks = tokio::time::interval(EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            told = news.recv() => match told {
                Ok(news) if SUBJECTS.iter().any(|of| news.subjects.contains(*of)) => {}
                Ok(_) => continue,
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            },
        }
        let Some(session) = session.upgrade() else { return };
        if session.is_abandoned() {
            tracing::info!("a live session ended: nobody asked for it any more");
            forget(&session);
            return end(&session, &Error::not_found(refusals::gone::camera_session()));
        }
        if let Err(error) = still_allowed(&session).await {
            session.tell_problem(error);
        }
    }
}

/// The same, where it was not asked a moment ago.
pub(super) async fn allowed_lately(session: &LiveSession) -> Result<()> {
    let now = session.call.now();
    let lately = |asked: &DateTime<Utc>| (now - *asked).to_std().unwrap_or_default() < EVERY;
    let asked = session.allowed_at.lock().await.as_ref().is_some_and(lately);
    if asked && !session.is_over() { Ok(()) } else { still_allowed(session).await }
}

/// Asks whether the session may go on, and ends it where not. The sign-in of a kiosk is kept from ending by idleness; where
/// only the permission is gone it is ended, since whoever stands at the door could go on with it.
///
/// # Errors
/// Why it may not, or that it could not be found out: then nothing may be written, and it goes on when it can.
pub(super) async fn still_allowed(session: &LiveSession) -> Result<()> {
    // One asks at a time, so that the first reason is the one that is told.
    let mut allowed_at = session.allowed_at.lock().await;
    if session.is_over() {
        return Err(Error::not_found(refusals::gone::camera_session()));
    }
    let context = &session.call;
    let Err(error) = may_run(session).await else {
        *allowed_at = Some(context.now());
        return Ok(());
    };
    let signed_in = match error.code {
        ErrorCode::SessionExpired => false,
        ErrorCode::Forbidden | ErrorCode::NotFound => true,
        _ => return Err(error),
    };
    if signed_in && session.kiosk().is_some() {
        accounts::end_own_session(context).await?;
    }
    end(session, &error);
    Err(error)
}

/// Ends a session and says why.
fn end(session: &LiveSession, why: &Error) {
    // What is told is true by then. A task that is stopped by this runs on to its next pause.
    session.stop();
    session.tell(|state| {
        state.problem = Some(why.clone());
        for camera in &mut state.cameras {
            camera.status = CameraStatus::Ended;
            camera.faces.clear();
        }
        if let Some(kiosk) = &mut state.kiosk {
            kiosk.greeting = None;
        }
    });
}

async fn may_run(session: &LiveSession) -> Result<()> {
    let db = session.call.store().reader();
    let actor = accounts::still_signed_in(&session.call, session.kiosk().is_some()).await?;
    let now = session.call.now();
    match &session.purpose {
        Purpose::Register { place, .. } => {
            Access::of(&actor, &crate::operations::open_register, now)?.class(db, place.class.id).await.map(|_| ())
        }
        Purpose::Enrolment => {
            Access::of(&actor, &crate::operations::open_enrolment, now)?.at(session.school).map(|_| ())
        }
        Purpose::Kiosk(_) => Access::of(&actor, &crate::operations::open_door, now)?.whole_school(session.school),
    }
}
