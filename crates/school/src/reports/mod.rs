//! Report cards and other print: gathered from the same results as the screens, made by the crate `documents`.

mod broadsheet;
mod cards;
mod gather;
mod make;
mod readiness;

pub use broadsheet::make_broadsheet;
pub(crate) use make::safe_name;
pub use make::{
    CardProblem, CardProblemCode, MadeDocument, MakeReportCards, PreviewReportCard, ReportKind, make_report_cards,
    preview_report_card,
};
pub use readiness::{OfReportClass, ReadinessProblem, ReportCardReadiness, StudentReadiness, report_card_readiness};
