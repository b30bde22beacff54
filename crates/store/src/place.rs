//! Where a database is: a local file or a PostgreSQL server.

use std::fmt;
use std::path::{Path, PathBuf};

use words::Message;

use crate::StoreError;

/// The place of a database.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// A PostgreSQL server, with its whole address (which may hold a password: never print it).
    Server(String),
}

/// Why an address is none. It is never quoted: it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressFault {
    Scheme(String),
    Parts,
    Sign,
    Part(String),
    Empty,
    NoScheme,
}

impl AddressFault {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Scheme(a) => words::faults::store::address::scheme(a),
            Self::Parts => words::faults::store::address::parts(),
            Self::Sign => words::faults::store::address::sign(),
            Self::Part(a) => words::faults::store::address::part(a),
            Self::Empty => words::faults::store::address::empty(),
            Self::NoScheme => words::faults::store::address::no_scheme(),
        }
    }
}

impl fmt::Display for AddressFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl AddressFault {
    /// What to write instead.
    pub(crate) fn help(&self) -> Message {
        match self {
            Self::Sign => words::faults::store::address::help::sign(),
            Self::Part(_) => words::faults::store::address::help::part(),
            _ => words::faults::store::address::help::otherwise(),
        }
    }
}

/// The words of addresses that other programs read: libpq's keywords, ADO and ODBC.
const KEYWORDS: [&str; 14] = [
    "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "service", "sslmode", "server", "database",
    "uid", "pwd", "source",
];

impl Place {
    /// Reads `postgres://…`, `sqlite://…` or a path.
    ///
    /// # Errors
    /// When the text is the address of something else or has parts that are not read: nothing is guessed, since a
    /// wrong guess makes a new, empty database under a strange name.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        Self::read(text.trim()).map_err(StoreError::BadAddress)
    }

    fn read(text: &str) -> Result<Self, AddressFault> {
        if text.is_empty() || text.contains('\0') {
            return Err(AddressFault::Empty);
        }
        if names_a_server(text) {
            return Err(AddressFault::NoScheme);
        }
        let Some((scheme, rest)) = scheme(text) else {
            return if names_parts(text) { Err(AddressFault::Parts) } else { Ok(Self::File(PathBuf::from(text))) };
        };
        match scheme.as_str() {
            "postgres" | "postgresql" if rest.starts_with("//") => {
                let address = format!("postgres:{rest}");
                crate::server::options(&address)?;
                Ok(Self::Server(address))
            }
            "sqlite" => sqlite_file(rest).map(Self::File),
            _ => Err(AddressFault::Scheme(scheme)),
        }
    }

    /// Whether the address itself holds a password.
    pub fn holds_password(&self) -> bool {
        let Self::Server(address) = self else { return false };
        let (before, parts) = address.split_once('?').unwrap_or((address, ""));
        let user = before.split_once("//").and_then(|(_, rest)| rest.rsplit_once('@')).map_or("", |(user, _)| user);
        user.contains(':') || parts.split('&').any(|part| part.starts_with("password="))
    }
}

/// The word before a colon that begins an address; a single letter is a drive of Windows.
fn scheme(text: &str) -> Option<(String, &str)> {
    let (word, rest) = text.split_once(':')?;
    let is_word = word.len() > 1 && word.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter));
    is_word.then(|| (word.to_ascii_lowercase(), rest))
}

/// Whether it is made of `word=value` pairs of a database's address.
fn names_parts(text: &str) -> bool {
    let separators = [' ', ';', '\t', '\n', '&', '?'];
    let before_equals = text.match_indices('=').map(|(at, _)| text[..at].trim_end());
    before_equals
        .filter_map(|before| before.rsplit(separators).next())
        .any(|word| KEYWORDS.contains(&word.to_ascii_lowercase().as_str()))
}

/// Whether it is `user:password@server…` or `server:port…`: no path begins so.
fn names_a_server(text: &str) -> bool {
    let first = text.split(['/', '\\']).next().unwrap_or(text);
    let port =
        first.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    port || first.split_once('@').is_some_and(|(user, _)| user.contains(':'))
}

