//! Refused rows: shown as they stand in the file, mended and checked again, or saved and imported by themselves.

use std::sync::Arc;

use exchange::{RowCells, TableFormat};
use kernel::{ErrorCode, Upload};
use school::exchange::{ImportInput, ImportSet, SaveRefused, import_apply, import_dry_run, save_refused};
use sea_orm::{EntityTrait, QueryOrder};
use store::entities::students;
use uuid::Uuid;
use words::faults::exchange::{refused, value};

use crate::both;
use crate::sets::Set;
use crate::world::World;

const LIST: &str = "Student No;First name;Last name;DOB;Class\n1001;Ann;Lee;2014-02-30;7B\n1002;Bob;Ray;2014-03-01;7B\n\
    1001;Cem;Ak;2014-04-01;7B\n1004;Dee;Fox;soon;\"7\nB\"\n";

fn upload(world: &World, name: &str, bytes: &[u8]) -> Uuid {
    let owner = world.administrator.actor.as_ref().map(|actor| actor.user);
    world.services.keep_upload(Upload { file_name: name.into(), bytes: Arc::new(bytes.to_vec()), owner })
}

fn input(world: &World, uploads: Vec<Uuid>) -> ImportInput {
    ImportInput {
        school: world.school,
        uploads,
        kind: None,
        matching: None,
        dates: None,
        names: None,
        read_as: None,
        into_school: None,
        accept_refused: None,
        delete_missing: None,
        mended: None,
    }
}

fn refused_of(import: ImportInput, format: Option<TableFormat>) -> SaveRefused {
    SaveRefused { import, format }
}

fn saved(world: &World, artifact: Uuid) -> Vec<u8> {
    let owner = world.administrator.actor.as_ref().unwrap().user;
    world.services.artifact(artifact, owner).unwrap().bytes.to_vec()
}

both!(
    async fn a_refused_row_is_mended_and_checked_again(world: World) {
        let office = &world.administrator;
        let asked = input(&world, vec![upload(&world, "list.csv", LIST.as_bytes())]);
        let shown = import_dry_run(office, asked.clone()).await.unwrap();
        assert!(shown.held_back);
        let table = &shown.refused_rows[0];
        assert_eq!((table.file.as_str(), table.headers.len(), table.headers[3].as_str()), ("list.csv", 5, "DOB"));
        let lines: Vec<u32> = table.rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 4, 5]);
        assert_eq!(table.rows[0].cells, ["1001", "Ann", "Lee", "2014-02-30", "7B"]);

        let mut mended = table.rows.clone();
        mended[0].cells[3] = "2014-02-28".into();
        mended[1].cells[0] = "1003".into();
        mended[2].cells[3] = String::new();
        mended[2].cells[4] = "7B".into();
        // One after the other: what is not mended yet is still refused, on its own line.
        let first = ImportInput { mended: Some(mended[..1].to_vec()), ..asked.clone() };
        let shown = import_dry_run(office, first).await.unwrap();
        assert_eq!(shown.refused_rows[0].rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 5]);
        let all = ImportInput { mended: Some(mended), ..asked.clone() };
        assert!(import_dry_run(office, all.clone()).await.unwrap().refused.is_empty());
        let done = import_apply(office, all).await.unwrap();
        assert!(done.applied);
        assert_eq!((done.added.students, done.added.classes), (4, 1));
        let found = students::Entity::find().order_by_asc(students::Column::Number);
        let found = found.all(world.services.store.reader()).await.unwrap();
        let numbers: Vec<&str> = found.iter().map(|student| student.number.as_str()).collect();
        assert_eq!(numbers, ["1001", "1002", "1003", "1004"]);
        assert_eq!(found[0].birth_date.unwrap().to_string(), "2014-02-28");

        let nowhere = RowCells { file: "list.csv".into(), line: 99, cells: vec![] };
        let nowhere = ImportInput { mended: Some(vec![nowhere]), ..asked };
        let error = import_dry_run(office, nowhere).await.unwrap_err();
        assert_eq!((error.code, error.fields[0].field.as_str()), (ErrorCode::Invalid, "mended"));
    }
);

