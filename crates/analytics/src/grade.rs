//! Grade scales: from a percentage to the grade that stands on the report card.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use words::Message;
use words::faults::analytics::scale;

/// One grade of a scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS, schemars::JsonSchema)]
pub struct Band {
    /// What is printed, such as "A" or "1".
    pub label: String,
    /// Lowest percentage that has this grade, 0 to 100.
    pub lower: f64,
}

/// Why bands are not a scale.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GradeScaleError {
    /// There is no band.
    Empty,
    /// A bound is not a percentage.
    Bound(String),
    /// Two bands begin at the same percentage.
    SameBound(String, String),
    /// A band has no label.
    NoLabel(f64),
}

impl GradeScaleError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Empty => scale::empty(),
            Self::Bound(grade) => scale::bound(grade),
            Self::SameBound(one, other) => scale::same_bound(one, other),
            Self::NoLabel(lower) => scale::no_label(lower.to_string()),
        }
    }
}

impl fmt::Display for GradeScaleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

/// A valid scale: bands of distinct bounds, the best first.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeScale(Vec<Band>);

impl GradeScale {
    /// Makes a scale of `bands`, in any order.
    ///
    /// # Errors
    /// Where there is no band, a bound is not between 0 and 100, two bounds are equal, or a label
    /// is blank.
    pub fn new(mut bands: Vec<Band>) -> Result<Self, GradeScaleError> {
        if bands.is_empty() {
            return Err(GradeScaleError::Empty);
        }
        for band in &bands {
            if !(0.0..=100.0).contains(&band.lower) {
                return Err(GradeScaleError::Bound(band.label.clone()));
            }
            if band.label.trim().is_empty() {
                return Err(GradeScaleError::NoLabel(band.lower));
            }
        }
        bands.sort_by(|a, b| b.lower.total_cmp(&a.lower));
        if let Some([a, b]) = bands.array_windows().find(|[a, b]| a.lower == b.lower) {
            return Err(GradeScaleError::SameBound(a.label.clone(), b.label.clone()));
        }
        Ok(Self(bands))
    }

    /// The bands, the best first.
    #[must_use]
    pub fn bands(&self) -> &[Band] {
        &self.0
    }

    /// The grade of `percent`, which has been rounded as it is printed; none below the lowest band.
    #[must_use]
    pub fn grade(&self, percent: f64) -> Option<&str> {
        self.0.iter().find(|band| percent >= band.lower).map(|band| band.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scale(bands: &[(&str, f64)]) -> Result<GradeScale, GradeScaleError> {
        let band = |&(label, lower): &(&str, f64)| Band { label: label.into(), lower };
        GradeScale::new(bands.iter().map(band).collect())
    }

    #[test]
    fn a_bound_belongs_to_its_grade() {
        let scale = scale(&[("C", 50.0), ("A", 90.0), ("B", 70.0)]).unwrap();
        assert_eq!(scale.grade(90.0), Some("A"));
        assert_eq!(scale.grade(89.99), Some("B"));
        assert_eq!(scale.grade(120.0), Some("A"));
        assert_eq!(scale.grade(49.0), None);
        assert_eq!(scale.grade(f64::NAN), None);
    }

    #[test]
    fn what_is_no_scale_is_refused() {
        assert_eq!(scale(&[]), Err(GradeScaleError::Empty));
        assert!(matches!(scale(&[("A", f64::NAN)]), Err(GradeScaleError::Bound(_))));
        assert!(matches!(scale(&[("A", 101.0)]), Err(GradeScaleError::Bound(_))));
        assert!(matches!(scale(&[(" ", 1.0)]), Err(GradeScaleError::NoLabel(_))));
        let same = scale(&[("A", 10.0), ("B", 10.0)]);
        assert!(matches!(same, Err(GradeScaleError::SameBound(_, _))));
    }
}
