//! Whether the way to a PostgreSQL server is encrypted and who is at its other end. To a server that is not on this computer
//! nothing goes readable, and nothing to one whose certificate does not prove its name, unless the address says so.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::{CertificateError, RootCertStore};
use sea_orm::sqlx::Error;
use sea_orm::sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use words::Message;

use crate::server::part;

const MODE: [&str; 2] = ["sslmode", "ssl-mode"];
const ROOT: [&str; 3] = ["sslrootcert", "ssl-root-cert", "ssl-ca"];
const FILES: [&str; 7] = ["sslrootcert", "ssl-root-cert", "ssl-ca", "sslcert", "ssl-cert", "sslkey", "ssl-key"];

/// How the way to a server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// It does not leave this computer.
    Local,
    /// Encrypted, and the certificate proves the name in the address.
    Verified,
    /// Encrypted, and the certificate is of an issuer that is trusted, for whatever name.
    IssuerVerified,
    /// Encrypted, to whoever answered.
    Unverified,
    /// Readable for everybody on the way.
    Readable,
}

/// Why no encrypted connection came about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlsFault {
    NotOffered,
    UnknownIssuer,
    Unusable,
    OtherName,
    OutOfTime,
    File(PathBuf),
    Other,
}

impl TlsFault {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::NotOffered => words::faults::store::tls::not_offered(),
            Self::UnknownIssuer => words::faults::store::tls::unknown_issuer(),
            Self::Unusable => words::faults::store::tls::unusable(),
            Self::OtherName => words::faults::store::tls::other_name(),
            Self::OutOfTime => words::faults::store::tls::out_of_time(),
            Self::File(a) => words::faults::store::tls::file(a.display()),
            Self::Other => words::faults::store::tls::other(),
        }
    }
}

impl fmt::Display for TlsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl TlsFault {
    /// What to do about it.
    pub(crate) fn help(&self) -> Message {
        match self {
            Self::NotOffered => words::faults::store::tls::help::not_offered(),
            Self::UnknownIssuer => words::faults::store::tls::help::unknown_issuer(),
            Self::Unusable => words::faults::store::tls::help::unusable(),
            Self::OtherName => words::faults::store::tls::help::other_name(),
            Self::OutOfTime => words::faults::store::tls::help::out_of_time(),
            Self::File(_) => words::faults::store::tls::help::file(),
            Self::Other => words::faults::store::tls::help::other(),
        }
    }

    /// The fault that stands behind an error of the driver; none where it is about something else.
    pub(crate) fn of(error: &Error) -> Option<Self> {
        let found = match error {
            Error::Tls(inner) => inner.downcast_ref::<rustls::Error>(),
            Error::Io(inner) => Some(inner.get_ref()?.downcast_ref::<rustls::Error>()?),
            _ => return None,
        };
        Some(match (found, error) {
            (Some(rustls::Error::InvalidCertificate(fault)), _) => match fault {
                CertificateError::UnknownIssuer => Self::UnknownIssuer,
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => Self::OtherName,
                CertificateError::Expired
                | CertificateError::ExpiredContext { .. }
                | CertificateError::NotValidYet
                | CertificateError::NotValidYetContext { .. } => Self::OutOfTime,
                _ => Self::Unusable,
            },
            // The driver has no word of its own for a server that says no.
            (None, Error::Tls(inner)) if inner.to_string().contains("does not support TLS") => Self::NotOffered,
            _ => Self::Other,
        })
    }
}

/// The same options with as much protection as the address asks for, or (where it says nothing) as its server needs:
/// elsewhere all of it. `PGSSLMODE` counts on this computer only, since it could but weaken what is needed elsewhere.
pub(crate) fn required(address: &str, options: PgConnectOptions) -> PgConnectOptions {
    let says = part(address, &MODE).is_some();
    if says || is_local(&options) { options } else { options.ssl_mode(PgSslMode::VerifyFull) }
}

