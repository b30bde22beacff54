//! The kinds of work that a runner knows.

use futures_util::future::BoxFuture;
use serde_json::Value as Json;
use store::Transaction;

use crate::{Context, Result};

/// How much of the computer a kind of work takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Load {
    /// Done beside others at once: deletions that are due, messages.
    Light,
    /// Two of these at a time, so that a thousand report cards do not hold up the rest: documents, imports, faces.
    Heavy,
}

/// What is done: with the context of whoever asked (nobody's for the system's own work) and the job's input. What it
/// returns is kept with the job.
pub type Work = fn(Context, Json) -> BoxFuture<'static, Result<Option<Json>>>;

/// A kind of work.
#[derive(Clone)]
pub struct Kind {
    /// As the row names it. Programs of other versions read it too, so it is never used for another kind of work.
    pub name: &'static str,
    pub load: Load,
    /// Whether its one transaction also ends it: then what it wrote is written once, however the program ends. Work that
    /// may be done again without harm ends after it.
    pub ends_with_its_write: bool,
    /// How often it is tried before it counts as failed.
    pub attempts: i32,
    pub work: Work,
}

/// Puts in what is due on the day of the context, each with a key that holds the day; whether anything was. At the start of
/// a program also again what was done today: the database may be an older copy that was put back.
pub type Daily = for<'c> fn(&'c Context, &'c Transaction<'c>, bool) -> BoxFuture<'c, Result<bool>>;

/// All kinds that a runner knows, and what is due daily; other kinds it leaves alone.
#[derive(Clone, Default)]
pub struct Kinds {
    kinds: Vec<Kind>,
    pub(crate) daily: Vec<Daily>,
}

impl Kinds {
    /// These kinds and no others, of which nothing is due by itself.
    pub fn new(kinds: impl IntoIterator<Item = Kind>) -> Self {
        Self { kinds: kinds.into_iter().collect(), daily: Vec::new() }
    }

    /// The same with what is due daily.
    #[must_use]
    pub fn with_daily(self, daily: impl IntoIterator<Item = Daily>) -> Self {
        Self { daily: daily.into_iter().collect(), ..self }
    }

    pub(crate) fn find(&self, name: &str) -> Option<&Kind> {
        self.kinds.iter().find(|kind| kind.name == name)
    }

    pub(crate) fn names(&self, load: Load) -> Vec<&'static str> {
        self.kinds.iter().filter(|kind| kind.load == load).map(|kind| kind.name).collect()
    }
}
