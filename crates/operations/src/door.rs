//! Coming up at the door again, in the name of the sign-in that opened the kiosk: it knows no token.

use desk::{forget_kiosk, kept_kiosk, open_again};
use kernel::{Context, Error, ErrorCode, Result};
use live::kiosk_holds;
use school::accounts;
use store::ids::UserSessionId;
use words::refusals;

use crate::at_desk;

/// Opens the kiosk again that was on when the program ended; the sign-in under which it runs, none where none was on or
/// whoever opened it may not any more.
///
/// # Errors
/// What may pass: the database does not answer, the models cannot be loaded. The kiosk stays written down.
pub async fn reopen_kiosk(anonymous: &Context) -> Result<Option<UserSessionId>> {
    let data = &anonymous.services.folders.data;
    let Some(kept) = kept_kiosk(data) else { return Ok(None) };
    let Some(signed_in) = kept.signed_in else {
        forget_kiosk(data, None);
        return Ok(None);
    };
    let opened = match accounts::at_session(anonymous, signed_in).await {
        Ok(context) => open_again(&at_desk(&context), kept).await,
        Err(error) => Err(error),
    };
    match opened {
        Ok(()) => Ok(Some(signed_in)),
        Err(error) if is_over(error.code) => {
            tracing::warn!(code = ?error.code, "the kiosk that was on may not run any more");
            forget_kiosk(data, Some(signed_in));
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
