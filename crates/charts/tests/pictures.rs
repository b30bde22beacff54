//! What lies on the picture: all of it inside, no label upon another, and nothing but a picture
//! in the file, whatever the figures and the words are.

use charts::{BoxGroup, Chart, ChartError, SubjectBar, Theme, TrendPoint, natural_height, svg};
use proptest::prelude::*;
use roxmltree::{Document, Node};

/// A label and the box in which it may be drawn: left, top, right, bottom.
type Label = (String, [f64; 4]);

fn number(node: &Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).and_then(|value| value.parse().ok()).expect("a number")
}

/// Boxes of all text. An ordinary letter of a sans-serif font is about 0.55 em wide.
fn labels(picture: &Document<'_>) -> Vec<Label> {
    let text = picture.descendants().filter(|node| node.has_tag_name("text"));
    let label = |node: Node<'_, '_>| {
        let words = node.text().unwrap_or_default().trim().to_owned();
        let em = number(&node, "font-size");
        let width = 0.55 * em * words.chars().count() as f64;
        let (x, y) = (number(&node, "x"), number(&node, "y"));
        let left = match node.attribute("text-anchor") {
            Some("end") => x - width,
            Some("middle") => x - width / 2.0,
            _ => x,
        };
        (words, [left, y - 0.4 * em, left + width, y + 0.4 * em])
    };
    text.map(label).collect()
}

fn assert_clear(picture: &str, width: u32, height: u32) {
    let picture = Document::parse(picture).expect("well-formed");
    let labels = labels(&picture);
    for (i, (text, [left, top, right, bottom])) in labels.iter().enumerate() {
        let inside =
            *left >= -1.0 && *top >= -1.0 && *right <= f64::from(width) + 1.0 && *bottom <= f64::from(height) + 1.0;
        assert!(inside, "“{text}” reaches out of the picture");
        for (other, b) in &labels[..i] {
            let apart = *right <= b[0] || b[2] <= *left || *bottom <= b[1] || b[3] <= *top;
            assert!(apart, "“{text}” lies upon “{other}”");
        }
    }
}

fn histogram(title: &str, bins: u32, most: u32) -> Chart {
    Chart::Histogram {
        title: title.into(),
        x_label: "Points".into(),
        y_label: "Students".into(),
        edges: (0..=bins).map(|i| f64::from(i) * 2.5).collect(),
        counts: (0..bins).map(|i| i * most / bins.max(1)).collect(),
        pass_mark: Some(10.0),
        mean: Some(10.9),
        highlight: Some(2.5),
    }
}

fn subjects(labels: &[&str], max: f64) -> Chart {
    let bar = |(i, label): (usize, &&str)| SubjectBar {
        label: (*label).into(),
        value: (i % 4 != 3).then_some(max * 0.83 - i as f64),
        class_mean: (i % 3 != 2).then_some(max * 0.7),
    };
    Chart::SubjectBars { title: "Marks".into(), bars: labels.iter().enumerate().map(bar).collect(), max }
}

fn trend(labels: &[&str], max: f64) -> Chart {
    let point = |(i, label): (usize, &&str)| TrendPoint {
        label: (*label).into(),
        value: (i % 3 != 2).then_some(max * 0.5 + i as f64),
        class_mean: None,
    };
    Chart::Trend { title: "Progress".into(), points: labels.iter().enumerate().map(point).collect(), max }
}

const LABELS: [&str; 9] = [
    "Mathematics",
    "Design, technology and everyday engineering for all",
    "गणित और विज्ञान",
    "اللغة العربية وآدابها في العصر الحديث",
    "Żółty język",
    "PE",
    "Entry test",
    "Term examination in mathematics",
    "Homework 12",
];

#[test]
fn labels_lie_apart_at_every_width() -> Result<(), ChartError> {
    let theme = Theme::light();
    for width in [260, 300, 340, 420, 560, 900] {
        for chart in [
            histogram("Mathematics", 8, 92),
            histogram("Mathematics", 40, 3),
            histogram("Mathematics", 1, 100_000),
            subjects(&LABELS, 100.0),
            subjects(&LABELS, 20.0),
            trend(&LABELS, 20.0),
            trend(&["Homework"; 40], 100.0),
            trend(&LABELS[7..], 100.0),
        ] {
            let height = natural_height(&chart, &theme);
            let height = if width < 420 { height + 40 } else { height };
            assert_clear(&svg(&chart, width, height, &theme)?, width, height);
        }
    }
    Ok(())
}

#[test]
fn a_picture_has_a_name_and_a_role() -> Result<(), ChartError> {
    let picture = svg(&histogram("Tests & <b>more</b>", 8, 9), 400, 300, &Theme::dark())?;
    let document = Document::parse(&picture).expect("well-formed");
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert_eq!(root.attribute("direction"), Some("ltr"));
    let title = root.first_element_child().filter(|node| node.has_tag_name("title"));
    let title = title.or_else(|| root.children().find(|node| node.tag_name().name() == "title"));
    assert_eq!(title.and_then(|node| node.text()), Some("Tests & <b>more</b>"));
    assert!(!picture.contains("background"));
    Ok(())
}

