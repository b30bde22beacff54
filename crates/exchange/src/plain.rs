//! A plain table of students, read by a matching of its columns into the same roster as a whole set.

use std::collections::{BTreeMap, HashMap, HashSet};

use words::Message;
use words::faults::exchange::{expected, found, taken, value};

use crate::Options;
use crate::clean;
use crate::error::{ExchangeError, NoteKind, Refusal};
use crate::header_words::field_of;
use crate::index::Index;
use crate::kind::ListKind;
use crate::links;
use crate::log::{Log, shown};
use crate::matching::{ColumnMatching, GUARDIANS};
use crate::names::{self, FullNameOrder, divide};
use crate::own::{OwnColumns, OwnValues};
use crate::preview::only_table;
use crate::reading::{NameRead, NamesRead, TableReading};
use crate::roster::{
    Agent, Class, ClassKind, Demographics, Enrolment, EnrolmentRole, Format, Home, Parsed, Roster, RosterRole, Sex,
    Status, Table, User, UserRole,
};
use crate::row::{NAME, Row};
use crate::set::{Set, SourceFile};
use crate::sheet::Sheet;

const SEXES: &[(&str, Sex)] = &[
    ("female", Sex::Female),
    ("male", Sex::Male),
    ("f", Sex::Female),
    ("m", Sex::Male),
    ("girl", Sex::Female),
    ("boy", Sex::Male),
    ("woman", Sex::Female),
    ("man", Sex::Male),
    ("other", Sex::Other),
    ("x", Sex::Other),
    ("unspecified", Sex::Unspecified),
    ("w", Sex::Female),
    ("weiblich", Sex::Female),
    ("männlich", Sex::Male),
    ("divers", Sex::Other),
    ("féminin", Sex::Female),
    ("masculin", Sex::Male),
    ("fille", Sex::Female),
    ("garçon", Sex::Male),
    ("femenino", Sex::Female),
    ("feminino", Sex::Female),
    ("masculino", Sex::Male),
    ("mujer", Sex::Female),
    ("hombre", Sex::Male),
    ("महिला", Sex::Female),
    ("पुरुष", Sex::Male),
    ("أنثى", Sex::Female),
    ("ذكر", Sex::Male),
    ("girls", Sex::Female),
    ("boys", Sex::Male),
    ("d", Sex::Other),
    ("femme", Sex::Female),
    ("homme", Sex::Male),
    ("mädchen", Sex::Female),
    ("junge", Sex::Male),
    ("hembra", Sex::Female),
    ("varón", Sex::Male),
    ("varon", Sex::Male),
    ("niña", Sex::Female),
    ("niño", Sex::Male),
    ("femmina", Sex::Female),
    ("maschio", Sex::Male),
    ("vrouw", Sex::Female),
    ("meisje", Sex::Female),
    ("jongen", Sex::Male),
    ("k", Sex::Female),
    ("e", Sex::Male),
    ("kız", Sex::Female),
    ("erkek", Sex::Male),
    ("kadın", Sex::Female),
    ("flicka", Sex::Female),
    ("pojke", Sex::Male),
    ("jente", Sex::Female),
    ("gutt", Sex::Male),
    ("tyttö", Sex::Female),
    ("poika", Sex::Male),
    ("perempuan", Sex::Female),
    ("laki-laki", Sex::Male),
    ("nữ", Sex::Female),
    ("nam", Sex::Male),
    ("жен", Sex::Female),
    ("муж", Sex::Male),
    ("ж", Sex::Female),
    ("м", Sex::Male),
    ("женский", Sex::Female),
    ("мужской", Sex::Male),
    ("女", Sex::Female),
    ("男", Sex::Male),
    ("女性", Sex::Female),
    ("男性", Sex::Male),
    ("여", Sex::Female),
    ("남", Sex::Male),
    ("여자", Sex::Female),
    ("남자", Sex::Male),
    ("छात्रा", Sex::Female),
    ("छात्र", Sex::Male),
    ("بنت", Sex::Female),
    ("ولد", Sex::Male),
];
/// Names that are shown as examples of how they were divided.
const SHOWN: usize = 5;