both!(
    async fn refused_rows_are_saved_with_their_reasons_and_can_be_imported(world: World) {
        let office = &world.administrator;
        let asked = input(&world, vec![upload(&world, "list.csv", LIST.as_bytes())]);
        let out = save_refused(office, refused_of(asked.clone(), None)).await.unwrap();
        assert_eq!((out.file_name.as_str(), out.rows), ("refused rows of list.csv", 3));
        let text = String::from_utf8(saved(&world, out.artifact)).unwrap();
        assert!(
            text.starts_with("\u{feff}Student No,First name,Last name,DOB,Class,Reason\r\n1001,Ann,Lee,2014-02-30,7B,")
        );
        assert!(text.contains("DOB: found 2014-02-30, expected a date"), "{text}");

        let rest = ImportInput { accept_refused: Some(true), ..asked };
        assert_eq!(import_apply(office, rest).await.unwrap().added.students, 1);
        let mended = text
            .replace("2014-02-30", "2014-02-28")
            .replace("1001,Cem", "1003,Cem")
            .replace("soon", "")
            .replace("\"7\nB\"", "7B");
        let again = input(&world, vec![upload(&world, "refused rows of list.csv", mended.as_bytes())]);
        let done = import_apply(office, again).await.unwrap();
        assert_eq!((done.refused.len(), done.added.students), (0, 3), "{:?}", done.refused);
        let good = input(&world, vec![upload(&world, "list.csv", b"No,Name\n1,Ann Lee\n")]);
        assert_eq!(save_refused(office, refused_of(good, None)).await.unwrap_err().code, ErrorCode::NotFound);
    }
);

both!(
    async fn refused_rows_are_saved_as_a_workbook_and_come_in_again(world: World) {
        let office = &world.administrator;
        let asked = input(&world, vec![upload(&world, "list.csv", LIST.as_bytes())]);
        let out = save_refused(office, refused_of(asked, Some(TableFormat::Xlsx))).await.unwrap();
        assert_eq!((out.file_name.as_str(), out.rows), ("refused rows of list.xlsx", 3));
        let again = input(&world, vec![upload(&world, &out.file_name, &saved(&world, out.artifact))]);
        let shown = import_dry_run(office, again.clone()).await.unwrap();
        let table = &shown.refused_rows[0];
        assert_eq!(table.rows[0].cells[..5], ["1001", "Ann", "Lee", "2014-02-30", "7B"]);
        let mut mended = table.rows.clone();
        mended[0].cells[3] = "2014-02-28".into();
        mended[2].cells[3] = String::new();
        let done =
            import_apply(office, ImportInput { mended: Some(mended), accept_refused: Some(true), ..again }).await;
        let done = done.unwrap();
        assert_eq!((done.applied, done.added.students), (true, 2), "{:?}", done.refused);
    }
);

both!(
    async fn refused_rows_are_saved_in_the_language_of_who_asks(world: World) {
        let mut office = world.administrator.clone();
        Arc::make_mut(office.actor.as_mut().unwrap()).language = Some("en-XA".into());
        let asked = input(&world, vec![upload(&world, "list.csv", LIST.as_bytes())]);
        let out = save_refused(&office, refused_of(asked, None)).await.unwrap();
        let said = |message: words::Message| message.text(words::Language::PSEUDO);
        assert_eq!(out.file_name, format!("{}.csv", said(refused::file_of("list"))));
        let text = String::from_utf8(saved(&world, out.artifact)).unwrap();
        assert!(text.contains(&format!(",Class,{}\r\n", said(refused::reason()))), "{text}");
        assert!(text.contains(&said(value::date())) && !text.contains(&value::date().to_string()), "{text}");
    }
);

const MANIFEST: &str =
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\n";
const ORGS: &str =
    "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,Riverside School,school,,\n";
const USERS: &str = "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\n\
    u1,,,true,o1,student,ann,,Ann,Lee,,1001,,,,,07,secret\nu2,,,maybe,o1,student,bob,,Bob,Ray,,1002,,,,,07,secret\n";

both!(
    async fn refused_rows_of_a_set_are_saved_as_a_delta_without_passwords(world: World) {
        let office = &world.administrator;
        let uploads = [("manifest.csv", MANIFEST), ("orgs.csv", ORGS), ("users.csv", USERS)]
            .map(|(name, text)| upload(&world, name, text.as_bytes()));
        let asked = input(&world, uploads.to_vec());
        let shown = import_dry_run(office, asked.clone()).await.unwrap();
        let row = &shown.refused_rows[0].rows[0];
        assert_eq!((row.line, row.cells[3].as_str(), row.cells[17].as_str()), (3, "maybe", ""));
        let out = save_refused(office, refused_of(asked.clone(), None)).await.unwrap();
        assert_eq!(out.file_name, "refused rows.zip");
        let bytes = saved(&world, out.artifact);
        assert!(import_apply(office, ImportInput { accept_refused: Some(true), ..asked }).await.unwrap().applied);

        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut files = Vec::new();
        for name in ["manifest.csv", "users.csv"] {
            let mut text = String::new();
            std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut text).unwrap();
            assert!(!text.contains("secret"), "{text}");
            files.push((name, text.replace("maybe", "true")));
        }
        let done = Set::of(&files).import(office, ImportSet { apply: true, ..ImportSet::default() }).await.unwrap();
        assert!(done.applied, "{:?}", done.refused);
        assert_eq!(done.added.students, 1);
    }
);
