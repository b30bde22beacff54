//! Words between the programs at one PostgreSQL server (LISTEN and NOTIFY). Nobody else opens a database that is a file.

use std::time::Duration;

use sea_orm::sqlx::postgres::{PgListener, PgPoolOptions};
use sea_orm::sqlx::{Error, Executor};
use sea_orm::{ConnectionTrait, DbBackend};

use crate::{Store, StoreError};

/// The channel of this product.
const CHANNEL: &str = "homeroom";
/// After so long without a word it is asked whether the connection still is.
const SILENCE: Duration = Duration::from_secs(30);
/// The answer to that comes within this, or the connection is lost.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest word, in bytes: PostgreSQL takes less than 8,000.
pub const LONGEST_WORD: usize = 7_900;

/// Hears what other programs say, on a connection of its own.
pub struct Listening(PgListener);

impl Store {
    /// Begins to hear what programs at the same server say, this one among them; none where the database is a file.
    pub async fn listen(&self) -> Result<Option<Listening>, StoreError> {
        if self.backend() == DbBackend::Sqlite {
            return Ok(None);
        }
        let pool = self.reader().get_postgres_connection_pool();
        // A pool of its own, so that no statement ever waits because somebody listens.
        let own = PgPoolOptions::new().max_connections(1).max_lifetime(None).idle_timeout(None);
        let own = own.acquire_timeout(PATIENCE).connect_lazy_with(pool.connect_options().as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await.map_err(unreachable)?;
        listener.ignore_pool_close_event(true);
        listener.listen(CHANNEL).await.map_err(unreachable)?;
        Ok(Some(Listening(listener)))
    }

    /// Says something to all programs at the same server. Never while a transaction writes: PostgreSQL makes all commits
    /// that say something wait for each other.
    pub async fn say(&self, word: &str) -> Result<(), StoreError> {
        if self.backend() != DbBackend::Sqlite {
            let say = self.statement("SELECT pg_notify($1, $2)", [CHANNEL.into(), word.into()]);
            self.reader().execute_raw(say).await?;
        }
        Ok(())
    }
}

impl Listening {
    /// The next word.
    ///
    /// # Errors
    /// The connection was lost: what was said since is not known, and nothing more is heard here.
    pub async fn hear(&mut self) -> Result<String, StoreError> {
        loop {
            match tokio::time::timeout(SILENCE, self.0.try_recv()).await {
                Ok(Ok(Some(word))) => return Ok(word.payload().to_owned()),
                Ok(Ok(None)) => return Err(unreachable(Error::WorkerCrashed)),
                Ok(Err(error)) => return Err(unreachable(error)),
                // A line that was cut says nothing either.
                Err(_) => match tokio::time::timeout(PATIENCE, (&mut self.0).execute("SELECT 1")).await {
                    Ok(asked) => {
                        asked.map_err(unreachable)?;
                    }
                    Err(_) => return Err(unreachable(Error::PoolTimedOut)),
                },
            }
        }
    }
}

fn unreachable(error: Error) -> StoreError {
    StoreError::Unreachable(sea_orm::DbErr::Conn(sea_orm::RuntimeErr::SqlxError(std::sync::Arc::new(error))))
}
