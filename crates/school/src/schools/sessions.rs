//! Academic years and their terms.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{AcademicSessionKind, academic_sessions};
use store::ids::{AcademicSessionId, SchoolId};
use words::refusals;

use crate::Result;
use crate::error::Invalid;

/// A term with its first and last school day.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct NewTerm {
    pub title: String,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

/// Checks a year and its terms: in order, inside the year, not overlapping, at least one.
pub fn check_sessions(invalid: &mut Invalid, start: NaiveDate, end: NaiveDate, terms: &[NewTerm]) {
    if end <= start {
        invalid.push("yearEnd", "before_start", refusals::schools::year_backwards());
    }
    if (end - start).num_days() > 800 {
        invalid.push("yearEnd", "too_long", refusals::schools::year_too_long());
    }
    if terms.is_empty() {
        invalid.push("terms", "required", refusals::schools::no_term());
    }
    for (i, term) in terms.iter().enumerate() {
        invalid.text(&format!("terms.{i}.title"), &term.title, 100);
        if term.end <= term.start {
            invalid.push(&format!("terms.{i}.end"), "before_start", refusals::schools::term_backwards());
        }
        if term.start < start || term.end > end {
            invalid.push(&format!("terms.{i}.start"), "outside_year", refusals::schools::term_outside_year());
        }
        if i > 0 && term.start <= terms[i - 1].end {
            invalid.push(&format!("terms.{i}.start"), "overlaps", refusals::schools::terms_overlap());
        }
    }
}

/// Inserts a year and its terms; the year's identifier.
pub async fn insert_year(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    title: &str,
    start: NaiveDate,
    end: NaiveDate,
    terms: &[NewTerm],
) -> Result<AcademicSessionId> {
    let session = |kind, parent_id, title: &str, start_date, end_date| academic_sessions::Model {
        id: AcademicSessionId::new(),
        school_id: school,
        parent_id,
        kind,
        title: title.trim().to_owned(),
        start_date,
        end_date,
        source_id: None,
        deleted_at: None,
        version: 1,
    };
    let year =
        tx.insert::<academic_sessions::Entity>(session(AcademicSessionKind::Year, None, title, start, end)).await?;
    for term in terms {
        let row = session(AcademicSessionKind::Term, Some(year.id), &term.title, term.start, term.end);
        tx.insert::<academic_sessions::Entity>(row).await?;
    }
    Ok(year.id)
}
