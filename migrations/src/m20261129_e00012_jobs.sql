CREATE TABLE jobs (
  id {uuid} PRIMARY KEY, school_id {uuid} REFERENCES schools (id) ON DELETE CASCADE, kind TEXT NOT NULL, input {json} NOT NULL,
  home TEXT, state TEXT NOT NULL, priority INTEGER NOT NULL, run_after BIGINT NOT NULL, attempt INTEGER NOT NULL,
  attempts INTEGER NOT NULL, lease_until BIGINT, worker TEXT, once_key TEXT UNIQUE, done INTEGER NOT NULL, total INTEGER NOT NULL,
  result {json}, error {json}, asked_by {uuid} REFERENCES users (id) ON DELETE CASCADE, session_id {uuid},
  created_at BIGINT NOT NULL, ended_at BIGINT, version INTEGER NOT NULL
);
CREATE INDEX jobs_waiting ON jobs (priority, run_after, id) WHERE state IN ('waiting', 'running');
CREATE INDEX jobs_by_school ON jobs (school_id, id)
