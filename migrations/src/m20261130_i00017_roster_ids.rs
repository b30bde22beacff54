//! What the other side of a roster calls enrolments in courses, roles and courses that have no row of their own here; and of the
//! gradebook its identifiers, when an assessment is due, and what a set says of a score beyond its state.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        "m20261130_i00017_roster_ids"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::run(manager, include_str!("m20261130_i00017_roster_ids.sql")).await
    }
}
