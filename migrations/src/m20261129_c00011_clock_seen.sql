CREATE TABLE clock_seen (one INTEGER PRIMARY KEY, seen_at {time} NOT NULL)