/// The same options with what they verify against: where the address names no file, what this computer trusts.
pub(crate) fn rooted(address: &str, options: PgConnectOptions) -> PgConnectOptions {
    let verifies = matches!(options.get_ssl_mode(), PgSslMode::VerifyCa | PgSslMode::VerifyFull);
    let named = part(address, &ROOT).is_some() || std::env::var_os("PGSSLROOTCERT").is_some();
    if verifies && !named { options.ssl_root_cert_from_pem(trusted_here()) } else { options }
}

/// The certificates that the system trusts, as PEM. What the driver cannot read is left out: one odd certificate would stop
/// it altogether.
fn trusted_here() -> Vec<u8> {
    let mut pem = String::new();
    for certificate in rustls_native_certs::load_native_certs().certs {
        if RootCertStore::empty().add(certificate.clone()).is_ok() {
            let text = STANDARD.encode(&certificate);
            pem.push_str(&format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n"));
        }
    }
    pem.into_bytes()
}

/// Whether the server is reached by a socket of this computer.
pub(crate) fn is_socket(options: &PgConnectOptions) -> bool {
    options.get_socket().is_some() || options.get_host().starts_with('/')
}

fn is_local(options: &PgConnectOptions) -> bool {
    let host = options.get_host().trim_start_matches('[').trim_end_matches(']');
    is_socket(options)
        || host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether the files of certificates and keys that an address names are there.
pub(crate) fn files_are_there(address: &str) -> Result<(), TlsFault> {
    for name in FILES {
        let Some(value) = part(address, &[name]).filter(|value| !value.trim_start().starts_with("-----BEGIN")) else {
            continue;
        };
        std::fs::File::open(&value).map_err(|_| TlsFault::File(value.into()))?;
    }
    Ok(())
}

/// How an open connection is protected.
pub(crate) async fn protection(options: &PgConnectOptions, connection: &mut PgConnection) -> Protection {
    if is_local(options) {
        return Protection::Local;
    }
    match options.get_ssl_mode() {
        PgSslMode::VerifyFull => Protection::Verified,
        PgSslMode::VerifyCa => Protection::IssuerVerified,
        PgSslMode::Require => Protection::Unverified,
        PgSslMode::Disable | PgSslMode::Allow => Protection::Readable,
        PgSslMode::Prefer => {
            let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
            let encrypted = sea_orm::sqlx::query_scalar::<_, bool>(sql).fetch_one(connection).await;
            // Where the server does not say, it is taken for what it may be.
            if encrypted.unwrap_or(false) { Protection::Unverified } else { Protection::Readable }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::options;

    fn mode(address: &str) -> String {
        format!("{:?}", options(address).unwrap().get_ssl_mode())
    }

    #[test]
    fn a_server_elsewhere_must_prove_its_name_unless_the_address_says_otherwise() {
        for address in
            ["postgres://me@db.school.example/s", "postgres://me@192.0.2.7/s", "postgres://me@[2001:db8::7]/s"]
        {
            assert_eq!(mode(address), "VerifyFull", "{address}");
        }
        for (said, wanted) in
            [("disable", "Disable"), ("prefer", "Prefer"), ("require", "Require"), ("verify-ca", "VerifyCa")]
        {
            assert_eq!(mode(&format!("postgres://me@db.school.example/s?sslmode={said}")), wanted);
            assert_eq!(mode(&format!("postgres://me@db.school.example/s?ssl-mode={said}")), wanted);
        }
        for address in [
            "postgres://me@127.0.0.1/s",
            "postgres://me@127.3.2.1/s",
            "postgres://me@[::1]/s",
            "postgres://me@LocalHost/s",
            "postgres://me@%2Fvar%2Frun%2Fpostgresql/s",
            "postgres:///s?host=/var/run/postgresql",
        ] {
            assert_eq!(mode(address), "Prefer", "{address}");
        }
    }

    #[test]
    fn a_file_that_the_address_names_must_be_there() {
        let fault = files_are_there("postgres://me@db.school.example/s?sslrootcert=/no/such%20file.pem").unwrap_err();
        assert_eq!(fault, TlsFault::File("/no/such file.pem".into()));
        files_are_there("postgres://me@db.school.example/s?sslmode=require").unwrap();
    }
}
