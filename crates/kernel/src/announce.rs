//! What changed, told to every window after the commit, so that the screens that show it fetch again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use store::ids::SchoolId;
use tokio::sync::broadcast;

/// The subjects of one committed operation: table names, and `table:id` for rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    pub subjects: BTreeSet<String>,
    /// The schools that it is about; none where it may be about any.
    pub schools: Option<BTreeSet<SchoolId>>,
    /// Whether another program said it, which has told the others.
    #[serde(skip)]
    #[ts(skip)]
    pub(crate) elsewhere: bool,
}

impl Announcement {
    /// What this program did, about these schools; none where it may be about any.
    pub fn new(subjects: BTreeSet<String>, schools: Option<BTreeSet<SchoolId>>) -> Self {
        Self { subjects, schools, elsewhere: false }
    }
}

/// Sends announcements to whoever listens.
#[derive(Clone)]
pub struct Announcer(broadcast::Sender<Announcement>);

impl Default for Announcer {
    fn default() -> Self {
        Self(broadcast::channel(256).0)
    }
}

impl Announcer {
    /// Tells everybody; nobody listening is no error.
    pub fn announce(&self, announcement: Announcement) {
        let _nobody_listens = self.0.send(announcement);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Announcement> {
        self.0.subscribe()
    }
}
