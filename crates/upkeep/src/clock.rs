//! What is to be done about a clock that is not believed.

use crate::accounts::Nothing;
use crate::{Call, Result};

/// Says that the clock is right as it is now.
pub(super) async fn confirm_clock(call: &Call, _: Nothing) -> Result<()> {
    kernel::confirm_clock(&call.services).await
}
