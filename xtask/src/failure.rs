//! The one error of these tasks: what failed, why, and what a person can do about it.

use std::fmt;

pub type Result<T> = std::result::Result<T, Failure>;

/// An error that is shown to a person and ends the task with exit code 1.
#[derive(Debug)]
pub struct Failure {
    what: String,
    why: String,
    todo: Option<String>,
}

impl Failure {
    /// `what` was to be done and failed, `why` is the cause.
    pub fn new(what: impl Into<String>, why: impl fmt::Display) -> Self {
        Failure { what: what.into(), why: why.to_string(), todo: None }
    }

    /// Adds what to do about it.
    pub fn todo(mut self, todo: impl Into<String>) -> Self {
        self.todo = Some(todo.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}\n  why: {}", self.what, self.why)?;
        if let Some(todo) = &self.todo {
            write!(f, "\n  what to do: {todo}")?;
        }
        Ok(())
    }
}
