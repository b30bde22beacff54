//! Guardians in a list of their own, sorted as students and staff are. The store fills the new columns of the rows that are
//! there.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        crate::GUARDIAN_NAMES
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::run(manager, include_str!("m20261201_p00023_guardian_names.sql")).await
    }
}
