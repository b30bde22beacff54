//! Statistics of marks and attendance: values in, values out. Knows no database, no window and
//! no clock, and not what a student is: whoever calls keeps the order of what was given.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod analyse;
mod attendance;
mod bulk;
mod csv_marks;
mod exact;
mod grade;
mod mark_text;
mod not_marks;
mod standing;
mod summary;
mod total;
mod written;

pub use analyse::{
    Analysis, AnalysisError, Column, Ignored, LeftOut, Reason, Row, Why, analyse_csv, analyse_file, analyse_text,
};
pub use attendance::{AttendanceCounts, attendance_rate};
pub use bulk::{BulkError, ClassStatistics, GroupStatistics, class_statistics};
pub use exact::{Exact, Rounding, difference};
pub use grade::{Band, GradeScale, GradeScaleError};
pub use mark_text::{
    BadDecimal, EXCUSED_WORDS, MARK_SCALE, MISSING_WORDS, MarkWord, digit, mark_word, parse_decimal, plain_text,
};
pub use standing::{Standing, standings};
pub use summary::{Histogram, Statistics, describe, histogram, pass_rate};
pub use total::{Category, CountedMark, MarkState, MissingCountsAs, Total, TotalPart, weight_of_total, weighted_total};
