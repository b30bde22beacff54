//! A PostgreSQL server: reading its address, connecting to it, and saying why it refuses.

use std::str::FromStr;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgPoolOptions};
use sea_orm::sqlx::{ConnectOptions, Connection, Error};
use sea_orm::{DatabaseConnection, SqlxPostgresConnector};

use crate::place::AddressFault;
use crate::tls::{self, Protection, TlsFault};
use crate::{StoreError, StoreOptions};

/// Seconds that connecting may take before the server counts as silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// The parts of an address after its `?` that are read; any other would be dropped without a word.
const PARTS: [&str; 17] = [
    "application_name",
    "dbname",
    "host",
    "hostaddr",
    "options",
    "password",
    "port",
    "ssl-ca",
    "ssl-cert",
    "ssl-key",
    "ssl-mode",
    "ssl-root-cert",
    "sslcert",
    "sslkey",
    "sslmode",
    "sslrootcert",
    "user",
];

/// What an address says, with the password that `PGPASSWORD` or a password file adds where it holds none.
///
/// # Errors
/// When it cannot be read, or has a part that would not be.
pub(crate) fn options(address: &str) -> Result<PgConnectOptions, AddressFault> {
    // An unwritten sign of the password begins another part of the address; a server elsewhere would then be asked.
    if address.contains('#') || address.chars().any(char::is_whitespace) {
        return Err(AddressFault::Sign);
    }
    if let Some((_, parts)) = address.split_once('?') {
        for part in parts.split('&').filter(|part| !part.is_empty()) {
            let name = part.split_once('=').map_or(part, |(name, _)| name);
            if !PARTS.contains(&name) && !name.starts_with("options[") && !name.starts_with("options%5B") {
                return Err(AddressFault::Part(name.chars().take(40).collect()));
            }
        }
    }
    let options = PgConnectOptions::from_str(address).map_err(|_| AddressFault::Sign)?;
    Ok(tls::required(address, options).disable_statement_logging())
}

/// The value of the first of these parts that an address has, its signs read.
pub(crate) fn part(address: &str, names: &[&str]) -> Option<String> {
    let (_, parts) = address.split_once('?')?;
    let (_, value) = parts.split('&').filter_map(|part| part.split_once('=')).find(|(name, _)| names.contains(name))?;
    Some(percent_encoding::percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// What the connections are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    Work,
    /// The server refuses every statement that would change something.
    Look,
}

/// Connects, with the password of `store` instead of the address's where it has one.
///
/// # Errors
/// What the server refuses, each kind by its own code, so that whoever mends it knows where to look.
pub(crate) async fn connect(
    address: &str,
    store: &StoreOptions,
    purpose: Use,
) -> Result<(DatabaseConnection, Protection), StoreError> {
    let mut options = tls::rooted(address, options(address).map_err(StoreError::BadAddress)?);
    if let Some(password) = &store.password {
        options = options.password(password.reveal());
    }
    if purpose == Use::Look {
        options = options.options([("default_transaction_read_only", "on")]);
    }
    tls::files_are_there(address).map_err(StoreError::Encryption)?;
    if !tls::is_socket(&options) {
        // An address of version 6 stands in brackets, in which no certificate has it.
        let host = options.get_host().trim_start_matches('[').trim_end_matches(']').to_owned();
        options = options.host(&host);
        if tokio::net::lookup_host((host.as_str(), options.get_port())).await.is_err() {
            return Err(StoreError::UnknownServer(host));
        }
    }
    // The pool would try a server that is down again and again, and then know only that time was up.
    let first = tokio::time::timeout(PATIENCE, PgConnection::connect_with(&options)).await;
    let mut first = first.unwrap_or(Err(Error::PoolTimedOut)).map_err(refusal)?;
    let protection = tls::protection(&options, &mut first).await;
    // A connection that does not close in order is closed by the server.
    let _unheard = first.close().await;
    let pool = PgPoolOptions::new().max_connections(8).acquire_timeout(PATIENCE).connect_with(options).await;
    Ok((SqlxPostgresConnector::from_sqlx_postgres_pool(pool.map_err(refusal)?), protection))
}

/// The kind of a refusal by its SQLSTATE (PostgreSQL 15, appendix A).
fn refusal(error: Error) -> StoreError {
    let state = error.as_database_error().and_then(|error| error.code()).map(std::borrow::Cow::into_owned);
    let wrapped = |error| sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(std::sync::Arc::new(error)));
    match state.as_deref() {
        Some("28P01") => StoreError::Password,
        // No rule of the server lets this user in from here, with or without encryption.
        Some("28000") => StoreError::NotLetIn,
        Some("3D000") => StoreError::NoDatabase,
        Some("42501") => StoreError::NoRights,
        Some("53300") => StoreError::ServerFull,
        _ => match TlsFault::of(&error) {
            Some(fault) => StoreError::Encryption(fault),
            None => StoreError::Unreachable(wrapped(error)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_was_not_written_as_a_number_is_named_before_any_server_is_asked() {
        for address in [
            "postgres://me:pa#ss@127.0.0.1/school",
            // Read as it stands, this is a server "me" at port 12.
            "postgres://me:12#ss@127.0.0.1/school",
            "postgres://me:pa/ss@127.0.0.1/school",
            "postgres://me@ho st/db",
        ] {
            assert_eq!(options(address).unwrap_err(), AddressFault::Sign, "{address}");
        }
        assert!(options("postgres://me:pa%23ss@127.0.0.1/school").is_ok());
    }

    #[test]
    fn a_part_that_would_not_be_read_is_refused() {
        let fault = options("postgres://me@127.0.0.1/school?sslmod=require").unwrap_err();
        assert_eq!(fault, AddressFault::Part("sslmod".into()));
        let read = options("postgres://me@127.0.0.1/school?sslmode=require&options[search_path]=north").unwrap();
        assert_eq!(read.get_database(), Some("school"));
    }

    /// A server that refuses everybody with this SQLSTATE; its address.
    async fn refusing(state: &'static str) -> String {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            let (mut caller, _) = listener.accept().await.unwrap();
            let mut asked = [0_u8; 1024];
            // Whether it speaks TLS, which it does not; then the start of the conversation.
            let _length = caller.read(&mut asked).await.unwrap();
            caller.write_all(b"N").await.unwrap();
            let _length = caller.read(&mut asked).await.unwrap();
            let fields = format!("SFATAL\0VFATAL\0C{state}\0Mrefused\0\0");
            let length = u32::try_from(fields.len() + 4).unwrap();
            caller.write_all(&[b"E", length.to_be_bytes().as_slice(), fields.as_bytes()].concat()).await.unwrap();
        });
        format!("postgres://me@127.0.0.1:{port}/school")
    }

    #[tokio::test]
    async fn what_a_server_refuses_is_told_apart() {
        let code = async |address: &str| {
            connect(address, &StoreOptions::default(), Use::Work).await.map(|_| ()).unwrap_err().code()
        };
        for (state, right) in [
            ("28P01", "database_password"),
            ("28000", "database_rights"),
            ("3D000", "database_missing"),
            ("42501", "database_rights"),
            ("53300", "database_unreachable"),
        ] {
            assert_eq!(code(&refusing(state).await).await, right, "{state}");
        }
        assert_eq!(code("postgres://me@no-such-server.invalid/school").await, "database_server_unknown");
        // A port that nobody listens on.
        let free = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap().port();
        assert_eq!(code(&format!("postgres://me@127.0.0.1:{free}/school")).await, "database_unreachable");
    }
}
