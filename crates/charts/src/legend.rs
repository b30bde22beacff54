//! The line above a chart that says what its marks mean.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use crate::canvas::{Canvas, Frame, Look};
use crate::chart::ChartError;

/// The sign that stands for a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Sign {
    /// A bar.
    Bar,
    /// An upright line.
    Line,
    /// An upright dashed line.
    Dashes,
    /// A triangle that points down.
    Arrow,
    /// A line with dots.
    Dots,
    /// A dashed line with diamonds.
    Diamonds,
    /// A pale box.
    Box,
    /// A thin lying line with ends.
    Whiskers,
}

/// Height of one line of the legend, in em.
pub(crate) const LEGEND_HEIGHT: f64 = 1.6;
const SIGN_WIDTH: f64 = 1.5;
const GAP: f64 = 1.3;

/// Draws `entries` side by side, on as many lines as they need; gives the frame below.
pub(crate) fn legend<B: DrawingBackend>(
    entries: &[(Sign, String)],
    frame: Frame,
    canvas: &Canvas<'_, B>,
) -> Result<Frame, ChartError> {
    if entries.is_empty() {
        return Ok(frame);
    }
    let look = Look { color: canvas.theme.ink, ..canvas.explaining(HPos::Left) };
    let (mut x, mut y) = (frame.left, frame.top + canvas.em(0.7));
    for (sign, text) in entries {
        let sign_width = canvas.em(if *sign == Sign::Line || *sign == Sign::Dashes { 0.8 } else { SIGN_WIDTH });
        let wanted = sign_width + canvas.width(text, look);
        if x > frame.left && x + wanted > frame.right {
            x = frame.left;
            y += canvas.em(LEGEND_HEIGHT);
        }
        draw_sign(*sign, x, y, canvas)?;
        canvas.text(text, x + sign_width, y, frame.right - x - sign_width, look)?;
        x += wanted + canvas.em(GAP);
    }
    Ok(Frame { top: y + canvas.em(LEGEND_HEIGHT - 0.7), ..frame })
}

fn draw_sign<B: DrawingBackend>(sign: Sign, x: f64, y: f64, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let em = |n| canvas.em(n);
    let middle = x + em(0.55);
    let block = Frame { left: x, top: y - em(0.3), right: x + em(1.1), bottom: y + em(0.3) };
    let lying = [(x, y), (x + em(1.1), y)];
    match sign {
        Sign::Bar => canvas.fill(block, theme.accent),
        Sign::Box => canvas.fill(block, theme.accent_soft),
        Sign::Line => canvas.line(&[(x + em(0.3), y - em(0.5)), (x + em(0.3), y + em(0.5))], theme.ink, 2.0),
        Sign::Dashes => canvas.dashed((x + em(0.3), y - em(0.56)), (x + em(0.3), y + em(0.56)), theme.ink, 2.0),
        Sign::Arrow => arrow(middle, y + em(0.35), canvas),
        Sign::Dots => {
            canvas.line(&lying, theme.accent, 2.0)?;
            canvas.dot(middle, y, em(0.28), theme.accent)
        }
        Sign::Diamonds => {
            canvas.dashed(lying[0], lying[1], theme.muted, 1.5)?;
            canvas.diamond(middle, y, em(0.3), theme.muted)
        }
        Sign::Whiskers => {
            canvas.line(&lying, theme.muted, 1.5)?;
            for (x, _) in lying {
                canvas.line(&[(x, y - em(0.3)), (x, y + em(0.3))], theme.muted, 1.5)?;
            }
            Ok(())
        }
    }
}

/// The triangle that points down to the mark of one student.
pub(crate) fn arrow<B: DrawingBackend>(x: f64, tip: f64, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let (half, height) = (canvas.em(0.42), canvas.em(0.7));
    let points = [(x - half, tip - height), (x + half, tip - height), (x, tip)];
    canvas.polygon(&points, canvas.theme.ink)
}
