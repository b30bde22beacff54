//! The spread of several groups: whiskers from the lowest to the highest mark, a box around the
//! middle half, a line at the median.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use crate::canvas::{Axis, Canvas, Frame};
use crate::chart::{BoxGroup, ChartError};
use crate::legend::{Sign, legend};
use crate::subject_bars::{draw_axis, rows_frame};

pub(crate) fn draw<B: DrawingBackend>(
    title: &str,
    groups: &[BoxGroup],
    max: f64,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let frame = canvas.title(title, canvas.frame())?;
    if groups.is_empty() {
        return canvas.nothing(frame);
    }
    let words = &canvas.theme.words;
    let entries = [
        (Sign::Line, words.median.clone()),
        (Sign::Box, words.middle_half.clone()),
        (Sign::Whiskers, words.range.clone()),
    ];
    let frame = legend(&entries, frame, canvas)?;

    let medians: Vec<_> = groups.iter().map(|group| Some(group.median)).collect();
    let figures = canvas.column_of_numbers(&medians);
    let plot = rows_frame(groups.iter().map(|group| group.label.as_str()), &figures, frame, canvas);
    let values = groups.iter().flat_map(|group| [group.min, group.max]);
    let axis = Axis::new(values, max, (plot.left, plot.right));
    draw_axis(&axis, plot, canvas)?;
    let height = (plot.bottom - plot.top) / groups.len() as f64;
    for ((group, figure), row) in groups.iter().zip(&figures).zip(0u32..) {
        let y = plot.top + height * (f64::from(row) + 0.5);
        let half = (height * 0.32).min(canvas.em(0.7));
        let room = plot.left - frame.left - canvas.em(0.8);
        canvas.text(&group.label, frame.left, y, room, canvas.look(HPos::Left))?;
        draw_box(group, &axis, y, half, canvas)?;
        let room = frame.right - plot.right;
        canvas.text(figure, frame.right, y, room, canvas.look(HPos::Right))?;
    }
    Ok(())
}

fn draw_box<B: DrawingBackend>(
    group: &BoxGroup,
    axis: &Axis,
    y: f64,
    half: f64,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let theme = canvas.theme;
    let [min, q1, median, q3, max] =
        [group.min, group.q1, group.median, group.q3, group.max].map(|value| axis.place(value));
    canvas.line(&[(min, y), (max, y)], theme.muted, 1.5)?;
    for x in [min, max] {
        canvas.line(&[(x, y - half * 0.5), (x, y + half * 0.5)], theme.muted, 1.5)?;
    }
    let block = Frame { left: q1, top: y - half, right: q3, bottom: y + half };
    canvas.fill(block, theme.accent_soft)?;
    let rim = [
        (block.left, block.top),
        (block.right, block.top),
        (block.right, block.bottom),
        (block.left, block.bottom),
        (block.left, block.top),
    ];
    canvas.line(&rim, theme.accent, 1.0)?;
    canvas.line(&[(median, block.top), (median, block.bottom)], theme.ink, 2.0)
}
