//! Work that takes the processor, the disk or the key store for a while.

use crate::{Error, Result};

/// Runs such work off the threads on which everything else waits for its turn.
///
/// # Errors
/// As the work, and where it stopped before its end.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    #[allow(clippy::disallowed_methods)] // the one place
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|_| Error::internal("the work stopped before its end"))?
}