/// The path in `sqlite:…`, with its percent signs read.
fn sqlite_file(rest: &str) -> Result<PathBuf, AddressFault> {
    let path = rest.strip_prefix("//").unwrap_or(rest);
    if let Some((_, parts)) = path.split_once('?') {
        return Err(AddressFault::Part(parts.split(['=', '&']).next().unwrap_or("").chars().take(40).collect()));
    }
    let path = percent_encoding::percent_decode_str(path).decode_utf8().map_err(|_| AddressFault::Sign)?;
    if path.is_empty() || path.contains('\0') {
        return Err(AddressFault::Empty);
    }
    Ok(PathBuf::from(path.into_owned()))
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::Server(address) = self else {
            let Self::File(path) = self else { return Ok(()) };
            return write!(f, "{}", path.display());
        };
        // Only what can hold no secret.
        match crate::server::options(address) {
            Ok(options) => {
                let server = options
                    .get_socket()
                    .map_or_else(|| options.get_host().to_owned(), |path| path.display().to_string());
                let database = options.get_database().unwrap_or(options.get_username());
                write!(f, "postgres://{}@{server}:{}/{database}", options.get_username(), options.get_port())
            }
            Err(_) => f.write_str("postgres://…"),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Place({self})")
    }
}

/// Refuses a file that is there and is no SQLite database, by its first sixteen bytes, without opening it for writing.
pub(crate) fn refuse_other_files(file: &Path) -> Result<(), StoreError> {
    use std::io::Read;
    let mut head = [0_u8; 16];
    let mut opened = match files::open(file) {
        Ok(opened) => opened,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::InvalidInput => {
            return Err(StoreError::NotADatabase(file.to_path_buf()));
        }
        Err(source) => return Err(StoreError::Files { path: file.to_path_buf(), source }),
    };
    let read = opened.read(&mut head).map_err(|source| StoreError::Files { path: file.to_path_buf(), source })?;
    // An empty file is what SQLite makes itself before the first page is written.
    if read == 0 || &head == b"SQLite format 3\0" {
        return Ok(());
    }
    Err(StoreError::NotADatabase(file.to_path_buf()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_server_or_a_file() {
        assert_eq!(Place::parse("postgres://me@host/db").unwrap(), Place::Server("postgres://me@host/db".into()));
        assert_eq!(Place::parse("PostgreSQL://me@host/db").unwrap(), Place::Server("postgres://me@host/db".into()));
        let paths =
            ["school.db", "/home/Schule Ü#1/a?b=c.db", r"C:\\School\\school.db", "./odd:name.db", "o'neil; 100%25.db"];
        for path in paths {
            assert_eq!(Place::parse(path).unwrap(), Place::File(path.into()));
        }
        assert_eq!(Place::parse("sqlite:///home/a%20b.db").unwrap(), Place::File("/home/a b.db".into()));
        assert_eq!(Place::parse("sqlite:school.db").unwrap(), Place::File("school.db".into()));
    }

    #[test]
    fn what_is_no_address_makes_no_file() {
        let fault = |text: &str| match Place::parse(text).unwrap_err() {
            StoreError::BadAddress(fault) => fault,
            other => panic!("{text}: {other}"),
        };
        for text in [
            "host=127.0.0.1 dbname=school user=u password=x",
            "dbname = school",
            "Server=127.0.0.1;Database=school;Uid=u;Pwd=x",
        ] {
            assert!(matches!(fault(text), AddressFault::Parts), "{text}");
        }
        for text in ["mysql://me:secret@host/db", "jdbc:postgresql://host/db", "file:school.db"] {
            assert!(matches!(fault(text), AddressFault::Scheme(_)), "{text}: {:?}", fault(text));
        }
        for text in ["me_1:secret@host/db", "me:secret@host/db", "localhost:5432/db", "postgres:me@host/db"] {
            assert_eq!(fault(text), AddressFault::NoScheme, "{text}");
        }
        assert_eq!(fault("sqlite://school.db?mode=ro"), AddressFault::Part("mode".into()));
        assert_eq!(fault("  "), AddressFault::Empty);
    }

    #[test]
    fn a_password_is_never_shown() {
        for address in ["postgres://me:secret@host/db", "postgres://me@host/db?password=secret"] {
            let place = Place::parse(address).unwrap();
            assert!(place.holds_password());
            assert_eq!(place.to_string(), "postgres://me@host:5432/db");
            assert!(!format!("{place:?}").contains("secret"));
        }
        assert!(!Place::parse("postgres://me@host/db?application_name=a:b@c").unwrap().holds_password());
        for address in
            ["mysql://me:secret@host", "host=h password=secret", "me:secret@host", "postgres://me:sec#ret@h/d"]
        {
            let error = Place::parse(address).unwrap_err();
            assert!(!error.to_string().contains("sec"), "{error}");
        }
    }
}
