//! How a window, a command line or a desk has operations done: by name and JSON, wherever the data is.

use std::sync::Arc;

use async_trait::async_trait;
use serde_json::Value;
use tokio::sync::broadcast;
use uuid::Uuid;
use words::refusals;

use crate::{Announcement, Error, ErrorCode, Job, Result};

/// The largest file that may be handed over, in bytes.
pub const LARGEST_UPLOAD: usize = 256 << 20;

/// A way to the operations, for one person at a time: it remembers who signed in by it (`sign_in`, `set_up`) until they sign
/// out, and all that is asked by it is asked in their name. The one of this program stands beside the table of operations;
/// one over a network needs nothing that is not here.
///
/// An operation with its types is called by its line of the table: `operations::whoami.on(calls, Nothing {})`.
#[async_trait]
pub trait Calls: Send + Sync {
    /// Does an operation. Its progress is told to the job, which also stops it.
    async fn call(&self, operation: &str, input: Value, job: &Job) -> Result<Value>;

    /// Refuses where whoever is signed in may not do this operation at all; nothing is done.
    async fn permitted(&self, operation: &str) -> Result<()>;

    /// Hands a file over; the identifier by which an operation takes it.
    async fn upload(&self, file_name: &str, bytes: Arc<Vec<u8>>) -> Result<Uuid>;

    /// What an operation made, by the identifier that it answered.
    async fn artifact(&self, id: Uuid) -> Result<Document>;

    /// What changes, from now on.
    fn announcements(&self) -> broadcast::Receiver<Announcement>;
}

/// What an operation made for a person to look at or keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub file_name: String,
    pub media_type: String,
    pub bytes: Arc<Vec<u8>>,
}

/// Refuses a file that is too large to be handed over.
pub fn check_upload(bytes: &[u8]) -> Result<()> {
    if bytes.len() > LARGEST_UPLOAD {
        return Err(Error::new(ErrorCode::BadFile, refusals::common::file_too_large(LARGEST_UPLOAD >> 20))
            .help(refusals::common::choose_smaller_file()));
    }
    Ok(())
}
