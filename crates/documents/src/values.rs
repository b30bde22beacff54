//! What goes into a report card: plain values, already worked out and ready to print.

use serde::{Deserialize, Serialize};
use words::paper::card;
use words::{Language, Message};

/// The school as its letters show it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SchoolHead {
    pub name: String,
    /// One line; empty if there is none.
    pub address: String,
    /// Empty if there is none.
    pub phone: String,
    /// A PNG, JPEG, WebP or GIF file's bytes.
    pub logo: Option<Vec<u8>>,
}

/// Whom the card is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StudentHead {
    /// Name as the school writes it; at most [`MAX_NAME`] characters.
    pub name: String,
    /// The same name in the student's own script, if it is another.
    pub name_native: Option<String>,
    pub number: String,
    pub class: String,
    /// As it is to be printed.
    pub birth_date: Option<String>,
}

/// One subject's line of the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SubjectLine {
    pub subject: String,
    /// Empty if there is none.
    pub teacher: String,
    /// Percent, usually 0 to 100; none where there is no mark. Checked, and not printed.
    pub percent: Option<f64>,
    /// The mark as it is to be printed, for example `78.4 %`, `absent` or `–`.
    pub text: String,
    pub grade: Option<String>,
    /// Mean of the class in percent, rounded; printed with the card's decimals.
    pub class_mean: Option<f64>,
    /// Place in the class, from 1.
    pub rank: Option<u32>,
    /// How many have a place.
    pub of: u32,
    pub comment: Option<String>,
}

/// The term's result over all subjects.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Overall {
    /// Percent; checked, and not printed.
    pub percent: Option<f64>,
    /// As it is to be printed.
    pub text: String,
    pub grade: Option<String>,
    pub class_mean: Option<f64>,
    pub rank: Option<u32>,
    pub of: u32,
}

/// Sessions of the term by what the register says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttendanceCounts {
    pub days: u32,
    pub present: u32,
    pub absent: u32,
    pub late: u32,
    pub excused: u32,
}

/// What someone wrote about the student.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Comment {
    /// Who wrote it; empty if the label says enough.
    pub author: String,
    pub text: String,
}

/// Everything on one student's card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportCard {
    pub school: SchoolHead,
    pub student: StudentHead,
    pub term: String,
    pub year: String,
    pub subjects: Vec<SubjectLine>,
    pub overall: Option<Overall>,
    /// Drawn below the table; none leaves the place to the attendance alone.
    pub chart: Option<charts::Chart>,
    pub attendance: Option<AttendanceCounts>,
    pub class_teacher: Option<Comment>,
    pub principal: Option<Comment>,
    /// What stands below each signature line; at most four.
    pub signatures: Vec<String>,
    pub labels: CardLabels,
    /// Decimals of percentages that come as numbers.
    pub decimals: u8,
    /// Day of issue, as it is to be printed.
    pub date: String,
    /// Whether the page runs from right to left.
    pub rtl: bool,
}

impl ReportCard {
    /// Every text that may be printed on it, but for the student's names.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let Self { school, student, labels, .. } = self;
        let head = [&school.name, &school.address, &school.phone, &student.number, &student.class];
        let rest = [&self.term, &self.year, &self.date];
        let lines = self.subjects.iter().flat_map(|line| {
            let optional = [line.grade.as_deref(), line.comment.as_deref()].into_iter().flatten();
            [line.subject.as_str(), &line.teacher, &line.text].into_iter().chain(optional)
        });
        let overall = self.overall.iter().flat_map(|overall| [Some(overall.text.as_str()), overall.grade.as_deref()]);
        let comments = [&self.class_teacher, &self.principal].into_iter().flatten();
        let comments = comments.flat_map(|comment| [comment.author.as_str(), &comment.text]);
        head.into_iter()
            .chain(rest)
            .map(String::as_str)
            .chain(student.birth_date.as_deref())
            .chain(lines)
            .chain(overall.flatten())
            .chain(comments)
            .chain(self.signatures.iter().map(String::as_str))
            .chain(labels.words())
    }
}

impl CardLabels {
    fn words(&self) -> impl Iterator<Item = &str> {
        let head = [&self.title, &self.number, &self.class, &self.birth_date, &self.issued, &self.overall];
        let table = [&self.grade, &self.rank, &self.class_mean, &self.subject, &self.mark, &self.comment, &self.chart];
        let attendance = [&self.attendance, &self.days, &self.present, &self.absent, &self.late, &self.excused];
        let rest = [&self.comments, &self.class_teacher, &self.principal, &self.continued, &self.page, &self.rank_of];
        head.into_iter().chain(table).chain(attendance).chain(rest).chain([&self.decimal_mark]).map(String::as_str)
    }
}

