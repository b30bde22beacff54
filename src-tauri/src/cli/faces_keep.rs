//! `homeroom faces enrol-all`, `renew`, `purge`, `export` and `uses`: many students at once, and what is held of them.

use std::path::PathBuf;
use std::sync::Arc;

use desk::EnrolFolder;
use desk::operations::enrol_folder;
use faces::operations::{enrol_faces_in_bulk, export_held_faces, face_uses, purge_faces, reenrol_faces};
use faces::{BulkOutcome, BulkReport, EnrolFacesInBulk, FaceUses, OfFaces};
use kernel::{Calls, Error, ErrorCode};
use school::accounts::Nothing;
use school::schools::OfSchool;
use words::cli::faces_keep;

use super::Common;
use super::output::{Failure, NewFile, Output, progress, table};
use super::person::{Who, as_person};
use super::roster::{school_named, student_by_number};

/// Enrols many students from a folder or zip of photographs named by student number.
///
/// Photographs are named 12345/1.jpg, 12345_1.jpg or 12345.jpg. Nothing is changed without --apply: first read what
/// would be done. One bad photograph, or one student, does not stop the rest. It ends with 1 where a person must look:
/// an unknown number, poor photographs, a look-alike; not where somebody has not agreed, or does not want it.
#[derive(clap::Args)]
pub struct EnrolAll {
    /// A folder, or a zip file.
    #[arg(value_name = "FOLDER|ZIP")]
    from: PathBuf,
    /// Enrols; without it everything is only looked at.
    #[arg(long)]
    apply: bool,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

/// The largest zip of photographs, in bytes; as in the window.
const LARGEST_ZIP: u64 = 256 << 20;

impl EnrolAll {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let report = as_person(common, &self.who, async |calls| self.enrol(calls).await).await?;
        let output = Output::new(in_words(&report), &report)?;
        if report.students.is_empty() {
            return Ok(output.because(faces_keep::no_photographs(self.from.display())));
        }
        let left_out = report.students.iter().filter(|student| needs_a_look(student.outcome)).count();
        Ok(match left_out {
            0 => output,
            numbers => output.because(faces_keep::need_a_look(numbers)),
        })
    }

    async fn enrol(&self, calls: &dyn Calls) -> Result<BulkReport, Failure> {
        let school = school_named(calls, self.school.as_deref()).await?;
        let job = progress(words::cli::faces_keep::looking());
        if self.from.is_file() {
            let bytes = files::read(&self.from, LARGEST_ZIP).map_err(|error| {
                Error::new(ErrorCode::FileSystem, faces_keep::unreadable(self.from.display(), error.to_string()))
            })?;
            let upload = Some(calls.upload(&self.from.display().to_string(), Arc::new(bytes)).await?);
            let input = EnrolFacesInBulk { school, upload, unread: None, beside: None, apply: self.apply };
            return Ok(enrol_faces_in_bulk.reporting(calls, input, &job).await?);
        }
        let input = EnrolFolder { school, folder: self.from.display().to_string(), apply: self.apply };
        Ok(enrol_folder.reporting(calls, input, &job).await?)
    }
}

/// Whether a person has to do something about it.
fn needs_a_look(outcome: BulkOutcome) -> bool {
    match outcome {
        BulkOutcome::Ready | BulkOutcome::Enrolled | BulkOutcome::NoConsent | BulkOutcome::Objection => false,
        BulkOutcome::UnknownNumber | BulkOutcome::PoorPhotographs | BulkOutcome::LookAlike | BulkOutcome::Failed => {
            true
        }
    }
}

fn in_words(report: &BulkReport) -> String {
    let outcome = |outcome: BulkOutcome| match outcome {
        BulkOutcome::Ready => faces_keep::outcome::ready(),
        BulkOutcome::Enrolled => faces_keep::outcome::enrolled(),
        BulkOutcome::UnknownNumber => faces_keep::outcome::unknown_number(),
        BulkOutcome::NoConsent => faces_keep::outcome::no_consent(),
        BulkOutcome::Objection => faces_keep::outcome::objection(),
        BulkOutcome::PoorPhotographs => faces_keep::outcome::poor_photographs(),
        BulkOutcome::LookAlike => faces_keep::outcome::look_alike(),
        BulkOutcome::Failed => faces_keep::outcome::failed(),
    };
    let rows: Vec<Vec<String>> = report
        .students
        .iter()
        .map(|student| {
            let name = student.student.as_ref().map(|student| student.name.clone()).unwrap_or_default();
            let good = format!("{}/{}", student.good, student.photographs);
            vec![student.number.clone(), name, good, outcome(student.outcome).to_string()]
        })
        .collect();
    let mut text = table(&["number", "student", "good", "outcome"], &rows);
    for student in &report.students {
        for refused in &student.refused {
            let reasons: Vec<String> = refused.faults.iter().map(|fault| fault.message.to_string()).collect();
            text.push_str(&format!("{}\n", words::cli::faces::not_used(&refused.file, reasons.join(" "))));
        }
        for alike in &student.look_alikes {
            text.push_str(&format!("{}\n", faces_keep::looks_like(&student.number, &alike.number, &alike.name)));
        }
        if let Some(message) = &student.message {
            text.push_str(&format!("{}: {message}\n", student.number));
        }
    }
    if report.other_files > 0 {
        text.push_str(&format!("{}\n", faces_keep::other_files(report.other_files)));
    }
    if !report.applied {
        text.push_str(&format!("{}\n", faces_keep::add_apply()));
    }
    text
}

