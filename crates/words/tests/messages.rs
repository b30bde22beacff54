//! What a message says, in each language.

#![allow(clippy::unwrap_used)]

use words::{Language, Message, faults, refusals};

const ENGLISH: Language = Language::ENGLISH;

#[test]
fn a_message_takes_its_values() {
    assert_eq!(refusals::accounts::slow_down(90_u32), "Too many wrong passwords. Try again in 90 seconds.");
    assert_eq!(refusals::schools::session_in_use("Autumn"), "“Autumn” still holds classes, marks or comments.");
}

#[test]
fn a_count_chooses_the_form() {
    let said = |count: u32| refusals::attendance::unmarked(count).text(ENGLISH);
    assert_eq!(said(1), "1 student has no code yet.");
    assert_eq!(said(0), "0 students have no code yet.");
    assert_eq!(said(2), "2 students have no code yet.");
}

#[test]
fn numbers_are_written_as_the_language_writes_them() {
    let written = |language: &str, number| Language::of(language).whole(number);
    assert_eq!(written("en", 1_234_567), "1,234,567");
    assert_eq!(written("hi", 1_234_567), "12,34,567");
    assert_eq!(written("en", -1_000), "-1,000");
    assert_eq!(written("en", 999), "999");
    assert_eq!(refusals::faces::zip_too_many(20_000_u32), "The zip holds more than 20,000 files.");
}

#[test]
fn a_message_in_a_message_speaks_its_language() {
    let said = refusals::attendance::no_school_day("2026-11-29", refusals::attendance::no_school_no_term());
    assert_eq!(said, "There is no school on 2026-11-29: it lies in no term.");
    assert_eq!(said.text(Language::PSEUDO).matches('⟦').count(), 2);
}

#[test]
fn a_language_that_is_not_there_is_english() {
    assert_eq!(Language::of("tlh"), ENGLISH);
    assert_eq!(Language::of("en-GB"), ENGLISH);
    assert_eq!(Language::of("EN_us.UTF-8"), ENGLISH);
    assert_eq!(Language::find("xx"), None);
    assert_eq!(Language::of("en-XA"), Language::PSEUDO);
}

#[test]
fn the_pseudo_language_lengthens_and_leaves_values_alone() {
    let said = refusals::schools::session_in_use("Autumn").text(Language::PSEUDO);
    assert!(said.starts_with('⟦') && said.ends_with('⟧'), "{said}");
    assert!(said.contains("“Autumn”"), "{said}");
    assert!(said.chars().count() as f64 >= 1.35 * 45.0, "{said}");
    assert!(!said.contains("still"), "{said}");
}

#[test]
fn a_message_travels_with_its_english_text() {
    let message = refusals::attendance::unmarked(3_u32);
    let written = serde_json::to_value(&message).unwrap();
    assert_eq!(
        written,
        serde_json::json!({ "key": "refusals.attendance.unmarked", "values": { "count": 3 }, "text": "3 students have no code yet." })
    );
    assert_eq!(serde_json::from_value::<Message>(written).unwrap(), message);
}

#[test]
fn a_message_of_a_newer_program_says_its_key() {
    let unknown: Message = serde_json::from_value(serde_json::json!({ "key": "refusals.later.thing" })).unwrap();
    assert_eq!(unknown, "refusals.later.thing");
}

#[test]
fn what_an_error_of_the_system_carries_is_said_in_each_language() {
    let carried = std::io::Error::other(faults::files::no_file());
    let said = |error: &std::io::Error| faults::exchange::io("list.csv", error);
    assert!(said(&carried).text(Language::PSEUDO).contains(&faults::files::no_file().text(Language::PSEUDO)));
    assert_eq!(carried.to_string(), faults::files::no_file().to_string());
    let own = std::io::Error::other("Keine Rechte");
    assert!(said(&own).text(Language::PSEUDO).contains("Keine Rechte"));
}
