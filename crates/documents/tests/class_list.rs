//! Class lists over several pages.
#![allow(clippy::unwrap_used)]

mod common;

use std::ops::ControlFlow;

use common::{fonts, text};
use documents::{ClassList, DocumentError, ListAlign, ListColumn, Options, Outcome, ProblemCode, class_list};

fn list(rows: usize) -> ClassList {
    let column = |title: &str, align, share| ListColumn { title: title.to_owned(), align, share };
    ClassList {
        school: "Riverside Secondary School".to_owned(),
        title: "Class 9B".to_owned(),
        subtitle: "Class teacher: Helena Novak · 21 November 2026".to_owned(),
        columns: vec![
            column("No.", ListAlign::Number, 0.5),
            column("Name", ListAlign::Start, 3.0),
            column("Number", ListAlign::Start, 1.5),
            column("Guardian", ListAlign::Start, 3.0),
            column("Signature", ListAlign::Middle, 2.0),
        ],
        rows: (1..=rows)
            .map(|i| vec![i.to_string(), format!("Student{i} आरव शर्मा"), format!("S-{i:05}"), "Anna Müller".to_owned()])
            .collect(),
        page_label: "Page {page} of {pages}".to_owned(),
        language: "en".to_owned(),
        rtl: false,
        landscape: false,
    }
}

fn made(list: &ClassList) -> Option<Outcome> {
    let fonts = fonts()?;
    let on = &mut |_, _| ControlFlow::Continue(());
    Some(class_list(list, &fonts, &Options::default(), on).unwrap())
}

#[test]
fn every_row_is_there_and_each_page_has_the_column_titles() {
    let Some(outcome) = made(&list(100)) else { return };
    assert!(outcome.pages == 3 && outcome.problems.is_empty(), "{} {:?}", outcome.pages, outcome.problems);
    let Some(text) = text(&outcome.pdf) else { return };
    for i in 1..=100 {
        assert!(text.contains(&format!("{i} Student{i} आरव शर्मा S-{i:05} Anna Müller")));
    }
    assert_eq!(text.matches("No. Name Number Guardian Signature").count(), 3);
    assert!(text.contains("Page 3 of 3"));
}

#[test]
fn a_list_lies_on_its_side_with_fewer_rows_a_page() {
    let Some(outcome) = made(&ClassList { landscape: true, ..list(100) }) else { return };
    assert!(outcome.pages > 3 && outcome.problems.is_empty(), "{} {:?}", outcome.pages, outcome.problems);
    let Some(about) = common::ask("pdfinfo", &[], &outcome.pdf, &[]) else { return };
    assert!(about.contains("841.89 x 595.276 pts (A4)"), "{about}");
}

#[test]
fn an_empty_list_is_a_page_with_its_titles() {
    let Some(outcome) = made(&list(0)) else { return };
    assert_eq!(outcome.pages, 1);
    let Some(outcome) = made(&ClassList::default()) else { return };
    assert_eq!(outcome.pages, 1);
}

#[test]
fn what_does_not_fit_is_reported_with_its_row() {
    let mut list = list(3);
    list.rows[1][1] = "word ".repeat(400);
    list.rows[2][3] = "𐤀".to_owned();
    let Some(outcome) = made(&list) else { return };
    let found: Vec<_> = outcome.problems.iter().map(|p| (p.student.as_str(), p.code)).collect();
    assert_eq!(found, [("2", ProblemCode::TextShortened), ("3", ProblemCode::TextUndrawable)]);
}

#[test]
fn breaking_off_leaves_nothing() {
    let Some(fonts) = fonts() else { return };
    let result = class_list(&list(5), &fonts, &Options::default(), &mut |_, _| ControlFlow::Break(()));
    assert!(matches!(result, Err(DocumentError::Cancelled)));
}
