//! Signing in and out from the window: the token stays here and never reaches the screen.

use desk::LeaveKiosk;
use kernel::{Error, ErrorCode};
use school::accounts;
use school::accounts::{Nothing, SignIn, SignedIn};
use serde_json::Value;
use store::ServerPassword;
use tauri::State;

use crate::window::Shell;
use crate::{passwords, start};

/// Does the operations that change who is signed in; none for all others.
pub async fn session_operation(shell: &Shell, operation: &str, input: &Value) -> Option<Result<Value, Error>> {
    match operation {
        "sign_in" => Some(sign_in(shell, input).await),
        "set_up" => Some(set_up(shell, input).await),
        "sign_out" => Some(sign_out(shell).await),
        "leave_kiosk" => Some(leave_kiosk(shell, input).await),
        "unlock" => Some(unlock(shell, input).await),
        "status" => Some(status(shell).await),
        _ => None,
    }
}

async fn anonymous(shell: &Shell) -> Result<kernel::Context, Error> {
    Ok(kernel::Context::anonymous(shell.services().await?, start::device("window")))
}

async fn sign_in(shell: &Shell, input: &Value) -> Result<Value, Error> {
    let context = anonymous(shell).await?;
    let signed_in = accounts::sign_in(&context, serde_json::from_value(input.clone())?).await?;
    // Who left this window locked is signed out by whoever signs in over it.
    if let Ok(former) = shell.context_even_locked().await
        && former.actor.is_some()
    {
        accounts::give_way(&former).await?;
    }
    keep(shell, signed_in)
}

async fn unlock(shell: &Shell, input: &Value) -> Result<Value, Error> {
    let context = shell.context_even_locked().await?;
    accounts::unlock(&context, serde_json::from_value(input.clone())?).await?;
    Ok(Value::Null)
}

async fn set_up(shell: &Shell, input: &Value) -> Result<Value, Error> {
    let context = anonymous(shell).await?;
    keep(shell, accounts::set_up(&context, serde_json::from_value(input.clone())?).await?)
}

fn keep(shell: &Shell, signed_in: SignedIn) -> Result<Value, Error> {
    shell.remember(signed_in.token.clone());
    Ok(serde_json::to_value(signed_in)?)
}

async fn sign_out(shell: &Shell) -> Result<Value, Error> {
    // A session that has ended already is signed out all the same.
    let outcome = match shell.context_even_locked().await {
        Ok(context) if context.actor.is_some() => match accounts::sign_out(&context, Nothing {}).await {
            // A kiosk is left with a password only.
            Err(error) if error.code == ErrorCode::Forbidden => return Err(error),
            outcome => {
                super::camera::stop_all(&context)?;
                outcome
            }
        },
        _ => Ok(()),
    };
    shell.remember(None);
    outcome?;
    Ok(Value::Null)
}

/// A window that came up at the door again knows no token: whoever leaves the kiosk with the password is signed in by it.
async fn leave_kiosk(shell: &Shell, input: &Value) -> Result<Value, Error> {
    let context = shell.context().await?;
    let left = operations::call(&context, "leave_kiosk", input.clone()).await?;
    if !shell.has_token() {
        let LeaveKiosk { password, .. } = serde_json::from_value(input.clone())?;
        let username = context.actor()?.username.clone();
        let signed_in = accounts::sign_in(&anonymous(shell).await?, SignIn { username, password }).await?;
        shell.remember(signed_in.token);
        accounts::sign_out(&context, Nothing {}).await?;
    }
    Ok(left)
}

async fn status(shell: &Shell) -> Result<Value, Error> {
    let context = match shell.context().await {
        Ok(context) => context,
        Err(_) if shell.has_token() => anonymous(shell).await?,
        Err(error) => return Err(error),
    };
    Ok(serde_json::to_value(accounts::status(&context, Nothing {}).await?)?)
}

/// Opens the database with its server's password, and keeps that in the system's key store where it is wanted. False
/// where it could not be kept.
#[tauri::command]
pub async fn database_password(shell: State<'_, Shell>, password: String, keep: bool) -> Result<bool, Error> {
    let password = ServerPassword::new(password);
    shell.open_with(password.clone()).await?;
    if !keep {
        return Ok(true);
    }
    Ok(passwords::keep(&shell.place()?, &password).await)
}