/// Reads a set of one table. Every row is a student at the importer's school (`org` and `school` are `None`), known by its number;
/// a class is known by its name. A student of several classes has a row for each, with the same number and name.
///
/// # Errors
/// A matching without number or name or with a header that the table does not have; a quotation mark that is not closed.
pub fn parse_plain(set: &Set, matching: &ColumnMatching, options: &Options) -> Result<Parsed, ExchangeError> {
    let source = decided_table(set)?;
    if matching.number.is_none() {
        return Err(unmatched(source, "number", expected::column_of_numbers()));
    }
    if matching.full_name.is_none() && matching.given.is_none() && matching.family.is_none() {
        return Err(unmatched(source, "name", expected::column_of_names()));
    }
    let log = Log::default();
    log.extend(&set.notes);
    let own = OwnColumns::of(ListKind::Students, matching, &options.own);
    let pairs: Vec<(&str, &str)> = matching.pairs().into_iter().chain(own.pairs()).collect();
    let dates: Vec<&str> = std::iter::once("birth_date").chain(own.dates()).collect();
    let sheet = Sheet::matched(source, &pairs, &dates, options.dates, &log).map_err(ExchangeError::Columns)?;
    let mut reader = Reader::new(&sheet, options);
    let mut said = OwnValues { headers: own.headers(), ..OwnValues::default() };
    sheet.each(&log, |row| {
        let values = own.read(row);
        reader.row(row);
        said.of_line.extend(row.accept((row.line, values)).filter(|(_, values)| !values.is_empty()));
    })?;
    let Reader { mut roster, mut index, names, .. } = reader;
    links::check(&mut roster, &mut index, &log);
    let reading = TableReading { names: names.read(), ..sheet.into_reading() };
    Ok(Parsed { own: said, ..index.finish(roster, log, vec![reading]) })
}

/// The only table of a set, of a workbook once it is clear which sheet is meant.
pub(crate) fn decided_table(set: &Set) -> Result<&SourceFile, ExchangeError> {
    let source = only_table(set)?;
    match source.reading.sheet.as_ref().filter(|sheet| sheet.undecided) {
        Some(sheet) => {
            let sheets = std::iter::once(&sheet.name).chain(&sheet.others).cloned().collect();
            Err(ExchangeError::Sheets { file: source.name.clone(), sheets })
        }
        None => Ok(source),
    }
}

/// No column is matched to what a list cannot do without.
pub(crate) fn unmatched(source: &SourceFile, column: &str, expected: Message) -> ExchangeError {
    let refusal = Refusal::of_file(&source.name, source.layout.line, column, found::no_match(), expected);
    ExchangeError::Columns(vec![refusal])
}

/// The names of the people whom a list is about: two columns, or one with whole names, which are divided.
pub(crate) struct WholeNames {
    order: FullNameOrder,
    /// A whole name of each number of words.
    examples: BTreeMap<usize, NameRead>,
}

impl WholeNames {
    pub(crate) fn of(sheet: &Sheet<'_>, options: &Options) -> Self {
        Self { order: order_of(sheet, options, "full_name"), examples: BTreeMap::new() }
    }

    /// Given and family name; blank where the row has none.
    pub(crate) fn possible(&mut self, row: &Row<'_, '_>) -> (String, String) {
        let (given, family) = (row.optional_name("given"), row.optional_name("family"));
        let family = join(&[&family, &row.optional_name("family2")]);
        if !given.is_empty() || !family.is_empty() {
            return (given, family);
        }
        let full = row.text("full_name", NAME, value::name);
        let (given, family) = divide(&full, self.order);
        if full.contains(' ') && !full.contains(',') {
            row.note(NoteKind::Value, "full_name", || taken::divided(&given, &family));
            let words = full.split(' ').count();
            let read = || NameRead { written: shown(&full), given: shown(&given), family: shown(&family) };
            self.examples.entry(words).or_insert_with(read);
        }
        (given, family)
    }

    /// The same, refused where it is none.
    pub(crate) fn person(&mut self, row: &Row<'_, '_>) -> (String, String) {
        let (given, family) = self.possible(row);
        let column = ["full_name", "given", "family"].into_iter().find(|column| row.has(column)).unwrap_or("given");
        if row.accept(()).is_some() && !format!("{given}{family}").chars().any(char::is_alphabetic) {
            row.refuse(column, value::name());
        }
        (given, family)
    }

