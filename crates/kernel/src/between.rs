//! Announcements between the programs at one PostgreSQL server: what one changes, the windows of the others show. Nothing
//! personal goes over: names of tables and identifiers of rows and schools.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use store::ids::SchoolId;
use store::{LONGEST_WORD, Listening};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::JoinHandle;
use uuid::Uuid;

use crate::{Announcement, Announcer, Result, Services};

/// What is announced within this time goes over in one word.
const GATHERED: Duration = Duration::from_millis(50);
/// A server that is not there is tried again this often.
const TRIED_AGAIN: Duration = Duration::from_secs(1);
/// What the windows understand as everything.
const EVERYTHING: &str = "*";

/// What goes over.
#[derive(Serialize, Deserialize)]
struct Word {
    /// Which program says it: it does not hear itself.
    from: Uuid,
    subjects: BTreeSet<String>,
    #[serde(default)]
    schools: Option<BTreeSet<SchoolId>>,
}

impl Word {
    /// Everything, where it would be too long.
    fn text(&self) -> serde_json::Result<String> {
        let text = serde_json::to_string(self)?;
        if text.len() <= LONGEST_WORD {
            return Ok(text);
        }
        serde_json::to_string(&Self { from: self.from, subjects: [EVERYTHING.to_owned()].into(), schools: None })
    }
}

/// Passes announcements on and takes them in, as long as it is held.
pub struct Between(Vec<JoinHandle<()>>);

impl Drop for Between {
    fn drop(&mut self) {
        self.0.iter().for_each(JoinHandle::abort);
    }
}

/// Begins to exchange announcements with the other programs at the database's server; none where it is a file, which one
/// program holds.
///
/// # Errors
/// When the server cannot be reached now.
pub async fn exchange_announcements(services: &Arc<Services>) -> Result<Option<Between>> {
    let Some(listening) = services.store.listen().await? else { return Ok(None) };
    let own = Uuid::now_v7();
    let heard = tokio::spawn(take_in(services.clone(), own, listening));
    let said = tokio::spawn(pass_on(services.clone(), own, services.announcer.clone()));
    Ok(Some(Between(vec![heard, said])))
}

async fn take_in(services: Arc<Services>, own: Uuid, mut listening: Listening) {
    loop {
        match listening.hear().await {
            Ok(word) => match serde_json::from_str::<Word>(&word) {
                Ok(word) if word.from == own => {}
                Ok(Word { subjects, schools, .. }) => {
                    services.announcer.announce(Announcement { subjects, schools, elsewhere: true });
                }
                // Of a newer program, perhaps.
                Err(_) => services.announcer.announce(everything()),
            },
            Err(error) => {
                tracing::warn!(code = error.code(), "what other programs announce is not heard; trying again");
                listening = again(&services).await;
                // Whatever was said in between is not known.
                services.announcer.announce(everything());
            }
        }
    }
}

async fn again(services: &Services) -> Listening {
    loop {
        match services.store.listen().await {
            Ok(Some(listening)) => return listening,
            Ok(None) => std::future::pending().await,
            Err(_) => tokio::time::sleep(TRIED_AGAIN).await,
        }
    }
}

/// Gathers what is announced here and says it, after the commits that it is about.
async fn pass_on(services: Arc<Services>, own: Uuid, announcer: Announcer) {
    let mut announced = announcer.listen();
    loop {
        let mut word = Word { from: own, subjects: BTreeSet::new(), schools: Some(BTreeSet::new()) };
        if !add(&mut word, announced.recv().await) {
            return;
        }
        let end = tokio::time::Instant::now() + GATHERED;
        while let Ok(more) = tokio::time::timeout_at(end, announced.recv()).await {
            if !add(&mut word, more) {
                return;
            }
        }
        if word.subjects.is_empty() {
            continue;
        }
        let said = match word.text() {
            Ok(text) => services.store.say(&text).await.map_err(|error| error.code()),
            Err(_) => Err("json"),
        };
        if let Err(code) = said {
            tracing::warn!(code, "other programs do not hear what was changed");
        }
    }
}

/// False: there is nothing more to come.
fn add(word: &mut Word, announced: Result<Announcement, RecvError>) -> bool {
    match announced {
        Ok(announcement) if announcement.elsewhere => {}
        Ok(Announcement { subjects, schools, .. }) => {
            word.subjects.extend(subjects);
            word.schools = word.schools.take().zip(schools).map(|(mut all, more)| {
                all.extend(more);
                all
            });
        }
        Err(RecvError::Lagged(_)) => {
            word.subjects.insert(EVERYTHING.to_owned());
            word.schools = None;
        }
        Err(RecvError::Closed) => return false,
    }
    true
}

fn everything() -> Announcement {
    Announcement { subjects: [EVERYTHING.to_owned()].into(), schools: None, elsewhere: true }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_long_for_one_word_is_said_as_everything() {
        let word = |rows: usize| Word {
            from: Uuid::nil(),
            subjects: (0..rows).map(|row| format!("marks:{row}")).collect(),
            schools: None,
        };
        assert!(word(50).text().unwrap().contains("marks:49"));
        let long = word(2_000).text().unwrap();
        assert!(long.len() < LONGEST_WORD && long.contains("\"*\""), "{long}");
    }
}
