//! Writes shaped lines as PDF text operations in such a way that readers can select and search
//! them: what the font's ToUnicode table cannot say is said by `ActualText`.

use std::collections::{BTreeSet, HashMap};

use printpdf::{Codepoint, DictItem, Op, PdfFontHandle, Pt, TextItem, TextMatrix};

use crate::fonts::{Face, Fonts};
use crate::shape::{Cluster, Glyph, Line};

/// Writes lines of text for one document. A document has one text per glyph (first come, first
/// kept), because its font has only one ToUnicode table.
pub(crate) struct Ink<'f> {
    fonts: &'f Fonts,
    register: HashMap<(usize, u16), String>,
}

impl<'f> Ink<'f> {
    pub(crate) fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, register: HashMap::new() }
    }

    /// The faces that something was written in.
    pub(crate) fn faces(&self) -> BTreeSet<usize> {
        self.register.keys().map(|(face, _)| *face).collect()
    }

    /// Appends a whole text object: the line with its baseline starting at (`x`, `y`), in points
    /// from the lower left corner of the page, at `size` points.
    pub(crate) fn write(&mut self, ops: &mut Vec<Op>, line: &Line, (x, y): (f32, f32), size: f32) {
        ops.push(Op::StartTextSection);
        ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x), Pt(y)) });
        let mut writer = RunWriter { ops, items: Vec::new(), size, scale: 1.0, wanted: 0.0, actual: 0.0 };
        let mut face = None;
        for run in &line.runs {
            if face != Some(run.face) {
                // A run was shaped in its face, so that face is there.
                let Some(font) = self.fonts.face(run.face) else { continue };
                writer.flush();
                writer.set_font(font);
                face = Some(run.face);
            }
            for cluster in &run.clusters {
                if run.right_to_left {
                    self.cluster_rtl(&mut writer, run.face, cluster);
                } else {
                    self.cluster_ltr(&mut writer, run.face, cluster);
                }
            }
        }
        writer.flush();
        ops.push(Op::EndTextSection);
    }

    fn cluster_ltr(&mut self, writer: &mut RunWriter<'_>, face: usize, cluster: &Cluster) {
        let plain = match cluster.glyphs.as_slice() {
            [only] => self.text_of(face, only.gid, &cluster.text) == cluster.text,
            _ => false,
        };
        if plain {
            self.glyphs(writer, face, cluster);
        } else {
            writer.begin_span(&cluster.text);
            self.glyphs(writer, face, cluster);
            writer.end_span();
        }
    }

    /// Readers turn right-to-left text round character by character, and take a span of several
    /// characters as already turned. So each character gets a span of its own, in visual order;
    /// characters beyond the number of glyphs ride on an invisible joiner.
    fn cluster_rtl(&mut self, writer: &mut RunWriter<'_>, face: usize, cluster: &Cluster) {
        let mut chars = cluster.text.chars();
        if let ([only], Some(c), None) = (cluster.glyphs.as_slice(), chars.next(), chars.next()) {
            if self.text_of(face, only.gid, &cluster.text) == cluster.text {
                self.glyphs(writer, face, cluster);
            } else {
                writer.begin_span(c.encode_utf8(&mut [0; 4]));
                self.glyphs(writer, face, cluster);
                writer.end_span();
            }
            return;
        }
        let mut visual = cluster.text.chars().rev().peekable();
        while let Some(c) = visual.next() {
            writer.begin_span(c.encode_utf8(&mut [0; 4]));
            if visual.peek().is_some() {
                self.invisible_joiner(writer, face);
            } else {
                self.whole_cluster(writer, face, cluster);
            }
            writer.end_span();
        }
    }

    /// Draws a cluster's glyphs so that readers see it begin at its left edge and end at its right
    /// edge (they put a space where they see a gap): wide glyphs first, marks upon them, and a
    /// joiner at the end.
    fn whole_cluster(&mut self, writer: &mut RunWriter<'_>, face: usize, cluster: &Cluster) {
        let start = writer.wanted;
        let mut places = Vec::with_capacity(cluster.glyphs.len());
        let mut end = start;
        for glyph in &cluster.glyphs {
            places.push((end, glyph));
            end += glyph.advance;
        }
        places.sort_by_key(|(_, glyph)| glyph.advance == 0.0);
        for (at, glyph) in places {
            let text = self.text_of(face, glyph.gid, &cluster.text).to_owned();
            writer.wanted = at;
            writer.glyph(glyph, text);
        }
        writer.wanted = end;
        if cluster.glyphs.len() > 1 {
            self.invisible_joiner(writer, face);
        }
    }

    fn glyphs(&mut self, writer: &mut RunWriter<'_>, face: usize, cluster: &Cluster) {
        for glyph in &cluster.glyphs {
            let text = self.text_of(face, glyph.gid, &cluster.text).to_owned();
            writer.glyph(glyph, text);
        }
    }

    fn invisible_joiner(&mut self, writer: &mut RunWriter<'_>, face: usize) {
        let Some(Face { joiner, scale, .. }) = self.fonts.face(face) else { return };
        let (gid, table_width) = (joiner.0, joiner.1 * scale);
        let text = self.text_of(face, gid, "\u{200D}").to_owned();
        writer.flush();
        writer.ops.push(Op::SetTextRenderingMode { mode: printpdf::TextRenderingMode::Invisible });
        writer.glyph(&Glyph { gid, advance: 0.0, dx: 0.0, dy: 0.0, table_width }, text);
        writer.flush();
        writer.ops.push(Op::SetTextRenderingMode { mode: printpdf::TextRenderingMode::Fill });
    }

    /// What the document's table says that `gid` stands for; `text` if it has no entry yet.
    fn text_of(&mut self, face: usize, gid: u16, text: &str) -> &str {
        self.register.entry((face, gid)).or_insert_with(|| text.to_owned())
    }
}

