//! The way to the operations in this program: it knows who is signed in, and gives nobody the token.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use kernel::{
    Announcement, AtDesk, Calls, Context, Device, Document, ErrorCode, Job, Result, Services, Upload, check_upload,
};
use live::LeaveKiosk;
use school::accounts;
use school::accounts::{Nothing, SignIn, SignedIn, Token};
use school::exchange::refuse_once_set_up;
use serde_json::Value;
use store::ids::UserSessionId;
use tokio::sync::{OnceCell, broadcast};
use uuid::Uuid;

use crate::{reopen_kiosk, resume_at_door};

/// Calls in the name of whoever acts in a context, with the roles of then.
pub struct Acting(pub Context);

#[async_trait]
impl Calls for Acting {
    async fn call(&self, operation: &str, input: Value, job: &Job) -> Result<Value> {
        super::call(&Context { job: job.clone(), ..self.0.clone() }, operation, input).await
    }

    async fn permitted(&self, operation: &str) -> Result<()> {
        super::permitted(&self.0, operation).map(|_| ())
    }

    async fn upload(&self, file_name: &str, bytes: Arc<Vec<u8>>) -> Result<Uuid> {
        check_upload(&bytes)?;
        let owner = self.0.actor.as_ref().map(|actor| actor.user);
        if owner.is_none() {
            // A set that makes the first school comes in before anybody can sign in, and nothing after that.
            refuse_once_set_up(self.0.store().reader()).await?;
        }
        Ok(self.0.services.keep_upload(Upload { file_name: file_name.to_owned(), bytes, owner }))
    }

    async fn artifact(&self, id: Uuid) -> Result<Document> {
        let artifact = jobs::artifact(&self.0, id).await?;
        let (file_name, media_type, bytes) = (artifact.file_name, artifact.media_type.to_owned(), artifact.bytes);
        Ok(Document { file_name, media_type, bytes })
    }

    fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.0.services.announcer.listen()
    }
}

/// The desk of this program for whoever acts in a context. What goes on there, as a camera does, goes on in the same name;
/// the live session at the data looks whether it still may.
pub fn at_desk(context: &Context) -> AtDesk {
    let (calls, desk) = (Arc::new(Acting(context.clone())), context.services.desk.clone());
    AtDesk { calls, desk, job: context.job.clone() }
}

/// Calls of the operations in this program, by one window or one command.
pub struct Here {
    services: Arc<Services>,
    device: Device,
    token: Mutex<Option<Token>>,
    /// Where the kiosk may have been on when the program ended: its sign-in, opened again at the first call.
    at_door: Option<OnceCell<Option<UserSessionId>>>,
}

impl Here {
    /// For a command, with nobody signed in.
    pub fn new(services: Arc<Services>, device: Device) -> Self {
        Self { services, device, token: Mutex::default(), at_door: None }
    }

    /// For the window: where the kiosk was on when the program ended, it is on again.
    pub fn at_window(services: Arc<Services>, device: Device) -> Self {
        Self { at_door: Some(OnceCell::new()), ..Self::new(services, device) }
    }

    /// What whoever opened the database keeps running beside the calls.
    pub fn services(&self) -> &Arc<Services> {
        &self.services
    }

    /// The context of whoever is signed in.
    ///
    /// # Errors
    /// Also while the screen is locked.
    pub async fn context(&self) -> Result<Context> {
        match self.token() {
            Some(token) => accounts::resume(&self.anonymous(), &token).await,
            None => self.context_at_door().await,
        }
    }

    /// The same where the screen may be locked: the context may unlock and sign out and nothing else.
    async fn context_even_locked(&self) -> Result<Context> {
        match self.token() {
            Some(token) => accounts::resume_even_locked(&self.anonymous(), &token).await,
            None => self.context_at_door().await,
        }
    }

    fn anonymous(&self) -> Context {
        Context::anonymous(self.services.clone(), self.device.clone())
    }

    /// The context of the kiosk that this window came up with, as long as it runs; else nobody is signed in.
    async fn context_at_door(&self) -> Result<Context> {
        let anonymous = self.anonymous();
        let Some(at_door) = &self.at_door else { return Ok(anonymous) };
        match at_door.get_or_try_init(|| reopen_kiosk(&anonymous)).await? {
            None => Ok(anonymous),
            Some(signed_in) => match resume_at_door(&anonymous, *signed_in).await {
                Err(error) if error.code == ErrorCode::SessionExpired => Ok(anonymous),
                resumed => resumed,
            },
        }
    }

