//! The database schema, one dated step a file. A step that has been released never changes.

use sea_orm_migration::prelude::*;

mod dialect;
mod m20261121_000001_first_schema;
mod m20261121_000002_face_privacy;
mod m20261129_000005_birthdays;
mod m20261129_000008_audit_by_student;
mod m20261129_000009_sort_keys;
mod m20261129_c00010_locked_sessions;
mod m20261129_c00011_clock_seen;
mod m20261129_d00010_digests;
mod m20261129_e00010_own_school;
mod m20261129_e00012_jobs;
mod m20261129_e00013_blobs;
mod m20261129_f00014_languages;
mod m20261130_g00015_groups;
mod m20261130_h00016_stays;
mod m20261130_i00017_roster_ids;
mod m20261130_j00018_rollover;
mod m20261130_k00019_contacts;
mod m20261130_k00020_portraits;
mod m20261130_k00021_fields;
mod m20261130_l00020_merges;
mod m20261130_l00021_notes;
mod m20261130_m00021_list_views;
mod m20261130_o00023_transfers;
mod m20261201_p00023_guardian_names;
mod m20261201_p00024_grade_places;
mod m20261201_q00025_calendar;
mod m20261201_r00026_absences;

pub use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

/// The step after which the store fills the keys that lists are sorted by.
pub const SORT_KEYS: &str = "m20261129_000009_sort_keys";
/// The same of guardians.
pub const GUARDIAN_NAMES: &str = "m20261201_p00023_guardian_names";

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261121_000001_first_schema::Migration),
            Box::new(m20261121_000002_face_privacy::Migration),
            Box::new(m20261129_000005_birthdays::Migration),
            Box::new(m20261129_000008_audit_by_student::Migration),
            Box::new(m20261129_000009_sort_keys::Migration),
            Box::new(m20261129_c00010_locked_sessions::Migration),
            Box::new(m20261129_c00011_clock_seen::Migration),
            Box::new(m20261129_d00010_digests::Migration),
            Box::new(m20261129_e00010_own_school::Migration),
            Box::new(m20261129_e00012_jobs::Migration),
            Box::new(m20261129_e00013_blobs::Migration),
            Box::new(m20261129_f00014_languages::Migration),
            Box::new(m20261130_g00015_groups::Migration),
            Box::new(m20261130_h00016_stays::Migration),
            Box::new(m20261130_i00017_roster_ids::Migration),
            Box::new(m20261130_j00018_rollover::Migration),
            Box::new(m20261130_k00019_contacts::Migration),
            Box::new(m20261130_l00020_merges::Migration),
            Box::new(m20261130_l00021_notes::Migration),
            Box::new(m20261130_k00020_portraits::Migration),
            Box::new(m20261130_k00021_fields::Migration),
            Box::new(m20261130_m00021_list_views::Migration),
            Box::new(m20261130_o00023_transfers::Migration),
            Box::new(m20261201_p00023_guardian_names::Migration),
            Box::new(m20261201_p00024_grade_places::Migration),
            Box::new(m20261201_q00025_calendar::Migration),
            Box::new(m20261201_r00026_absences::Migration),
        ]
    }
}
