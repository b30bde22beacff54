//! Charts as SVG for the window: a picture with a name for those who cannot see it.

use plotters::backend::SVGBackend;
use plotters::drawing::IntoDrawingArea;

use crate::chart::{Chart, ChartError, draw};
use crate::text::clean;
use crate::theme::Theme;

/// Draws `chart` as an SVG document of `width` × `height` pixels. It holds no script and no
/// reference to anything outside; text that was given is escaped.
///
/// # Errors
/// As [`draw`].
pub fn svg(chart: &Chart, width: u32, height: u32, theme: &Theme) -> Result<String, ChartError> {
    let mut document = String::new();
    {
        let area = SVGBackend::with_string(&mut document, (width, height)).into_drawing_area();
        draw(chart, &area, theme)?;
        area.present()?;
    }
    // plotters writes neither a role nor a title, nor a direction: in a page from right to left
    // the ends at which text is held would change places.
    let name = escape(&clean(chart.title()));
    let opening = "<svg role=\"img\" direction=\"ltr\" font-variant-numeric=\"tabular-nums\" ";
    let document = document.replacen("<svg ", opening, 1);
    Ok(document.replacen(">\n", &format!(">\n<title>{name}</title>\n"), 1))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
