//! Workbooks: what a school office keeps in Excel or LibreOffice, and files that are broken or meant to harm.
#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use exchange::{ExchangeError, Limits, Options, Parsed, ReadAs, Set, TableSource, parse_plain, preview};
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>";

/// A workbook of named sheets, each with the inside of its `sheetData`; a name that begins with a point is a hidden sheet.
fn xlsx(sheets: &[(&str, &str)], strings: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let kind = |what: &str| format!("{links}/{what}");
    let mut list = String::new();
    let mut rels = String::new();
    let mut parts: Vec<(String, String)> = Vec::new();
    for (n, (name, data)) in sheets.iter().enumerate() {
        let state = if name.starts_with('.') { " state=\"hidden\"" } else { "" };
        list += &format!("<sheet name=\"{name}\" sheetId=\"{}\" r:id=\"rId{n}\"{state}/>", n + 1);
        rels +=
            &format!("<Relationship Id=\"rId{n}\" Type=\"{}\" Target=\"worksheets/sheet{n}.xml\"/>", kind("worksheet"));
        let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>");
        parts.push((format!("xl/worksheets/sheet{n}.xml"), sheet));
    }
    rels += &format!("<Relationship Id=\"s\" Type=\"{}\" Target=\"styles.xml\"/>", kind("styles"));
    rels += &format!("<Relationship Id=\"t\" Type=\"{}\" Target=\"sharedStrings.xml\"/>", kind("sharedStrings"));
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let wrap = |rels: &str| format!("<Relationships xmlns=\"{package}\">{rels}</Relationships>");
    let root = format!("<Relationship Id=\"r\" Type=\"{}\" Target=\"xl/workbook.xml\"/>", kind("officeDocument"));
    parts.push(("_rels/.rels".into(), wrap(&root)));
    parts.push(("xl/_rels/workbook.xml.rels".into(), wrap(&rels)));
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook xmlns=\"{main}\" xmlns:r=\"{links}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push(("xl/styles.xml".into(), STYLES.into()));
    parts.push(("xl/sharedStrings.xml".into(), format!("<sst xmlns=\"{main}\">{strings}</sst>")));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    zipped(&parts)
}

/// An OpenDocument table of these rows.
fn ods_content(rows: &str) -> String {
    format!(
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"7B\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
}

fn ods(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"/>",
        ),
        ("content.xml", content),
    ])
}

fn text(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn row(number: usize, cells: &[String]) -> String {
    format!("<row r=\"{number}\">{}</row>", cells.concat())
}

/// A title, the names of the columns on the third row, and two students.
fn class_list(class: &str) -> String {
    let header = ["No", "First name", "Last name", "Date of birth", "Phone"];
    let header: Vec<_> = header.iter().zip('A'..).map(|(name, column)| text(&format!("{column}3"), name)).collect();
    let number = "<c r=\"A4\" s=\"2\"><v>123</v></c>".to_owned();
    let date = "<c r=\"D4\" s=\"1\"><v>40972</v></c>".to_owned();
    [
        row(1, &[text("A1", &format!("Class list {class}"))]),
        row(3, &header),
        row(4, &[number, text("B4", "Zoë"), text("C4", "Müller"), date]),
        row(5, &[text("A5", "0124"), text("B5", "नेहा"), text("C5", "वर्मा"), text("D5", "25/11/2012")]),
    ]
    .concat()
}

fn open(name: &str, bytes: &[u8]) -> Result<Set, ExchangeError> {
    Set::from_files([(name, bytes)], Limits::default())
}

fn read(set: &Set) -> Result<Parsed, ExchangeError> {
    parse_plain(set, &preview(set, 5)?.suggested, &Options::default())
}

/// Number, given name and birth date.
fn students(parsed: &Parsed) -> Vec<(String, String, String)> {
    let birth = |id: &str| {
        let found = parsed.roster.demographics.iter().find(|row| row.user == id).and_then(|row| row.birth_date);
        found.map(|date| date.to_string()).unwrap_or_default()
    };
    parsed
        .roster
        .users
        .iter()
        .map(|user| (user.identifier.clone(), user.given.clone(), birth(&user.source_id)))
        .collect()
}

#[test]
fn an_excel_list_with_a_title() {
    let set = open("list.xlsx", &xlsx(&[("7B", &class_list("7B"))], "")).unwrap();
    let parsed = read(&set).unwrap();
    // A number as it is shown, with its zeros; a date of Excel's own and one that was typed as text.
    let expected = [("00123", "Zoë", "2012-03-04"), ("0124", "नेहा", "2012-11-25")];
    assert_eq!(students(&parsed), expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())));
    // Rows of a workbook end with their last cell; that is nothing to tell of.
    assert!(
        parsed.notes.iter().all(|note| note.said.as_ref().is_none_or(|said| !said.to_string().contains("ends early"))),
        "{:?}",
        parsed.notes
    );
    let reading = &parsed.readings[0];
    assert_eq!((reading.source, reading.header_line), (TableSource::Workbook, 3));
    assert_eq!(reading.sheet.clone().unwrap().name, "7B");
}

