//! Entities, connection and transaction; SQLite or PostgreSQL.
