//! Report cards: one A4 page a student, or more where a student has more to be told.

mod blocks;
mod check;
mod head;
mod layout;
mod table;

pub(crate) use check::missing;

use std::collections::{BTreeMap, HashMap};
use std::ops::ControlFlow;

use printpdf::{RawImage, XObjectId};

use crate::east_asia::{self, Order};
use crate::finish::{self, About};
use crate::page::Pages;
use crate::picture::{self, Picture};
use crate::values::{Options, Outcome, Problem, ProblemCode, ReportCard};
use crate::{DocumentError, Fonts};

/// Makes one PDF of all `cards`, each student beginning on a new page, pages numbered by the card.
///
/// A student whose values cannot be printed is reported and left out; lesser trouble is reported
/// and the card made all the same. After each student `progress` is told how many of how many are
/// done; when it breaks off, nothing is made. Takes about a millisecond and some 300 KB of memory
/// a card: make one document a class.
///
/// # Errors
/// [`DocumentError::Cancelled`] when `progress` breaks off, [`DocumentError::Write`] when the file
/// cannot be put together.
pub fn report_cards(
    cards: &[ReportCard],
    fonts: &Fonts,
    options: &Options,
    progress: &mut dyn FnMut(usize, usize) -> ControlFlow<()>,
) -> Result<Outcome, DocumentError> {
    let mut pages = Pages::new(fonts, around(cards));
    let mut logos = Logos::default();
    let mut problems = Vec::new();
    let mut made = 0;
    let mut first = None;
    // Each card with the first of its pages and how many it has.
    let mut places: Vec<(&ReportCard, usize, usize)> = Vec::new();
    for (done, card) in cards.iter().enumerate() {
        let found = check::unprintable(card);
        if found.is_empty() {
            problems.extend(check::undrawable(card, &mut pages));
            let logo = logos.of(card, &mut problems);
            let start = pages.count();
            layout::draw(&mut pages, card, logo, &mut problems);
            made += 1;
            first.get_or_insert(card);
            places.push((card, start, pages.count() - start));
        }
        problems.extend(found);
        if progress(done + 1, cards.len()).is_break() {
            return Err(DocumentError::Cancelled);
        }
    }
    let Some(first) = first else {
        return Ok(Outcome { pdf: Vec::new(), problems, pages: 0, cards: 0 });
    };
    let count = pages.count();
    head::number_pages(&mut pages, &places);
    let title = if options.title.is_empty() {
        let parts = [&first.labels.title, &first.student.class, &first.term];
        parts.map(String::as_str).join(" · ")
    } else {
        options.title.clone()
    };
    let about = About {
        title: &title,
        author: &first.school.name,
        language: &first.labels.language,
        created: options.created,
        right_to_left: first.rtl,
    };
    Ok(Outcome {
        pdf: finish::write(fonts, pages.finish(), logos.pictures, &about)?,
        problems,
        pages: count,
        cards: made,
    })
}

/// What [`report_cards`] would say about each card before anything is drawn: why one cannot be made,
/// which letters would be left out, and whether the logo can be read. What only the drawing shows
/// (a text that is too long) is not among it.
#[must_use]
pub fn foretell(cards: &[ReportCard], fonts: &Fonts) -> Vec<Problem> {
    let mut pages = Pages::new(fonts, around(cards));
    let mut logos = Logos::default();
    let mut problems = Vec::new();
    for card in cards {
        let found = check::unprintable(card);
        if found.is_empty() {
            problems.extend(check::undrawable(card, &mut pages));
            logos.of(card, &mut problems);
        }
        problems.extend(found);
    }
    problems
}

/// How the Han characters of a document are written.
fn around(cards: &[ReportCard]) -> Order {
    let language = cards.first().map_or("", |card| card.labels.language.as_str());
    east_asia::of_document(language, cards.iter().flat_map(ReportCard::texts))
}

/// The document's logos, each kept once.
#[derive(Default)]
struct Logos {
    seen: HashMap<Vec<u8>, Option<Picture>>,
    pictures: BTreeMap<XObjectId, RawImage>,
}

impl Logos {
    fn of(&mut self, card: &ReportCard, problems: &mut Vec<Problem>) -> Option<&Picture> {
        let bytes = card.school.logo.as_ref()?;
        if !self.seen.contains_key(bytes) {
            let picture = picture::read(bytes).map(|raw| {
                let id = XObjectId(format!("LOGO{}", self.pictures.len()));
                let pixels = (raw.width, raw.height);
                self.pictures.insert(id.clone(), raw);
                Picture { id, pixels }
            });
            if picture.is_none() {
                let message = words::faults::documents::broken_logo();
                problems.push(Problem::of(card, ProblemCode::BrokenLogo, message, false));
            }
            self.seen.insert(bytes.clone(), picture);
        }
        self.seen.get(bytes)?.as_ref()
    }
}