#[test]
fn an_old_excel_list_and_one_of_libreoffice() {
    let set = open("klasse.xls", include_bytes!("data/klasse.xls")).unwrap();
    let expected = [("1001", "Zoë", "2012-03-04"), ("1002", "Søren", "2012-11-25")];
    let expected = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
    assert_eq!(students(&read(&set).unwrap()), expected);

    let cell = |text: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>")
    };
    let date = |date: &str| {
        format!(
            "<table:table-cell office:value-type=\"date\" office:date-value=\"{date}\"><text:p>x</text:p></table:table-cell>"
        )
    };
    let number = |number: u32| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{number}\"><text:p>x</text:p></table:table-cell>"
        )
    };
    let rows = [
        [cell("Nummer"), cell("Vorname"), cell("Nachname"), cell("Geburtsdatum")].concat(),
        [number(1001), cell("Zoë"), cell("Müller"), date("2012-03-04")].concat(),
        [number(1002), cell("Søren"), cell("Frö"), date("2012-11-25")].concat(),
    ];
    let rows: String = rows.iter().map(|row| format!("<table:table-row>{row}</table:table-row>")).collect();
    let ods = ods(&ods_content(&rows));
    assert_eq!(students(&read(&open("list.ods", &ods).unwrap()).unwrap()), expected);
}

#[test]
fn of_several_sheets_the_list_is_found_or_asked_for() {
    let notes = row(1, &[text("A1", "Remember the trip on Friday")]);
    let set = open("a.xlsx", &xlsx(&[("Notes", &notes), ("7B", &class_list("7B"))], "")).unwrap();
    assert_eq!(read(&set).unwrap().readings[0].sheet.clone().unwrap().name, "7B");

    let two = xlsx(&[("7A", &class_list("7A")), ("7B", &class_list("7B")), (".old", &class_list("6B"))], "");
    let set = open("a.xlsx", &two).unwrap();
    assert!(set.readings()[0].sheet.clone().unwrap().undecided);
    let ExchangeError::Sheets { sheets, .. } = read(&set).unwrap_err() else { panic!("a sheet was chosen") };
    assert_eq!(sheets, ["7A", "7B"]);
    let said = |sheet: &str| ReadAs { sheet: Some(sheet.to_owned()), ..ReadAs::default() };
    let open = |said: &ReadAs| Set::from_files_as([("a.xlsx", &two)], Limits::default(), said);
    assert_eq!(read(&open(&said("7b")).unwrap()).unwrap().roster.users.len(), 2);
    assert_eq!(open(&said("8C")).unwrap_err().code(), "exchange.no_sheet");
}

#[test]
fn a_workbook_stops_at_the_limits() {
    let limits = Limits { file: 1 << 20, ..Limits::default() };
    let code = |bytes: &[u8]| Set::from_files([("a.xlsx", bytes)], limits).unwrap_err().code();
    let spaces = format!("<!--{}-->", " ".repeat(8 << 20));
    let bomb = xlsx(&[("a", &spaces)], "");
    assert!(bomb.len() < 64 << 10);
    assert_eq!(code(&bomb), "exchange.too_large");
    // Two cells at the corners of a sheet are not a table of 17 thousand million.
    let far = [row(1, &[text("A1", "No")]), row(1_048_576, &[text("XFD1048576", "x")])].concat();
    assert_eq!(code(&xlsx(&[("a", &far)], "")), "exchange.too_large");
    // One long text that many cells show.
    let long = format!("<si><t>{}</t></si>", "x".repeat(30_000));
    let rows: String = (1..100).map(|n| row(n, &[format!("<c r=\"A{n}\" t=\"s\"><v>0</v></c>")])).collect();
    assert_eq!(code(&xlsx(&[("a", &rows)], &long)), "exchange.too_large");
    let wide = vec!["x"; 2_000].join(",");
    assert_eq!(open("a.csv", wide.as_bytes()).unwrap_err().code(), "exchange.too_large");
    let tall = "x\n".repeat(50);
    let few = Limits { rows: 20, ..Limits::default() };
    assert_eq!(Set::from_files([("a.csv", tall.as_bytes())], few).unwrap_err().code(), "exchange.too_large");
}

#[test]
fn a_workbook_that_cannot_be_opened_says_why() {
    let whole = xlsx(&[("a", &class_list("7B"))], "");
    assert_eq!(open("a.xlsx", &whole[..whole.len() / 2]).unwrap_err().code(), "exchange.workbook");
    let mut protected = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let error = open("a.xlsx", &protected).unwrap_err();
    assert_eq!(error.code(), "exchange.protected");
    assert!(error.to_string().contains("protected by a password"), "{error}");
    assert_eq!(open("a.xls", &protected[..8]).unwrap_err().code(), "exchange.workbook");
}

