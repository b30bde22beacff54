//! Files that are broken or meant to harm: each gives a clear error, none a panic.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{Cursor, Write};

use exchange::{ColumnMatching, ExchangeError, Limits, Options, Set, parse, parse_plain, preview, write_table};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8], limits: Limits) -> Result<Set, ExchangeError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    Set::read(&path, limits)
}

#[test]
fn a_truncated_zip_is_refused() {
    let whole = zipped(&[("users.csv", "sourcedId,status\n".repeat(500).as_bytes())]);
    for keep in [0, 1, 4, 30, whole.len() / 2, whole.len() - 1] {
        let error = read("set.zip", &whole[..keep], Limits::default()).unwrap_err();
        assert_eq!(error.code(), "exchange.zip", "{keep}: {error}");
    }
}

#[test]
fn a_damaged_zip_is_refused() {
    let text: String = (0..2_000).map(|n| format!("{n},{}\n", n * 7919)).collect();
    let mut bytes = zipped(&[("users.csv", text.as_bytes())]);
    let middle = bytes.len() / 2;
    bytes[middle..middle + 20].fill(0xFF);
    assert_eq!(read("set.zip", &bytes, Limits::default()).unwrap_err().code(), "exchange.zip");
}

#[test]
fn a_bomb_stops_at_the_limit() {
    let zeros = vec![b'a'; 8 << 20];
    let bomb = zipped(&[("users.csv", &zeros)]);
    assert!(bomb.len() < 64 << 10);
    let limits = Limits { file: 1 << 20, ..Limits::default() };
    assert_eq!(read("set.zip", &bomb, limits).unwrap_err().code(), "exchange.too_large");
    let total = Limits { total: 9 << 20, ..Limits::default() };
    let two = zipped(&[("users.csv", &zeros), ("orgs.csv", &zeros)]);
    assert_eq!(read("set.zip", &two, total).unwrap_err().code(), "exchange.too_large");
    // The same with a size in its headers that lies.
    let mut lying = bomb.clone();
    let size = (8_u32 << 20).to_le_bytes();
    let places: Vec<_> = (0..lying.len() - 4).filter(|at| lying[*at..*at + 4] == size).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    let error = read("set.zip", &lying, limits).unwrap_err();
    assert!(["exchange.too_large", "exchange.zip"].contains(&error.code()), "{error}");
    let many: Vec<_> = (0..50).map(|n| format!("{n}.bin")).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|name| (name.as_str(), &b""[..])).collect();
    let few = Limits { entries: 20, ..Limits::default() };
    assert_eq!(read("set.zip", &zipped(&many), few).unwrap_err().code(), "exchange.too_large");
}

#[test]
fn a_row_of_commas_and_a_list_without_end_are_refused_in_words() {
    let commas = zipped(&[("list.csv", &vec![b','; 6_000_000])]);
    assert!(commas.len() < 64 << 10);
    let error = read("set.zip", &commas, Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The number of cells in list.csv is over the limit of 5000000. Split it, or check that it is the right file."
    );
    // Any byte may part the cells where the file says so, and quotation marks may stretch a row over many lines.
    let said = ["sep=a\n", &"a".repeat(6_000_000)].concat();
    assert_eq!(read("a.csv", said.as_bytes(), Limits::default()).unwrap_err().code(), "exchange.too_large");
    let few = Limits { cells: 10_000, ..Limits::default() };
    let quoted = "\"\n\",".repeat(20_000);
    assert_eq!(read("a.csv", quoted.as_bytes(), few).unwrap_err().code(), "exchange.too_large");
    let lines = "1,Ann,Lee\n".repeat(250_001);
    let error = read("a.csv", lines.as_bytes(), Limits::default()).unwrap_err();
    assert!(error.to_string().starts_with("The number of lines in a.csv is over the limit of 250000."), "{error}");
    let wide = format!("{}\n{}", "a,".repeat(1_001), "1,".repeat(1_001));
    let error = read("a.csv", wide.as_bytes(), Limits::default()).unwrap_err();
    assert!(error.to_string().starts_with("The number of columns in a.csv is over the limit of 1000."), "{error}");
}

#[test]
fn entries_are_counted_before_a_zip_is_opened() {
    // So many that its reader would hold all of them in memory; this one could not even open it.
    let many = [b"PK\x03\x04".as_slice(), &b"PK\x01\x02".repeat(2_001)].concat();
    let error = read("set.zip", &many, Limits::default()).unwrap_err();
    assert!(error.to_string().contains("set.zip is over the limit of 2000."), "{error}");
    let few = [b"PK\x03\x04".as_slice(), &b"PK\x01\x02".repeat(2_000)].concat();
    assert_eq!(read("set.zip", &few, Limits::default()).unwrap_err().code(), "exchange.zip");
}

