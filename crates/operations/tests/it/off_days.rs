//! Days without school: no register is taken on them unless somebody means it.

use ::operations::at_desk;
use chrono::Duration;
use desk::CameraSource;
use desk::*;
use kernel::{Context, ErrorCode, Operation};
use school::attendance::*;
use school::schools::{NoSchool, OfSchool, SaveSettings, Weekday, save_settings, settings};
use serde_json::{Value, json};
use store::ids::ClassId;

use crate::both;
use crate::roster::Roster;
use crate::samples::sample;
use crate::world::{World, date};

fn of(class: ClassId, day: &str, meant: Option<bool>) -> OfRegister {
    OfRegister { class, date: date(day), lesson: 0, even_if_no_school: meant }
}

/// Every way to open or write a register, on a day.
fn ways(world: &World, class: ClassId, day: &str) -> Vec<(&'static Operation, Value)> {
    ::operations::all()
        .iter()
        .copied()
        .filter_map(|operation| Some((operation, sample(world, operation)?)))
        .filter(|(_, input)| input.get("class").is_some() && input.get("date").is_some())
        .map(|(operation, mut input)| {
            input["class"] = json!(class);
            input["date"] = json!(day);
            (operation, input)
        })
        .collect()
}

async fn code(who: &Context, operation: &'static Operation, input: Value) -> Option<(ErrorCode, Option<Value>)> {
    let outcome = ::operations::call(who, operation.name(), input).await;
    outcome.err().map(|error| (error.code, error.details))
}

both!(
    async fn no_register_is_opened_on_a_day_without_school_unless_it_is_meant(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let ways_on = |day: &str| ways(&world, roster.class_a, day);
        assert_eq!(ways_on("2026-10-11").len(), 7, "{:?}", ways_on("2026-10-11"));
        // A Sunday, a Saturday; and a Monday before the first term of a year in which terms leave days out.
        world.clock.move_by(Duration::days(100));
        for (day, why) in [("2026-10-11", "weekday"), ("2026-10-10", "weekday"), ("2026-12-21", "no_term")] {
            for (operation, input) in ways_on(day) {
                let expected = (ErrorCode::NoSchoolDay, Some(json!({ "date": day, "why": why, "title": null })));
                assert_eq!(code(office, operation, input).await, Some(expected), "{} on {day}", operation.name());
            }
        }
        // On a school day all of them do what they did; a camera asks for face recognition next.
        for (operation, input) in ways_on("2026-10-12") {
            let refused = code(office, operation, input).await.map(|(code, _)| code);
            assert_ne!(refused, Some(ErrorCode::NoSchoolDay), "{}", operation.name());
        }
        // Meant, it is a register like any other, and once begun nobody asks again.
        let sunday = |meant| of(roster.class_a, "2026-10-11", meant);
        let shown = register(office, sunday(Some(true))).await.unwrap();
        assert_eq!((shown.no_school.map(|off| off.why), shown.unmarked), (Some(NoSchool::Weekday), 3));
        mark_all_present(office, sunday(Some(true))).await.unwrap();
        assert_eq!(register(office, sunday(None)).await.unwrap().counts.present, 3);
        take_register(office, TakeRegister { register: sunday(None), rest_present: false }).await.unwrap();
        let other = register(office, of(roster.class_b, "2026-10-11", None)).await.unwrap_err();
        assert_eq!(other.code, ErrorCode::NoSchoolDay, "of this class only");
        let day = RegistersOfDayInput { school: world.school, date: Some(date("2026-10-11")), lesson: None };
        assert_eq!(registers_of_day(office, day).await.unwrap().no_school.unwrap().why, NoSchool::Weekday);

        // Days that lie outside the year or ahead stay refused, meant or not.
        let ahead = register(office, of(roster.class_a, "2027-06-07", Some(true))).await.unwrap_err();
        assert_eq!(ahead.fields[0].code, "future");
        let before = register(office, of(roster.class_a, "2026-08-31", Some(true))).await.unwrap_err();
        assert_eq!(before.fields[0].code, "outside_year");
    }
);

both!(
    async fn the_schools_own_week_decides(world: World) {
        let roster = Roster::new(&world).await;
        let office = &world.administrator;
        let stored = settings(office, OfSchool { school: world.school }).await.unwrap();
        let mut changed = stored.settings;
        changed.school_days = vec![Weekday::Sunday, Weekday::Monday];
        let input = SaveSettings { school: world.school, version: stored.version, settings: changed };
        save_settings(office, input).await.unwrap();
        register(office, of(roster.class_a, "2026-10-11", None)).await.unwrap();
        let tuesday = register(office, of(roster.class_a, "2026-10-13", None)).await.unwrap_err();
        assert_eq!(tuesday.code, ErrorCode::NoSchoolDay);
    }
);

both!(
    async fn the_kiosk_does_not_open_on_a_day_without_school_unless_it_is_meant(world: World) {
        let source = || CameraSource::Webcam { device: 0, width: None, height: None };
        let open =
            |even_if_no_school| StartKiosk { school: world.school, classes: None, source: source(), even_if_no_school };
        let wednesday = start_kiosk(&at_desk(&world.administrator), open(None)).await.map(|_| ()).unwrap_err();
        assert_eq!(wednesday.code, ErrorCode::FacesOff, "a school day");
        world.clock.move_by(Duration::days(3));
        let saturday = start_kiosk(&at_desk(&world.administrator), open(None)).await.map(|_| ()).unwrap_err();
        assert_eq!(saturday.code, ErrorCode::NoSchoolDay);
        let meant = start_kiosk(&at_desk(&world.administrator), open(Some(true))).await.map(|_| ()).unwrap_err();
        assert_eq!(meant.code, ErrorCode::FacesOff);
    }
);
