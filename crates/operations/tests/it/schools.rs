//! The school itself, years and terms, subjects, settings, grade scale, attendance codes.

use kernel::Save;
use kernel::{ErrorCode, Role};
use school::schools::*;

use crate::both;
use crate::roster::{Roster, new_class, second_school};
use crate::world::{World, date};

fn of(world: &World) -> OfSchool {
    OfSchool { school: world.school }
}

both!(
    async fn a_school_is_changed_with_its_logo(world: World) {
        let context = &world.administrator;
        let before = school_details(context, of(&world)).await.unwrap();
        let input = SaveSchool {
            id: world.school,
            version: before.version,
            name: " Riverside Academy ".into(),
            identifier: Some("KE-17".into()),
            address: Some("1 River Road\nNairobi".into()),
            phone: None,
            email: Some("office@riverside.example".into()),
            time_zone: "Africa/Nairobi".into(),
            logo: Some(upload(context, &picture(900, 300))),
            remove_logo: None,
        };
        let saved = save_school(context, input.clone()).await.unwrap();
        assert_eq!(saved.name, "Riverside Academy");
        let logo = context.services.artifact(saved.logo.unwrap(), context.actor().unwrap().user).unwrap();
        let shown = image::load_from_memory(&logo.bytes).unwrap();
        assert_eq!((shown.width(), shown.height()), (900, 300));
        let late = SaveSchool { phone: Some("020 123".into()), ..input.clone() };
        assert_eq!(save_school(context, late).await.unwrap_err().code, ErrorCode::Stale);
        let now = |change: SaveSchool| SaveSchool { version: saved.version, ..change };
        let no_picture = SaveSchool { logo: Some(upload(context, b"GIF89a, or is it?")), ..now(input.clone()) };
        assert_eq!(save_school(context, no_picture).await.unwrap_err().code, ErrorCode::BadFile);
        let wrong = SaveSchool {
            name: "x".repeat(10_000),
            time_zone: "Mars/Olympus".into(),
            email: Some("a b@c".into()),
            logo: None,
            ..now(input)
        };
        assert_eq!(save_school(context, wrong).await.unwrap_err().fields.len(), 3);
    }
);

fn picture(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(width, height).write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn upload(context: &kernel::Context, bytes: &[u8]) -> uuid::Uuid {
    let owner = Some(context.actor().unwrap().user);
    context.services.keep_upload(kernel::Upload { file_name: "logo.png".into(), bytes: bytes.to_vec().into(), owner })
}

both!(
    async fn a_district_has_further_schools(world: World) {
        let other = second_school(&world).await;
        let again = world.resume(&world.sign_in("office", "amara", crate::world::PASSWORD).await.unwrap()).await;
        let names: Vec<String> =
            list_schools(&again, school::accounts::Nothing {}).await.unwrap().into_iter().map(|row| row.name).collect();
        assert_eq!(names, ["Hillside School", "Riverside School"]);
        assert_eq!(list_attendance_codes(&again, OfSchool { school: other }).await.unwrap().len(), 4);
        let principal = world.user("principal", Role::Principal).await;
        let own = list_schools(&principal, school::accounts::Nothing {}).await.unwrap();
        assert_eq!(own.len(), 1);
        let details = school_details(&principal, OfSchool { school: other }).await.unwrap_err();
        assert_eq!(details.code, ErrorCode::Forbidden);
    }
);

fn year(world: &World, title: &str, start: &str, end: &str) -> SaveYear {
    let term = SaveTerm { save: Save::New, title: "Only".into(), start: date(start), end: date(end) };
    SaveYear {
        school: world.school,
        save: Save::New,
        title: title.into(),
        start: date(start),
        end: date(end),
        terms: vec![term],
    }
}

both!(
    async fn years_are_added_changed_and_deleted_while_empty(world: World) {
        let context = &world.administrator;
        let overlapping = save_year(context, year(&world, "2027", "2027-07-01", "2028-06-30")).await.unwrap_err();
        assert_eq!(overlapping.fields[0].code, "overlaps");
        let next = save_year(context, year(&world, "2027/28", "2027-09-01", "2028-07-15")).await.unwrap();
        let rows = list_sessions(context, of(&world)).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.title.as_str(), row.current)).collect::<Vec<_>>(),
            [("2027/28", false), ("2026/27", true)]
        );
        assert_eq!(
            rows[1].terms.iter().filter(|term| term.current).map(|term| term.title.as_str()).collect::<Vec<_>>(),
            ["Autumn"]
        );

        let first = |title: &str| SaveTerm {
            save: Save::Change { id: next.terms[0].id, version: next.terms[0].version },
            title: title.into(),
            start: date("2027-09-01"),
            end: date("2027-12-18"),
        };
        let second =
            SaveTerm { save: Save::New, title: "Two".into(), start: date("2028-01-06"), end: date("2028-07-15") };
        let changed = SaveYear {
            save: Save::Change { id: next.id, version: next.version },
            terms: vec![first("One"), second],
            ..year(&world, "2027/28", "2027-09-01", "2028-07-15")
        };
        let saved = save_year(context, changed.clone()).await.unwrap();
        assert_eq!(saved.terms.iter().map(|term| term.title.as_str()).collect::<Vec<_>>(), ["One", "Two"]);
        let late = SaveYear { terms: vec![first("First")], ..changed };
        assert_eq!(save_year(context, late).await.unwrap_err().code, ErrorCode::Stale, "the term was seen earlier");

        let class = new_class(world.school, next.id, "8A");
        school::classes::save_class(context, class).await.unwrap();
        let delete = DeleteAcademicSession { id: next.id, version: saved.version };
        assert_eq!(delete_session(context, delete.clone()).await.unwrap_err().code, ErrorCode::InUse);
        let term = DeleteAcademicSession { id: saved.terms[1].id, version: saved.terms[1].version };
        let undo = delete_session(context, term).await.unwrap().undo.unwrap();
        assert_eq!(list_sessions(context, of(&world)).await.unwrap()[0].terms.len(), 1);
        upkeep::undo(context, upkeep::Undo { entry: undo }).await.unwrap();
        assert_eq!(list_sessions(context, of(&world)).await.unwrap()[0].terms.len(), 2);
    }
);

