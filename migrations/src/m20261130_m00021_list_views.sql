CREATE TABLE list_views (
  id {uuid} PRIMARY KEY, school_id {uuid} NOT NULL REFERENCES schools (id), user_id {uuid} NOT NULL REFERENCES users (id),
  list TEXT NOT NULL, title TEXT, shared BOOLEAN NOT NULL, shown {json} NOT NULL, version INTEGER NOT NULL
);
CREATE UNIQUE INDEX list_views_chosen ON list_views (school_id, user_id, list) WHERE title IS NULL;
CREATE INDEX list_views_by_list ON list_views (school_id, list)
