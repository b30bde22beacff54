//! The kiosk that this computer is, written down in the data folder while it is on: a program that was killed, or a computer
//! that was switched off, comes up at the door again and not before the office's work. The file holds which sign-in opened
//! the kiosk and how, no token: what comes up can do nothing but the kiosk, until the password is typed.

use std::io;
use std::path::Path;
use words::refusals;

use chrono::NaiveDate;
use kernel::ids::UserSessionId;
use kernel::{Error, ErrorCode, Result};
use serde::{Deserialize, Serialize};

use super::kiosk::StartKiosk;

/// In the data folder.
const FILE: &str = "kiosk.json";

/// A kiosk that is on.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct KeptKiosk {
    /// The sign-in that opened it; none while it is being opened.
    pub signed_in: Option<UserSessionId>,
    /// The day without school for which it was opened on purpose.
    pub meant_on: Option<NaiveDate>,
    pub opened: StartKiosk,
}

/// Whether the kiosk of this data folder is on, running or not.
pub fn kiosk_is_kept(data: &Path) -> bool {
    data.join(FILE).is_file()
}

/// Writes it down, for the owner of the data folder only: the camera's address may hold a password.
pub(super) fn write(data: &Path, kept: &KeptKiosk) -> Result<()> {
    let file = data.join(FILE);
    files::write_whole(&file, &serde_json::to_vec(kept)?).map_err(|error| {
        Error::new(ErrorCode::FileSystem, refusals::attendance::kiosk_not_kept(error.to_string()))
            .help(refusals::attendance::make_room_for_kiosk())
    })
}

/// The kiosk of this sign-in is over: nothing comes up at the door any more.
pub(crate) fn forget(data: &Path, signed_in: Option<UserSessionId>) {
    let file = data.join(FILE);
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
fn read(file: &Path) -> io::Result<Option<KeptKiosk>> {
    match std::fs::read(file) {
        Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The kiosk that was on when the program ended; none where none was. What cannot be read is removed: somebody signs in
/// instead.
pub fn kept_kiosk(data: &Path) -> Option<KeptKiosk> {
    let file = data.join(FILE);
    match read(&file) {
        Ok(kept) => kept,
        Err(error) => {
            tracing::error!(%error, "the kiosk that was on cannot be read: sign in instead");
            remove(&file);
            None
        }
    }
}
