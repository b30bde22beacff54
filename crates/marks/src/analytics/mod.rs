//! Results of a student, an assessment, a course, a class and a school: the figures, the marks behind them, and the
//! charts. All numbers come from the crate `analytics`; report cards take theirs from here.

mod assessment;
mod attendance;
mod class;
mod class_results;
mod course;
mod course_results;
mod elsewhere;
mod explain_taken;
mod figures;
mod look;
mod risk;
mod school;
mod student;
mod table;

pub use assessment::AssessmentStatistics;
pub use attendance::load_attendance;
pub use class::TermStatistics;
pub use class_results::{ClassResults, OfGroup, SubjectResults, card_day, class_in, load_class_results};
pub use course::SubjectStatistics;
pub use course_results::{CourseResults, Results, Taken, load_results};
pub use elsewhere::{EarlierSchool, EarlierSubject, EarlierTerm};
pub use explain_taken::explain_taken;
pub use figures::{Answer, AnswerCode, GroupResults, ResultBehind, ResultColumn, ResultUnit, StudentResult};
pub use look::{ChartKind, ChartLook, ChartPicture, ChartTheme, ChartWords};
pub use risk::{AtRisk, RiskCode, RiskReason, StudentAtRisk, StudentsAtRisk};
pub use school::{GroupRow, SchoolResults, SchoolStatistics};
pub use student::subject_chart;
pub use student::{StudentPerformance, StudentResults, SubjectResult, TermResult};
pub use table::*;
