//! Marks files as people send them: the right figures, or an error that says where and what to do.

use analytics::{Analysis, AnalysisError, analyse_csv, analyse_file};
use std::path::Path;

fn read(text: &str) -> Result<Analysis, AnalysisError> {
    analyse_csv(text.as_bytes(), None)
}

fn refusal(text: &str) -> String {
    read(text).expect_err("this file must be refused").to_string()
}

fn names(analysis: &Analysis) -> Vec<&str> {
    analysis.columns.iter().map(|column| column.name.as_str()).collect()
}

fn values(analysis: &Analysis, column: usize) -> Vec<(u32, f64)> {
    analysis.columns[column].rows.iter().map(|row| (row.row, row.value)).collect()
}

/// The figures of the fixture were worked out by pandas 3.1.1: `std()`,
/// `rank(method="min", ascending=False)` and, for the percentile rank,
/// `100 * (rank(method="average") - 0.5) / n`.
#[test]
fn figures_equal_those_of_pandas() -> Result<(), Box<dyn std::error::Error>> {
    let golden: serde_json::Value = serde_json::from_str(include_str!("student_mat.json"))?;
    let mut table = String::from("G1,G2,G3\n");
    let marks = |column: &str| golden[column]["values"].as_array().cloned().unwrap_or_default();
    for ((g1, g2), g3) in marks("G1").iter().zip(marks("G2")).zip(marks("G3")) {
        table.push_str(&format!("{g1},{g2},{g3}\n"));
    }
    assert_golden(&read(&table)?, &golden)?;

    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/grades/student-mat.csv");
    if shared.exists() {
        assert_golden(&analyse_file(&shared, None)?, &golden)?;
    } else {
        println!("skipped the original file: {} is not here", shared.display());
    }
    Ok(())
}

fn assert_golden(analysis: &Analysis, golden: &serde_json::Value) -> Result<(), serde_json::Error> {
    let printed = serde_json::to_value(analysis)?;
    for column in ["G1", "G2", "G3"] {
        let (got, want) = (&printed["columns"][column], &golden[column]);
        for figure in ["n", "mean", "sd", "median", "min", "max", "q1", "q3"] {
            assert_close(&got[figure], &want[figure], figure);
        }
        let rows = got["rows"].as_array().map_or(&[][..], Vec::as_slice);
        let marks = want["values"].as_array().map_or(&[][..], Vec::as_slice);
        assert_eq!((rows.len(), marks.len()), (395, 395));
        for ((row, mark), number) in rows.iter().zip(marks).zip(1..) {
            assert_eq!(row["row"], number);
            assert_close(&row["value"], mark, "value");
            let place = &want["z_rank_percentile_by_value"][mark.to_string()];
            assert_close(&row["z"], &place[0], "z");
            assert_eq!(row["rank"], place[1]);
            assert_close(&row["percentile"], &place[2], "percentile");
        }
    }
    Ok(())
}

fn assert_close(got: &serde_json::Value, want: &serde_json::Value, what: &str) {
    let (Some(got), Some(want)) = (got.as_f64(), want.as_f64()) else {
        panic!("{what}: {got} or {want} is no number");
    };
    assert!((got - want).abs() <= 1e-9, "{what}: {got} is not {want}");
}