/// Makes templates of a former model again from kept photographs.
///
/// It ends with 1 where students must be enrolled again, since no photographs of them are kept.
#[derive(clap::Args)]
pub struct Renew {
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl Renew {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let made = as_person(common, &self.who, async |calls| {
            let school = school_named(calls, self.school.as_deref()).await?;
            Ok(reenrol_faces.reporting(calls, OfSchool { school }, &progress(faces_keep::making())).await?)
        })
        .await?;
        let mut text = match (made.students, made.enrol_again.len()) {
            (0, 0) => format!("{}\n", faces_keep::all_present()),
            _ => format!("{}\n", faces_keep::made_again(made.templates, made.students)),
        };
        for student in &made.enrol_again {
            text.push_str(&format!("{}\n", faces_keep::enrol_again(&student.number, &student.name)));
        }
        let output = Output::new(text, &made)?;
        if made.enrol_again.is_empty() {
            return Ok(output);
        }
        Ok(output.because(faces_keep::none_kept()))
    }
}

/// Deletes the faces that are due now, as the window does every day.
#[derive(clap::Args)]
pub struct Purge {
    #[command(flatten)]
    who: Who,
}

impl Purge {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let gone = as_person(common, &self.who, async |calls| Ok(purge_faces.on(calls, Nothing {}).await?)).await?;
        let said = faces_keep::deleted(gone.templates, gone.photographs, gone.evidence, gone.students);
        Output::new(format!("{said}\n"), &gone)
    }
}

/// Writes everything that is held of a student's face into a zip file, to be given to the person.
#[derive(clap::Args)]
pub struct Export {
    /// The student's number.
    #[arg(long, value_name = "NUMBER")]
    student: String,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// The zip file to write; one that is there is not replaced.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    #[command(flatten)]
    who: Who,
}

impl Export {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let exported = as_person(common, &self.who, async |calls| {
            let (student, _) = student_by_number(calls, self.school.as_deref(), &self.student).await?;
            // Before it is written down that it was handed out.
            let file = NewFile::at(&self.out)?;
            let exported = export_held_faces.on(calls, OfFaces { student }).await?;
            file.write(&calls.artifact(exported.artifact).await?.bytes)?;
            Ok(exported)
        })
        .await?;
        let text = format!(
            "{}: {} templates, {} photographs, {} camera pictures\n",
            self.out.display(),
            exported.templates,
            exported.photographs,
            exported.evidence
        );
        Output::new(text, &exported)
    }
}

/// Lists when faces were used, what for and by whom; newest first.
#[derive(clap::Args)]
pub struct Uses {
    /// Only uses of the face of the student of this number.
    #[arg(long, value_name = "NUMBER")]
    student: Option<String>,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// How many, up to 500.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=500))]
    most: u64,
    #[command(flatten)]
    who: Who,
}

impl Uses {
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let page = as_person(common, &self.who, async |calls| {
            let (student, school) = match &self.student {
                Some(number) => {
                    let (student, school) = student_by_number(calls, self.school.as_deref(), number).await?;
                    (Some(student), school)
                }
                None => (None, school_named(calls, self.school.as_deref()).await?),
            };
            Ok(face_uses.on(calls, FaceUses { school, student, offset: None, limit: Some(self.most) }).await?)
        })
        .await?;
        let rows: Vec<Vec<String>> = page
            .rows
            .iter()
            .map(|of| {
                let whom = of.student_name.clone().or_else(|| of.class_title.clone()).unwrap_or_default();
                let purpose = of.purpose.name().replace('_', " ");
                let at = of.at.format("%Y-%m-%d %H:%M").to_string();
                vec![at, purpose, whom, of.people.to_string(), of.user_name.clone().unwrap_or_default()]
            })
            .collect();
        let head = [
            faces_keep::uses::at(),
            faces_keep::uses::what_for(),
            faces_keep::uses::of(),
            faces_keep::uses::compared(),
            faces_keep::uses::by(),
        ];
        let head = head.map(|title| title.to_string());
        let mut text = table(&head.each_ref().map(String::as_str), &rows);
        let older = page.total.saturating_sub(page.rows.len() as u64);
        if older > 0 {
            text.push_str(&format!("{}\n", faces_keep::older_hidden(older)));
        }
        Output::new(text, &page)
    }
}
