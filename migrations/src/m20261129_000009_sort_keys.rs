//! Classes sorted as people count, people by given name too. The store fills the new columns of the rows that are there.

use sea_orm_migration::prelude::*;

pub struct Migration;

impl MigrationName for Migration {
    fn name(&self) -> &str {
        crate::SORT_KEYS
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::dialect::run(manager, include_str!("m20261129_000009_sort_keys.sql")).await
    }
}