both!(
    async fn settings_have_defaults_and_limits(world: World) {
        let context = &world.administrator;
        let before = settings(context, of(&world)).await.unwrap();
        assert_eq!((before.version, before.settings.pass_percent), (0, 40.0));
        let save = |version, settings| SaveSettings { school: world.school, version, settings };
        let changed = Settings { pass_percent: 50.0, missing_marks: MissingMarks::Zero, ..before.settings.clone() };
        let saved = save_settings(context, save(0, changed.clone())).await.unwrap();
        assert_eq!(load_settings(context.store().reader(), world.school).await.unwrap(), changed);
        let further = Settings { face_recognition: true, ..changed.clone() };
        save_settings(context, save(saved.version, further.clone())).await.unwrap();
        assert_eq!(save_settings(context, save(saved.version, changed)).await.unwrap_err().code, ErrorCode::Stale);
        let wrong = Settings { pass_percent: f64::NAN, school_days: vec![], face_policy: String::new(), ..further };
        assert_eq!(save_settings(context, save(2, wrong)).await.unwrap_err().fields.len(), 3);
        let teacher = world.user("teacher", Role::Teacher).await;
        assert!(settings(&teacher, of(&world)).await.is_ok());
        let input = save(2, before.settings);
        assert_eq!(save_settings(&teacher, input).await.unwrap_err().code, ErrorCode::Forbidden);
    }
);

both!(
    async fn subjects_are_kept_while_taught(world: World) {
        let roster = Roster::new(&world).await;
        let context = &world.administrator;
        let subject = |title: &str| SaveSubject {
            school: world.school,
            save: Save::New,
            title: title.into(),
            code: None,
            position: None,
        };
        assert_eq!(save_subject(context, subject("MATHEMATICS")).await.unwrap_err().fields[0].code, "taken");
        let art = save_subject(context, subject("Art")).await.unwrap();
        let rows = list_subjects(context, of(&world)).await.unwrap();
        assert_eq!(
            rows.iter().map(|row| (row.title.as_str(), row.courses)).collect::<Vec<_>>(),
            [("Mathematics", 1), ("Art", 0)]
        );
        let taught = DeleteSubject { id: roster.mathematics, version: 1 };
        assert_eq!(delete_subject(context, taught).await.unwrap_err().code, ErrorCode::InUse);
        let stale = DeleteSubject { id: art.id, version: 7 };
        assert_eq!(delete_subject(context, stale).await.unwrap_err().code, ErrorCode::Stale);
        delete_subject(context, DeleteSubject { id: art.id, version: 1 }).await.unwrap();
        assert_eq!(list_subjects(context, of(&world)).await.unwrap().len(), 1);
    }
);

