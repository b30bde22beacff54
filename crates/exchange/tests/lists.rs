//! Lists as school offices have them, one kind a test: what leaves no doubt is read, and it is said how.
#![allow(clippy::unwrap_used)]

use exchange::{
    DateOrder, DecidedBy, ExchangeError, FullNameOrder, Limits, ListKind, NoteKind, Options, Parsed, ReadAs, Separator,
    Set, TableSource, parse_plain, preview, settled,
};

fn set(name: &str, bytes: impl AsRef<[u8]>) -> Set {
    Set::from_files([(name, bytes)], Limits::default()).unwrap()
}

fn read_set(set: &Set, options: &Options) -> Result<Parsed, ExchangeError> {
    let suggested = preview(set, 5)?.suggested;
    parse_plain(set, &settled(set, ListKind::Students, suggested)?, options)
}

fn read(text: &str) -> Parsed {
    read_set(&set("list.csv", text), &Options::default()).unwrap()
}

/// Number, given and family name of each student.
fn students(parsed: &Parsed) -> Vec<(&str, &str, &str)> {
    let students = parsed.roster.users.iter().filter(|user| !user.identifier.is_empty());
    students.map(|user| (user.identifier.as_str(), user.given.as_str(), user.family.as_str())).collect()
}

fn births(parsed: &Parsed) -> Vec<String> {
    parsed.roster.demographics.iter().filter_map(|row| Some(row.birth_date?.to_string())).collect()
}

const TWO: [(&str, &str, &str); 2] = [("1001", "Zoë", "Müller"), ("1002", "Søren", "Frö")];

#[test]
fn the_encoding_of_the_country() {
    let bytes = b"Student No;First name;Last name;Class\r\n1001;Zo\xEB;M\xFCller;7B\r\n1002;S\xF8ren;Fr\xF6;7B\r\n";
    let parsed = read_set(&set("list.csv", bytes), &Options::default()).unwrap();
    assert_eq!(students(&parsed), TWO);
    let encoding = parsed.readings[0].encoding.clone().unwrap();
    assert_eq!((encoding.name.as_str(), encoding.guessed), ("windows-1252", true));
    assert!(encoding.samples.contains(&"Müller".to_owned()) && encoding.others.contains(&"windows-1250".to_owned()));
}

