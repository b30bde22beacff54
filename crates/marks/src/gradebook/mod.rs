//! Gradebook: weighted categories, assessments, marks typed as in a spreadsheet, totals, comments.

mod book;
mod comments;
mod courses;
mod explain;
mod export;
mod grading;
mod mark;
mod merging;
mod order;
mod own_entries;
mod record;
mod sheet;
mod structure;
mod table;
mod takers;

pub use book::{Book, load_books, load_courses, load_term, points};
pub use comments::load_comments;
pub use comments::{
    CommentConflict, CommentKind, CommentResult, CommentedCourse, OfClassTerm, ReportComment, ReportComments,
    SaveComment, SaveComments, SavedComments,
};
pub use courses::{CourseForMarks, CoursesForMarks};
pub use explain::explain;
pub use explain::{ExplainTotal, ExplainedMark, ExplainedPart, ExplainedShare, ExplainedTotal};
pub use export::ExportMarks;
pub use grading::Grading;
pub use grading::GradingRules;
pub use mark::{
    BadMark, EXCUSED_WORDS, LARGEST_MAXIMUM, LONGEST_MARK, MISSING_WORDS, Mark, SCALE, format_decimal, parse_decimal,
};
pub use merging::before_merging;
pub use order::{ReorderAssessments, ReorderCategories};
pub use record::{CellOutcome, CellResult, MarkCell, MarkConflict, RecordMarks, RecordedMarks, SavedMark};
pub use sheet::{
    AssessmentColumn, AssessmentFooter, CategoryRow, CellOutside, MarkSheet, MarkWords, OfCourseTerm, SheetMark,
    StudentTotal,
};
pub use structure::reach_assessment;
pub use structure::{DeleteVersion, SaveAssessment, SaveCategory, SavedAssessment, SavedCategory};
pub use table::*;
pub use takers::{Days, StudentLabel, Takers, load_members, load_students, load_takers, student_label};
