//! Writes every chart in every theme as SVG into the folder given, to be looked at.

use std::error::Error;
use std::path::PathBuf;

use charts::{BoxGroup, Chart, SubjectBar, Theme, TrendPoint, natural_height, svg};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder")?);
    std::fs::create_dir_all(&folder)?;
    let themes = [
        ("light", Theme::light()),
        ("dark", Theme { fill_background: true, ..Theme::dark() }),
        ("print", Theme::print()),
    ];
    for (name, chart, width) in charts() {
        for (theme_name, theme) in &themes {
            let picture = svg(&chart, width, natural_height(&chart, theme), theme)?;
            std::fs::write(folder.join(format!("{name}-{theme_name}.svg")), picture)?;
        }
    }
    Ok(())
}

fn charts() -> Vec<(&'static str, Chart, u32)> {
    vec![
        ("histogram", histogram(), 560),
        ("histogram-narrow", histogram(), 300),
        ("subjects", subjects(), 560),
        ("subjects-narrow", subjects(), 320),
        ("trend", trend(), 560),
        ("trend-narrow", trend(), 300),
        ("boxes", boxes(), 560),
        ("empty", Chart::Trend { title: "Progress in mathematics".into(), points: vec![], max: 20.0 }, 420),
    ]
}

fn histogram() -> Chart {
    Chart::Histogram {
        title: "Mathematics, first period".into(),
        x_label: "Points out of 20".into(),
        y_label: "Students".into(),
        edges: (0..=10).map(|i| f64::from(2 * i)).collect(),
        counts: vec![0, 1, 4, 37, 92, 71, 78, 60, 41, 11],
        pass_mark: Some(10.0),
        mean: Some(10.91),
        highlight: Some(15.0),
    }
}

fn subjects() -> Chart {
    let bar =
        |label: &str, value: Option<f64>, mean: f64| SubjectBar { label: label.into(), value, class_mean: Some(mean) };
    Chart::SubjectBars {
        title: "Marks by subject".into(),
        bars: vec![
            bar("Mathematics", Some(82.5), 71.2),
            bar("Design, technology and everyday engineering", Some(64.0), 70.3),
            bar("गणित और विज्ञान", Some(91.0), 68.0),
            bar("اللغة العربية", Some(55.5), 61.7),
            bar("Żółty język — <b>&", None, 74.4),
            bar("Physical education", Some(100.0), 88.8),
        ],
        max: 100.0,
    }
}

fn trend() -> Chart {
    let point =
        |label: &str, value: Option<f64>, mean: f64| TrendPoint { label: label.into(), value, class_mean: Some(mean) };
    Chart::Trend {
        title: "Progress in mathematics".into(),
        points: vec![
            point("Entry test", Some(9.5), 11.0),
            point("Homework 1", Some(12.0), 11.8),
            point("Fractions", None, 12.4),
            point("Decimals and percentages", Some(13.5), 11.2),
            point("Homework 2", Some(15.0), 12.9),
            point("Geometry", Some(14.0), 14.3),
            point("Term examination", Some(17.5), 13.1),
        ],
        max: 20.0,
    }
}

fn boxes() -> Chart {
    let group =
        |label: &str, [min, q1, median, q3, max]: [f64; 5]| BoxGroup { label: label.into(), min, q1, median, q3, max };
    Chart::BoxPlots {
        title: "Mathematics by class".into(),
        groups: vec![
            group("7A", [22.0, 51.0, 63.5, 77.0, 98.0]),
            group("7B", [31.0, 58.0, 71.0, 80.0, 94.0]),
            group("7C", [12.0, 44.0, 55.0, 69.0, 91.0]),
            group("7D", [50.0, 50.0, 50.0, 50.0, 50.0]),
        ],
        max: 100.0,
    }
}
