//! Report cards and other print: gathered from the same results as the screens, made by the crate `documents`.

mod batch;
mod broadsheet;
mod cards;
mod gather;
mod make;
mod readiness;
mod table;

pub use batch::{CardsOfClass, CardsOfClasses, EnqueueReportCards, report_cards_kind};
pub use broadsheet::MakeBroadsheet;
pub use make::{CardProblem, CardProblemCode, MadeDocument, MakeReportCards, PreviewReportCard, ReportKind};
pub use readiness::{CardStep, OfReportClass, ReadinessProblem, ReportCardReadiness, StepState, StudentReadiness};
pub use table::*;