#[test]
fn what_is_printed_is_the_contract() -> Result<(), Box<dyn std::error::Error>> {
    let printed = serde_json::to_string(&read("Name,B,A\nKim,3,\nLee,,7\n")?)?;
    let b = r#""B":{"n":1,"mean":3.0,"sd":null,"median":3.0,"min":3.0,"max":3.0,"q1":3.0,"q3":3.0,"rows":[{"row":1,"value":3.0,"z":null,"rank":1,"percentile":50.0}]}"#;
    assert!(printed.starts_with(&format!(r#"{{"columns":{{{b},"A":{{"n":1,"#)), "{printed}");
    assert!(printed.ends_with(r#""ignored":[{"column":"Name","row":1,"found":"Kim"}]}"#), "{printed}");
    Ok(())
}

#[test]
fn separators_and_decimal_commas_are_found() -> Result<(), AnalysisError> {
    let comma = read("Name,G1\n\"Doe, Jane\",12.5\n")?;
    assert_eq!(values(&comma, 0), [(1, 12.5)]);
    let semicolon = read("\u{feff}Name;G1;G2\r\nKim, A;12,5;1,250\r\nLee;;0,5\r\n\r\nRow;9;3\r\n")?;
    assert_eq!(names(&semicolon), ["G1", "G2"]);
    assert_eq!(values(&semicolon, 0), [(1, 12.5), (3, 9.0)]);
    assert_eq!(values(&semicolon, 1), [(1, 1.25), (2, 0.5), (3, 3.0)]);
    let tab = read("Name\tG1\nKim, Lee\t-3\n")?;
    assert_eq!(values(&tab, 0), [(1, -3.0)]);
    let single = read("G1\n12,5\n7\n")?;
    assert_eq!(values(&single, 0), [(1, 12.5), (2, 7.0)]);
    let quoted = read("G1,G2\n\"12,5\",1\n")?;
    assert_eq!(values(&quoted, 0), [(1, 12.5)]);
    Ok(())
}

#[test]
fn commas_of_two_meanings_are_refused() {
    let thousands = refusal("A;B\nx;1,234\ny;5\n");
    assert!(thousands.contains("row 1, column “B”: “1,234” can be read in two ways"), "{thousands}");
    let mixed = refusal("A;B\nx;1.5\ny;2,5\n");
    assert!(mixed.contains("row 2, column “B”: “2,5”"), "{mixed}");
}

#[test]
fn what_is_no_mark_is_refused_where_it_stands() {
    for cell in ["1e999", "-1e999", "inf", "-Infinity", "NaN", "1e300"] {
        let error = refusal(&format!("Name,G1\nKim,12\nLee,{cell}\n"));
        assert!(error.starts_with(&format!("row 2, column “G1”: “{cell}” is not a number")), "{error}");
    }
    assert!(refusal("G1\n1e999\n").contains("row 1, column “G1”"));
    // A name that happens to read like a number does not make a column of marks.
    assert_eq!(names(&read("Name,G1\nNan,3\nInf,4\n").expect("names are text")), ["G1"]);
}

#[test]
fn marks_above_the_maximum_are_refused() -> Result<(), AnalysisError> {
    let table = "Name,G1\nKim,20\nLee,20.5\n";
    let error = analyse_csv(table.as_bytes(), Some(20.0)).expect_err("20.5 of 20").to_string();
    assert!(error.starts_with("row 2, column “G1”: 20.5 is above the highest possible mark, 20"), "{error}");
    assert_eq!(analyse_csv(table.as_bytes(), Some(20.5))?.columns[0].statistics.n, 2);
    for max in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused = analyse_csv(table.as_bytes(), Some(max));
        assert!(matches!(refused, Err(AnalysisError::Maximum(_))));
    }
    Ok(())
}

#[test]
fn wrong_encodings_are_named_by_line() {
    let latin1 = b"Name,G1\nKim,1\nJos\xe9,2\n";
    let error = analyse_csv(&latin1[..], None).expect_err("Latin-1").to_string();
    assert!(error.starts_with("line 3 is not UTF-8 text"), "{error}");
    let utf16: Vec<u8> = "\u{feff}G1\n1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(matches!(analyse_csv(&utf16[..], None), Err(AnalysisError::Encoding { line: 1 })));
}

#[test]
fn files_without_marks_are_refused() {
    assert!(matches!(read(""), Err(AnalysisError::Empty)));
    assert!(matches!(read("\u{feff} \r\n\n"), Err(AnalysisError::Empty)));
    assert!(matches!(read("Name,G1\n"), Err(AnalysisError::NoRows)));
    assert!(matches!(read("12,13\n14,15\n"), Err(AnalysisError::NoHeader)));
    assert_eq!(refusal("Name,G1\nKim,abs\n"), "no column holds only numbers; row 1 of column “Name” says “Kim”");
    assert_eq!(refusal("Name,G1\n,\n"), "no column holds only numbers");
}

#[test]
fn broken_tables_are_refused() {
    let ragged = refusal("Name,G1,G2\nKim,1,2\nLee,3\n");
    assert_eq!(ragged, "row 2 (line 3) has 2 cells, but the first line names 3 columns");
    assert_eq!(refusal("G1,G1\n1,2\n"), "two columns are called “G1”; rename one of them");
    assert!(read("a,\"b\n1,2\n").is_err());
    assert!(read("\0\0\0\0\n\0\n").is_err());
}

#[test]
fn a_column_without_a_name_is_counted() -> Result<(), AnalysisError> {
    assert_eq!(names(&read(",G1\n0,12\n1,13\n")?), ["column 1", "G1"]);
    Ok(())
}

#[test]
fn long_cells_are_cut_in_what_is_said() {
    let name = "x".repeat(10_000);
    assert!(refusal(&format!("Name\n{name}\n")).len() < 300);
}

proptest::proptest! {
    #[test]
    fn no_file_breaks_the_reader(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        // Whatever comes out, it comes out: a result or an error, and no panic.
        let _ = analyse_csv(&bytes[..], Some(20.0)).map(|analysis| {
            assert!(!analysis.columns.is_empty());
        });
    }

    #[test]
    fn no_text_breaks_the_reader(text in "[a-c0-9,;\t\".\n\r eE+-]{0,80}") {
        if let Ok(analysis) = read(&text) {
            for column in &analysis.columns {
                assert_eq!(column.rows.len(), column.statistics.n as usize);
            }
        }
    }
}
