//! Tables go out as CSV and as workbooks: the same cells, and a list of students comes in again from either.

use std::sync::Arc;

use exchange::TableFormat;
use kernel::{Context, Upload};
use marks::gradebook::{ExportMarks, export_marks};
use marks::reports::{MakeBroadsheet, make_broadsheet};
use school::attendance::{AttendanceCsv, attendance_csv};
use school::exchange::{AcceptRefused, ExportStudents, ImportSet, export_students, import_set};
use uuid::Uuid;

use crate::both;
use crate::graded::Graded;
use crate::world::date;

const FORMATS: [TableFormat; 2] = [TableFormat::Csv, TableFormat::Xlsx];

fn bytes(context: &Context, artifact: Uuid) -> Vec<u8> {
    context.services.artifact(artifact, context.actor().unwrap().user).unwrap().bytes.to_vec()
}

/// The cells of a table as our own reader reads them; numbers as numbers, since 85.0 is 85 to a spreadsheet.
fn cells(name: &str, bytes: Vec<u8>) -> Vec<Vec<String>> {
    let set = exchange::Set::from_files([(name, bytes)], exchange::Limits::default()).unwrap();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(exchange::table_text(&set).unwrap().as_bytes());
    let number = |cell: &str| cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |number| number.to_string());
    let row = |row: csv::StringRecord| {
        let mut cells: Vec<String> = row.iter().map(number).collect();
        while cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        cells
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

both!(
    async fn every_table_holds_the_same_as_csv_and_as_a_workbook(world: World) {
        let graded = Graded::new(&world).await;
        graded.first_marks().await;
        let ben = &graded.ben;
        let (class, term) = (graded.roster.class_a, graded.autumn);
        let mut all = Vec::new();
        for format in FORMATS {
            let format = Some(format);
            let input = ExportStudents { school: world.school, class: None, format };
            let made = export_students(&world.administrator, input).await.unwrap();
            let students = (made.file_name, bytes(&world.administrator, made.artifact));
            let input = ExportMarks { course: graded.roster.course, term, format };
            let made = export_marks(ben, input).await.unwrap();
            let marks = (made.file_name, bytes(ben, made.artifact));
            let made = make_broadsheet(ben, MakeBroadsheet { class, term, format }).await.unwrap();
            let broadsheet = (made.file_name, bytes(ben, made.artifact));
            let input = AttendanceCsv { class, from: date("2026-09-01"), to: date("2026-10-14"), format };
            let made = attendance_csv(&world.administrator, input).await.unwrap();
            all.push([students, marks, broadsheet, (made.file_name, bytes(&world.administrator, made.artifact))]);
        }
        let [csv, xlsx] = &all[..] else { panic!("two formats") };
        for ((name, text), (book_name, book)) in csv.iter().zip(xlsx) {
            assert_eq!(name.strip_suffix(".csv"), book_name.strip_suffix(".xlsx"));
            assert!(book.starts_with(b"PK"), "{book_name}");
            let rows = cells(name, text.clone());
            assert!(!rows.is_empty(), "{name}");
            assert_eq!(cells(book_name, book.clone()), rows, "{name}");
        }
    }
);

both!(
    async fn students_go_out_as_a_workbook_and_come_in_without_a_change(world: World) {
        let list = "Student No,First name,Last name,DOB,Class,Phone,Guardian Name,Guardian Phone\n\
            0012,=Ann,@Lee,2014-05-14,+2 Science,+1-555-0101,\"Ray, +Bo\",+91 98765 43210\n'=8,'tis,-Ray,,''+2 Science,,,\n";
        let office = &world.administrator;
        let everything = ImportSet { accept_refused: AcceptRefused::Nothing, apply: true, ..Default::default() };
        let owner = office.actor.as_ref().map(|actor| actor.user);
        let hand_in = |name: &str, bytes: Vec<u8>| {
            let upload = Upload { file_name: name.to_owned(), bytes: Arc::new(bytes), owner };
            ImportSet { uploads: vec![office.services.keep_upload(upload)], ..everything.clone() }
        };
        let done = import_set(office, hand_in("list.csv", list.into())).await.unwrap();
        assert_eq!((done.applied, done.added.students), (true, 2), "{:?}", done.refused);
        let input = ExportStudents { school: world.school, class: None, format: Some(TableFormat::Xlsx) };
        let made = export_students(office, input).await.unwrap();
        let again = import_set(office, hand_in(&made.file_name, bytes(office, made.artifact))).await.unwrap();
        assert_eq!((again.applied, again.added.total(), again.changed.total()), (true, 0, 0), "{:?}", again.changes);
        assert_eq!(again.skipped.students, 2);
    }
);
