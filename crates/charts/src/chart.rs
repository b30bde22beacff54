//! What can be drawn, and the one way in to draw it.

use std::fmt;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters_backend::DrawingBackend;
use words::Message;
use words::faults::charts;

use crate::canvas::{Canvas, TITLE_HEIGHT};
use crate::legend::LEGEND_HEIGHT;
use crate::theme::Theme;
use crate::{box_plots, histogram, subject_bars, trend};

/// A plot with its figures. All figures are finite, in the unit of the marks; text may be in any
/// script, and what is too long for its place is cut with an ellipsis.
#[derive(Debug, Clone, PartialEq)]
pub enum Chart {
    /// How the marks of a class are spread.
    Histogram {
        /// Heading; nothing is drawn where it is blank.
        title: String,
        /// What the marks are, such as "Points".
        x_label: String,
        /// What is counted, such as "Students".
        y_label: String,
        /// Limits of the bins, rising, one more than there are counts.
        edges: Vec<f64>,
        /// Marks in each bin.
        counts: Vec<u32>,
        /// The mark from which a student passes.
        pass_mark: Option<f64>,
        /// Mean of the class.
        mean: Option<f64>,
        /// The mark of one student.
        highlight: Option<f64>,
    },
    /// One bar a subject, with the class mean beside it.
    SubjectBars {
        /// Heading; nothing is drawn where it is blank.
        title: String,
        /// From top to bottom.
        bars: Vec<SubjectBar>,
        /// Where the axis ends, above 0; it stretches to a bar that is longer.
        max: f64,
    },
    /// Marks in the order of time.
    Trend {
        /// Heading; nothing is drawn where it is blank.
        title: String,
        /// From the earliest to the latest.
        points: Vec<TrendPoint>,
        /// Where the axis ends, above 0; it stretches to a mark that is higher.
        max: f64,
    },
    /// The spread of several groups, one below the other.
    BoxPlots {
        /// Heading; nothing is drawn where it is blank.
        title: String,
        /// From top to bottom.
        groups: Vec<BoxGroup>,
        /// Where the axis ends, above 0; it stretches to a mark that is higher.
        max: f64,
    },
}

/// One subject of [`Chart::SubjectBars`].
#[derive(Debug, Clone, PartialEq)]
pub struct SubjectBar {
    /// Name of the subject.
    pub label: String,
    /// Mark of the student; no bar where there is none.
    pub value: Option<f64>,
    /// Mean of the class.
    pub class_mean: Option<f64>,
}

/// One moment of [`Chart::Trend`].
#[derive(Debug, Clone, PartialEq)]
pub struct TrendPoint {
    /// Name of the assessment or date.
    pub label: String,
    /// Mark of the student; the line has a gap where there is none.
    pub value: Option<f64>,
    /// Mean of the class; the second line is drawn where any point has one.
    pub class_mean: Option<f64>,
}

/// One group of [`Chart::BoxPlots`]; its figures rise from `min` to `max`.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxGroup {
    /// Name of the class or subject.
    pub label: String,
    /// Lowest mark.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Highest mark.
    pub max: f64,
}

/// Why a chart was not drawn.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ChartError {
    /// Labels would lie upon each other.
    TooSmall {
        /// Width given, in the backend's units.
        width: u32,
        /// Height given, in the backend's units.
        height: u32,
        /// Least width, in the backend's units.
        needed_width: u32,
        /// Least height, in the backend's units.
        needed_height: u32,
    },
    /// A figure is infinite or not a number, or an axis has no length.
    NotFinite(String),
    /// There must be one edge more than counts, and they must rise.
    Bins(String),
    /// The backend failed.
    Backend(String),
}

impl ChartError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::TooSmall { width, height, needed_width, needed_height } => charts::too_small(
                width.to_string(),
                height.to_string(),
                needed_width.to_string(),
                needed_height.to_string(),
            ),
            Self::NotFinite(title) => charts::not_finite(title),
            Self::Bins(title) => charts::bins(title),
            Self::Backend(reason) => charts::backend(reason),
        }
    }
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl<E: std::error::Error + Send + Sync> From<DrawingAreaErrorKind<E>> for ChartError {
    fn from(error: DrawingAreaErrorKind<E>) -> Self {
        Self::Backend(error.to_string())
    }
}

