//! Report cards and other print: gathered from the same results as the screens, made by the crate `documents`.

mod broadsheet;
mod cards;
mod gather;
mod make;
mod readiness;

pub use broadsheet::make_broadsheet;
pub use make::{
    CardProblem, CardProblemCode, MadeDocument, MakeReportCards, PreviewReportCard, ReportKind, make_report_cards,
    preview_report_card,
};
pub(crate) use make::{fonts, safe_name};
pub use readiness::{
    CardStep, OfReportClass, ReadinessProblem, ReportCardReadiness, StepState, StudentReadiness, report_card_readiness,
};