    /// How whole names were divided, if there are any without a comma.
    pub(crate) fn read(self) -> Option<NamesRead> {
        let examples: Vec<_> = self.examples.into_values().rev().take(SHOWN).collect();
        (!examples.is_empty()).then_some(NamesRead { order: self.order, examples })
    }
}

/// How the whole names of a column are written, as the person says or its header.
pub(crate) fn order_of(sheet: &Sheet<'_>, options: &Options, field: &str) -> FullNameOrder {
    options.names.or_else(|| names::order_of_header(sheet.header(field))).unwrap_or_default()
}

struct Reader {
    roster: Roster,
    index: Index,
    /// Place in the roster of each student's number.
    students: HashMap<String, usize>,
    enrolled: HashSet<(String, String)>,
    /// In some languages `m` stands for a woman; such a column has `h` for the men.
    letters_differ: bool,
    names: WholeNames,
    guardian_orders: [FullNameOrder; 3],
    /// What each guardian's columns are called after: father, mother; else empty.
    guardian_words: [&'static str; 3],
}

/// A guardian, and what they are to the student where the file says it.
struct Guardian {
    user: User,
    word: String,
}

impl Reader {
    fn new(sheet: &Sheet<'_>, options: &Options) -> Self {
        let word = |[name, given, family, ..]: [&'static str; 6]| {
            let found = [name, given, family].into_iter().filter_map(|field| field_of(sheet.header(field))?.who);
            found.map(|(who, _)| who).find(|who| *who != "guardian").unwrap_or_default()
        };
        let used = |letter: &str| sheet.any("sex", |cell| cell.eq_ignore_ascii_case(letter));
        Self {
            roster: Roster::new(Format::Plain),
            index: Index::default(),
            students: HashMap::new(),
            enrolled: HashSet::new(),
            letters_differ: used("h"),
            names: WholeNames::of(sheet, options),
            guardian_orders: GUARDIANS.map(|[name, ..]| order_of(sheet, options, name)),
            guardian_words: GUARDIANS.map(word),
        }
    }

    fn row(&mut self, row: &Row<'_, '_>) {
        let number = row.required_code("number", 64, value::student_number);
        let (given, family) = self.names.person(row);
        let class = class_title(row);
        let guardians = self.guardians(row, &number);
        let known = self.students.get(&number).copied().filter(|place| {
            self.roster.users.get(*place).is_some_and(|user| user.given == given && user.family == family)
        });
        if let Some(place) = known
            && self.more_of(row, place, &number, class.as_ref(), &guardians)
        {
            return;
        }
        let demographics = self.demographics(row, &number);
        let user = student(row, number.clone(), given, family);
        let Some(user) = self.index.enter(Table::Users, &number, row, "number", user) else { return };
        let place = self.roster.users.len();
        self.students.insert(number.clone(), place);
        self.roster.roles.push(UserRole {
            source_id: format!("{number}|student"),
            status: Status::Active,
            user: number.clone(),
            role: RosterRole::Student,
            primary: true,
            org: None,
            begin: None,
            end: None,
            at: row.place(),
        });
        self.roster.users.push(user);
        self.roster.demographics.extend(demographics);
        for guardian in guardians {
            self.look_after(row, place, guardian);
        }
        self.enrol(row, &number, class);
    }

    /// A student is there again for another class, or for another guardian. False where the row says nothing new.
    fn more_of(
        &mut self,
        row: &Row<'_, '_>,
        place: usize,
        number: &str,
        class: Option<&String>,
        guardians: &[Guardian],
    ) -> bool {
        let elsewhere = class.filter(|class| !self.enrolled.contains(&(number.to_owned(), (*class).clone())));
        let agents = self.roster.users.get(place).map(|user| user.agents.as_slice()).unwrap_or_default();
        let known = |guardian: &&Guardian| !agents.iter().any(|agent| agent.user == guardian.user.source_id);
        let others: Vec<&Guardian> = guardians.iter().filter(known).collect();
        if elsewhere.is_none() && others.is_empty() {
            return false;
        }
        if row.accept(()).is_none() {
            return true;
        }
        let others: Vec<Guardian> =
            others.into_iter().map(|other| Guardian { user: other.user.clone(), word: other.word.clone() }).collect();
        for guardian in others {
            self.look_after(row, place, guardian);
        }
        self.enrol(row, number, elsewhere.cloned());
        true
    }

