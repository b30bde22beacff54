//! A4 pages to draw on: text, lines and areas in points from the top left corner, mirrored for
//! right-to-left pages, each piece of content marked for the structure tree.

use std::collections::BTreeSet;

use printpdf::{
    Color, DictItem, Line as PdfLine, LineCapStyle, LinePoint, Op, PaintMode, Point, Polygon, PolygonRing, Pt, Rect,
    Rgb, WindingOrder, XObjectId, XObjectTransform,
};

use crate::east_asia::Order;
use crate::fonts::{Fonts, Weight};
use crate::ink::Ink;
use crate::shape::{Reading, Shaper, clean};
use crate::tags::Tree;
use crate::wrap::{Start, TextLine};

/// A4 in points (ISO 216: 210 mm × 297 mm).
pub(crate) const WIDTH: f32 = 595.276;
pub(crate) const HEIGHT: f32 = 841.89;

/// A colour, red, green and blue from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Colour(pub(crate) u8, pub(crate) u8, pub(crate) u8);

pub(crate) const INK: Colour = Colour(0x1a, 0x1f, 0x2b);
pub(crate) const GREY: Colour = Colour(0x5b, 0x64, 0x72);
pub(crate) const HAIRLINE: Colour = Colour(0xd5, 0xda, 0xe3);
pub(crate) const TINT: Colour = Colour(0xf2, 0xf5, 0xfa);
pub(crate) const ACCENT: Colour = Colour(0x1f, 0x5f, 0xbf);

impl Colour {
    fn pdf(self) -> Color {
        let part = |value: u8| f32::from(value) / 255.0;
        Color::Rgb(Rgb { r: part(self.0), g: part(self.1), b: part(self.2), icc_profile: None })
    }
}

/// How a text is set. `size` in points.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    pub(crate) colour: Colour,
}

pub(crate) const fn regular(size: f32, colour: Colour) -> Style {
    Style { size, weight: Weight::Regular, colour }
}

pub(crate) const fn semibold(size: f32, colour: Colour) -> Style {
    Style { size, weight: Weight::SemiBold, colour }
}

/// Which edge of the text stands at the given x; start is left on a left-to-right page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Middle,
    End,
}

/// What kind of marked content is open.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Artifact,
    Content,
}

/// One page's operations.
struct Sheet {
    ops: Vec<Op>,
    next_mark: u32,
    /// The fill colour that is set.
    fill: Option<Colour>,
}

impl Sheet {
    fn set_fill(&mut self, colour: Colour) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.ops.push(Op::SetFillColor { col: colour.pdf() });
        }
    }
}

/// Where the last line of text was drawn.
struct LastLine {
    style: Style,
    left: f32,
    right: f32,
    y: f32,
    rtl: bool,
}

/// A document's pages, drawn.
pub(crate) struct Drawn {
    /// Whether the sheets lie on their long side.
    pub(crate) landscape: bool,
    /// Operations, page by page.
    pub(crate) pages: Vec<Vec<Op>>,
    pub(crate) tree: Tree,
    /// The faces that are to be embedded.
    pub(crate) faces: BTreeSet<usize>,
}

/// The pages of one document while they are drawn.
pub(crate) struct Pages<'f> {
    /// Width and height of each, in points: A4 upright, unless it is laid on its side.
    pub(crate) size: (f32, f32),
    pub(crate) shaper: Shaper<'f>,
    ink: Ink<'f>,
    sheets: Vec<Sheet>,
    current: usize,
    open: Open,
    pub(crate) tree: Tree,
    /// The element that new elements are put below.
    pub(crate) parent: usize,
    /// Whether x runs from the right edge.
    pub(crate) rtl: bool,
    last: Option<LastLine>,
}

