//! Whether the clock of this computer can be believed. The database remembers the newest time at which it could; a clock
//! that lies well before or far after that may be wrong, and then nothing is deleted because its time has come.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ConnectionTrait, Value};
use serde::{Deserialize, Serialize};
use words::refusals;

use crate::{Announcement, Error, ErrorCode, Result, Services};

/// The clock may lie this far before the newest time that was seen: clocks of several desktops are not one.
const BEHIND: Duration = Duration::days(1);
/// The clock may lie this far after it: as long as a school may be closed without anybody opening the program.
const AHEAD: Duration = Duration::days(60);
/// The newest time is written at most this often.
const NOTED: Duration = Duration::hours(1);

/// A clock that is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockDoubt {
    /// What the clock of this computer says.
    pub now: DateTime<Utc>,
    /// The newest time at which a clock was in order.
    pub seen: DateTime<Utc>,
}

impl ClockDoubt {
    /// Why something was not done.
    pub fn error(self) -> Error {
        let (now, seen) = (self.now.format("%Y-%m-%d"), self.seen.format("%Y-%m-%d"));
        Error::new(ErrorCode::Clock, refusals::upkeep::clock(now.to_string(), seen.to_string()))
            .help(refusals::upkeep::set_clock())
            .details(serde_json::json!(self))
    }
}

/// Whether the clock contradicts what the database has seen; none: it can be believed.
pub async fn clock_doubt(services: &Services) -> Result<Option<ClockDoubt>> {
    let now = services.clock.now();
    Ok(seen(services).await?.and_then(|seen| doubt(now, seen)))
}

fn doubt(now: DateTime<Utc>, seen: DateTime<Utc>) -> Option<ClockDoubt> {
    (now < seen - BEHIND || now > seen + AHEAD).then_some(ClockDoubt { now, seen })
}

/// The same; where it can be believed, the database remembers its time.
pub async fn look_at_clock(services: &Services) -> Result<Option<ClockDoubt>> {
    let now = services.clock.now();
    let seen = match seen(services).await? {
        Some(seen) => seen,
        None => {
            // From before times were remembered: what was done last. A new database begins with now.
            let newest = newest_act(services).await?.unwrap_or(now);
            let first = "INSERT INTO clock_seen (one, seen_at) VALUES (1, $1) ON CONFLICT (one) DO NOTHING";
            write(services, first, newest).await?;
            newest
        }
    };
    let doubt = doubt(now, seen);
    if doubt.is_none() && now - seen >= NOTED {
        write(services, "UPDATE clock_seen SET seen_at = $1 WHERE seen_at < $1", now).await?;
    }
    Ok(doubt)
}

/// Says that the clock is right as it is now.
pub async fn confirm_clock(services: &Services) -> Result<()> {
    look_at_clock(services).await?;
    write(services, "UPDATE clock_seen SET seen_at = $1", services.clock.now()).await?;
    let subjects = ["clock".to_owned()].into();
    services.announcer.announce(Announcement::new(subjects, None));
    Ok(())
}

async fn seen(services: &Services) -> Result<Option<DateTime<Utc>>> {
    one(services, "SELECT seen_at FROM clock_seen WHERE one = 1").await
}

/// When the last act was, of any school: each school's is at the end of an index.
async fn newest_act(services: &Services) -> Result<Option<DateTime<Utc>>> {
    let sql = "SELECT MAX(at) FROM (SELECT (SELECT MAX(at) FROM audit_entries WHERE school_id = schools.id) AS at \
               FROM schools) AS newest";
    one(services, sql).await
}

async fn one(services: &Services, sql: &str) -> Result<Option<DateTime<Utc>>> {
    let row = services.store.reader().query_one_raw(services.store.statement(sql, [])).await?;
    Ok(row.map(|row| row.try_get_by_index::<Option<DateTime<Utc>>>(0)).transpose()?.flatten())
}

async fn write(services: &Services, sql: &str, at: DateTime<Utc>) -> Result<()> {
    let tx = services.store.begin().await?;
    tx.unaudited().execute_raw(tx.statement(sql, [Value::from(at)])).await?;
    Ok(tx.commit().await.map(|_| ())?)
}
