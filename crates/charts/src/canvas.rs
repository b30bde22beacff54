//! The drawing area with the theme: lines, shapes and text in the few forms that charts use.

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Circle, PathElement, Polygon, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, RGBColor, ShapeStyle};
use plotters_backend::DrawingBackend;

use crate::chart::ChartError;
use crate::text;
use crate::theme::{PLOTTERS_SIZE_PER_EM, Theme};

/// A part of the drawing area, in the backend's units from its upper left corner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frame {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// How a piece of text looks and which of its ends is held.
#[derive(Clone, Copy)]
pub(crate) struct Look {
    pub color: RGBColor,
    pub bold: bool,
    /// Size in em of the theme.
    pub size: f64,
    pub hold: HPos,
}

/// The drawing area with the theme.
pub(crate) struct Canvas<'a, B: DrawingBackend> {
    area: &'a DrawingArea<B, Shift>,
    pub theme: &'a Theme,
}

impl<'a, B: DrawingBackend> Canvas<'a, B> {
    pub fn new(area: &'a DrawingArea<B, Shift>, theme: &'a Theme) -> Self {
        Self { area, theme }
    }

    /// `n` em in the backend's units.
    pub fn em(&self, n: f64) -> f64 {
        n * self.theme.font_size
    }

    /// Width of the thinnest line.
    pub fn hair(&self) -> f64 {
        self.em(1.0 / 12.0)
    }

    /// The whole area without a small margin.
    pub fn frame(&self) -> Frame {
        let (width, height) = self.area.dim_in_pixel();
        let margin = self.em(0.35);
        Frame { left: margin, top: margin, right: f64::from(width) - margin, bottom: f64::from(height) - margin }
    }