#[test]
fn utf16_with_tabs() {
    let text = "Student No\tFirst name\tLast name\tClass\r\n1001\tZoë\tMüller\t7B\r\n1002\tSøren\tFrö\t7B\r\n";
    let bytes: Vec<u8> = [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let parsed = read_set(&set("list.txt", bytes), &Options::default()).unwrap();
    assert_eq!(students(&parsed), TWO);
    assert_eq!(parsed.readings[0].separator, Some(Separator::Tab));
}

#[test]
fn a_page_that_is_named_as_a_workbook() {
    let page = "<html><meta charset=utf-8><table><tr><th>Student No<th>First name<th>Last name<tr><td>1001<td>Zo&euml;<td>M&uuml;ller<tr><td>1002<td>Søren<td>Frö</table></html>";
    let parsed = read_set(&set("list.xls", page), &Options::default()).unwrap();
    assert_eq!(students(&parsed), TWO);
    assert_eq!(parsed.readings[0].source, TableSource::Page);
}

#[test]
fn a_page_is_read_in_the_encoding_that_it_names() {
    let page = "<html><meta charset=windows-1251><table><tr><th>Student No<th>First name<th>Last name<tr><td>1001<td>Иван<td>Петров</table></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    let parsed = read_set(&set("list.xls", bytes), &Options::default()).unwrap();
    assert_eq!(students(&parsed), [("1001", "Иван", "Петров")]);
    let encoding = parsed.readings[0].encoding.as_ref().unwrap();
    assert_eq!((encoding.name.as_str(), encoding.guessed), ("windows-1251", false));
}

#[test]
fn a_title_a_separator_and_old_line_ends() {
    let parsed = read("sep=;\rClass list 7B, autumn\r\rStudent No;First name;Last name\r1001;Ann;Lee, the younger\r");
    assert_eq!(students(&parsed), [("1001", "Ann", "Lee, the younger")]);
    assert_eq!(parsed.readings[0].header_line, 4);
    let parsed = read("Number,Name\n1,Ann Lee\r\n2,Bob Ray\r3,Cem Ak\n\r\n4,Dua Noor");
    assert_eq!(students(&parsed).len(), 4);
}

#[test]
fn rows_that_end_early_are_blank_there() {
    let parsed = read("Number,First name,Last name,E-mail,Phone\n1,Ann,Lee,ann@example.org,5\n2,Bob,Ray\n");
    assert_eq!(parsed.refused, []);
    assert_eq!(students(&parsed).len(), 2);
    assert!(parsed.notes.iter().any(|note| note.kind == NoteKind::File && note.line == 3));
}

#[test]
fn a_row_that_was_broken_in_two_is_none() {
    let parsed = read("Number,First name,Last name,Class\n1,Ann,Lee,7B\n1001,Ali\nReza,Valiev,7B\n1002,Bob,Ray,7B\n");
    assert_eq!(students(&parsed), [("1", "Ann", "Lee"), ("1002", "Bob", "Ray")]);
    assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn line_breaks_and_unseen_characters_in_cells() {
    let parsed = read(
        "\"Student\nNo\",First name,Last name,Class\n\u{202a}1001\u{202c},\"Ali\nReza\",Val\u{ad}iev,7B\u{200b}\n１００２,Bob\u{a0},Ray,7B\n",
    );
    assert_eq!(students(&parsed), [("1001", "Ali Reza", "Valiev"), ("1002", "Bob", "Ray")]);
    assert_eq!(parsed.roster.classes.len(), 1);
    let note = parsed.notes.iter().find(|note| note.column == "First name").unwrap();
    assert!(note.taken.to_string().ends_with("Ali Reza"), "{}", note.taken);
}

#[test]
fn a_quotation_mark_that_swallows_a_line_is_refused() {
    let list = set("a.csv", "Number,Name,Class\n1,\"Ann Lee,7B\n2,\"Bob Ray\",7B\n");
    assert!(matches!(read_set(&list, &Options::default()), Err(ExchangeError::Quotes { line: 2, .. })));
}

#[test]
fn a_footer_and_repeated_headers_are_no_students() {
    let parsed = read("Number,Name,Class\n1,Ann Lee,7B\nNumber,Name,Class\n2,Bob Ray,7B\nTotal,30,\n");
    assert_eq!(students(&parsed).len(), 2);
    assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [5]);
}

#[test]
fn dates_are_decided_by_their_column() {
    let list = |dates: &[&str]| {
        let rows: String = dates.iter().enumerate().map(|(n, date)| format!("{n},Ann Lee,\"{date}\"\n")).collect();
        read(&format!("Number,Name,Date of birth\n{rows}"))
    };
    assert_eq!(
        births(&list(&["2012-03-04 00:00:00", "16 Oct 2018", "Oct 16, 2018"])),
        ["2012-03-04", "2018-10-16", "2018-10-16"]
    );
    let parsed = list(&["25/11/2012 0:00", "04/03/2012 0:00"]);
    assert_eq!(births(&parsed), ["2012-11-25", "2012-03-04"]);
    let column = &parsed.readings[0].dates[0];
    assert_eq!((column.order, column.decided_by), (Some(DateOrder::DayFirst), DecidedBy::Cells));
    assert_eq!((column.written.as_str(), column.read.as_str()), ("25/11/2012 0:00", "2012-11-25"));
    for open in [
        &["4/3/2012", "5/6/2012"][..],
        &["25/11/2012", "11/25/2012"],
        &["41238"],
        &["25/11/12"],
        &["2012-03-03T18:30:00Z"],
    ] {
        let parsed = list(open);
        assert!(!parsed.refused.is_empty() && births(&parsed).is_empty(), "{open:?}");
    }
    let doubt = list(&["25/11/2012", "2012-04-03", "2012-05-06", "2012-07-08"]);
    assert!(doubt.notes.iter().any(|note| note.kind == NoteKind::Doubt));
}

#[test]
fn a_header_says_the_order_of_its_dates() {
    let parsed = read("Number,Name,Date of Birth (DD/MM/YYYY)\n1,Ann Lee,04/03/2012\n");
    assert_eq!(births(&parsed), ["2012-03-04"]);
    assert_eq!(parsed.readings[0].dates[0].decided_by, DecidedBy::Header);
}

#[test]
fn columns_of_one_name_are_asked_about() {
    let list = set("a.csv", "Number,Name,Phone,Phone\n1,Ann Lee,555 0101,555 9901\n");
    let shown = preview(&list, 5).unwrap();
    assert_eq!(shown.doubtful, ["Phone (1)", "Phone (2)"]);
    let error = read_set(&list, &Options::default()).unwrap_err();
    assert_eq!(error.refusals().iter().map(|row| row.column.as_str()).collect::<Vec<_>>(), ["Phone (1)", "Phone (2)"]);
    let mut said = shown.suggested;
    said.phone = Some("Phone".into());
    let error = parse_plain(&list, &said, &Options::default()).unwrap_err();
    assert_eq!(error.refusals()[0].expected, "one of Phone (1), Phone (2)");
    said.phone = Some("Phone (2)".into());
    let parsed = parse_plain(&list, &settled(&list, ListKind::Students, said).unwrap(), &Options::default()).unwrap();
    assert_eq!(parsed.roster.users[0].phone, "555 9901");
    assert_eq!(parsed.readings[0].unread, ["Phone (1)"]);
}

#[test]
fn a_line_above_tells_columns_of_one_name_apart() {
    let parsed = read("Student,,Father,,Mother,\nNo,Name,Name,Phone,Name,Phone\n1,Ann Lee,Bo Lee,5,Cy Ray,6\n");
    assert_eq!(guardians(&parsed), [("father", "Bo", "Lee", "5"), ("mother", "Cy", "Ray", "6")]);
    assert_eq!(students(&parsed), [("1", "Ann", "Lee")]);
}

/// Relation, given and family name, telephone of the first student's guardians.
fn guardians(parsed: &Parsed) -> Vec<(&str, &str, &str, &str)> {
    let agents = parsed.roster.users[0].agents.iter();
    agents
        .map(|agent| {
            let user = parsed.roster.users.iter().find(|user| user.source_id == agent.user).unwrap();
            (agent.word.as_str(), user.given.as_str(), user.family.as_str(), user.phone.as_str())
        })
        .collect()
}

#[test]
fn several_guardians_of_a_child() {
    let parsed = read(
        "Number,Name,Father's Name,Father's Mobile,Mother's Name,Guardian Name,Guardian Phone,Relationship\n1,Ann Lee,Bo Lee,5,Cy Ray,Di Fox,7,aunt\n",
    );
    assert_eq!(
        guardians(&parsed),
        [("father", "Bo", "Lee", "5"), ("mother", "Cy", "Ray", ""), ("aunt", "Di", "Fox", "7")]
    );
    let parsed = read(
        "Number,Name,Parent 1 First Name,Parent 1 Last Name,Parent 2 First Name,Parent 2 Last Name,Parent 2 Email\n1,Ann Lee,Bo,Lee,Cy,Ray,c@x.org\n",
    );
    assert_eq!(guardians(&parsed), [("", "Bo", "Lee", ""), ("", "Cy", "Ray", "")]);
    // One row for each contact, as some systems write it.
    let parsed = read("Number,Name,Class,Guardian,Relation\n1,Ann Lee,7B,Bo Lee,father\n1,Ann Lee,7B,Cy Ray,mother\n");
    assert_eq!(parsed.refused, []);
    assert_eq!(guardians(&parsed), [("father", "Bo", "Lee", ""), ("mother", "Cy", "Ray", "")]);
    assert_eq!(parsed.roster.enrolments.len(), 1);
}

#[test]
fn whole_names_in_any_order_and_how_they_were_divided() {
    let list = "Number,Full name\n1,María García López\n2,Nguyễn Thị Hoa\n3,王小明\n4,\"de la Cruz, Ana\"\n5,Ludwig van der Berg\n";
    let parsed = read(list);
    assert_eq!(students(&parsed)[0], ("1", "María García", "López"));
    assert_eq!(students(&parsed)[4], ("5", "Ludwig", "van der Berg"));
    let names = parsed.readings[0].names.clone().unwrap();
    assert_eq!((names.order, names.examples[0].written.as_str()), (FullNameOrder::GivenFirst, "Ludwig van der Berg"));
    let said = Options { names: Some(FullNameOrder::GivenFirstTwoFamilyNames), ..Options::default() };
    let parsed = read_set(&set("a.csv", list), &said).unwrap();
    assert_eq!(students(&parsed)[0], ("1", "María", "García López"));
    let parsed = read("Number,Surname and first name\n1,Lee Ann\n");
    assert_eq!(students(&parsed), [("1", "Ann", "Lee")]);
    let parsed = read("Number,Nombre,Primer apellido,Segundo apellido\n1,María José,García,López\n");
    assert_eq!(students(&parsed), [("1", "María José", "García López")]);
}

#[test]
fn what_a_spreadsheet_spoilt_is_refused() {
    let parsed = read("Number,Name,Phone\n1.23457E+11,Ann Lee,5\n2,Bob Ray,1.23E+10\n3,#N/A,5\n");
    assert_eq!(students(&parsed), []);
    assert_eq!(parsed.refused.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 3, 4]);
}

