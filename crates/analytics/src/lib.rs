//! Statistics of marks and attendance: values in, values out. Knows no database, no window and
//! no clock, and not what a student is: whoever calls keeps the order of what was given.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod analyse;
mod attendance;
mod bulk;
mod csv_marks;
mod grade;
mod standing;
mod summary;
mod total;

pub use analyse::{Analysis, AnalysisError, Column, Ignored, Row, analyse_csv, analyse_file};
pub use attendance::{AttendanceCounts, attendance_rate};
pub use bulk::{BulkError, ClassStatistics, GroupStatistics, class_statistics};
pub use grade::{Band, GradeScale, GradeScaleError};
pub use standing::{Standing, standings};
pub use summary::{Histogram, Statistics, describe, histogram, pass_rate};
pub use total::{Category, CountedMark, MarkState, MissingCountsAs, Total, TotalPart, weighted_total};
