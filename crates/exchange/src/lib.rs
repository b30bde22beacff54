//! Files in and out: CSV and OneRoster.
