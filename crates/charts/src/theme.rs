//! Colours, sizes and words of a chart: for a light window, a dark one, and paper.

use std::borrow::Cow;

use plotters::style::RGBColor;
use words::paper::chart;
use words::{Language, Message};

/// plotters counts the size of a font in 1.24 of its em. A backend that draws text itself divides
/// `style.size()` by this, as plotters' own SVG backend does.
pub const PLOTTERS_SIZE_PER_EM: f64 = 1.24;

/// How a chart looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Text that matters, and lines that mark a value.
    pub ink: RGBColor,
    /// Text that explains.
    pub muted: RGBColor,
    /// Lines to read values by.
    pub grid: RGBColor,
    /// What the chart is about.
    pub accent: RGBColor,
    /// The same, where something else stands out.
    pub accent_soft: RGBColor,
    /// The length a bar could have.
    pub track: RGBColor,
    /// What the chart lies on, to part what touches; filled only where `fill_background` says so.
    pub paper: RGBColor,
    /// Whether `paper` is drawn; else the chart is transparent.
    pub fill_background: bool,
    /// CSS list of font families; backends with fonts of their own may ignore it.
    pub font_family: Cow<'static, str>,
    /// The em of the text in the backend's units; all other lengths follow it.
    pub font_size: f64,
    /// The words that the chart itself adds.
    pub words: Words,
}

/// Words that a chart adds to those it is given, to be filled from the message catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Names the mean of the class in a histogram.
    pub mean: String,
    /// Names the mark from which a student passes.
    pub pass_mark: String,
    /// Names the mark of the student that the chart is about.
    pub student: String,
    /// Names the mean of the class beside a student's marks.
    pub class_mean: String,
    /// Names the middle mark.
    pub median: String,
    /// Names the box from the first to the third quartile.
    pub middle_half: String,
    /// Names the whiskers from the lowest to the highest mark.
    pub range: String,
    /// Stands where there is nothing to draw.
    pub empty: String,
    /// Stands between whole numbers and tenths.
    pub decimal_point: char,
}

impl Words {
    /// The words of the catalogue in a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let text = |message: Message| message.text(language);
        Self {
            mean: text(chart::mean()),
            pass_mark: text(chart::pass_mark()),
            student: text(chart::student()),
            class_mean: text(chart::class_mean()),
            median: text(chart::median()),
            middle_half: text(chart::middle_half()),
            range: text(chart::range()),
            empty: text(chart::empty()),
            decimal_point: language.decimal_mark().chars().next().unwrap_or('.'),
        }
    }
}

impl Default for Words {
    fn default() -> Self {
        Self::of(Language::ENGLISH)
    }
}

impl Theme {
    /// For a light window.
    #[must_use]
    pub fn light() -> Self {
        Self {
            ink: RGBColor(0x1f, 0x24, 0x2b),
            muted: RGBColor(0x5c, 0x65, 0x70),
            grid: RGBColor(0xe3, 0xe6, 0xea),
            accent: RGBColor(0x1f, 0x5f, 0xbf),
            accent_soft: RGBColor(0xb4, 0xcc, 0xee),
            track: RGBColor(0xef, 0xf1, 0xf4),
            paper: RGBColor(0xff, 0xff, 0xff),
            fill_background: false,
            font_family: Cow::Borrowed("Inter, 'Noto Sans', 'Segoe UI', system-ui, sans-serif"),
            font_size: 12.0,
            words: Words::default(),
        }
    }

    /// For a dark window.
    #[must_use]
    pub fn dark() -> Self {
        Self {
            ink: RGBColor(0xec, 0xee, 0xf1),
            muted: RGBColor(0xa3, 0xab, 0xb5),
            grid: RGBColor(0x36, 0x3b, 0x42),
            accent: RGBColor(0x6e, 0xa3, 0xf2),
            accent_soft: RGBColor(0x34, 0x50, 0x7a),
            track: RGBColor(0x2a, 0x2e, 0x34),
            paper: RGBColor(0x1a, 0x1b, 0x1e),
            ..Self::light()
        }
    }

    /// For paper: the light colours with black text, on the paper as it is.
    #[must_use]
    pub fn print() -> Self {
        Self {
            ink: RGBColor(0x00, 0x00, 0x00),
            muted: RGBColor(0x45, 0x4b, 0x54),
            grid: RGBColor(0xd4, 0xd8, 0xdd),
            ..Self::light()
        }
    }

    /// The same with text of another em, in the backend's units: the way to a backend whose unit
    /// is not the pixel.
    #[must_use]
    pub fn with_font_size(self, font_size: f64) -> Self {
        Self { font_size, ..self }
    }

    /// The same with other words.
    #[must_use]
    pub fn with_words(self, words: Words) -> Self {
        Self { words, ..self }
    }
}
