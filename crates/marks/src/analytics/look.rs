//! How charts are to be drawn: the window's theme and width, and its words.

use charts::{Chart, Theme, Words, natural_height, svg};
use serde::{Deserialize, Serialize};
use words::Message;
use words::paper::chart;

use crate::{Error, Result};

/// The window's colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartTheme {
    #[default]
    Light,
    Dark,
    Print,
}

/// What a chart says by itself, from the message catalogue; what is left out is in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[ts(optional_fields = nullable)]
pub struct ChartWords {
    pub mean: Option<String>,
    pub pass_mark: Option<String>,
    pub student: Option<String>,
    pub class_mean: Option<String>,
    pub median: Option<String>,
    pub middle_half: Option<String>,
    pub range: Option<String>,
    pub empty: Option<String>,
    /// One character between whole numbers and tenths.
    pub decimal_point: Option<String>,
    pub points: Option<String>,
    pub percent: Option<String>,
    pub students: Option<String>,
    /// Heading of the histogram.
    pub distribution: Option<String>,
    /// Heading of the box plots.
    pub spread: Option<String>,
    /// Heading of a student's bars.
    pub by_subject: Option<String>,
    /// Heading of a student's line.
    pub trend: Option<String>,
}

impl Default for ChartWords {
    fn default() -> Self {
        let words = Words::default();
        let own = |message: Message| Some(message.to_string());
        Self {
            mean: Some(words.mean),
            pass_mark: Some(words.pass_mark),
            student: Some(words.student),
            class_mean: Some(words.class_mean),
            median: Some(words.median),
            middle_half: Some(words.middle_half),
            range: Some(words.range),
            empty: Some(words.empty),
            decimal_point: Some(words.decimal_point.to_string()),
            points: own(chart::points()),
            percent: own(chart::percent()),
            students: own(chart::students()),
            distribution: own(chart::distribution()),
            spread: own(chart::spread()),
            by_subject: own(chart::by_subject()),
            trend: own(chart::trend()),
        }
    }
}

/// How charts are to be drawn.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChartLook {
    pub theme: ChartTheme,
    /// Pixels from left to right, 280 to 2,000.
    pub width: u32,
    #[serde(default)]
    #[ts(optional)]
    pub words: Option<ChartWords>,
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    Histogram,
    BoxPlots,
    SubjectBars,
    Trend,
}

/// A chart as an SVG document without script.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChartPicture {
    pub kind: ChartKind,
    pub svg: String,
}

impl ChartLook {
    /// The words, complete.
    pub(super) fn words(&self) -> ChartWords {
        self.words.clone().unwrap_or_default()
    }

    /// Draws a chart.
    pub(super) fn picture(&self, chart: &Chart) -> Result<ChartPicture> {
        let words = self.words();
        let english = Words::default();
        let words = Words {
            mean: words.mean.unwrap_or(english.mean),
            pass_mark: words.pass_mark.unwrap_or(english.pass_mark),
            student: words.student.unwrap_or(english.student),
            class_mean: words.class_mean.unwrap_or(english.class_mean),
            median: words.median.unwrap_or(english.median),
            middle_half: words.middle_half.unwrap_or(english.middle_half),
            range: words.range.unwrap_or(english.range),
            empty: words.empty.unwrap_or(english.empty),
            decimal_point: words.decimal_point.and_then(|point| point.chars().next()).unwrap_or(english.decimal_point),
        };
        let theme = match self.theme {
            ChartTheme::Light => Theme::light(),
            ChartTheme::Dark => Theme::dark(),
            ChartTheme::Print => Theme::print(),
        }
        .with_words(words);
        let drawn = svg(chart, self.width.clamp(280, 2_000), natural_height(chart, &theme), &theme);
        let kind = match chart {
            Chart::Histogram { .. } => ChartKind::Histogram,
            Chart::BoxPlots { .. } => ChartKind::BoxPlots,
            Chart::SubjectBars { .. } => ChartKind::SubjectBars,
            Chart::Trend { .. } => ChartKind::Trend,
        };
        // A chart's error may quote a title, which may be a name.
        let svg = drawn.map_err(|_| Error::internal("A chart could not be drawn."))?;
        Ok(ChartPicture { kind, svg })
    }
}