both!(
    async fn a_deleted_subject_and_a_deleted_year_come_back(world: World) {
        let context = &world.administrator;
        let subject = |title: &str| SaveSubject {
            school: world.school,
            save: Save::New,
            title: title.into(),
            code: Some("ART".into()),
            position: None,
        };
        let art = save_subject(context, subject("Art")).await.unwrap();
        delete_subject(context, DeleteSubject { id: art.id, version: art.version }).await.unwrap();
        let deleted = deleted_subjects(context, of(&world)).await.unwrap().remove(0);
        let back = DeleteSubject { id: art.id, version: deleted.version };
        let taken = save_subject(context, subject("ART")).await.unwrap();
        assert_eq!(restore_subject(context, back.clone()).await.unwrap_err().fields[0].code, "taken");
        delete_subject(context, DeleteSubject { id: taken.id, version: taken.version }).await.unwrap();
        restore_subject(context, back).await.unwrap();
        let titles: Vec<_> =
            list_subjects(context, of(&world)).await.unwrap().into_iter().map(|row| row.title).collect();
        assert!(titles.contains(&"Art".to_owned()) && !titles.contains(&"ART".to_owned()), "{titles:?}");

        let year = SaveYear {
            school: world.school,
            save: Save::New,
            title: "2027/28".into(),
            start: date("2027-09-01"),
            end: date("2028-07-15"),
            terms: vec![
                SaveTerm { save: Save::New, title: "A".into(), start: date("2027-09-01"), end: date("2027-12-18") },
                SaveTerm { save: Save::New, title: "B".into(), start: date("2028-01-04"), end: date("2028-03-31") },
            ],
        };
        let next = save_year(context, year).await.unwrap();
        // A term goes by itself, then the year with the other one.
        delete_session(context, DeleteAcademicSession { id: next.terms[1].id, version: 1 }).await.unwrap();
        world.clock.move_by(chrono::Duration::minutes(1));
        delete_session(context, DeleteAcademicSession { id: next.id, version: next.version }).await.unwrap();
        let gone = deleted_sessions(context, of(&world)).await.unwrap();
        assert_eq!(gone.iter().map(|row| row.title.as_str()).collect::<Vec<_>>(), ["2027/28"]);
        restore_session(context, DeleteAcademicSession { id: next.id, version: gone[0].version }).await.unwrap();
        let years = list_sessions(context, of(&world)).await.unwrap();
        let back = years.iter().find(|year| year.id == next.id).unwrap();
        assert_eq!(back.terms.iter().map(|term| term.title.as_str()).collect::<Vec<_>>(), ["A"]);
        let term = deleted_sessions(context, of(&world)).await.unwrap().remove(0);
        assert_eq!((term.title.as_str(), term.year_title.as_deref()), ("B", Some("2027/28")));
        restore_session(context, DeleteAcademicSession { id: term.id, version: term.version }).await.unwrap();
        assert!(deleted_sessions(context, of(&world)).await.unwrap().is_empty());
    }
);

both!(
    async fn the_grade_scale_falls_to_zero(world: World) {
        let context = &world.administrator;
        let before = grade_scale(context, of(&world)).await.unwrap();
        assert_eq!(before.bands.len(), 5);
        let band = |label: &str, from_percent| GradeBand { label: label.into(), from_percent };
        let save = |bands| SaveGradeScale { school: world.school, version: before.version, title: "New".into(), bands };
        for (bands, code) in [
            (vec![], "count"),
            (vec![band("A", 50.0), band("B", 60.0), band("C", 0.0)], "not_falling"),
            (vec![band("A", 50.0), band("A", 0.0)], "taken"),
            (vec![band("A", 50.0), band("B", 10.0)], "not_zero"),
            (vec![band("A", f64::INFINITY), band("B", 0.0)], "out_of_range"),
        ] {
            assert_eq!(save_grade_scale(context, save(bands)).await.unwrap_err().fields[0].code, code);
        }
        let saved = save_grade_scale(context, save(vec![band("Pass", 45.5), band("Fail", 0.0)])).await.unwrap();
        assert_eq!(saved.bands[0], band("Pass", 45.5));
    }
);

both!(
    async fn attendance_codes_always_know_present_and_absent(world: World) {
        let context = &world.administrator;
        let codes = list_attendance_codes(context, of(&world)).await.unwrap();
        let code = |code: &str, meaning| SaveAttendanceCode {
            school: world.school,
            save: Save::New,
            code: code.into(),
            title: "Title".into(),
            meaning,
            position: 9,
            deleted: None,
        };
        let added = save_attendance_code(context, code("t", AttendanceMeaning::Excused)).await.unwrap();
        assert_eq!(added.last().unwrap().code, "T");
        let twice = save_attendance_code(context, code("T", AttendanceMeaning::Late)).await.unwrap_err();
        assert_eq!(twice.fields[0].code, "taken");
        let remove = |row: &AttendanceCodeRow| SaveAttendanceCode {
            save: Save::Change { id: row.id, version: row.version },
            deleted: Some(true),
            ..code(&row.code, row.meaning)
        };
        let absent = codes.iter().find(|row| row.code == "A").unwrap();
        assert_eq!(save_attendance_code(context, remove(absent)).await.unwrap_err().fields[0].code, "needed");
        let trip = added.last().unwrap().clone();
        assert_eq!(save_attendance_code(context, remove(&trip)).await.unwrap().len(), 4);
        let back = save_attendance_code(context, code("T", AttendanceMeaning::Excused)).await.unwrap();
        assert_eq!(back.last().unwrap().id, trip.id, "the letter comes back as the code that it was");
    }
);