impl<'f> Pages<'f> {
    /// `around` is how the document's Han characters are written where a text does not tell.
    pub(crate) fn new(fonts: &'f Fonts, around: Order) -> Self {
        Self {
            size: (WIDTH, HEIGHT),
            shaper: Shaper::new(fonts, around),
            ink: Ink::new(fonts),
            sheets: Vec::new(),
            current: 0,
            open: Open::Nothing,
            tree: Tree::new(),
            parent: 0,
            rtl: false,
            last: None,
        }
    }

    /// Lays the pages on their long side, before anything is drawn.
    pub(crate) fn lay(&mut self) {
        self.size = (HEIGHT, WIDTH);
    }

    pub(crate) fn count(&self) -> usize {
        self.sheets.len()
    }

    /// Starts a new page and draws on it from now on.
    pub(crate) fn add_page(&mut self) {
        self.close_mark();
        self.sheets.push(Sheet { ops: Vec::with_capacity(512), next_mark: 0, fill: None });
        self.current = self.sheets.len() - 1;
    }

    /// Goes back to an earlier page, for what is only known at the end.
    pub(crate) fn turn_to(&mut self, page: usize) {
        self.close_mark();
        self.current = page.min(self.sheets.len().saturating_sub(1));
    }

    /// Ends drawing and hands over what was drawn.
    pub(crate) fn finish(mut self) -> Drawn {
        self.close_mark();
        let pages = self.sheets.into_iter().map(|s| s.ops).collect();
        Drawn { landscape: self.size.0 > self.size.1, pages, tree: self.tree, faces: self.ink.faces() }
    }

    /// The characters of a text that no face has, each once.
    pub(crate) fn missing(&mut self, text: &str) -> Vec<char> {
        // Noto Sans has all of Latin's first blocks; most texts end here.
        if text.chars().all(|c| matches!(c, ' '..='~' | '\u{A0}'..='\u{24F}' | '\n' | '\r' | '\t')) {
            return Vec::new();
        }
        let text = clean(text);
        let rtl = Shaper::reads_rtl(&text, Reading::Natural, self.rtl);
        let line = self.shaper.line(&text, Weight::Regular, rtl);
        // In the order of the text, which is not that of the line.
        let mut missing: Vec<char> = Vec::new();
        for c in text.chars().filter(|c| line.missing.contains(c)) {
            if !missing.contains(&c) {
                missing.push(c);
            }
        }
        missing
    }

    // ---- structure --------------------------------------------------------------------------

    /// Opens a grouping element; what follows goes below it until [`Pages::close_group`].
    pub(crate) fn group(&mut self, role: &'static str) -> usize {
        let outer = self.parent;
        self.parent = self.tree.add(outer, role, None, None);
        outer
    }

    /// Closes a group; `outer` is what [`Pages::group`] gave.
    pub(crate) fn close_group(&mut self, outer: usize) {
        self.close_mark();
        self.parent = outer;
    }

    /// Starts an element with content; everything drawn belongs to it until the next one starts
    /// or [`Pages::close_mark`] ends it.
    pub(crate) fn element(&mut self, role: &'static str, alt: Option<String>) {
        self.close_mark();
        let Some(sheet) = self.sheets.get_mut(self.current) else {
            return;
        };
        let number = sheet.next_mark;
        sheet.next_mark += 1;
        sheet.ops.push(Op::BeginMarkedContentWithProperties {
            tag: role.to_owned(),
            properties: DictItem::Dict { map: [("MCID".to_owned(), DictItem::Int(i64::from(number)))].into() },
        });
        self.open = Open::Content;
        self.tree.add(self.parent, role, alt, Some((self.current, number)));
    }

    /// Ends the open element or artifact.
    pub(crate) fn close_mark(&mut self) {
        if self.open != Open::Nothing {
            self.push(Op::EndMarkedContent);
            self.open = Open::Nothing;
        }
    }

