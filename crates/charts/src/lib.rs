//! Plots of marks, drawn once for screen and paper: the same code writes SVG for the window and
//! draws on any plotters backend, such as the pages of a report card. Knows no statistics and no
//! student: it is given the figures and the words to print.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod box_plots;
mod canvas;
mod chart;
mod histogram;
mod legend;
mod subject_bars;
mod svg;
mod text;
mod theme;
mod trend;

pub use chart::{BoxGroup, Chart, ChartError, SubjectBar, TrendPoint, draw, natural_height};
pub use svg::svg;
pub use theme::{PLOTTERS_SIZE_PER_EM, Theme, Words};