    /// Brothers and sisters share a guardian.
    fn look_after(&mut self, row: &Row<'_, '_>, student: usize, guardian: Guardian) {
        let Guardian { user, word } = guardian;
        let id = user.source_id.clone();
        if let Some(student) = self.roster.users.get_mut(student)
            && !student.agents.iter().any(|agent| agent.user == id)
        {
            student.agents.push(Agent { user: id.clone(), word, relation: Some(RosterRole::Guardian) });
        }
        if !self.index.holds(Table::Users, &id) {
            self.roster.users.extend(self.index.enter(Table::Users, &id, row, "guardian_name", Some(user)));
        }
    }

    fn enrol(&mut self, row: &Row<'_, '_>, number: &str, class: Option<String>) {
        let Some(class) = class else { return };
        if !self.index.holds(Table::Classes, &class) {
            let record = Class {
                source_id: class.clone(),
                status: Status::Active,
                title: class.clone(),
                code: String::new(),
                kind: ClassKind::Homeroom,
                course: None,
                school: None,
                terms: Vec::new(),
                grades: grades(row),
                subjects: Vec::new(),
                location: String::new(),
                home: Home::Unsaid,
                at: row.place(),
            };
            self.roster.classes.extend(self.index.enter(Table::Classes, &class, row, "class", Some(record)));
        }
        self.enrolled.insert((number.to_owned(), class.clone()));
        let source_id = format!("{class}|{number}");
        let record = Enrolment {
            source_id: source_id.clone(),
            status: Status::Active,
            class,
            school: None,
            user: number.to_owned(),
            role: EnrolmentRole::Student,
            primary: false,
            begin: None,
            end: None,
            at: row.place(),
        };
        self.roster.enrolments.extend(self.index.enter(Table::Enrolments, &source_id, row, "class", Some(record)));
    }

    fn demographics(&self, row: &Row<'_, '_>, number: &str) -> Option<Demographics> {
        let birth_date = row.date("birth_date");
        let cell = row.cell("sex");
        let sex = if self.letters_differ && ["m", "h"].iter().any(|letter| cell.eq_ignore_ascii_case(letter)) {
            row.refuse("sex", expected::sex_in_full());
            None
        } else {
            sex(row)
        };
        (birth_date.is_some() || sex.is_some()).then(|| Demographics {
            user: number.to_owned(),
            status: Status::Active,
            birth_date,
            sex,
            at: row.place(),
        })
    }