proptest! {
    #[test]
    fn damaged_workbooks_never_panic(place in 0_usize..4_000, byte in any::<u8>(), old in any::<bool>()) {
        let mut bytes = if old { include_bytes!("data/klasse.xls").to_vec() } else { xlsx(&[("a", &class_list("7B"))], "") };
        let place = place % bytes.len();
        bytes[place] = byte;
        if let Ok(set) = open(if old { "a.xls" } else { "a.xlsx" }, &bytes) {
            let _ = read(&set);
        }
    }
}

/// Where the first record of this kind and length begins in the older workbook's bytes.
fn record(bytes: &[u8], kind: u16, length: u16) -> usize {
    let head = [kind.to_le_bytes(), length.to_le_bytes()].concat();
    bytes.windows(4).position(|four| four == head).unwrap()
}

#[test]
fn an_older_workbook_that_asks_for_too_much_is_not_opened() {
    let whole = include_bytes!("data/klasse.xls").to_vec();
    assert!(open("a.xls", &whole).is_ok());
    let code = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        change(&mut bytes);
        open("a.xls", &bytes).unwrap_err().code()
    };
    // A sheet that says to be as long as can be, or to end before it begins.
    for rows in [[0, u32::MAX], [5_000, 10]] {
        let size = record(&whole, 0x0200, 14) + 4;
        let of = |bytes: &mut Vec<u8>| bytes[size..size + 8].copy_from_slice(&rows.map(u32::to_le_bytes).concat());
        assert_eq!(code(&of), "exchange.too_large", "{rows:?}");
    }
    // A cell in the last row and column of all.
    let cell = record(&whole, 0x00FD, 10) + 4;
    assert_eq!(code(&|bytes| bytes[cell..cell + 4].fill(0xFF)), "exchange.too_large");
    // A chain of sectors that runs in a ring: each sector of the first table is followed by itself.
    let table = 512 * (1 + u32::from_le_bytes(whole[76..80].try_into().unwrap()) as usize);
    let ring = |bytes: &mut Vec<u8>| {
        for sector in 0..128_usize {
            bytes[table + 4 * sector..table + 4 * sector + 4].copy_from_slice(&(sector as u32).to_le_bytes());
        }
    };
    assert_eq!(code(&ring), "exchange.workbook");
}

#[test]
fn what_is_repeated_or_named_again_and_again_is_refused() {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>a</text:p></table:table-cell>";
    let rows = format!("<table:table-row table:number-rows-repeated=\"5000\">{cell}</table:table-row>");
    let ods = ods(&ods_content(&rows));
    assert!(ods.len() < 2_000);
    assert_eq!(open("a.ods", &ods).unwrap_err().code(), "exchange.too_large");
    // A workbook that says to have more texts than there is room for.
    let many = xlsx(&[("a", &row(1, &[text("A1", "No")]))], "<sst uniqueCount=\"4294967295\"></sst>");
    assert_eq!(open("a.xlsx", &many).unwrap_err().code(), "exchange.too_large");
    // One long text that thousands of cells name.
    let strings = format!("<si><t>{}</t></si>", "a".repeat(30_000));
    let cells = |from: usize| {
        (from..from + 1_500).map(|n| row(n, &[format!("<c r=\"A{n}\" t=\"s\"><v>0</v></c>")])).collect::<String>()
    };
    let sheets = (cells(1), cells(1));
    let xlsx = xlsx(&[("a", &sheets.0), ("b", &sheets.1)], &strings);
    let error = open("a.xlsx", &xlsx).unwrap_err();
    assert!(error.to_string().starts_with("a.xlsx, as a table, is over the limit of 64 MiB."), "{error}");
}

#[test]
fn a_table_that_is_cut_off_is_refused_and_not_read_for_ever() {
    let cell = "<table:table-cell office:value-type=\"string\"><text:p>No</text:p></table:table-cell>";
    let whole = ods_content(&format!("<table:table-row>{cell}{cell}</table:table-row>"));
    let unclosed = ["</table:table>", "</table:table-row>"].map(|end| whole.replace(end, ""));
    let cut = (1..whole.len()).step_by(5).map(|end| whole[..end].to_owned());
    let spoiled: Vec<String> = cut.chain(unclosed).collect();
    // What reads for ever must not keep the tests.
    let (said, heard) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for content in spoiled {
            let _nobody_waits_any_more = said.send((open("a.ods", &ods(&content)).map(|_| ()), content));
        }
    });
    let patience = std::time::Duration::from_secs(60);
    loop {
        match heard.recv_timeout(patience) {
            Ok((outcome, content)) => {
                let error = outcome.expect_err(&content);
                assert_eq!(error.code(), "exchange.workbook", "{error}: {content}");
            }
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => panic!("a table that is cut off is read for ever"),
        }
    }
}
