//! What lies on disk beside the database: a row says whose it is, what it is, and until when it is kept. The bytes
//! themselves are no matter of the store. Moments are milliseconds, as those of jobs are.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::ids::{BlobId, JobId, SchoolId, UserId};
use crate::{Store, StoreError, Transaction};

/// A file beside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlobRow {
    pub id: BlobId,
    pub school: Option<SchoolId>,
    /// What it is to the program: `upload`, `document`.
    pub kind: String,
    /// The data folder in which it lies.
    pub home: String,
    /// The job that takes or made it, with whose row it goes.
    pub job: Option<JobId>,
    pub owner: UserId,
    /// The name that people see.
    pub name: String,
    pub media_type: String,
    pub size: u64,
    pub sha256: Vec<u8>,
    pub created_at: DateTime<Utc>,
    /// It goes after this.
    pub expires_at: DateTime<Utc>,
}

#[derive(FromQueryResult)]
struct Stored {
    id: BlobId,
    school_id: Option<SchoolId>,
    kind: String,
    home: String,
    job_id: Option<JobId>,
    owner_id: UserId,
    name: String,
    media_type: String,
    size: i64,
    sha256: Vec<u8>,
    created_at: i64,
    expires_at: i64,
}

const COLUMNS: &str =
    "id, school_id, kind, home, job_id, owner_id, name, media_type, size, sha256, created_at, expires_at";

fn moment(milliseconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(milliseconds).unwrap_or_default()
}

impl From<Stored> for BlobRow {
    fn from(row: Stored) -> Self {
        Self {
            id: row.id,
            school: row.school_id,
            kind: row.kind,
            home: row.home,
            job: row.job_id,
            owner: row.owner_id,
            name: row.name,
            media_type: row.media_type,
            size: u64::try_from(row.size).unwrap_or(0),
            sha256: row.sha256,
            created_at: moment(row.created_at),
            expires_at: moment(row.expires_at),
        }
    }
}

impl Transaction<'_> {
    /// Notes a file that lies on disk already. Where this transaction is not kept, no row knows it, and it is swept.
    pub async fn put_blob(&self, blob: &BlobRow) -> Result<(), StoreError> {
        let sql = format!(
            "INSERT INTO blobs ({COLUMNS}, state, version) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'there', 1)"
        );
        let values: [Value; 12] = [
            blob.id.into(),
            blob.school.into(),
            blob.kind.clone().into(),
            blob.home.clone().into(),
            blob.job.into(),
            blob.owner.into(),
            blob.name.clone().into(),
            blob.media_type.clone().into(),
            i64::try_from(blob.size).unwrap_or(i64::MAX).into(),
            blob.sha256.clone().into(),
            blob.created_at.timestamp_millis().into(),
            blob.expires_at.timestamp_millis().into(),
        ];
        self.unaudited().execute_raw(self.statement(&sql, values)).await?;
        Ok(())
    }

    /// How many bytes an owner keeps in a data folder.
    pub async fn bytes_of(&self, owner: UserId, home: &str) -> Result<u64, StoreError> {
        let sql = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM blobs WHERE owner_id = $1 AND home = $2";
        let row = self.reader().query_one_raw(self.statement(sql, [owner.into(), home.into()])).await?;
        let bytes: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
        Ok(u64::try_from(bytes).unwrap_or(0))
    }

    /// Removes the row of a file.
    pub async fn drop_blob(&self, id: BlobId) -> Result<(), StoreError> {
        self.unaudited().execute_raw(self.statement("DELETE FROM blobs WHERE id = $1", [id.into()])).await?;
        Ok(())
    }
}

impl Store {
    /// A file.
    pub async fn blob(&self, id: BlobId) -> Result<Option<BlobRow>, StoreError> {
        Ok(self.blobs("id = $1", [id.into()]).await?.pop())
    }

    /// The files of a job.
    pub async fn blobs_of_job(&self, job: JobId) -> Result<Vec<BlobRow>, StoreError> {
        self.blobs("job_id = $1", [job.into()]).await
    }

    /// The files of a data folder that were to be kept until before that moment.
    pub async fn ended_blobs(&self, home: &str, now: DateTime<Utc>) -> Result<Vec<BlobRow>, StoreError> {
        self.blobs("home = $1 AND expires_at <= $2", [home.into(), now.timestamp_millis().into()]).await
    }

    async fn blobs<const N: usize>(&self, which: &str, values: [Value; N]) -> Result<Vec<BlobRow>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM blobs WHERE {which} ORDER BY id");
        let rows = self.reader().query_all_raw(self.statement(&sql, values)).await?;
        rows.iter().map(|row| Ok(Stored::from_query_result(row, "")?.into())).collect()
    }
}
