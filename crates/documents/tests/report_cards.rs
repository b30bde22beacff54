//! Report cards as other programs read them, and what happens to those that cannot be made.
#![allow(clippy::unwrap_used)]

mod common;

use std::io::Cursor;
use std::ops::ControlFlow;

use common::{ask, fonts, made, text, words};
use documents::{
    Comment, DocumentError, MAX_COMMENT, Options, ProblemCode, SubjectLine, foretell, report_cards,
    sample_card_right_to_left, sample_cards,
};

#[test]
fn every_name_and_mark_is_found_in_the_file() {
    let Some(fonts) = fonts() else { return };
    let mut cards = sample_cards(8, 9);
    cards.push(sample_card_right_to_left());
    let outcome = made(&cards, &fonts);
    assert_eq!((outcome.pages, outcome.cards, outcome.problems.len()), (9, 9, 0));
    let Some(text) = words(&outcome.pdf) else { return };
    let pages: Vec<&str> = text.split('\u{c}').collect();
    for (card, page) in cards.iter().zip(pages) {
        assert!(page.contains(&card.student.name), "{} in {page}", card.student.name);
        if let Some(native) = &card.student.name_native {
            assert!(page.contains(native), "{native} in {page}");
        }
        for line in &card.subjects {
            assert!(page.contains(&line.subject), "{} in {page}", line.subject);
            assert!(page.contains(line.text.trim_end_matches(" %")), "{} in {page}", line.text);
        }
    }
    assert!(text.contains("आरव शर्मा") && text.contains("محمد عبد الله") && text.contains("Åsa Żółć-Müller"));
    // A family gets one card: its pages are counted, not the class's.
    assert!(text.contains("Page 1 of 1") && !text.contains("of 9") && text.contains("صفحة"));
}

#[test]
fn letters_with_marks_and_ligatures_read_back_as_they_were_written() {
    let Some(fonts) = fonts() else { return };
    let names = [
        "مُحَمَّد",
        "عمّان",
        "علاء الدين",
        "فاطمة الزهراء",
        "پرویز گیلانی",
        "कृष्णा त्रिपाठी",
        "ऋत्विक",
        "श्रीमती क्ष्मा द्विवेदी",
        "Nguyễn Thị Hà",
        "Staff Office",
        "Jose\u{301}",
    ];
    let mut cards = sample_cards(names.len(), 1);
    for (card, name) in cards.iter_mut().zip(names) {
        card.student.name = name.to_owned();
        card.student.name_native = None;
    }
    let Some(text) = words(&made(&cards, &fonts).pdf) else { return };
    for (page, name) in text.split('\u{c}').zip(names) {
        // However it was typed, it is found as most people type it.
        let name = name.replace("e\u{301}", "é");
        assert!(page.contains(&name), "{name} in {page}");
    }
}

#[test]
fn the_text_of_a_card_is_as_it_was() {
    let Some(fonts) = fonts() else { return };
    let Some(text) = text(&made(&sample_cards(1, 3), &fonts).pdf) else { return };
    let golden = include_str!("golden/card.txt");
    assert_eq!(text.replace('\u{c}', "").trim(), golden.split_whitespace().collect::<Vec<_>>().join(" "));
}

#[test]
fn the_file_is_sound() {
    let Some(fonts) = fonts() else { return };
    let outcome = made(&[sample_cards(2, 16), vec![sample_card_right_to_left()]].concat(), &fonts);
    if let Some(report) = ask("qpdf", &["--check"], &outcome.pdf, &[]) {
        assert!(report.contains("No syntax or stream encoding errors"), "{report}");
    }
    if let Some(list) = ask("pdffonts", &[], &outcome.pdf, &[]) {
        let fonts: Vec<&str> = list.lines().skip(2).collect();
        assert_eq!(fonts.len(), 4, "{list}");
        // Embedded, a subset, with a table from glyphs to text.
        assert!(fonts.iter().all(|line| line.contains("yes yes yes")), "{list}");
    }
    if let Some(structure) = ask("pdfinfo", &["-struct-text"], &outcome.pdf, &[]) {
        for word in ["Document", "Sect", "H1", "Table", "TR", "TH", "TD", "Figure", "Mathematics"] {
            assert!(structure.contains(word), "{word} in {structure}");
        }
    }
}

