//! The call: what an operation receives, and the only way to change anything.

use std::ops::{AsyncFnOnce, Deref};

use store::Transaction;
use store::ids::AuditEntryId;
use words::refusals;

use crate::operation::Also;
use crate::{Access, Context, Error, ErrorCode, Operation, Result, transact};

/// An operation on its way: who does it, from where, with what, and what they may reach in it. There is none without
/// permission, and nothing that is audited is written without one.
#[derive(Clone)]
pub struct Call {
    context: Context,
    operation: &'static Operation,
    access: Access,
}

impl Deref for Call {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

impl Call {
    /// Asks for permission. The dispatcher of the table does it for every operation before it reads the input.
    pub fn open(context: &Context, operation: &'static Operation) -> Result<Self> {
        let access =
            if operation.rule().is_empty() { Access::none(context.now()) } else { context.permit(operation)? };
        Ok(Self { context: context.clone(), operation, access })
    }

    /// For what the house does without anybody who asks (what is due goes by itself), or what an act of somebody else
    /// brings with it. It reaches nothing by itself: the caller says what is to be done.
    pub fn by_itself(context: &Context, operation: &'static Operation) -> Result<Self> {
        if !operation.is(Also::by_itself) {
            return Err(Error::forbidden());
        }
        Ok(Self { context: context.clone(), operation, access: Access::none(context.now()) })
    }

    /// What whoever calls may reach in this operation.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// The operation that is done.
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Who acts, for what goes on after the call.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Runs `work` in one transaction that carries the operation's name. Nothing is kept when it fails. What it changed is
    /// audited in the same transaction and announced after the commit. Returns what the work returns and the audit entry,
    /// by which it can be undone.
    pub async fn transact<T>(
        &self,
        work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<(T, Option<AuditEntryId>)> {
        transact::transact(self, None, work).await
    }

    /// The same for what takes another entry back.
    pub async fn transact_undoing<T>(
        &self,
        undoes: AuditEntryId,
        work: impl AsyncFnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<(T, Option<AuditEntryId>)> {
        transact::transact(self, Some(undoes), work).await
    }
}

impl Context {
    /// Asks whether whoever is signed in may do this, and returns how far.
    pub fn permit(&self, operation: &Operation) -> Result<Access> {
        let actor = self.actor()?;
        if actor.locked && !operation.is(Also::while_locked) {
            return Err(crate::context::locked());
        }
        if actor.must_change_password && !operation.is(Also::before_password_change) {
            return Err(Error::new(ErrorCode::Forbidden, refusals::common::own_password_first()));
        }
        if !operation.is(Also::at_kiosk) && (self.services.house.holds)(&self.services, actor.session) {
            return Err(
                Error::new(ErrorCode::Forbidden, refusals::common::kiosk_runs()).help(refusals::common::leave_kiosk())
            );
        }
        let access = Access::of(actor, operation, self.now())?;
        if operation.is(Also::needs_password) {
            self.need_password()?;
        }
        Ok(access)
    }
}
