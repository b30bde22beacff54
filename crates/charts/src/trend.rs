//! Marks in the order of time: a line for the student, a dashed one for the class.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use crate::canvas::{Axis, Canvas, Frame};
use crate::chart::{ChartError, TrendPoint};
use crate::legend::{Sign, legend};

pub(crate) fn draw<B: DrawingBackend>(
    title: &str,
    points: &[TrendPoint],
    max: f64,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let frame = canvas.title(title, canvas.frame())?;
    let has_mean = points.iter().any(|point| point.class_mean.is_some());
    if !has_mean && points.iter().all(|point| point.value.is_none()) {
        return canvas.nothing(frame);
    }
    let words = &canvas.theme.words;
    let mut entries = vec![(Sign::Dots, words.student.clone())];
    if has_mean {
        entries.push((Sign::Diamonds, words.class_mean.clone()));
    }
    let frame = legend(&entries, frame, canvas)?;

    let values = points.iter().flat_map(|point| [point.value, point.class_mean]).flatten();
    let ends = (frame.bottom - canvas.em(2.0), frame.top + canvas.em(1.2));
    let y = Axis::new(values, max, ends);
    let ticks: Vec<_> = y.ticks(5, 0.0).into_iter().map(|tick| (tick, canvas.number(tick, 2))).collect();
    let look = canvas.explaining(HPos::Right);
    let widest = ticks.iter().map(|(_, label)| canvas.width(label, look)).fold(0.0, f64::max);
    let plot = Frame { left: frame.left + widest + canvas.em(0.5), top: ends.1, right: frame.right, bottom: ends.0 };
    for (tick, label) in &ticks {
        let at = y.place(*tick);
        canvas.line(&[(plot.left, at), (plot.right, at)], canvas.theme.grid, 1.0)?;
        canvas.text(label, plot.left - canvas.em(0.5), at, widest + canvas.em(0.5), look)?;
    }
    let slot = (plot.right - plot.left) / points.len() as f64;
    let x = |index: usize| plot.left + slot * (index as f64 + 0.5);
    draw_labels(points, slot, x, plot, canvas)?;

    let place = |of: fn(&TrendPoint) -> Option<f64>| -> Vec<Option<(f64, f64)>> {
        let place = |(index, point)| of(point).map(|value| (x(index), y.place(value)));
        points.iter().enumerate().map(place).collect()
    };
    let mean = place(|point| point.class_mean);
    for pair in mean.windows(2) {
        if let [Some(from), Some(to)] = *pair {
            canvas.dashed(from, to, canvas.theme.muted, 1.5)?;
        }
    }
    for &(x, y) in mean.iter().flatten() {
        canvas.diamond(x, y, canvas.em(0.3), canvas.theme.muted)?;
    }
    let student = place(|point| point.value);
    for line in student.split(Option::is_none) {
        let line: Vec<_> = line.iter().copied().flatten().collect();
        if line.len() > 1 {
            canvas.line(&line, canvas.theme.accent, 2.0)?;
        }
    }
    for (point, &place) in points.iter().zip(&student) {
        if let (Some(value), Some((x, y))) = (point.value, place) {
            canvas.dot(x, y, canvas.em(0.28), canvas.theme.accent)?;
            let above = point.class_mean.is_none_or(|mean| mean <= value);
            let label = canvas.number(value, 2);
            let look = canvas.look(HPos::Center);
            if canvas.width(&label, look) < slot {
                let offset = canvas.em(if above { -0.9 } else { 0.9 });
                canvas.text(&label, x, y + offset, slot, look)?;
            }
        }
    }
    Ok(())
}

/// Labels the moments; where they are many, each second or third only, so that each label has
/// room for a few letters.
fn draw_labels<B: DrawingBackend>(
    points: &[TrendPoint],
    slot: f64,
    x: impl Fn(usize) -> f64,
    plot: Frame,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let look = canvas.explaining(HPos::Center);
    let widest = points.iter().map(|point| canvas.width(&point.label, look)).fold(0.0, f64::max);
    let gap = canvas.em(0.6);
    let wanted = widest.min(canvas.em(6.0)) + gap;
    let step = (wanted / slot).ceil().max(1.0) as usize;
    let room = slot * step as f64 - gap;
    let mut free_from = 0.0;
    for (index, point) in points.iter().enumerate().step_by(step) {
        // A label at the end keeps inside the picture, and off the one before it.
        let width = canvas.width(&point.label, look).min(room).min(plot.right - free_from);
        let left = (x(index) - width / 2.0).min(plot.right - width).max(free_from);
        canvas.text(&point.label, left + width / 2.0, plot.bottom + canvas.em(1.0), width, look)?;
        free_from = left + width + gap;
    }
    Ok(())
}