/// Collects the glyphs of one text object, keeping the reader's pen where shaping wants it.
struct RunWriter<'o> {
    ops: &'o mut Vec<Op>,
    items: Vec<TextItem>,
    size: f32,
    /// Of the face in use.
    scale: f32,
    /// Where shaping wants the next glyph, 1/1000 em from the line's start.
    wanted: f32,
    /// Where the reader's pen will be, by the widths in the file.
    actual: f32,
}

impl RunWriter<'_> {
    fn set_font(&mut self, face: &Face) {
        self.scale = face.scale;
        let size = Pt(self.size * face.scale);
        self.ops.push(Op::SetFont { font: PdfFontHandle::External(face.id.clone()), size });
    }

    fn glyph(&mut self, glyph: &Glyph, text: String) {
        let raised = glyph.dy != 0.0;
        if raised {
            self.flush();
            self.ops.push(Op::SetLineOffset { multiplier: glyph.dy * self.size / 1000.0 });
        }
        let target = self.wanted + glyph.dx;
        let back = self.actual - target;
        if back.abs() >= 0.01 {
            self.items.push(TextItem::Offset(back / self.scale));
            self.actual = target;
        }
        let point = Codepoint::with_cid(glyph.gid, 0.0, text);
        match self.items.last_mut() {
            Some(TextItem::GlyphIds(points)) => points.push(point),
            _ => self.items.push(TextItem::GlyphIds(vec![point])),
        }
        self.actual += glyph.table_width;
        self.wanted += glyph.advance;
        if raised {
            self.flush();
            self.ops.push(Op::SetLineOffset { multiplier: 0.0 });
        }
    }

    fn begin_span(&mut self, text: &str) {
        self.flush();
        self.ops.push(Op::BeginMarkedContentWithProperties {
            tag: "Span".to_owned(),
            properties: DictItem::Dict {
                map: [("ActualText".to_owned(), DictItem::String { data: utf16_with_mark(text), literal: false })]
                    .into(),
            },
        });
    }

    fn end_span(&mut self) {
        self.flush();
        self.ops.push(Op::EndMarkedContent);
    }

    fn flush(&mut self) {
        if !self.items.is_empty() {
            let items = std::mem::take(&mut self.items);
            self.ops.push(Op::ShowText { items });
        }
    }
}

/// A PDF text string: UTF-16, big end first, with its byte order mark (ISO 32000-1, 7.9.2.2).
pub(crate) fn utf16_with_mark(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    for unit in text.encode_utf16() {
        bytes.extend(unit.to_be_bytes());
    }
    bytes
}
