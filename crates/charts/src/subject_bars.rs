//! A student's marks by subject: a bar each, the class mean as an upright line across it.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use crate::canvas::{Axis, Canvas, Frame};
use crate::chart::{ChartError, SubjectBar};
use crate::legend::{Sign, legend};

pub(crate) fn draw<B: DrawingBackend>(
    title: &str,
    bars: &[SubjectBar],
    max: f64,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let frame = canvas.title(title, canvas.frame())?;
    if bars.is_empty() {
        return canvas.nothing(frame);
    }
    let words = &canvas.theme.words;
    let mut entries = vec![(Sign::Bar, words.student.clone())];
    if bars.iter().any(|bar| bar.class_mean.is_some()) {
        entries.push((Sign::Line, words.class_mean.clone()));
    }
    let frame = legend(&entries, frame, canvas)?;

    let marks: Vec<_> = bars.iter().map(|bar| bar.value).collect();
    let figures = canvas.column_of_numbers(&marks);
    let plot = rows_frame(bars.iter().map(|bar| bar.label.as_str()), &figures, frame, canvas);
    let values = bars.iter().flat_map(|bar| [bar.value, bar.class_mean]);
    let axis = Axis::new(values.flatten(), max, (plot.left, plot.right));
    draw_axis(&axis, plot, canvas)?;
    let height = (plot.bottom - plot.top) / bars.len() as f64;
    for ((bar, figure), row) in bars.iter().zip(&figures).zip(0u32..) {
        let y = plot.top + height * (f64::from(row) + 0.5);
        let half = (height * 0.32).min(canvas.em(0.62));
        let room = plot.left - frame.left - canvas.em(0.8);
        canvas.text(&bar.label, frame.left, y, room, canvas.look(HPos::Left))?;
        let lane = Frame { left: plot.left, top: y - half, right: plot.right, bottom: y + half };
        canvas.fill(lane, canvas.theme.track)?;
        if let Some(value) = bar.value {
            let (from, to) = (axis.place(0.0), axis.place(value));
            let (left, right) = (from.min(to), from.max(to));
            canvas.fill(Frame { left, right, ..lane }, canvas.theme.accent)?;
        }
        if let Some(mean) = bar.class_mean {
            let (x, over) = (axis.place(mean), canvas.em(0.22));
            let (top, bottom) = (lane.top - over, lane.bottom + over);
            canvas.halo(x, top, bottom)?;
            canvas.line(&[(x, top), (x, bottom)], canvas.theme.ink, 2.0)?;
        }
        let room = frame.right - plot.right;
        canvas.text(figure, frame.right, y, room, canvas.look(HPos::Right))?;
    }
    Ok(())
}

/// The part of `frame` beside the labels of rows, which are on the left, and their `figures`,
/// which are on the right; below it is room for the axis.
pub(crate) fn rows_frame<'t, B: DrawingBackend>(
    labels: impl Iterator<Item = &'t str>,
    figures: &[String],
    frame: Frame,
    canvas: &Canvas<'_, B>,
) -> Frame {
    let look = canvas.look(HPos::Left);
    let widest = labels.map(|label| canvas.width(label, look)).fold(0.0, f64::max);
    let figure_width = figures.iter().map(|figure| canvas.width(figure, look)).fold(0.0, f64::max);
    let most = (frame.right - frame.left) * 0.34;
    Frame {
        left: frame.left + widest.min(most) + canvas.em(0.8),
        top: frame.top + canvas.em(0.3),
        right: frame.right - figure_width - canvas.em(1.3),
        bottom: frame.bottom - canvas.em(1.7),
    }
}

/// Draws upright lines to read values by, and their numbers below.
pub(crate) fn draw_axis<B: DrawingBackend>(axis: &Axis, plot: Frame, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let look = canvas.explaining(HPos::Center);
    let room = canvas.em(5.0);
    let most = ((plot.right - plot.left) / room).clamp(2.0, 6.0) as usize;
    for tick in axis.ticks(most, 0.0) {
        let x = axis.place(tick);
        canvas.line(&[(x, plot.top), (x, plot.bottom)], canvas.theme.grid, 1.0)?;
        let label = canvas.number(tick, 2);
        canvas.text(&label, x, plot.bottom + canvas.em(0.8), room, look)?;
    }
    Ok(())
}