/// Draws `chart` so that it fills `area`. Lengths follow `theme.font_size`, which is in the
/// backend's units; the area may be of any size from [`natural_height`] upwards.
///
/// Only filled rectangles and polygons, paths, circles and unrotated text centred vertically on
/// its anchor are drawn.
///
/// # Errors
/// Where the area is too small for the labels, a figure is not finite, or the backend fails.
pub fn draw<B: DrawingBackend>(chart: &Chart, area: &DrawingArea<B, Shift>, theme: &Theme) -> Result<(), ChartError> {
    check(chart)?;
    let canvas = Canvas::new(area, theme);
    let (width, height) = area.dim_in_pixel();
    let needed_width = (20.0 * theme.font_size).ceil() as u32;
    let needed_height = least_height(chart, theme);
    if width < needed_width || height < needed_height {
        return Err(ChartError::TooSmall { width, height, needed_width, needed_height });
    }
    if theme.fill_background {
        canvas.fill_background()?;
    }
    match chart {
        Chart::Histogram { .. } => histogram::draw(chart, &canvas),
        Chart::SubjectBars { title, bars, max } => subject_bars::draw(title, bars, *max, &canvas),
        Chart::Trend { title, points, max } => trend::draw(title, points, *max, &canvas),
        Chart::BoxPlots { title, groups, max } => box_plots::draw(title, groups, *max, &canvas),
    }
}

impl Chart {
    /// Its heading.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Histogram { title, .. }
            | Self::SubjectBars { title, .. }
            | Self::Trend { title, .. }
            | Self::BoxPlots { title, .. } => title,
        }
    }

    /// All figures, and the ends of the axis.
    fn figures(&self) -> Vec<f64> {
        match self {
            Self::Histogram { edges, pass_mark, mean, highlight, .. } => {
                edges.iter().copied().chain([*pass_mark, *mean, *highlight].into_iter().flatten()).collect()
            }
            Self::SubjectBars { bars, max, .. } => {
                bars.iter().flat_map(|bar| [bar.value, bar.class_mean]).flatten().chain([*max]).collect()
            }
            Self::Trend { points, max, .. } => {
                points.iter().flat_map(|p| [p.value, p.class_mean]).flatten().chain([*max]).collect()
            }
            Self::BoxPlots { groups, max, .. } => {
                groups.iter().flat_map(|g| [g.min, g.q1, g.median, g.q3, g.max]).chain([*max]).collect()
            }
        }
    }
}

/// Largest figure that is drawn; beyond it the places on the drawing area lose their meaning.
const LARGEST: f64 = 1e12;

fn check(chart: &Chart) -> Result<(), ChartError> {
    let title = || chart.title().to_owned();
    if !chart.figures().iter().all(|figure| figure.abs() <= LARGEST) {
        return Err(ChartError::NotFinite(title()));
    }
    match chart {
        Chart::Histogram { edges, counts, .. } => {
            let rising = edges.windows(2).all(|pair| pair[0] < pair[1]);
            let fits = edges.len() == counts.len() + 1 || (edges.is_empty() && counts.is_empty());
            (rising && fits).then_some(()).ok_or_else(|| ChartError::Bins(title()))
        }
        Chart::SubjectBars { max, .. } | Chart::Trend { max, .. } | Chart::BoxPlots { max, .. } => {
            (*max > 0.0).then_some(()).ok_or_else(|| ChartError::NotFinite(title()))
        }
    }
}

/// Height that shows `chart` well, in the backend's units, for an area of usual width.
#[must_use]
pub fn natural_height(chart: &Chart, theme: &Theme) -> u32 {
    height(chart, theme, 2.2, 13.0)
}

fn least_height(chart: &Chart, theme: &Theme) -> u32 {
    height(chart, theme, 1.25, 6.0)
}

/// Height of a chart whose rows take `row` em each, or whose plot takes `plot` em.
fn height(chart: &Chart, theme: &Theme, row: f64, plot: f64) -> u32 {
    let title = if chart.title().trim().is_empty() { 0.0 } else { TITLE_HEIGHT };
    let body = match chart {
        Chart::Histogram { .. } => plot + 5.1,
        Chart::Trend { .. } => plot + 3.2,
        Chart::SubjectBars { bars, .. } => 2.0 + row * bars.len() as f64,
        Chart::BoxPlots { groups, .. } => 2.0 + row * groups.len() as f64,
    };
    ((title + LEGEND_HEIGHT + body + 0.7) * theme.font_size).ceil() as u32
}
