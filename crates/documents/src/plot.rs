//! Lets plotters draw on a page: its shapes become PDF operations and its text is shaped and
//! selectable like all other text.

use charts::{Chart, ChartError, PLOTTERS_SIZE_PER_EM, Theme};
use plotters::drawing::IntoDrawingArea;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontStyle,
    text_anchor::{HPos, VPos},
};

use crate::page::{Colour, Pages, regular, semibold};
use crate::shape::{Reading, Shaper};

/// plotters counts in whole units; ten of them in a point place a bar to a thirtieth of a
/// millimetre.
pub(crate) const UNITS_PER_POINT: f32 = 10.0;

/// Height of capitals of the text faces, in em; half of it centres a line on its anchor.
const CAPITAL: f32 = 0.714;

/// Draws `chart` into the box whose top start corner is (`x`, `y`), in points.
pub(crate) fn draw(
    pages: &mut Pages<'_>,
    chart: &Chart,
    theme: &Theme,
    (x, y): (f32, f32),
    (width, height): (f32, f32),
) -> Result<(), ChartError> {
    let left = pages.left(x, width);
    let backend =
        Plot { size: ((width * UNITS_PER_POINT) as u32, (height * UNITS_PER_POINT) as u32), left, top: y, pages };
    charts::draw(chart, &backend.into_drawing_area(), theme)
}

/// A box on a page, seen by plotters as a surface of whole units.
struct Plot<'p, 'f> {
    pages: &'p mut Pages<'f>,
    left: f32,
    top: f32,
    size: (u32, u32),
}

impl Plot<'_, '_> {
    /// Where a point lies on paper. On a page that runs from right to left so does the chart.
    fn at(&self, (x, y): BackendCoord) -> (f32, f32) {
        let x = if self.pages.rtl { self.size.0 as i32 - x } else { x };
        (self.left + x as f32 / UNITS_PER_POINT, self.top + y as f32 / UNITS_PER_POINT)
    }
}

/// The colour as it looks on white paper.
fn colour(color: BackendColor) -> Colour {
    let on_white = |value: u8| (f64::from(value) * color.alpha + 255.0 * (1.0 - color.alpha)).clamp(0.0, 255.0) as u8;
    let (r, g, b) = color.rgb;
    Colour(on_white(r), on_white(g), on_white(b))
}

fn thickness(style: &impl BackendStyle) -> f32 {
    style.stroke_width().max(1) as f32 / UNITS_PER_POINT
}

/// Nothing that this surface does can fail.
type Done = Result<(), DrawingErrorKind<std::convert::Infallible>>;

impl DrawingBackend for Plot<'_, '_> {
    type ErrorType = std::convert::Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Done {
        Ok(())
    }

    fn present(&mut self) -> Done {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done {
        let (x, y) = self.at(point);
        let side = 1.0 / UNITS_PER_POINT;
        self.pages.fill_at(x, y, side, side, colour(color));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        upper_left: BackendCoord,
        bottom_right: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        let ((l, t), (r, b)) = (upper_left, bottom_right);
        if fill {
            let ((x1, y1), (x2, y2)) = (self.at((l.min(r), t.min(b))), self.at((l.max(r), t.max(b))));
            self.pages.fill_at(x1.min(x2), y1, (x2 - x1).abs(), y2 - y1, colour(style.color()));
            return Ok(());
        }
        self.draw_path([(l, t), (r, t), (r, b), (l, b), (l, t)], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Done {
        if style.color().alpha > 0.0 {
            let points: Vec<_> = path.into_iter().map(|point| self.at(point)).collect();
            self.pages.path_at(&points, thickness(style), colour(style.color()));
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, center: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        const CORNERS: u16 = 24;
        let (x, y) = self.at(center);
        let radius = radius as f32 / UNITS_PER_POINT;
        let points: Vec<_> = (0..=CORNERS)
            .map(|i| {
                let turn = std::f32::consts::TAU * f32::from(i) / f32::from(CORNERS);
                (x + radius * turn.cos(), y + radius * turn.sin())
            })
            .collect();
        if fill {
            self.pages.polygon_at(&points, colour(style.color()));
        } else {
            self.pages.path_at(&points, thickness(style), colour(style.color()));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, corners: I, style: &S) -> Done {
        let corners: Vec<_> = corners.into_iter().map(|point| self.at(point)).collect();
        self.pages.polygon_at(&corners, colour(style.color()));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: BackendCoord) -> Done {
        let (x, y) = self.at(at);
        let set = text_style(style);
        let rtl = Shaper::reads_rtl(text, Reading::Natural, self.pages.rtl);
        let line = self.pages.shaper.line(text, set.weight, rtl);
        let width = line.width * set.size / 1000.0;
        let left = match (style.anchor().h_pos, self.pages.rtl) {
            (HPos::Left, false) | (HPos::Right, true) => x,
            (HPos::Center, _) => x - width / 2.0,
            (HPos::Right, false) | (HPos::Left, true) => x - width,
        };
        let baseline = match style.anchor().v_pos {
            VPos::Top => y + CAPITAL * set.size,
            VPos::Center => y + CAPITAL * set.size / 2.0,
            VPos::Bottom => y,
        };
        self.pages.line_at(&line, set, (left, baseline));
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Self::ErrorType>> {
        // plotters asks through a shared reference, while shaping needs its cache: an upper
        // estimate of an em for each two characters serves the layout, which is in the charts'
        // own hands anyway.
        let size = style.size() / PLOTTERS_SIZE_PER_EM;
        let width = size * 0.6 * text.chars().count() as f64;
        Ok((width.ceil() as u32, size.ceil() as u32))
    }
}

fn text_style(style: &impl BackendTextStyle) -> crate::page::Style {
    let size = (style.size() / PLOTTERS_SIZE_PER_EM) as f32 / UNITS_PER_POINT;
    let colour = colour(style.color());
    match style.style() {
        FontStyle::Bold => semibold(size, colour),
        FontStyle::Normal | FontStyle::Italic | FontStyle::Oblique => regular(size, colour),
    }
}
