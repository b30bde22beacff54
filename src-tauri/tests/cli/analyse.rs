//! `homeroom analyse`.

use std::path::Path;

use serde_json::Value;

use crate::home::{Home, code, json, text};

#[test]
fn analyse_equals_pandas() {
    let golden: Value = serde_json::from_str(include_str!("../../../crates/analytics/tests/student_mat.json")).unwrap();
    let marks = |column: &str| golden[column]["values"].as_array().unwrap().clone();
    let mut csv = String::from("G1,G2,G3,school\n");
    for ((g1, g2), g3) in marks("G1").iter().zip(marks("G2")).zip(marks("G3")) {
        csv.push_str(&format!("{g1},{g2},{g3},GP\n"));
    }
    let home = Home::new();
    let mut files = vec![home.file("marks.csv", csv)];
    let original = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/grades/student-mat.csv");
    if original.exists() {
        files.push(original.to_string_lossy().into_owned());
    } else {
        println!("skipped the original file: {} is not here", original.display());
    }
    for file in files {
        let output = home.run(&["analyse", &file, "--max", "100", "--json"]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        let printed = json(&output);
        for column in ["G1", "G2", "G3"] {
            let (got, want) = (&printed["columns"][column], &golden[column]);
            for figure in ["n", "mean", "sd", "median", "min", "max", "q1", "q3"] {
                close(&got[figure], &want[figure], figure);
            }
            let rows = got["rows"].as_array().unwrap();
            assert_eq!(rows.len(), 395);
            for (row, mark) in rows.iter().zip(marks(column)) {
                let place = &want["z_rank_percentile_by_value"][mark.to_string()];
                close(&row["value"], &mark, "value");
                close(&row["z"], &place[0], "z");
                assert_eq!(row["rank"], place[1]);
                close(&row["percentile"], &place[2], "percentile");
            }
        }
    }
}

fn close(got: &Value, want: &Value, what: &str) {
    let (got, want) = (got.as_f64().unwrap(), want.as_f64().unwrap());
    assert!((got - want).abs() <= 1e-9 * want.abs().max(1.0), "{what}: {got} is not {want}");
}

#[test]
fn what_does_not_count_is_named_with_its_place() {
    let home = Home::new();
    let sheet = "Student Number,Name,A (10),B (10)\n1024,Ann Q,8,7\n1026,Bob Q,8,ex\n1027,Cem Q,absent,m\n,Mean,8,7\n";
    let file = home.file("marks.csv", sheet);
    let output = home.run(&["analyse", &file]);
    assert_eq!(code(&output), 0, "{}", text(&output.stderr));
    let said = text(&output.stdout);
    for line in [
        "left out: Student Number (tells students apart: row 1 says “1024”)",
        "left out: Name (row 1 says “Ann Q”)",
        "left out: row 4 is no student’s (“Mean”)",
        "not counted in A (10): row 3 “absent”",
        "not counted in B (10): row 2 “ex”, row 3 “m”",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    let printed = json(&home.run(&["analyse", &file, "--json"]));
    assert_eq!((&printed["columns"]["A (10)"]["n"], &printed["columns"]["B (10)"]["n"]), (&2.into(), &1.into()));
    let left = &printed["leftOut"];
    assert_eq!(left[0], serde_json::json!({"row": 2, "column": "B (10)", "found": "ex", "why": "excused"}));
    assert_eq!(left[3], serde_json::json!({"row": 4, "found": "Mean", "why": "no_student"}));
}

#[test]
fn of_many_cells_that_do_not_count_it_is_said_how_many_more() {
    let home = Home::new();
    let rows: String = (1..=9).map(|row| format!("S{row},ex\n")).collect();
    let file = home.file("marks.csv", format!("Name,A (10)\nS0,7\n{rows}"));
    let said = text(&home.run(&["analyse", &file]).stdout);
    assert!(said.contains("row 9 “ex” and 1 more (--json names all)"), "{said}");
}

#[test]
fn other_encodings_are_read_and_said() {
    let home = Home::new();
    let marks = "Schüler;Note\nJürgen;1,5\nBjörn;2,25\n";
    let latin: Vec<u8> = marks.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let wide: Vec<u8> = format!("\u{feff}{marks}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [(latin, "windows-1252"), (wide, "UTF-16LE")] {
        let file = home.file("marks.csv", bytes);
        let output = home.run(&["analyse", &file]);
        assert_eq!(code(&output), 0, "{}", text(&output.stderr));
        assert!(text(&output.stdout).contains(&format!("read as: {encoding}")), "{}", text(&output.stdout));
        let printed = json(&home.run(&["analyse", &file, "--json"]));
        assert_eq!(printed["columns"]["Note"]["mean"], 1.875);
        assert!(printed["readAs"].as_str().unwrap().starts_with(encoding));
    }
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused() {
    let home = Home::new();
    for arguments in [&["analyse", "/dev/zero"][..], &["import", "/dev/zero"]] {
        let output = home.run(arguments);
        assert_ne!(code(&output), 0, "{arguments:?}");
        let said = text(&output.stderr);
        assert!(said.contains("it is no file, but a folder, a device, a pipe or a stream"), "{arguments:?}: {said}");
    }
}
