//! `homeroom export`: sets and tables, which come in again as they went out.

use crate::home::{Home, LIST, code, text};

/// A set-up school with the list.
fn with_list() -> Home {
    let home = Home::new();
    let list = home.file("list.csv", LIST);
    home.set_up();
    home.done(&["import", &list]);
    home
}

#[test]
fn a_school_goes_out_as_oneroster_and_comes_in_elsewhere() {
    let home = with_list();
    for version in ["1.1", "1.2"] {
        let out = home.path().join("set.zip").to_string_lossy().into_owned();
        let made = home.done(&["export", "oneroster", "--version", version, "--out", &out]);
        let files: Vec<&str> =
            made["files"].as_array().unwrap().iter().map(|of| of["file"].as_str().unwrap()).collect();
        assert_eq!(files[0], "manifest.csv");
        assert!(files.contains(&"users.csv") && files.contains(&"roles.csv") == (version == "1.2"), "{files:?}");
        let other = Home::new();
        other.set_up();
        let report = other.done(&["import", &out]);
        assert_eq!(report["applied"], true);
        assert_eq!(report["refused"].as_array().unwrap().len(), 0, "{}", report["refused"]);
        let again = other.done(&["import", &out, "--dry-run"]);
        assert_eq!((&again["added"]["students"], &again["changed"]["students"]), (&0.into(), &0.into()));
    }
    assert!(home.refused(&["export", "oneroster", "--out", "x.zip", "--school", "Nowhere"]).contains("Nowhere"));
    let unknown = home.run(&["export", "oneroster", "--version", "1.3", "--out", "x.zip", "--user", "amara"]);
    assert_eq!(code(&unknown), 2, "{}", text(&unknown.stderr));
}

#[test]
fn students_go_out_as_a_table_or_a_workbook_and_come_in_without_a_change() {
    let home = with_list();
    let at = |name: &str| home.path().join(name).to_string_lossy().into_owned();
    let (csv, book, said) = (at("students.csv"), at("students.XLSX"), at("students.table"));
    let made = home.done(&["export", "students", "--out", &csv]);
    assert!(std::fs::read(&csv).unwrap().starts_with(b"\xEF\xBB\xBFStudent Number,"));
    assert_eq!(home.done(&["export", "students", "--out", &book])["rows"], made["rows"]);
    home.done(&["export", "students", "--out", &said, "--format", "xlsx"]);
    for file in [&book, &said] {
        assert!(std::fs::read(file).unwrap().starts_with(b"PK"));
    }
    for file in [&csv, &book] {
        let report = home.done(&["import", file, "--dry-run"]);
        assert_eq!(report["refused"].as_array().unwrap().len(), 0, "{report}");
        for counts in ["added", "changed"] {
            let all = report[counts].as_object().unwrap().values().map(|count| count.as_u64().unwrap()).sum::<u64>();
            assert_eq!(all, 0, "{counts} of {file}: {report}");
        }
    }
    let of_class = home.done(&["export", "students", "--out", &csv, "--class", "5 a"]);
    assert_eq!(of_class["rows"], 1);
    let said = home.refused(&["export", "marks", "--class", "5 A", "--subject", "Chess", "--out", &csv]);
    assert!(said.contains("Chess"), "{said}");
}