    pub fn fill_background(&self) -> Result<(), ChartError> {
        let (width, height) = self.area.dim_in_pixel();
        let whole = Frame { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
        self.fill(whole, self.theme.paper)
    }

    pub fn look(&self, hold: HPos) -> Look {
        Look { color: self.theme.ink, bold: false, size: 1.0, hold }
    }

    pub fn explaining(&self, hold: HPos) -> Look {
        Look { color: self.theme.muted, size: 0.92, ..self.look(hold) }
    }

    /// Width of `text` as it will be drawn, in the backend's units.
    pub fn width(&self, text: &str, look: Look) -> f64 {
        let weight = if look.bold { 1.08 } else { 1.0 };
        self.em(text::width(text) * look.size * weight)
    }

    /// Draws `text`, cut to `room`, with its middle at the height `y`.
    pub fn text(&self, text: &str, x: f64, y: f64, room: f64, look: Look) -> Result<(), ChartError> {
        let weight = if look.bold { 1.08 } else { 1.0 };
        let text = text::fit(text, room / (self.theme.font_size * look.size * weight));
        if text.is_empty() {
            return Ok(());
        }
        let style = if look.bold { FontStyle::Bold } else { FontStyle::Normal };
        let size = self.em(look.size) * PLOTTERS_SIZE_PER_EM;
        let family = FontFamily::Name(&self.theme.font_family);
        let mut style = FontDesc::new(family, size, style).color(&look.color);
        style.pos = Pos::new(look.hold, VPos::Center);
        Ok(self.area.draw(&Text::new(text, at(x, y), style))?)
    }

    /// Values of a column: all with one decimal if one of them needs it.
    pub fn column_of_numbers(&self, values: &[Option<f64>]) -> Vec<String> {
        let whole = |value: &f64| (value * 10.0).round() % 10.0 == 0.0;
        let decimals = usize::from(!values.iter().flatten().all(whole));
        let point = self.theme.words.decimal_point;
        let write = |value: f64| text::fixed(value, decimals, point);
        let none = || "\u{2013}".to_owned();
        values.iter().map(|value| value.map_or_else(none, write)).collect()
    }

    /// `value` as short as it can be written with at most `decimals` decimals.
    pub fn number(&self, value: f64, decimals: usize) -> String {
        text::number(value, decimals, self.theme.words.decimal_point)
    }

    pub fn fill(&self, frame: Frame, color: RGBColor) -> Result<(), ChartError> {
        let corners = [at(frame.left, frame.top), at(frame.right, frame.bottom)];
        if corners[0].0 == corners[1].0 || corners[0].1 == corners[1].1 {
            return Ok(());
        }
        Ok(self.area.draw(&Rectangle::new(corners, ShapeStyle::from(color).filled()))?)
    }

    /// A line through `points`, `width` times the thinnest line.
    pub fn line(&self, points: &[(f64, f64)], color: RGBColor, width: f64) -> Result<(), ChartError> {
        let path: Vec<_> = points.iter().map(|&(x, y)| at(x, y)).collect();
        Ok(self.area.draw(&PathElement::new(path, self.stroke(color, width)))?)
    }

    /// A strip in the colour of the paper below an upright line, so that it stands out from bars.
    pub fn halo(&self, x: f64, top: f64, bottom: f64) -> Result<(), ChartError> {
        let (left, right) = (x - 2.0 * self.hair(), x + 2.0 * self.hair());
        let strip = Frame { left, top, right, bottom };
        self.fill(strip, self.theme.paper)
    }

    /// A straight dashed line.
    pub fn dashed(&self, from: (f64, f64), to: (f64, f64), color: RGBColor, width: f64) -> Result<(), ChartError> {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = dx.hypot(dy);
        let (dash, gap) = (self.em(0.42), self.em(0.28));
        let mut start = 0.0;
        while start < length {
            let end = (start + dash).min(length);
            let point = |at: f64| (from.0 + dx * at / length, from.1 + dy * at / length);
            self.line(&[point(start), point(end)], color, width)?;
            start += dash + gap;
        }
        Ok(())
    }

    /// A disc with a rim in the colour of the paper, so that it stands out from its line.
    pub fn dot(&self, x: f64, y: f64, radius: f64, color: RGBColor) -> Result<(), ChartError> {
        for (radius, color) in [(radius + self.hair(), self.theme.paper), (radius, color)] {
            let radius = radius.round().max(1.0) as u32;
            self.area.draw(&Circle::new(at(x, y), radius, ShapeStyle::from(color).filled()))?;
        }
        Ok(())
    }

    pub fn polygon(&self, points: &[(f64, f64)], color: RGBColor) -> Result<(), ChartError> {
        let points: Vec<_> = points.iter().map(|&(x, y)| at(x, y)).collect();
        Ok(self.area.draw(&Polygon::new(points, ShapeStyle::from(color).filled()))?)
    }

    /// A diamond with a rim in the colour of the paper.
    pub fn diamond(&self, x: f64, y: f64, radius: f64, color: RGBColor) -> Result<(), ChartError> {
        for (r, color) in [(radius + self.em(0.12), self.theme.paper), (radius, color)] {
            self.polygon(&[(x, y - r), (x + r, y), (x, y + r), (x - r, y)], color)?;
        }
        Ok(())
    }

    /// The words for a chart without figures, in the middle of `frame`.
    pub fn nothing(&self, frame: Frame) -> Result<(), ChartError> {
        let x = f64::midpoint(frame.left, frame.right);
        let y = f64::midpoint(frame.top, frame.bottom);
        let room = frame.right - frame.left;
        self.text(&self.theme.words.empty, x, y, room, self.explaining(HPos::Center))
    }

    /// The title; gives the frame that is left below it.
    pub fn title(&self, title: &str, frame: Frame) -> Result<Frame, ChartError> {
        if title.trim().is_empty() {
            return Ok(frame);
        }
        let look = Look { bold: true, size: 1.1, ..self.look(HPos::Left) };
        let y = frame.top + self.em(0.7);
        self.text(title, frame.left, y, frame.right - frame.left, look)?;
        Ok(Frame { top: frame.top + self.em(TITLE_HEIGHT), ..frame })
    }

    fn stroke(&self, color: RGBColor, width: f64) -> ShapeStyle {
        let width = (self.hair() * width).round().max(1.0) as u32;
        ShapeStyle::from(color).stroke_width(width)
    }
}

/// Height that a title takes, in em.
pub(crate) const TITLE_HEIGHT: f64 = 1.9;

fn at(x: f64, y: f64) -> (i32, i32) {
    (x.round() as i32, y.round() as i32)
}

/// A scale from values to places on the drawing area.
pub(crate) struct Axis {
    ends: (f64, f64),
    low: f64,
    high: f64,
}

impl Axis {
    /// From 0 (or lower, where a value is) to `max` (or higher), between the places `ends`.
    pub fn new(values: impl Iterator<Item = f64>, max: f64, ends: (f64, f64)) -> Self {
        let (low, high) = values.fold((0.0, max), |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        Self::between(low, high, ends)
    }

    pub fn between(low: f64, high: f64, ends: (f64, f64)) -> Self {
        Self { ends, low, high }
    }

    pub fn place(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        self.ends.0 + share * (self.ends.1 - self.ends.0)
    }

    /// Round values along the axis, at most `most` steps from the first to the last, which are
    /// multiples of 1, 2 or 5 times a power of ten and at least `least` apart.
    pub fn ticks(&self, most: usize, least: f64) -> Vec<f64> {
        let rough = ((self.high - self.low) / most.max(1) as f64).max(least);
        let power = 10f64.powf(rough.log10().floor());
        let round = [1.0, 2.0, 5.0, 10.0].into_iter().find(|&n| n * power >= rough * (1.0 - 1e-9));
        let step = power * round.unwrap_or(10.0);
        // Multiples of a whole number of steps carry no sum of roundings.
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        (first..=last).map(|n| n as f64 * step).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ticks_are_round() {
        let ticks = |low, high, most| Axis::between(low, high, (0.0, 1.0)).ticks(most, 0.0);
        assert_eq!(ticks(0.0, 100.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(0.0, 92.0, 4), [0.0, 50.0]);
        assert_eq!(ticks(-3.0, 20.0, 5), [0.0, 5.0, 10.0, 15.0, 20.0]);
        assert_eq!(ticks(0.0, 0.3, 3), [0.0, 0.1, 0.2, 0.1 * 3.0]);
    }

    #[test]
    fn counts_are_whole() {
        let axis = Axis::between(0.0, 2.0, (0.0, 1.0));
        assert_eq!(axis.ticks(6, 1.0), [0.0, 1.0, 2.0]);
    }

    proptest! {
        #[test]
        fn ticks_lie_on_the_axis(low in -1e9..0.0f64, high in 1e-6..1e9f64, most in 1usize..9) {
            let ticks = Axis::between(low, high, (0.0, 1.0)).ticks(most, 0.0);
            prop_assert!(ticks.len() <= most + 1);
            let slack = (high - low) * 1e-6;
            prop_assert!(ticks.iter().all(|t| (low - slack..=high + slack).contains(t)));
        }
    }
}
