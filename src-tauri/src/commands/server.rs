//! The password of the database's server, typed at the window.

use kernel::Error;
use store::ServerPassword;
use tauri::State;

use crate::passwords;
use crate::window::Shell;

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
