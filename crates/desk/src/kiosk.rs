//! The kiosk at the door: opened with a camera of this computer, written down while it is on, and opened again.

use std::path::Path;

use kernel::ids::{ClassId, SchoolId, UserSessionId};
use kernel::{AtDesk, Result};
use live::operations::{close_door, open_door};
use live::{Again, LeaveKiosk, LiveState, OpenDoor, OpenedDoor};
use serde::{Deserialize, Serialize};

use crate::kept::{self, KeptKiosk};
use crate::running;
use crate::sessions::open_first;
use crate::source::CameraSource;

/// Input of [`start_kiosk`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
#[ts(optional_fields = nullable)]
pub struct StartKiosk {
    pub school: SchoolId,
    /// Only the students of these classes; the whole school where left out.
    pub classes: Option<Vec<ClassId>>,
    pub source: CameraSource,
    /// Says that it is meant although there is no school today; without it it is refused. On every other day without school
    /// the kiosk marks nobody.
    pub even_if_no_school: Option<bool>,
}

/// Opens the kiosk at the door, for the day's registers of a school or of some of its classes. From now on this sign-in
/// can do nothing else until [`leave_kiosk`].
pub(crate) async fn start_kiosk(at: &AtDesk, input: StartKiosk) -> Result<LiveState> {
    input.source.check()?;
    open(at, input, None).await
}

/// Opens a kiosk again that was on when the program ended, by the permissions of now.
///
/// # Errors
/// Also where whoever opened it may not any more.
pub async fn open_again(at: &AtDesk, kept: KeptKiosk) -> Result<()> {
    kept.opened.source.check()?;
    let again = Again { meant_on: kept.meant_on };
    open(at, kept.opened, Some(again)).await.map(drop)
}

async fn open(at: &AtDesk, input: StartKiosk, again: Option<Again>) -> Result<LiveState> {
    let StartKiosk { school, classes, source, even_if_no_school } = input.clone();
    let door = OpenDoor { school, classes, camera: source.kind(), even_if_no_school, again };
    let data = &at.desk.data;
    if again.is_none() {
        // Once the door is open, the sign-in is held: whether it can be written down must be known before.
        kept::write(data, &KeptKiosk { signed_in: None, meant_on: None, opened: input.clone() })?;
    }
    let OpenedDoor { state, signed_in, meant_on } = match open_door.on(&*at.calls, door).await {
        Ok(opened) => opened,
        Err(error) => {
            kept::forget(data, None);
            return Err(error);
        }
    };
    kept::write(data, &KeptKiosk { signed_in: Some(signed_in), meant_on, opened: input })?;
    running::begin(at, &state, Some(signed_in)).await?;
    open_first(at, &state, source)?;
    Ok(state)
}

/// Ends the kiosk. Wrong passwords are slowed down like those of a sign-in.
pub(crate) async fn leave_kiosk(at: &AtDesk, input: LeaveKiosk) -> Result<()> {
    let session = input.session;
    close_door.on(&*at.calls, input).await?;
    running::end(&at.desk, session);
    Ok(())
}

/// The kiosk of this sign-in comes up no more.
pub fn forget_kiosk(data: &Path, signed_in: Option<UserSessionId>) {
    kept::forget(data, signed_in);
}
