ALTER TABLE user_sessions ADD COLUMN confirmed_at {time};
ALTER TABLE user_sessions ADD COLUMN locked_at {time}