#[test]
fn equal_cards_make_equal_files() {
    let Some(fonts) = fonts() else { return };
    let cards = sample_cards(5, 9);
    let options = Options { created: Some(1_795_000_000), ..Options::default() };
    let make = || report_cards(&cards, &fonts, &options, &mut |_, _| ControlFlow::Continue(())).unwrap();
    let (first, second) = (make(), make());
    assert_eq!(first.pdf, second.pdf);
    assert_ne!(first.pdf, made(&sample_cards(4, 9), &fonts).pdf);
    if let Some(info) = ask("pdfinfo", &[], &first.pdf, &[]) {
        assert!(info.contains("2026") && info.contains("Tagged:          yes"), "{info}");
    }
}

#[test]
fn sixteen_subjects_fit_one_page() {
    let Some(fonts) = fonts() else { return };
    assert_eq!(made(&sample_cards(8, 16), &fonts).pages, 8);
}

#[test]
fn more_subjects_go_on_over_the_next_page_and_none_is_lost() {
    let Some(fonts) = fonts() else { return };
    let mut card = sample_cards(1, 1).remove(0);
    card.subjects = (0..90)
        .map(|i| SubjectLine { subject: format!("Subject-{i:03}"), text: format!("{i}.25"), ..SubjectLine::default() })
        .collect();
    let outcome = made(&[card], &fonts);
    assert!(outcome.pages > 2 && outcome.problems.is_empty(), "{:?}", outcome.problems);
    let Some(text) = text(&outcome.pdf) else { return };
    for i in 0..90 {
        assert!(text.contains(&format!("Subject-{i:03} {i}.25")));
    }
    assert!(text.contains("Aarav Sharma, continued"));
}

#[test]
fn pages_are_counted_within_each_card() {
    let Some(fonts) = fonts() else { return };
    let mut cards = sample_cards(3, 4);
    cards[1].class_teacher = Some(Comment { author: String::new(), text: "A long report. ".repeat(260) });
    let outcome = made(&cards, &fonts);
    let Some(text) = words(&outcome.pdf) else { return };
    let pages: Vec<&str> = text.split('\u{c}').filter(|page| !page.is_empty()).collect();
    assert_eq!((pages.len(), outcome.pages), (4, 4));
    for (page, words) in pages.iter().zip(["Page 1 of 1", "Page 1 of 2", "Page 2 of 2", "Page 1 of 1"]) {
        assert!(page.contains(words), "{words} in {page}");
    }
}

#[test]
fn paragraphs_of_a_comment_stay_paragraphs() {
    let Some(fonts) = fonts() else { return };
    let mut cards = sample_cards(1, 2);
    let comment = "First paragraph.\n\nSecond paragraph.\nThird line.";
    cards[0].class_teacher = Some(Comment { author: String::new(), text: comment.to_owned() });
    cards[0].subjects[0].comment = Some("Reads well.\nWrites little.".to_owned());
    let outcome = made(&cards, &fonts);
    let Some(layout) = ask("pdftotext", &["-layout"], &outcome.pdf, &["-"]) else { return };
    for words in ["First paragraph.", "Second paragraph.", "Third line.", "Reads well.", "Writes little."] {
        let line = layout.lines().find(|line| line.contains(words)).unwrap();
        assert!(line.trim_end().ends_with(words), "{words} ends its line: {line}");
    }
    let Some(structure) = ask("pdfinfo", &["-struct-text"], &outcome.pdf, &[]) else { return };
    assert!(structure.lines().any(|line| line.trim() == "\"Second paragraph.\""), "{structure}");
}

#[test]
fn a_long_comment_is_printed_whole_and_an_endless_one_is_reported() {
    let Some(fonts) = fonts() else { return };
    let words: Vec<String> = (0..700).map(|i| format!("w{i:03}")).collect();
    let mut cards = sample_cards(2, 16);
    cards[0].class_teacher = Some(Comment { author: String::new(), text: words.join(" ") });
    cards[1].class_teacher = Some(Comment { author: String::new(), text: "x ".repeat(MAX_COMMENT) });
    let outcome = made(&cards, &fonts);
    assert_eq!(outcome.cards, 2);
    let codes: Vec<_> = outcome.problems.iter().map(|p| (p.student.as_str(), p.code, p.left_out)).collect();
    assert_eq!(codes, [("S-10401", ProblemCode::TextShortened, false)]);
    let Some(text) = text(&outcome.pdf) else { return };
    assert!(words.iter().all(|word| text.contains(word)));
    assert!(text.contains('…'));
}