#[test]
fn a_large_file_in_another_encoding_is_refused() {
    let limits = Limits { other_encoding: 1_000, ..Limits::default() };
    let text = "1;Zo\u{eb};M\u{fc}ller\n".repeat(100);
    assert!(read("a.csv", text.as_bytes(), limits).is_ok());
    let latin: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let error = read("a.csv", &latin, limits).unwrap_err();
    assert!(error.to_string().contains("a.csv, which is not saved as UTF-8, is over the limit"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_device_is_not_read() {
    for path in ["/dev/zero", "/dev/null"] {
        let error = Set::read(std::path::Path::new(path), Limits::default()).unwrap_err();
        assert_eq!(error.code(), "exchange.unreadable", "{error}");
    }
}

#[test]
fn paths_that_lead_out_are_not_read() {
    let bytes = zipped(&[
        ("../../users.csv", b"a"),
        ("nested/list.csv", b"id,name\n1,Ann\n"),
        ("__MACOSX/._list.csv", b"\xFF"),
    ]);
    let set = read("set.zip", &bytes, Limits::default()).unwrap();
    assert_eq!(set.file_names().collect::<Vec<_>>(), ["list.csv"]);
    let twice = zipped(&[("a/users.csv", b"a"), ("b/users.csv", b"a")]);
    assert_eq!(read("set.zip", &twice, Limits::default()).unwrap_err().code(), "exchange.twice");
}

#[test]
fn other_files_are_named() {
    assert_eq!(read("photo.jpg", b"\xFF\xD8\xFF", Limits::default()).unwrap_err().code(), "exchange.nothing");
    assert_eq!(
        read("sheet.xlsx", &zipped(&[("xl/workbook.xml", b"<")]), Limits::default()).unwrap_err().code(),
        "exchange.workbook"
    );
    let gone = Set::read(std::path::Path::new("no/such/file.csv"), Limits::default()).unwrap_err();
    assert_eq!(gone.code(), "exchange.unreadable");
    assert_eq!(
        Set::read(tempfile::tempdir().unwrap().path(), Limits::default()).unwrap_err().code(),
        "exchange.nothing"
    );
    let empty = read("empty.csv", b"", Limits::default()).unwrap();
    assert_eq!(preview(&empty, 3).unwrap().headers, Vec::<String>::new());
}

#[test]
fn damaged_letters_name_their_line() {
    let error = read("list.csv", b"id,name\n1,Zo\xC3\xAB\n2,Jos\xE9\n", Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "list.csv, line 3: the letters cannot be made out (the byte 0xE9). Open it in your spreadsheet program and save it as \"CSV UTF-8\", or say its encoding."
    );
    assert_eq!(error.refusals()[0].line, 3);
}

#[test]
fn an_open_quotation_mark_names_its_line() {
    let orgs = "sourcedId,name,type,status\no1,A,school,\no2,\"B,school,\no3,C,school,\n";
    let set = Set::from_files([("orgs.csv", orgs)], Limits::default()).unwrap();
    let error = parse(&set, &Options::default()).unwrap_err();
    assert!(matches!(error, ExchangeError::Quotes { line: 3, .. }), "{error}");
}

#[test]
fn old_line_ends_are_read() {
    let set =
        Set::from_files([("orgs.csv", "sourcedId,name,type,status\ro1,A,school,\ro2,B,shop,\r")], Limits::default())
            .unwrap();
    let parsed = parse(&set, &Options::default()).unwrap();
    assert_eq!((parsed.roster.orgs.len(), parsed.refused[0].line), (1, 3));
}

fn all_ways(set: &Set) {
    let _ = parse(set, &Options::default());
    if let Ok(shown) = preview(set, 5) {
        let _ = parse_plain(set, &shown.suggested, &Options::default());
        let first = shown.headers.first().cloned();
        let last = shown.headers.last().cloned();
        let matching =
            ColumnMatching { number: first, full_name: last.clone(), birth_date: last, ..Default::default() };
        let _ = parse_plain(set, &matching, &Options::default());
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), zip in any::<bool>()) {
        if let Ok(set) = read(if zip { "a.zip" } else { "a.csv" }, &bytes, Limits::default()) {
            all_ways(&set);
        }
    }

    #[test]
    fn arbitrary_tables_never_panic(rows in "[a-d0-9\",;\t\r\n/.\u{e9}\u{0}-]{0,200}") {
        let files = |header: &str| format!("{header}\n{rows}");
        let sets = [
            vec![("a.csv", files("id,name,dob,sex,class"))],
            vec![("users.csv", files("sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName"))],
            vec![("orgs.csv", files("sourcedId,name,type")), ("enrollments.csv", files("classSourcedId,userSourcedId,role"))],
            vec![("School.csv", files("SIS ID,Name")), ("Student.csv", files("SIS ID,School SIS ID,First Name,Last Name,Birthdate"))],
        ];
        for set in sets {
            if let Ok(set) = Set::from_files(set, Limits::default()) {
                all_ways(&set);
            }
        }
    }

    #[test]
    fn written_tables_read_back(cells in proptest::collection::vec("[a-z ,;\"\n\u{e9}]{0,12}", 2..40)) {
        let rows: Vec<_> = cells.chunks_exact(2).collect();
        let bytes = write_table(&["a", "b"], &rows);
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(&bytes[3..]);
        let back: Vec<Vec<String>> = reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect();
        let unguarded: Vec<Vec<String>> = rows.iter().map(|row| row.to_vec()).collect();
        for (row, original) in back.iter().zip(unguarded) {
            for (cell, original) in row.iter().zip(original) {
                prop_assert!(cell == &original || cell.strip_prefix('\'') == Some(original.as_str()));
            }
        }
        prop_assert_eq!(back.len(), rows.len());
    }
}
