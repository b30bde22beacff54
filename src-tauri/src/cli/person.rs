//! Signing in for one command, as the window does: the same check, a session of its own, ended at the end.

use std::io::{self, BufRead, IsTerminal, Read};
use std::ops::AsyncFnOnce;
use std::sync::Arc;

use kernel::{Calls, Error, ErrorCode, Services};
use operations::Here;
use school::accounts::operations::{sign_in, sign_out};
use school::accounts::{Nothing, SignIn};
use store::{Place, ServerPassword};

use super::Common;
use super::output::Failure;
use crate::{passwords, start};

/// The longest password that is read, in bytes; far above what anybody types.
const LONGEST_PASSWORD: u64 = 8 << 10;

/// Who does it.
#[derive(clap::Args, Clone, Debug)]
pub struct Who {
    /// Signs in as this user; the password comes from HOMEROOM_PASSWORD, from standard input or from a prompt.
    #[arg(long, value_name = "NAME")]
    pub user: Option<String>,
}

/// Signs in on the database that is named, does the work and signs out again, whatever came of it.
pub async fn as_person<T>(
    common: &Common,
    who: &Who,
    work: impl AsyncFnOnce(&dyn Calls) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let services = open_existing(common).await?;
    let outcome = signed_in(&here(&services), who, work).await;
    close(services).await;
    outcome
}

/// The same on a database that is open already.
pub async fn signed_in<T>(
    calls: &dyn Calls,
    who: &Who,
    work: impl AsyncFnOnce(&dyn Calls) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let username = username(who)?;
    let password = password(&username)?;
    sign_in.on(calls, SignIn { username, password }).await?;
    let outcome = work(calls).await;
    // The work is done or refused by now; a session that could not be ended ends by itself.
    if let Err(error) = sign_out.on(calls, Nothing {}).await {
        tracing::warn!(code = ?error.code, "the session of a command was not ended");
    }
    outcome
}

/// The way to the operations on an open database, with nobody signed in.
pub fn here(services: &Arc<Services>) -> Here {
    Here::new(services.clone(), start::device(words::cli::shell::command_line()))
}

/// Opens a database that is there; a mistyped path makes no new one.
pub async fn open_existing(common: &Common) -> Result<Arc<Services>, Failure> {
    if let Place::File(file) = database_file(common)?
        && !file.exists()
    {
        let message = words::cli::person::no_database(file.display());
        let help = words::cli::person::name_database();
        return Err(Error::new(ErrorCode::NotSetUp, message).help(help).into());
    }
    open(common).await
}

/// Opens the database that is named. A server's password is asked for where nothing gives it and somebody can type it.
pub async fn open(common: &Common) -> Result<Arc<Services>, Failure> {
    let place = database_file(common)?;
    match start::open(&place, None).await {
        Err(error) if error.code == ErrorCode::DatabasePassword => match type_password(&place)? {
            Some(typed) => Ok(start::open(&place, Some(typed)).await?),
            None => Err(error.into()),
        },
        opened => Ok(opened?),
    }
}

/// The password of this server that the key store holds, else the one that somebody types.
pub async fn server_password(place: &Place) -> Result<Option<ServerPassword>, Error> {
    match passwords::kept(place).await {
        Some(kept) => Ok(Some(kept)),
        None => type_password(place),
    }
}

/// Typed unseen; none where nobody can type.
fn type_password(place: &Place) -> Result<Option<ServerPassword>, Error> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let typed = rpassword::prompt_password(words::cli::person::database_password(place.to_string()).to_string())
        .map_err(unreadable)?;
    Ok(Some(ServerPassword::new(typed)))
}

/// Where the database is, or would be.
pub fn database_file(common: &Common) -> Result<Place, Failure> {
    Ok(start::place(common.database.as_deref())?)
}

/// Closes the database, so that its log is written back into the file.
pub async fn close(services: Arc<Services>) {
    if let Err(error) = services.store.clone().close().await {
        tracing::warn!(code = error.code(), "the database was not closed in order");
    }
}

fn username(who: &Who) -> Result<String, Failure> {
    match who.user.as_deref().map(str::trim).filter(|name| !name.is_empty()) {
        Some(name) => Ok(name.to_owned()),
        None => Err(Failure::Usage(words::cli::person::say_who())),
    }
}

/// From the environment, else the first line of standard input, else typed unseen.
fn password(username: &str) -> Result<String, Failure> {
    if let Some(given) = std::env::var_os("HOMEROOM_PASSWORD") {
        return given.into_string().map_err(|_| Failure::Usage(words::cli::person::not_utf8("HOMEROOM_PASSWORD")));
    }
    if io::stdin().is_terminal() {
        return Ok(
            rpassword::prompt_password(words::cli::person::password_of(username).to_string()).map_err(unreadable)?
        );
    }
    let mut line = String::new();
    io::stdin().lock().take(LONGEST_PASSWORD).read_line(&mut line).map_err(unreadable)?;
    let line = line.strip_suffix('\n').unwrap_or(&line);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

fn unreadable(error: io::Error) -> Error {
    Error::new(ErrorCode::FileSystem, words::cli::person::password_unreadable(error.to_string()))
        .help(words::cli::person::set_password())
}
