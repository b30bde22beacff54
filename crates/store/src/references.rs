//! Rows that name a row which is not there, or one of another school or district. The database refuses new ones; what was
//! there before it did, and what came past it, is found here.

use sea_orm::{ConnectionTrait, DbBackend};
use uuid::Uuid;

use crate::entities::{Scope, TABLES, Table};
use crate::{Store, StoreError};

/// What is wrong with a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Astray {
    /// The row that it names is not there.
    Nowhere,
    OtherSchool,
    OtherDistrict,
}

/// A row whose reference leads astray.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrayRow {
    pub table: String,
    /// None where only the table is known.
    pub row: Option<Uuid>,
    /// The table of the row that it names.
    pub names: String,
    pub astray: Astray,
}

/// References out of rows of a school into rows of the school: table, column, table that is named.
pub fn references_within_schools() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let of_school = |table: &Table| table.scope == Scope::School;
    TABLES.iter().filter(move |table| of_school(table)).flat_map(move |table| {
        let within = table.references().filter(move |(_, named)| Table::named(named).is_some_and(of_school));
        within.map(|(column, named)| (table.name, column, named))
    })
}

/// References that stay within a district, with the two districts of a row `x`: its own, and that of the row it names.
const WITHIN_DISTRICTS: [(&str, &str, &str); 3] = [
    ("users", "staff", "JOIN staff p ON p.id = x.staff_id JOIN schools b ON b.id = p.school_id"),
    ("users", "students", "JOIN students p ON p.id = x.student_id JOIN schools b ON b.id = p.school_id"),
    ("grants", "users", "JOIN users p ON p.id = x.user_id JOIN schools b ON b.id = p.school_id"),
];

impl Store {
    /// All rows whose references lead astray.
    pub async fn stray_rows(&self) -> Result<Vec<StrayRow>, StoreError> {
        let mut found = Vec::new();
        for (table, column, named) in references_within_schools() {
            let sql = format!(
                "SELECT x.id, CASE WHEN p.id IS NULL THEN 1 ELSE 0 END FROM {table} x \
                 LEFT JOIN {named} p ON p.id = x.{column} \
                 WHERE x.{column} IS NOT NULL AND (p.id IS NULL OR p.school_id <> x.school_id) ORDER BY x.id"
            );
            for row in self.reader().query_all_raw(self.statement(&sql, [])).await? {
                let missing: i32 = row.try_get_by_index(1)?;
                let astray = if missing == 1 { Astray::Nowhere } else { Astray::OtherSchool };
                let (table, named) = (table.to_owned(), named.to_owned());
                found.push(StrayRow { table, row: Some(row.try_get_by_index(0)?), names: named, astray });
            }
        }
        for (table, named, joined) in WITHIN_DISTRICTS {
            let own = if table == "grants" { "coalesce(x.district_id, a.district_id)" } else { "a.district_id" };
            let sql = format!(
                "SELECT x.id FROM {table} x LEFT JOIN schools a ON a.id = x.school_id {joined} \
                 WHERE b.district_id <> {own} ORDER BY x.id"
            );
            for row in self.reader().query_all_raw(self.statement(&sql, [])).await? {
                let (table, named) = (table.to_owned(), named.to_owned());
                let row = Some(row.try_get_by_index(0)?);
                found.push(StrayRow { table, row, names: named, astray: Astray::OtherDistrict });
            }
        }
        found.extend(self.other_strays().await?);
        Ok(found)
    }

    /// What SQLite itself finds of the other references; PostgreSQL lets none of them lead astray.
    async fn other_strays(&self) -> Result<Vec<StrayRow>, StoreError> {
        if self.backend() != DbBackend::Sqlite {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        for row in self.reader().query_all_raw(self.statement("PRAGMA foreign_key_check", [])).await? {
            let (table, names): (String, String) = (row.try_get_by_index(0)?, row.try_get_by_index(2)?);
            if !references_within_schools().any(|(of, _, named)| of == table && named == names) {
                found.push(StrayRow { table, row: None, names, astray: Astray::Nowhere });
            }
        }
        Ok(found)
    }
}
