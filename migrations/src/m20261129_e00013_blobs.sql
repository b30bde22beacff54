CREATE TABLE blobs (
  id {uuid} PRIMARY KEY, school_id {uuid} REFERENCES schools (id) ON DELETE CASCADE, kind TEXT NOT NULL, home TEXT NOT NULL,
  job_id {uuid} REFERENCES jobs (id) ON DELETE CASCADE, owner_id {uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name TEXT NOT NULL, media_type TEXT NOT NULL, size BIGINT NOT NULL, sha256 {bytes} NOT NULL, state TEXT NOT NULL,
  created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, version INTEGER NOT NULL
);
CREATE INDEX blobs_by_owner ON blobs (owner_id, home);
CREATE INDEX blobs_by_job ON blobs (job_id);
CREATE INDEX blobs_by_end ON blobs (home, expires_at)