    fn locked_token(&self) -> MutexGuard<'_, Option<Token>> {
        // A panic elsewhere leaves it whole.
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn token(&self) -> Option<Token> {
        self.locked_token().clone()
    }

    fn keep(&self, signed_in: SignedIn) -> Result<Value> {
        *self.locked_token() = signed_in.token.clone();
        Ok(serde_json::to_value(signed_in)?)
    }

    async fn sign_in(&self, input: Value) -> Result<Value> {
        let signed_in = accounts::sign_in(&self.anonymous(), serde_json::from_value(input)?).await?;
        // Who left this window locked is signed out by whoever signs in over it: cameras go, jobs come to their own end.
        if let Ok(former) = self.context_even_locked().await
            && former.actor.as_ref().is_some_and(|actor| actor.locked)
        {
            self.end(&former).await?;
        }
        self.keep(signed_in)
    }

    async fn set_up(&self, input: Value) -> Result<Value> {
        self.keep(accounts::set_up(&self.anonymous(), serde_json::from_value(input)?).await?)
    }

    async fn unlock(&self, input: Value) -> Result<Value> {
        accounts::unlock(&self.context_even_locked().await?, serde_json::from_value(input)?).await?;
        Ok(Value::Null)
    }

    async fn sign_out(&self) -> Result<Value> {
        // A session that has ended already is signed out all the same.
        let outcome = match self.context_even_locked().await {
            Ok(context) if context.actor.is_some() => match self.end(&context).await {
                // A kiosk is left with a password only.
                Err(error) if error.code == ErrorCode::Forbidden => return Err(error),
                outcome => outcome,
            },
            _ => Ok(()),
        };
        *self.locked_token() = None;
        outcome?;
        Ok(Value::Null)
    }

    /// Ends a sign-in, and what runs for it.
    async fn end(&self, context: &Context) -> Result<()> {
        let outcome = accounts::sign_out(context, Nothing {}).await;
        // What a permission refuses goes on.
        if !outcome.as_ref().is_err_and(|error| error.code == ErrorCode::Forbidden) {
            (self.services.house.stop_for)(&self.services, context.actor()?.user)?;
        }
        outcome
    }

    /// A window that came up at the door again knows no token: whoever leaves the kiosk with the password is signed in by it.
    async fn leave_kiosk(&self, input: Value) -> Result<Value> {
        let context = self.context().await?;
        let left = super::call(&context, "desk.leave_kiosk", input.clone()).await?;
        if self.token().is_none() {
            let LeaveKiosk { password, .. } = serde_json::from_value(input)?;
            let username = context.actor()?.username.clone();
            let signed_in = accounts::sign_in(&self.anonymous(), SignIn { username, password }).await?;
            self.keep(signed_in)?;
            accounts::sign_out(&context, Nothing {}).await?;
        }
        Ok(left)
    }

    async fn status(&self) -> Result<Value> {
        let context = match self.context().await {
            Ok(context) => context,
            Err(_) if self.token().is_some() => self.anonymous(),
            Err(error) => return Err(error),
        };
        Ok(serde_json::to_value(accounts::status(&context, Nothing {}).await?)?)
    }
}

#[async_trait]
impl Calls for Here {
    async fn call(&self, operation: &str, input: Value, job: &Job) -> Result<Value> {
        // By whichever of its names.
        let operation = super::parse(operation).map_or(operation, |known| known.name());
        match operation {
            // Those that change who is signed in.
            "accounts.sign_in" => self.sign_in(input).await,
            "accounts.set_up" => self.set_up(input).await,
            "accounts.sign_out" => self.sign_out().await,
            "desk.leave_kiosk" => self.leave_kiosk(input).await,
            "accounts.unlock" => self.unlock(input).await,
            "accounts.status" => self.status().await,
            // What may be done behind a locked screen, the operation's line says.
            _ => Acting(self.context_even_locked().await?).call(operation, input, job).await,
        }
    }

    async fn permitted(&self, operation: &str) -> Result<()> {
        Acting(self.context_even_locked().await?).permitted(operation).await
    }

    async fn upload(&self, file_name: &str, bytes: Arc<Vec<u8>>) -> Result<Uuid> {
        Acting(self.context_even_locked().await?).upload(file_name, bytes).await
    }

    async fn artifact(&self, id: Uuid) -> Result<Document> {
        Acting(self.context().await?).artifact(id).await
    }

    fn announcements(&self) -> broadcast::Receiver<Announcement> {
        self.services.announcer.listen()
    }
}