    /// Lines, areas and running feet are no content: marks them so unless they belong to an open
    /// element (as the parts of a chart do).
    pub(crate) fn artifact(&mut self) {
        if self.open == Open::Nothing {
            self.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() });
            self.open = Open::Artifact;
        }
    }

    fn set_fill(&mut self, colour: Colour) {
        if let Some(sheet) = self.sheets.get_mut(self.current) {
            sheet.set_fill(colour);
        }
    }

    fn push(&mut self, op: Op) {
        if let Some(sheet) = self.sheets.get_mut(self.current) {
            sheet.ops.push(op);
        }
    }

    // ---- text -------------------------------------------------------------------------------

    /// Width in points of `text` set in `style`.
    pub(crate) fn width(&mut self, text: &str, style: Style, reading: Reading) -> f32 {
        let rtl = Shaper::reads_rtl(text, reading, self.rtl);
        self.shaper.line(text, style.weight, rtl).width * style.size / 1000.0
    }

    /// Draws one line of text with its baseline at `y`.
    pub(crate) fn text(&mut self, text: &str, style: Style, (x, y): (f32, f32), align: Align, reading: Reading) {
        if text.is_empty() {
            return;
        }
        let rtl = Shaper::reads_rtl(text, reading, self.rtl);
        let line = self.shaper.line(text, style.weight, rtl);
        let width = line.width * style.size / 1000.0;
        let left = match (align, self.rtl) {
            (Align::Start, false) => x,
            (Align::End, false) => x - width,
            (Align::Start, true) => self.size.0 - x - width,
            (Align::End, true) => self.size.0 - x,
            (Align::Middle, false) => x - width / 2.0,
            (Align::Middle, true) => self.size.0 - x - width / 2.0,
        };
        self.line_at(&line, style, (left, y));
        self.last = Some(LastLine { style, left, right: left + width, y, rtl });
    }

    /// Ends a line that its paragraph goes on after with the next one: with a space, so that readers
    /// that know the structure do not glue its last word to the next line's first.
    pub(crate) fn soft_break(&mut self, next: &TextLine) {
        if next.start == Start::Glued {
            self.last = None;
            return;
        }
        if let Some(LastLine { style, left, right, y, rtl }) = self.last.take() {
            let space = self.shaper.line(" ", style.weight, false);
            let x = if rtl { left - space.width * style.size / 1000.0 } else { right };
            self.line_at(&space, style, (x, y));
        }
    }

    /// Draws a shaped line at a physical place.
    pub(crate) fn line_at(&mut self, line: &crate::shape::Line, style: Style, (left, y): (f32, f32)) {
        self.artifact();
        if let Some(sheet) = self.sheets.get_mut(self.current) {
            sheet.set_fill(style.colour);
            let at = (round(left), round(self.size.1 - y));
            self.ink.write(&mut sheet.ops, line, at, style.size);
        }
    }

    // ---- lines and areas --------------------------------------------------------------------

    /// Left edge on paper of a box that starts at `x` and is `width` wide.
    pub(crate) fn left(&self, x: f32, width: f32) -> f32 {
        if self.rtl { self.size.0 - x - width } else { x }
    }

    /// A straight line, `thickness` in points.
    pub(crate) fn rule(&mut self, x: f32, y: f32, width: f32, thickness: f32, colour: Colour) {
        self.fill(x, y - thickness / 2.0, width, thickness, colour);
    }

    /// A filled rectangle; (`x`, `y`) is its top start corner.
    pub(crate) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        let left = self.left(x, width);
        self.fill_at(left, y, width, height, colour);
    }

    /// A filled rectangle at a physical place.
    pub(crate) fn fill_at(&mut self, left: f32, y: f32, width: f32, height: f32, colour: Colour) {
        self.artifact();
        self.set_fill(colour);
        self.push(Op::DrawRectangle {
            rectangle: Rect {
                x: Pt(round(left)),
                y: Pt(round(self.size.1 - y - height)),
                width: Pt(round(width)),
                height: Pt(round(height)),
                mode: Some(PaintMode::Fill),
                winding_order: None,
            },
        });
    }

    /// A filled rectangle with round corners.
    pub(crate) fn panel(&mut self, x: f32, y: f32, width: f32, height: f32, colour: Colour) {
        const RADIUS: f32 = 4.0;
        // Control points of a quarter circle as a Bézier curve: 4/3 (√2 − 1).
        const PULL: f32 = RADIUS * 0.552_284_8;
        let (l, t) = (self.left(x, width), self.size.1 - y);
        let (r, b) = (l + width, t - height);
        let corner = |x: f32, y: f32, dx: f32, dy: f32, first_horizontal: bool| {
            // From the edge before the corner to the edge after it.
            let (px, py) = (x + dx * RADIUS, y + dy * RADIUS);
            let (qx, qy) = (x + dx * (RADIUS - PULL), y + dy * (RADIUS - PULL));
            if first_horizontal {
                [((px, y), false), ((qx, y), true), ((x, qy), true), ((x, py), false)]
            } else {
                [((x, py), false), ((x, qy), true), ((qx, y), true), ((px, y), false)]
            }
        };
        let points = [
            corner(r, t, -1.0, -1.0, true),
            corner(r, b, -1.0, 1.0, false),
            corner(l, b, 1.0, 1.0, true),
            corner(l, t, 1.0, -1.0, false),
        ]
        .concat();
        self.polygon(&points, colour);
    }

    /// A filled polygon through points in PDF's own coordinates; `true` marks a Bézier handle.
    fn polygon(&mut self, points: &[((f32, f32), bool)], colour: Colour) {
        self.artifact();
        self.set_fill(colour);
        self.push(Op::DrawPolygon {
            polygon: Polygon {
                rings: vec![PolygonRing { points: points.iter().map(|&(p, bezier)| line_point(p, bezier)).collect() }],
                mode: PaintMode::Fill,
                winding_order: WindingOrder::NonZero,
            },
        });
    }

    /// A filled polygon at a physical place, corners from the page's top left.
    pub(crate) fn polygon_at(&mut self, corners: &[(f32, f32)], colour: Colour) {
        let points: Vec<_> = corners.iter().map(|&(x, y)| ((x, self.size.1 - y), false)).collect();
        self.polygon(&points, colour);
    }

    /// An open line through points at a physical place, from the page's top left.
    pub(crate) fn path_at(&mut self, points: &[(f32, f32)], thickness: f32, colour: Colour) {
        self.artifact();
        self.push(Op::SetOutlineColor { col: colour.pdf() });
        self.push(Op::SetOutlineThickness { pt: Pt(thickness) });
        self.push(Op::SetLineCapStyle { cap: LineCapStyle::Butt });
        self.push(Op::DrawLine {
            line: PdfLine {
                points: points.iter().map(|&(x, y)| line_point((x, self.size.1 - y), false)).collect(),
                is_closed: false,
            },
        });
    }

    /// A picture of `pixels` (width, height) drawn `width` × `height` points large.
    pub(crate) fn picture(
        &mut self,
        id: &XObjectId,
        pixels: (usize, usize),
        (x, y): (f32, f32),
        (width, height): (f32, f32),
    ) {
        // printpdf draws a picture at one point a pixel when told 72 dpi.
        let transform = XObjectTransform {
            translate_x: Some(Pt(round(self.left(x, width)))),
            translate_y: Some(Pt(round(self.size.1 - y - height))),
            scale_x: Some(width / pixels.0 as f32),
            scale_y: Some(height / pixels.1 as f32),
            dpi: Some(72.0),
            ..XObjectTransform::default()
        };
        self.artifact();
        self.push(Op::UseXobject { id: id.clone(), transform });
    }
}

fn line_point((x, y): (f32, f32), bezier: bool) -> LinePoint {
    LinePoint { p: Point { x: Pt(round(x)), y: Pt(round(y)) }, bezier }
}

/// To a hundredth of a point, which keeps files small and is far below what prints.
fn round(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
