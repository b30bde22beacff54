//! The kiosk that this computer is, written down in the data folder while it is on: a program that was killed, or a computer
//! that was switched off, comes up at the door again and not before the office's work. The file holds which sign-in opened
//! the kiosk and how, no token: what comes up can do nothing but the kiosk, until the password is typed.

use std::io;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::ids::UserSessionId;
use words::refusals;

use super::kiosk::{StartKiosk, kiosk_holds, open_again};
use crate::{Context, Error, ErrorCode, Result, Services, accounts};

/// In the data folder.
const FILE: &str = "kiosk.json";

/// A kiosk that is on.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Kept {
    /// The sign-in that opened it.
    pub signed_in: UserSessionId,
    /// The day without school for which it was opened on purpose.
    pub meant_on: Option<NaiveDate>,
    pub opened: StartKiosk,
}

/// Whether the kiosk of this data folder is on, running or not.
pub fn kiosk_is_kept(data: &Path) -> bool {
    data.join(FILE).is_file()
}

/// Writes it down, for the owner of the data folder only: the camera's address may hold a password.
pub(super) fn write(services: &Services, kept: &Kept) -> Result<()> {
    let file = services.folders.data.join(FILE);
    files::write_whole(&file, &serde_json::to_vec(kept)?).map_err(|error| {
        Error::new(ErrorCode::FileSystem, refusals::attendance::kiosk_not_kept(error.to_string()))
            .help(refusals::attendance::make_room_for_kiosk())
    })
}

/// The kiosk of this sign-in is over: nothing comes up at the door any more.
pub(super) fn forget(services: &Services, signed_in: UserSessionId) {
    let file = services.folders.data.join(FILE);
    if read(&file).is_ok_and(|kept| kept.is_some_and(|kept| kept.signed_in == signed_in)) {
        remove(&file);
    }
}

fn remove(file: &Path) {
    if let Err(error) = std::fs::remove_file(file)
        && error.kind() != io::ErrorKind::NotFound
    {
        tracing::error!(%error, "the kiosk is still written down");
    }
}

/// None where no kiosk is on.
fn read(file: &Path) -> io::Result<Option<Kept>> {
    match std::fs::read(file) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Opens the kiosk again that was on when the program ended; the sign-in under which it runs, none where none was on or
/// whoever opened it may not any more.
///
/// # Errors
/// What may pass: the database does not answer, the models cannot be loaded. The kiosk stays written down.
pub async fn reopen_kiosk(anonymous: &Context) -> Result<Option<UserSessionId>> {
    let file = anonymous.services.folders.data.join(FILE);
    let kept = match read(&file) {
        Ok(Some(kept)) => kept,
        Ok(None) => return Ok(None),
        Err(error) => {
            tracing::error!(%error, "the kiosk that was on cannot be read: sign in instead");
            remove(&file);
            return Ok(None);
        }
    };
    let signed_in = kept.signed_in;
    let opened = match accounts::at_session(anonymous, signed_in).await {
        Ok(context) => open_again(&context, kept).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok(()) => Ok(Some(signed_in)),
        Err(error) if is_over(error.code) => {
            tracing::warn!(code = ?error.code, "the kiosk that was on may not run any more");
            remove(&file);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether that will not pass: the sign-in or what it may do is gone.
fn is_over(code: ErrorCode) -> bool {
    use ErrorCode::{FacesOff, Forbidden, Invalid, NotFound, SessionExpired};
    [SessionExpired, Forbidden, NotFound, FacesOff, Invalid].contains(&code)
}

/// The context in which the window acts that came up at the door again: that of the kiosk's sign-in, as long as its kiosk
/// runs in this program and holds it.
///
/// # Errors
/// [`ErrorCode::SessionExpired`] once the kiosk was left or ended.
pub async fn resume_at_door(anonymous: &Context, signed_in: UserSessionId) -> Result<Context> {
    if !kiosk_holds(&anonymous.services, signed_in) {
        return Err(Error::new(ErrorCode::SessionExpired, refusals::attendance::kiosk_ended())
            .help(refusals::attendance::sign_in_to_go_on()));
    }
    accounts::at_session(anonymous, signed_in).await
}