    /// Everybody whom the row names beside the student.
    fn guardians(&self, row: &Row<'_, '_>, number: &str) -> Vec<Guardian> {
        let each = GUARDIANS.iter().zip(self.guardian_orders).zip(self.guardian_words);
        each.filter_map(|((fields, order), word)| guardian(row, number, fields, order, word)).collect()
    }
}

/// Capitals are the rule in plain tables and no mistake.
fn sex(row: &Row<'_, '_>) -> Option<Sex> {
    let cell = row.cell("sex").trim_end_matches('.').to_lowercase();
    let known = SEXES.iter().find(|(name, _)| *name == cell).map(|(_, sex)| *sex);
    if known.is_none() && !cell.is_empty() && !clean::is_nothing(&cell) {
        let known = ["female", "male", "other", "unspecified", "f", "m", "x"];
        row.refuse("sex", value::one_of(known.join(", ")));
    }
    known
}

/// The words that are there, with a space between.
pub(crate) fn join(words: &[&str]) -> String {
    words.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}

/// The title of the class: `7` and `B` are `7 B`, and a section that names the class itself stands alone.
pub(crate) fn class_title(row: &Row<'_, '_>) -> Option<String> {
    let (class, section) = (row.possible_name("class"), row.possible_name("section"));
    let digits = |text: &str| text.chars().take_while(char::is_ascii_digit).collect::<String>();
    let alone = !digits(&section).is_empty() && digits(&section) == digits(&class) && section != class;
    let title = if alone { section } else { join(&[&class, &section]) };
    (!title.is_empty()).then_some(title)
}

fn student(row: &Row<'_, '_>, number: String, given: String, family: String) -> Option<User> {
    let user = User {
        identifier: number.clone(),
        given,
        family,
        middle: row.optional_name("middle"),
        preferred_given: row.optional_name("preferred"),
        native_name: row.optional_name("native_name"),
        email: email(row, "email"),
        phone: phone(row, "phone"),
        grades: grades(row),
        ..nobody(number, row)
    };
    row.accept(user)
}

pub(crate) fn email(row: &Row<'_, '_>, column: &'static str) -> String {
    let text = row.text(column, 254, value::email);
    if clean::is_nothing(&text) { String::new() } else { text }
}

pub(crate) fn grades(row: &Row<'_, '_>) -> Vec<String> {
    let grades = row.list("grade").into_iter().filter(|grade| !clean::is_nothing(grade));
    grades.map(|grade| clean::whole(&grade).to_owned()).collect()
}

pub(crate) fn phone(row: &Row<'_, '_>, column: &'static str) -> String {
    row.code(column, 50, value::telephone)
}

/// A guardian as one row names them.
#[derive(Default)]
pub(crate) struct NamedGuardian {
    pub(crate) given: String,
    pub(crate) family: String,
    /// Both, as they are written.
    pub(crate) name: String,
    /// What they are to the student, in a word of the file; empty where it has none.
    pub(crate) word: String,
    pub(crate) phone: String,
    pub(crate) email: String,
}

/// Reads a guardian from these columns. A telephone number without a name is noted.
pub(crate) fn named_guardian(
    row: &Row<'_, '_>,
    fields: &[&'static str; 6],
    order: FullNameOrder,
) -> Option<NamedGuardian> {
    let [whole, given, family, relation, phone_field, email_field] = *fields;
    let (given, family) = (row.possible_name(given), row.possible_name(family));
    let whole = row.possible_name(whole);
    let phone = phone(row, phone_field);
    let email = email(row, email_field);
    let word = row.text(relation, 50, value::relation);
    let (name, (given, family)) = if given.is_empty() && family.is_empty() {
        (whole.clone(), divide(&whole, order))
    } else {
        (join(&[&given, &family]), (given, family))
    };
    if !name.chars().any(char::is_alphabetic) {
        if !phone.is_empty() || !email.is_empty() {
            let column = if phone.is_empty() { email_field } else { phone_field };
            row.note(NoteKind::LeftOut, column, taken::no_guardian_name);
        }
        return None;
    }
    Some(NamedGuardian { given, family, name, word, phone, email })
}

/// Brothers and sisters share a guardian of the same name and telephone number or e-mail address.
fn guardian(
    row: &Row<'_, '_>,
    number: &str,
    fields: &[&'static str; 6],
    order: FullNameOrder,
    word: &str,
) -> Option<Guardian> {
    let NamedGuardian { given, family, name, word: said, phone, email } = named_guardian(row, fields, order)?;
    let contact =
        [&email, &phone].into_iter().find(|contact| !contact.is_empty()).map_or(number, |contact| contact.as_str());
    let id = format!("guardian|{}|{}", name.to_lowercase(), contact.to_lowercase());
    let word = if said.is_empty() { word.to_owned() } else { said };
    Some(Guardian { user: User { given, family, phone, email, ..nobody(id, row) }, word })
}

fn nobody(source_id: String, row: &Row<'_, '_>) -> User {
    User {
        source_id,
        status: Status::Active,
        enabled: true,
        username: String::new(),
        given: String::new(),
        family: String::new(),
        middle: String::new(),
        preferred_given: String::new(),
        preferred_middle: String::new(),
        preferred_family: String::new(),
        native_name: String::new(),
        identifier: String::new(),
        email: String::new(),
        phone: String::new(),
        sms: String::new(),
        pronouns: String::new(),
        grades: Vec::new(),
        agents: Vec::new(),
        primary_org: None,
        at: row.place(),
    }
}
