//! `homeroom report-cards`: the report cards of a class as one PDF.

use std::path::{Path, PathBuf};

use kernel::{Calls, Error, ErrorCode};
use marks::reports::operations::make_report_cards;
use marks::reports::{MadeDocument, MakeReportCards};
use school::accounts::operations::whoami;
use school::accounts::{Nothing, WhoamiSchool};
use school::classes::operations::list_classes;
use school::classes::{ClassRow, ListClasses};
use serde_json::json;
use store::fold;

use super::Common;
use super::output::{Failure, Output, progress, write_file};
use super::person::{Who, as_person};

/// Makes the report cards of a class: one A4 page a student, in one PDF.
#[derive(clap::Args)]
pub struct ReportCards {
    /// The class's title, as in “7B”.
    #[arg(long, value_name = "NAME")]
    class: String,
    /// Where the PDF goes; a file that is there is replaced.
    #[arg(long, value_name = "FILE.pdf")]
    out: PathBuf,
    /// The term's title. Default: the present term.
    #[arg(long, value_name = "TITLE")]
    term: Option<String>,
    /// The school, where several of yours have a class of this title.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl ReportCards {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let (made, bytes) = as_person(common, &self.who, async |calls| self.make(calls).await).await?;
        write_file(&self.out, &bytes)?;
        let left_out = made.problems.iter().filter(|problem| problem.left_out).count();
        let json = json!({
            "file": self.out, "pages": made.pages, "students": made.students, "problems": made.problems,
        });
        let output = Output::new(in_words(&made, &self.out), &json)?;
        if left_out > 0 {
            return Ok(output.because(words::cli::report_cards::left_out(left_out)));
        }
        Ok(output)
    }

    async fn make(&self, calls: &dyn Calls) -> Result<(MadeDocument, Vec<u8>), Failure> {
        let (school, class) = self.find_class(calls).await?;
        let term = match &self.term {
            Some(title) => school.terms.iter().rfind(|term| fold(&term.title) == fold(title)).map(|term| term.id),
            None => school.current_term,
        };
        let Some(term) = term else {
            let titles: Vec<String> =
                school.terms.iter().map(|term| format!("{} ({})", term.title, term.year_title)).collect();
            let error = Error::new(ErrorCode::NotFound, words::cli::report_cards::no_term(&school.name));
            return Err(error.help(words::cli::report_cards::its_terms(titles.join(", "))).into());
        };
        let input = MakeReportCards { class: class.id, term, students: None, kind: None };
        let made = make_report_cards.reporting(calls, input, &progress(words::cli::report_cards::progress())).await?;
        let bytes = calls.artifact(made.artifact).await?.bytes.to_vec();
        Ok((made, bytes))
    }

    async fn find_class(&self, calls: &dyn Calls) -> Result<(WhoamiSchool, ClassRow), Failure> {
        let schools = whoami.on(calls, Nothing {}).await?.schools;
        let meant = |school: &WhoamiSchool| self.school.as_ref().is_none_or(|name| fold(name) == fold(&school.name));
        let mut found = Vec::new();
        let mut titles = Vec::new();
        for school in schools.into_iter().filter(meant) {
            let terms =
                school.terms.iter().filter(|term| self.term.as_ref().is_some_and(|t| fold(t) == fold(&term.title)));
            let year = terms.map(|term| term.year_id).next_back();
            let input = ListClasses { as_of: None, school: school.id, year, kind: None, deleted: None };
            for class in list_classes.on(calls, input).await? {
                titles.push(class.title.clone());
                if fold(&class.title) == fold(&self.class) {
                    found.push((school.clone(), class));
                }
            }
        }
        if found.len() > 1 {
            return Err(Failure::Usage(words::cli::report_cards::several(found.len(), &self.class)));
        }
        found.pop().ok_or_else(|| {
            titles.truncate(60);
            let error = Error::new(ErrorCode::NotFound, words::cli::report_cards::no_class(&self.class));
            error.help(words::cli::report_cards::your_classes(titles.join(", "))).into()
        })
    }
}

fn in_words(made: &MadeDocument, out: &Path) -> String {
    let mut text = words::cli::report_cards::made(out.display(), made.students, made.pages).to_string();
    for problem in &made.problems {
        text.push_str(&format!("\n{} ({}): {}", problem.name, problem.number, problem.message));
    }
    text
}