/// Every word that a card prints by itself. The default is English.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardLabels {
    /// Language of the labels, a BCP 47 tag; becomes the document's language.
    pub language: String,
    pub title: String,
    pub number: String,
    pub class: String,
    pub birth_date: String,
    pub issued: String,
    pub overall: String,
    pub grade: String,
    pub rank: String,
    pub class_mean: String,
    pub subject: String,
    pub mark: String,
    pub comment: String,
    pub chart: String,
    pub attendance: String,
    pub days: String,
    pub present: String,
    pub absent: String,
    pub late: String,
    pub excused: String,
    pub comments: String,
    pub class_teacher: String,
    pub principal: String,
    /// Words on a page after a card's first; `{name}` stands for the student.
    pub continued: String,
    /// `{page}` and `{pages}` stand for the numbers.
    pub page: String,
    /// Between a rank and how many are ranked, as in `3 / 24`.
    pub rank_of: String,
    pub decimal_mark: String,
}

impl CardLabels {
    /// The words of the catalogue in a language.
    #[must_use]
    pub fn of(language: Language) -> Self {
        let text = |message: Message| message.text(language);
        Self {
            language: language.code().to_owned(),
            title: text(card::title()),
            number: text(card::number()),
            class: text(card::class()),
            birth_date: text(card::birth_date()),
            issued: text(card::issued()),
            overall: text(card::overall()),
            grade: text(card::grade()),
            rank: text(card::rank()),
            class_mean: text(card::class_mean()),
            subject: text(card::subject()),
            mark: text(card::mark()),
            comment: text(card::remarks()),
            chart: text(card::chart()),
            attendance: text(card::attendance()),
            days: text(card::days()),
            present: text(card::present()),
            absent: text(card::absent()),
            late: text(card::late()),
            excused: text(card::excused()),
            comments: text(card::comments()),
            class_teacher: text(card::class_teacher()),
            principal: text(card::principal()),
            continued: text(card::continued("{name}")),
            page: text(card::page("{page}", "{pages}")),
            rank_of: " / ".to_owned(),
            decimal_mark: language.decimal_mark().to_owned(),
        }
    }
}

impl Default for CardLabels {
    fn default() -> Self {
        Self::of(Language::ENGLISH)
    }
}

/// The longest name that a card is made for, in characters.
pub const MAX_NAME: usize = 200;
/// The longest comment that is printed whole, in characters; a longer one is shortened and
/// reported.
pub const MAX_COMMENT: usize = 4000;
/// The longest text of any other field that is printed whole, in characters.
pub const MAX_FIELD: usize = 300;

/// What a document says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// Title in the reader's window; empty gives one made of the labels and the class.
    pub title: String,
    /// When the document was made, seconds since 1970-01-01 UTC; none leaves the dates out.
    pub created: Option<i64>,
}

/// Something that is not right with one student's card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The student's number; for [`ProblemCode::BrokenLogo`] that of the first student concerned.
    pub student: String,
    pub code: ProblemCode,
    /// With what to do.
    pub message: Message,
    /// Whether the student has no card because of it.
    pub left_out: bool,
    /// For letters that are not printed: which.
    pub letters: Vec<char>,
}

impl Problem {
    pub(crate) fn of(card: &ReportCard, code: ProblemCode, message: Message, left_out: bool) -> Self {
        let student = card.student.number.clone();
        Self { student, code, message, left_out, letters: Vec::new() }
    }
}

/// Kinds of [`Problem`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemCode {
    /// The student has no name: no card.
    NameEmpty,
    /// The name has more than [`MAX_NAME`] characters: no card.
    NameTooLong,
    /// The name, or the name in the student's own script, has letters that no font here has; they
    /// are left out.
    NameUndrawable,
    /// A text has Chinese, Japanese or Korean characters, and not all East Asian fonts are
    /// installed; they are left out.
    EastAsianFontsMissing,
    /// A mark, a mean or the overall result is not a finite number: no card.
    NotANumber,
    /// A place of 0, or below the last: no card.
    ImpossibleRank,
    /// Some other text has characters that no font here has; they are left out.
    TextUndrawable,
    /// A text was too long and ends with an ellipsis.
    TextShortened,
    /// The logo is not a picture that can be read; the cards are made without it.
    BrokenLogo,
    /// The chart could not be drawn; the card is made without it.
    BrokenChart,
}

/// A finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The PDF file. Empty if no page was made.
    pub pdf: Vec<u8>,
    pub problems: Vec<Problem>,
    pub pages: usize,
    /// Students who have a card in it.
    pub cards: usize,
}