#[test]
fn what_databases_write_for_nothing_and_around_numbers() {
    let parsed = read(
        "Number,Name,Class,DOB,Phone,Guardian,Grade\n1001.0,Ann Lee,7.0,NULL,5550101.0,N/A,7.0\n\"=\"\"00123\"\"\",Bob Ray,-,nan,-,None,\n'0124,Cem Ak,7,,'+91 98,,\n",
    );
    assert_eq!(parsed.refused, []);
    assert_eq!(students(&parsed).iter().map(|row| row.0).collect::<Vec<_>>(), ["1001", "00123", "0124"]);
    assert_eq!(
        parsed.roster.users.iter().map(|user| user.phone.as_str()).collect::<Vec<_>>(),
        ["5550101", "", "+91 98"]
    );
    assert_eq!(parsed.roster.classes.iter().map(|class| class.title.as_str()).collect::<Vec<_>>(), ["7"]);
    assert!(parsed.roster.users.iter().all(|user| user.agents.is_empty()));
}

#[test]
fn the_words_of_real_systems() {
    let found = |header: &str| {
        let headers: Vec<&str> = header.split(';').collect();
        let m = exchange::suggest_columns(&headers);
        [m.number, m.given.or(m.full_name), m.family, m.birth_date, m.class].map(Option::unwrap_or_default)
    };
    for (header, expected) in [
        (
            "Student ID *;First Name *;Last Name *;Date of Birth;Class *",
            ["Student ID *", "First Name *", "Last Name *", "Date of Birth", "Class *"],
        ),
        ("Schild-ID;Nachname;Vorname;Geb-Datum;Klasse", ["Schild-ID", "Vorname", "Nachname", "Geb-Datum", "Klasse"]),
        (
            "Sl No.;Admission Number;Student's Name;Father's Name;Date of Birth (DD/MM/YYYY);Class;Sec",
            ["Admission Number", "Student's Name", "", "Date of Birth (DD/MM/YYYY)", "Class"],
        ),
        ("出席番号;氏名;ふりがな;組;生年月日", ["出席番号", "氏名", "", "生年月日", "組"]),
        (
            "Identifiant unique*;Premier prénom*;Deuxième prénom;Nom de famille*;Nom d'usage;Date de naissance (jj/mm/aaaa)*;Division*",
            [
                "Identifiant unique*",
                "Premier prénom*",
                "Nom de famille*",
                "Date de naissance (jj/mm/aaaa)*",
                "Division*",
            ],
        ),
        (
            "Id;UPN;Forename;Middle Names;Surname;DOB;Form/Tutor Group;Tutor",
            ["Id", "Forename", "Surname", "DOB", "Form/Tutor Group"],
        ),
        (
            "Student_Number;Last_Name;First_Name;Grade_Level;Home_Room;DOB",
            ["Student_Number", "First_Name", "Last_Name", "DOB", "Home_Room"],
        ),
        (
            "Nº Matrícula;Nombre del alumno;Apellidos;Fecha de nacimiento;Grupo",
            ["Nº Matrícula", "Nombre del alumno", "Apellidos", "Fecha de nacimiento", "Grupo"],
        ),
        ("学号;姓名;性别;出生日期;班级;家长姓名;家长电话", ["学号", "姓名", "", "出生日期", "班级"]),
        ("Номер;Фамилия;Имя;Отчество;Дата рождения;Класс", ["Номер", "Имя", "Фамилия", "Дата рождения", "Класс"]),
        ("Name;Vorname;Klasse;Schüler-ID;Geburtsdatum", ["Schüler-ID", "Vorname", "Name", "Geburtsdatum", "Klasse"]),
        ("Číslo;Jméno;Příjmení;Datum narození;Třída", ["Číslo", "Jméno", "Příjmení", "Datum narození", "Třída"]),
        ("氏名 Name;番号 No", ["番号 No", "氏名 Name", "", "", ""]),
    ] {
        assert_eq!(found(header), expected.map(str::to_owned), "{header}");
    }
}

#[test]
fn a_person_may_say_how_a_file_is_read() {
    let text = "Liste;;\nKennziffer;Wer;Wo\n1;Ann Lee;7B\n";
    let read = |said: &ReadAs| Set::from_files_as([("a.csv", text)], Limits::default(), said);
    let shown = preview(&read(&ReadAs { header_line: Some(3), ..ReadAs::default() }).unwrap(), 5).unwrap();
    assert_eq!(shown.headers, ["1", "Ann Lee", "7B"]);
    let error = read(&ReadAs { encoding: Some("klingon".into()), ..ReadAs::default() }).unwrap_err();
    assert_eq!(error.code(), "exchange.unknown_encoding");
}
