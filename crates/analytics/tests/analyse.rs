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

/// What was not counted, as `row column found why`.
fn left_out(analysis: &Analysis) -> Vec<String> {
    let of = |left: &analytics::LeftOut| {
        format!("{} {} {} {:?}", left.row, left.column.as_deref().unwrap_or("*"), left.found, left.why)
    };
    analysis.left_out.iter().map(of).collect()
}

#[test]
fn a_mark_sheet_that_was_exported_is_read() -> Result<(), AnalysisError> {
    let sheet = read(
        "\u{feff}Student Number,Name,A (10),B (10),Total %,Grade\r\n1024,Ann Q,8,7,75.0,B\r\n1026,Bob Q,8,ex,80.0,B\r\n\
         1027,Cem Q,8,m,40.0,D\r\n1025,Dua Q,8,0,40.0,D\r\n",
    )?;
    assert_eq!(names(&sheet), ["A (10)", "B (10)", "Total %"]);
    assert_eq!(values(&sheet, 1), [(1, 7.0), (4, 0.0)]);
    assert_eq!(left_out(&sheet), ["2 B (10) ex Excused", "3 B (10) m Missing"]);
    let ignored: Vec<&str> = sheet.ignored.iter().map(|one| one.column.as_str()).collect();
    assert_eq!(ignored, ["Student Number", "Name", "Grade"]);
    Ok(())
}

#[test]
fn gradebooks_of_canvas_and_moodle_are_read() -> Result<(), AnalysisError> {
    let canvas = read(
        "Student,ID,SIS User ID,SIS Login ID,Section,Essay (117),Quiz (118),Final Score,Final Grade\n\
         ,,,,,Manual Posting,,,\n\
         \"    Points Possible\",,,,,10,20,(read only),(read only)\n\
         \"Lee, Ann\",101,1001,ann@example.org,7B,8,EX,80.0,B\n\
         \"Ray, Bob\",102,1002,bob@example.org,7B,9.5,18,92.4,A\n\
         \"Student, Test\",190,,x9f,7B,0,0,0,F\n",
    )?;
    assert_eq!(names(&canvas), ["Essay (117)", "Quiz (118)", "Final Score"]);
    assert_eq!(values(&canvas, 0), [(3, 8.0), (4, 9.5)]);
    assert_eq!(values(&canvas, 1), [(4, 18.0)]);
    let said = [
        "1 * Manual Posting NoStudent",
        "2 * Points Possible NoStudent",
        "3 Quiz (118) EX Excused",
        "5 * Student, Test NoStudent",
    ];
    assert_eq!(left_out(&canvas), said);

    let moodle = read(
        "First name,Last name,ID number,Email address,Quiz: One (Real),Course total (Percentage),Last downloaded from this course\n\
         Ann,Lee,1001,ann@example.org,8.50,85.00 %,1795920000\n\
         Bob,Ray,1002,bob@example.org,-,-,1795920000\n\
         Overall average,,,,8.50,85.00 %,\n",
    )?;
    assert_eq!(names(&moodle), ["Quiz: One (Real)", "Course total (Percentage)"]);
    assert_eq!((values(&moodle, 0), values(&moodle, 1)), (vec![(1, 8.5)], vec![(1, 85.0)]));
    assert_eq!(left_out(&moodle).len(), 3);
    Ok(())
}

#[test]
fn numbers_are_read_as_a_person_sees_them() -> Result<(), AnalysisError> {
    let column = |table: &str| {
        read(table).map(|analysis| values(&analysis, 0).into_iter().map(|(_, value)| value).collect::<Vec<_>>())
    };
    assert_eq!(column("number,score\n1001,85%\n1002,90 %\n1003,77.5%\n")?, [85.0, 90.0, 77.5]);
    assert_eq!(
        column("number,Total\n1001,\"1,234.50\"\n1002,\"987.00\"\n1003,\"1,002.25\"\n")?,
        [1234.5, 987.0, 1002.25]
    );
    assert_eq!(column("number,G1\n1001,١٣٫٥\n1002,١٢\n")?, [13.5, 12.0]);
    assert_eq!(column("number,G1\n1001,20\u{3000}\n1002,\u{a0}18\n1003,15\u{a0}\n")?, [20.0, 18.0, 15.0]);
    // The other column proves the decimal comma.
    assert_eq!(column("A;B\n1,250;18,5\n2,125;9,75\n")?, [1.25, 2.125]);
    assert_eq!(column("sep=;\nA;B\n1,5;2\n")?, [1.5]);
    assert!(refusal("sep=;\nA;B\n1;2\n3\n").starts_with("row 2 (line 4)"));
    Ok(())
}

#[test]
fn a_cell_that_is_no_mark_leaves_its_column_in() -> Result<(), AnalysisError> {
    let marks = read("Name,G1,Room\nKim,12,1a\nLee,absent,2\nRay,7..5,3b\nSun,9,4c\nTom,8,5d\n")?;
    assert_eq!(names(&marks), ["G1"]);
    assert_eq!(left_out(&marks), ["2 G1 absent NoMark", "3 G1 7..5 NoMark"]);
    assert_eq!(marks.columns[0].statistics.n, 3);
    let printed = serde_json::to_value(&marks).expect("plain values");
    assert_eq!(
        printed["leftOut"][0],
        serde_json::json!({"row": 2, "column": "G1", "found": "absent", "why": "no_mark"})
    );
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
