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
            let value = canvas.number((**value)?, 1);
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
    draw_columns(edges, counts, &x, &y, plot, canvas)?;
    draw_edges(edges, &x, plot, canvas)?;
    let middle = f64::midpoint(plot.left, plot.right);
    let below = frame.bottom - canvas.em(0.6);
    canvas.text(x_label, middle, below, plot.right - plot.left, canvas.explaining(HPos::Center))?;

    let inside = |value: &f64| (low..=high).contains(value);
    if let Some(value) = mean.filter(inside) {
        let x = x.place(value);
        canvas.line(&[(x, plot.top - canvas.em(0.5)), (x, plot.bottom)], canvas.theme.ink, 2.0)?;
    }
    if let Some(value) = pass_mark.filter(inside) {
        let x = x.place(value);
        canvas.dashed((x, plot.top - canvas.em(0.5)), (x, plot.bottom), canvas.theme.ink, 2.0)?;
    }
    if let Some(value) = highlight.filter(inside) {
        let bin = edges.partition_point(|edge| *edge <= value).clamp(1, counts.len());
        let top = y.place(f64::from(counts[bin - 1]));
        arrow(x.place(value), top - canvas.em(0.15), canvas)?;
    }
    Ok(())
}

fn draw_counts<B: DrawingBackend>(y: &Axis, plot: Frame, canvas: &Canvas<'_, B>) -> Result<(), ChartError> {
    let look = canvas.explaining(HPos::Right);
    // Students are whole: a tick between two of them would say nothing.
    for tick in y.ticks(4).into_iter().filter(|tick| tick.fract() == 0.0) {
        let at = y.place(tick);
        canvas.line(&[(plot.left, at), (plot.right, at)], canvas.theme.grid, 1.0)?;
        let label = canvas.number(tick, 0);
        canvas.text(&label, plot.left - canvas.em(0.5), at, plot.left, look)?;
    }
    Ok(())
}

fn draw_columns<B: DrawingBackend>(
    edges: &[f64],
    counts: &[u32],
    x: &Axis,
    y: &Axis,
    plot: Frame,
    canvas: &Canvas<'_, B>,
) -> Result<(), ChartError> {
    let gap = canvas.hair();
    for (bin, &count) in edges.windows(2).zip(counts) {
        let column = Frame {
            left: x.place(bin[0]).round() + gap,
            top: y.place(f64::from(count)),
            right: (x.place(bin[1]).round() - gap).max(x.place(bin[0]).round() + 2.0 * gap),
            bottom: plot.bottom,
        };
        if count > 0 {
            canvas.fill(column, canvas.theme.accent)?;
        }
    }
    canvas.line(&[(plot.left, plot.bottom), (plot.right, plot.bottom)], canvas.theme.muted, 1.0)
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