#[test]
fn without_marks_the_picture_says_so() -> Result<(), ChartError> {
    let empty = [
        histogram("a", 0, 0),
        histogram("a", 5, 0),
        subjects(&[], 10.0),
        trend(&[], 10.0),
        Chart::BoxPlots { title: "a".into(), groups: vec![], max: 10.0 },
    ];
    for chart in empty {
        assert!(svg(&chart, 400, 300, &Theme::light())?.contains("No marks yet"));
    }
    Ok(())
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let theme = Theme::light();
    let refused = |chart: &Chart| svg(chart, 400, 300, &theme).expect_err("must be refused");
    assert!(matches!(refused(&subjects(&LABELS, f64::NAN)), ChartError::NotFinite(_)));
    assert!(matches!(refused(&subjects(&[], 0.0)), ChartError::NotFinite(_)));
    assert!(matches!(refused(&trend(&LABELS, f64::INFINITY)), ChartError::NotFinite(_)));
    assert!(matches!(refused(&subjects(&["Subject"; 50], 10.0)), ChartError::TooSmall { .. }));
    let Chart::Histogram { title, x_label, y_label, mut edges, counts, pass_mark, mean, highlight } =
        histogram("Marks", 5, 9)
    else {
        return;
    };
    edges.swap(1, 2);
    let falling = Chart::Histogram { title, x_label, y_label, edges, counts, pass_mark, mean, highlight };
    assert!(matches!(refused(&falling), ChartError::Bins(_)));
}

#[test]
fn a_label_with_room_is_whole() -> Result<(), ChartError> {
    let picture = svg(&trend(&["Entry test", "Homework 2", "Term examination"], 20.0), 560, 260, &Theme::light())?;
    for label in ["Entry test", "Homework 2", "Term examination"] {
        assert!(picture.contains(label), "“{label}” was cut");
    }
    Ok(())
}

#[test]
fn a_large_unit_draws_the_same_picture() -> Result<(), ChartError> {
    let chart = subjects(&LABELS[..4], 100.0);
    let theme = Theme::print();
    let height = natural_height(&chart, &theme);
    let small = svg(&chart, 400, height, &theme)?;
    let fine = theme.with_font_size(120.0);
    let large = svg(&chart, 4000, height * 10, &fine)?;
    let words = |picture: &str| -> Vec<String> {
        let document = Document::parse(picture).expect("well-formed");
        labels(&document).into_iter().map(|(words, _)| words).collect()
    };
    assert_eq!(words(&small), words(&large));
    Ok(())
}

#[test]
fn only_levelled_text_and_plain_shapes_are_drawn() -> Result<(), ChartError> {
    for chart in [histogram("a", 8, 9), subjects(&LABELS, 10.0), trend(&LABELS, 10.0)] {
        let picture = svg(&chart, 600, 400, &Theme::light())?;
        assert!(!picture.contains("rotate"));
        assert_plain(&picture);
    }
    Ok(())
}

fn assert_plain(picture: &str) {
    const PLAIN: [&str; 8] = ["svg", "title", "text", "rect", "line", "polyline", "polygon", "circle"];
    let document = Document::parse(picture).expect("well-formed");
    for node in document.descendants().filter(Node::is_element) {
        assert!(PLAIN.contains(&node.tag_name().name()), "{:?}", node.tag_name());
        assert!(node.attributes().all(|attribute| !attribute.name().starts_with("on")));
    }
}

fn figure() -> impl Strategy<Value = Option<f64>> {
    proptest::option::of(-20.0..150.0f64)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn words_stay_words(
        title in "\\PC{0,40}",
        hostile in prop::sample::select(vec![
            "</text><script>alert(1)</script>", "\" onload=\"x", "<!--", "]]>", "\u{0}\u{8}\u{b}", "\u{202e}abc", "&#x0;",
        ]),
        label in ".{0,40}",
        value in figure(),
        class_mean in figure(),
    ) {
        let bars = [hostile.to_owned(), label.clone()].map(|label| SubjectBar { label, value, class_mean });
        let points = [hostile.to_owned(), label].map(|label| TrendPoint { label, value, class_mean });
        let title = format!("{title}{hostile}");
        for chart in [
            Chart::SubjectBars { title: title.clone(), bars: bars.to_vec(), max: 100.0 },
            Chart::Trend { title, points: points.to_vec(), max: 100.0 },
        ] {
            assert_plain(&svg(&chart, 400, 300, &Theme::light()).map_err(|e| TestCaseError::fail(e.to_string()))?);
        }
    }

    #[test]
    fn spreads_of_any_figures_are_drawn(mut marks in prop::collection::vec(-50.0..150.0f64, 5)) {
        marks.sort_by(f64::total_cmp);
        let group = BoxGroup {
            label: "7A".into(), min: marks[0], q1: marks[1], median: marks[2], q3: marks[3], max: marks[4],
        };
        let chart = Chart::BoxPlots { title: "Classes".into(), groups: vec![group; 5], max: 100.0 };
        let theme = Theme::dark();
        let height = natural_height(&chart, &theme);
        let picture = svg(&chart, 480, height, &theme).map_err(|e| TestCaseError::fail(e.to_string()))?;
        assert_clear(&picture, 480, height);
    }
}
