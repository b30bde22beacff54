//! What is handed in: all operations, and what a feature wants done in another's transaction or because of another's act.

use futures_util::future::BoxFuture;
use store::ids::{SchoolId, UserId, UserSessionId};
use store::{Change, Transaction};

use crate::{Context, Merging, Operation, Result, Services};

/// Work in the transaction of whichever operation, before its audit.
pub type InTransaction = for<'c> fn(&'c Context, &'c Transaction<'c>) -> BoxFuture<'c, Result<()>>;
/// Work after the commit of whichever operation; what fails there is told and no more.
pub type AfterCommit = for<'c> fn(&'c Context, &'c Operation, &'c [Change]) -> BoxFuture<'c, ()>;

/// How the features are put together.
pub struct House {
    /// All operations.
    pub operations: fn() -> &'static [&'static Operation],
    /// Names that operations had, and what they are called now. The history keeps an entry under the name of its day.
    pub former_names: &'static [(&'static str, &'static str)],
    pub in_transaction: &'static [InTransaction],
    pub after_commit: &'static [AfterCommit],
    /// What features say before two records of one student become one.
    pub merging: &'static [Merging],
    /// The context of this user, with the roles of now, as of the session in which work was asked for.
    pub acting: for<'c> fn(&'c Context, UserId, UserSessionId) -> BoxFuture<'c, Result<Context>>,
    /// Whether this sign-in is held by something that runs in its name where anybody may touch the screen.
    pub holds: fn(&Services, UserSessionId) -> bool,
    /// Whatever runs at this desk in a user's name ends.
    pub stop_for: fn(&Services, UserId) -> Result<()>,
    /// Whose faces are known in a school is another: whatever compares with them forgets and asks again.
    pub faces_changed: fn(&Services, SchoolId),
    /// A school keeps something no longer, or for a shorter time.
    pub keeps_less: for<'c> fn(&'c Context, SchoolId) -> BoxFuture<'c, Result<()>>,
}

impl House {
    /// Finds an operation by its name, or by one that it had.
    pub fn operation(&self, name: &str) -> Option<&'static Operation> {
        let name = self.name_now(name);
        (self.operations)().iter().copied().find(|operation| operation.name() == name)
    }

    /// What the operation of this name is called now; the name itself where nothing else is known.
    pub fn name_now<'n>(&self, name: &'n str) -> &'n str {
        self.former_names.iter().find(|(former, _)| *former == name).map_or(name, |(_, now)| now)
    }

    /// All names under which the history knows an operation.
    pub fn names_ever<'n>(&self, name: &'n str) -> Vec<&'n str> {
        let former = self.former_names.iter().filter(|(_, now)| *now == name).map(|(former, _)| *former);
        std::iter::once(name).chain(former).collect()
    }
}