#[test]
fn a_broken_student_is_reported_and_the_others_get_their_cards() {
    let Some(fonts) = fonts() else { return };
    let mut cards = sample_cards(9, 4);
    cards[0].subjects[2].percent = Some(f64::NAN);
    cards[1].student.name = "x".repeat(10_000);
    cards[2].student.name = "𐤀 Baal 𐤁".to_owned();
    cards[3].student.name = " \u{200b}\n".to_owned();
    cards[4].subjects[0].rank = Some(0);
    cards[5].overall.as_mut().unwrap().class_mean = Some(f64::INFINITY);
    cards[6].school.logo = Some(b"not a picture".to_vec());
    cards[7].principal = Some(Comment { author: String::new(), text: "Well done 𐤀".to_owned() });
    let outcome = made(&cards, &fonts);
    let found: Vec<_> = outcome.problems.iter().map(|p| (p.student.clone(), p.code, p.left_out)).collect();
    let number = |i: usize| cards[i].student.number.clone();
    let expected = [
        (number(0), ProblemCode::NotANumber, true),
        (number(1), ProblemCode::NameTooLong, true),
        (number(2), ProblemCode::NameUndrawable, false),
        (number(3), ProblemCode::NameEmpty, true),
        (number(4), ProblemCode::ImpossibleRank, true),
        (number(5), ProblemCode::NotANumber, true),
        (number(6), ProblemCode::BrokenLogo, false),
        (number(7), ProblemCode::TextUndrawable, false),
    ];
    assert_eq!(found, expected);
    assert_eq!((outcome.cards, outcome.pages), (4, 4));
    assert_eq!(outcome.problems[2].letters, ['𐤀', '𐤁']);
    let foretold: Vec<_> = foretell(&cards, &fonts).into_iter().map(|p| (p.student, p.code, p.left_out)).collect();
    assert_eq!(foretold, expected, "before printing the same is said");
    assert!(outcome.problems.iter().all(|p| p.message.to_string().len() < 300));
    let Some(text) = text(&outcome.pdf) else { return };
    for i in [2, 6, 7, 8] {
        assert!(text.contains(&number(i)));
    }
    assert!(text.contains("Baal") && text.contains("Well done"));
    assert!(!text.contains(&number(0)));
}

#[test]
fn when_nobody_can_have_a_card_there_is_no_file() {
    let Some(fonts) = fonts() else { return };
    let mut cards = sample_cards(1, 2);
    cards[0].student.name.clear();
    let outcome = made(&cards, &fonts);
    assert!(outcome.pdf.is_empty() && outcome.pages == 0 && outcome.problems.len() == 1);
    assert!(made(&[], &fonts).pdf.is_empty());
}

#[test]
fn breaking_off_leaves_nothing() {
    let Some(fonts) = fonts() else { return };
    let mut seen = Vec::new();
    let result = report_cards(&sample_cards(9, 3), &fonts, &Options::default(), &mut |done, total| {
        seen.push((done, total));
        if done == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert!(matches!(result, Err(DocumentError::Cancelled)));
    assert_eq!(seen, [(1, 9), (2, 9)]);
}

#[test]
fn a_logo_is_drawn_once_for_all_cards() {
    let Some(fonts) = fonts() else { return };
    let mut png = Cursor::new(Vec::new());
    image::RgbaImage::from_fn(900, 600, |x, y| image::Rgba([(x % 251) as u8, (y % 241) as u8, 90, 200]))
        .write_to(&mut png, image::ImageFormat::Png)
        .unwrap();
    let mut cards = sample_cards(3, 3);
    for card in &mut cards {
        card.school.logo = Some(png.get_ref().clone());
    }
    let outcome = made(&cards, &fonts);
    assert!(outcome.problems.is_empty());
    let Some(list) = ask("pdfimages", &["-list"], &outcome.pdf, &[]) else { return };
    let objects: Vec<&str> = list.lines().skip(2).filter_map(|line| line.split_whitespace().nth(10)).collect();
    assert_eq!(objects.len(), 3, "{list}");
    assert!(objects.iter().all(|&object| object == objects[0]), "{list}");
}

#[test]
fn a_missing_font_is_named() {
    let empty = tempfile::tempdir().unwrap();
    let Err(error) = documents::Fonts::load(empty.path()) else { panic!("fonts out of nothing") };
    assert!(error.to_string().contains("NotoSans-Regular.ttf"), "{error}");
    std::fs::write(empty.path().join("NotoSans-Regular.ttf"), b"no font").unwrap();
    assert!(matches!(documents::Fonts::load(empty.path()), Err(DocumentError::FontBroken { .. })));
}
