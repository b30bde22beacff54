//! The rules of a school: one folder per feature.
