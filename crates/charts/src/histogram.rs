//! The spread of marks: one column a bin, with the mean, the pass mark and one student's place.

use plotters::style::text_anchor::HPos;
use plotters_backend::DrawingBackend;

use crate::canvas::{Axis, Canvas, Frame};
use crate::chart::{Chart, ChartError};
use crate::legend::{Sign, arrow, legend};

/// Draws a [`Chart::Histogram`]; other charts are not its business and stay undrawn.
pub(crate) fn draw<B: DrawingBackend>(chart: &Chart, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let Chart::Histogram { title, x_label, y_label, edges, counts, pass_mark, mean, highlight } = chart else {
        return Ok(());
    };
    let frame = canvas.title(title, canvas.frame())?;
    let (&[low, .., high], Some(&most)) = (edges.as_slice(), counts.iter().max()) else {
        return canvas.nothing(frame);
    };
    if most == 0 {
        return canvas.nothing(frame);
    }
    let words = &canvas.theme.words;
    let marks = [
        (Sign::Line, &words.mean, mean),
        (Sign::Dashes, &words.pass_mark, pass_mark),
        (Sign::Arrow, &words.student, highlight),
    ];
    let entries: Vec<_> = marks
        .iter()
        .filter_map(|(sign, word, value)| {
            let value = canvas.number((**value)?, 2);
            Some((*sign, format!("{word} {value}")))
        })
        .collect();
    let frame = legend(&entries, frame, canvas)?;

    let explaining = canvas.explaining(HPos::Left);
    let count_width = canvas.width(&most.to_string(), explaining) + canvas.em(0.6);
    canvas.text(y_label, frame.left, frame.top + canvas.em(0.6), frame.right - frame.left, explaining)?;
    let plot = Frame {
        left: frame.left + count_width,
        top: frame.top + canvas.em(2.2),
        right: frame.right - canvas.em(0.8),
        bottom: frame.bottom - canvas.em(2.9),
    };
    let x = Axis::between(low, high, (plot.left, plot.right));
    let y = Axis::new(std::iter::empty(), f64::from(most), (plot.bottom, plot.top));
    draw_counts(&y, plot, canvas)?;
    let chosen = highlight
        .filter(|value| (low..=high).contains(value))
        .map(|value| edges.partition_point(|edge| *edge <= value).clamp(1, counts.len()) - 1);
    let columns = edges.windows(2).zip(counts).zip(0usize..);
    for ((bin, &count), index) in columns.filter(|((_, count), _)| **count > 0) {
        // Beside the student's own column the others stand back.
        let color = match chosen {
            Some(chosen) if chosen != index => canvas.theme.accent_soft,
            _ => canvas.theme.accent,
        };
        let left = x.place(bin[0]).round() + canvas.hair();
        let column = Frame {
            left,
            top: y.place(f64::from(count)),
            right: (x.place(bin[1]).round() - canvas.hair()).max(left + canvas.hair()),
            bottom: plot.bottom,
        };
        canvas.fill(column, color)?;
    }
    canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], canvas.theme.muted, 1.0)?;
    draw_edges(edges, &x, plot, canvas)?;
    let middle = f64::midpoint(plot.left, plot.right);
    let below = frame.bottom - canvas.em(0.6);
    canvas.text(x_label, middle, below, plot.right - plot.left, canvas.explaining(HPos::Center))?;

    let inside = |value: &f64| (low..=high).contains(value);
    for (value, dashed) in [(mean, false), (pass_mark, true)] {
        if let Some(value) = value.filter(inside) {
            let (x, top) = (x.place(value), plot.top - canvas.em(0.5));
            canvas.halo(x, top, plot.bottom)?;
            if dashed {
                canvas.dashed((x, top), (x, plot.bottom), canvas.theme.ink, 2.0)?;
            } else {
                canvas.line(&[(x, top), (x, plot.bottom)], canvas.theme.ink, 2.0)?;
            }
        }
    }
    if let (Some(value), Some(bin)) = (highlight, chosen) {
        let top = y.place(f64::from(counts[bin]));
        arrow(x.place(*value), top - canvas.em(0.15), canvas)?;
    }
    Ok(())
}

fn draw_counts<B: DrawingBackend>(y: &Axis, plot: Frame, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let look = canvas.explaining(HPos::Right);
    // Students are whole: a tick between two of them would say nothing.
    for tick in y.ticks(5, 1.0) {
        let at = y.place(tick);
        canvas.line(&[(plot.left, at), (plot.right, at)], canvas.theme.grid, 1.0)?;
        let label = canvas.number(tick, 0);
        canvas.text(&label, plot.left - canvas.em(0.5), at, plot.left, look)?;
    }
    Ok(())
}

/// Labels the edges, as many of them as have room, at even steps from the first.
fn draw_edges<B: DrawingBackend>(
    edges: &[f64],
    x: &Axis,
    plot: Frame,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let look = canvas.explaining(HPos::Center);
    let labels: Vec<_> = edges.iter().map(|&edge| canvas.number(edge, 2)).collect();
    let widest = labels.iter().map(|label| canvas.width(label, look)).fold(0.0, f64::max);
    let room = (plot.right - plot.left) / (edges.len() - 1).max(1) as f64;
    let step = ((widest + canvas.em(0.8)) / room).ceil().max(1.0) as usize;
    for (&edge, label) in edges.iter().zip(&labels).step_by(step) {
        let y = plot.bottom + canvas.em(0.9);
        canvas.text(label, x.place(edge), y, widest + canvas.em(0.8), look)?;
    }
    Ok(())
}
