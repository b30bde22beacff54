//! What changed, told to every window after the commit, so that the screens that show it fetch again.

use std::collections::BTreeSet;

use serde::Serialize;
use tokio::sync::broadcast;

/// The subjects of one committed operation: table names, and `table:id` for rows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ts_rs::TS)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    pub subjects: BTreeSet<String>,
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
