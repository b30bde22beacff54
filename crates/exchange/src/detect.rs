//! Tells from the names of the files, and where those are not enough from their headers, what a set is.

use words::faults::exchange::{expected, found};

use crate::error::{ExchangeError, Refusal};
use crate::roster::Format;
use crate::set::SourceFile;
use crate::sheet::read_pairs;

/// Names that only version 1 of School Data Sync has.
const SDS_V1: &[&str] =
    &["school.csv", "section.csv", "student.csv", "teacher.csv", "studentenrollment.csv", "teacherroster.csv"];
const NEAR_ONEROSTER: &[&str] =
    &["orgs.csv", "users.csv", "roles.csv", "classes.csv", "courses.csv", "enrollments.csv", "academicsessions.csv"];

pub(crate) fn detect(files: &[SourceFile]) -> Result<Format, ExchangeError> {
    let named = |name: &str| files.iter().find(|file| file.name.eq_ignore_ascii_case(name));
    if let Some(manifest) = named("manifest.csv") {
        return from_manifest(manifest, files);
    }
    if SDS_V1.iter().filter(|name| named(name).is_some()).count() >= 2 {
        return Ok(Format::SdsV1);
    }
    let near: Vec<_> = NEAR_ONEROSTER.iter().filter_map(|name| named(name)).collect();
    let has =
        |file: &SourceFile, column: &str| file.layout.cells(&file.text).iter().any(|h| h.eq_ignore_ascii_case(column));
    if near.iter().any(|file| has(file, "sourcedId")) {
        // School Data Sync's files look alike; only OneRoster's rows carry their state.
        return Ok(if near.iter().any(|file| has(file, "status")) { without_manifest(files) } else { Format::SdsV21 });
    }
    match files {
        [_] => Ok(Format::Plain),
        [first, ..] => {
            let found = found::files_of_no_set(files.len());
            Err(ExchangeError::Headers(vec![Refusal::of_file(&first.name, 1, "", found, expected::known_set())]))
        }
        [] => Ok(Format::Plain),
    }
}

fn from_manifest(manifest: &SourceFile, files: &[SourceFile]) -> Result<Format, ExchangeError> {
    for (line, name, value) in read_pairs(&manifest.text) {
        if !name.eq_ignore_ascii_case("oneroster.version") {
            continue;
        }
        return match value.as_str() {
            "1.1" => Ok(Format::OneRoster11),
            "1.2" => Ok(Format::OneRoster12),
            "" => Ok(without_manifest(files)),
            other => {
                let found = crate::log::shown(other);
                let refusal = Refusal::of_cell(&manifest.name, line, "value", found, expected::version());
                Err(ExchangeError::Headers(vec![refusal]))
            }
        };
    }
    Ok(without_manifest(files))
}

/// A file of roles came with 1.2.
fn without_manifest(files: &[SourceFile]) -> Format {
    let roles = files.iter().any(|file| file.name.eq_ignore_ascii_case("roles.csv"));
    if roles { Format::OneRoster12 } else { Format::OneRoster11 }
}
