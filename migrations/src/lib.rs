//! The database schema, one dated step a file. A step that has been released never changes.

use sea_orm_migration::prelude::*;

mod dialect;
mod m20261121_000001_first_schema;
mod m20261121_000002_face_privacy;

pub use sea_orm_migration::{MigrationTrait, MigratorTrait, SchemaManager};

/// All steps, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![Box::new(m20261121_000001_first_schema::Migration), Box::new(m20261121_000002_face_privacy::Migration)]
    }
}
