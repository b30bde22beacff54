//! `homeroom faces`: enrol students from photographs, keep and delete what is held, change the keys, and measure how well
//! faces are told apart.

use std::path::PathBuf;

use faces::operations::{enrol_faces, record_consent};
use faces::{EnrolFaces, EnrolledFaces, RecordConsent};
use kernel::Calls;
use school::schools::OfSchool;
use school::schools::operations::settings;
use words::Text;

use super::Common;
use super::faces_evaluate::Evaluate;
use super::faces_keep::{EnrolAll, Export, Purge, Renew, Uses};
use super::faces_keys::{RecoveryKey, RestoreKey, RotateKeys};
use super::output::{Failure, Output, progress};
use super::person::{Who, as_person};
use super::roster::{read_photograph, student_by_number};

/// Enrols faces, and measures how well they are told apart.
#[derive(clap::Args)]
pub struct Faces {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Enrol(Enrol),
    EnrolAll(EnrolAll),
    Renew(Renew),
    Purge(Purge),
    Export(Export),
    Uses(Uses),
    RecoveryKey(RecoveryKey),
    RestoreKey(RestoreKey),
    RotateKeys(RotateKeys),
    Evaluate(Evaluate),
}

/// Enrols a student from 3 to 5 photographs, in the place of former ones.
///
/// There must be a consent, or --consent-by records it. Photographs that cannot be used are named with the reason; at
/// least three must be good, and none may be taken for somebody else who is enrolled. Only encrypted templates are kept,
/// no photograph.
#[derive(clap::Args)]
struct Enrol {
    /// The student's number.
    #[arg(long, value_name = "NUMBER")]
    student: String,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    /// Records that this person has agreed to the school's present wording.
    #[arg(long, value_name = "NAME", requires = "relationship")]
    consent_by: Option<String>,
    /// What that person is to the student: mother, guardian, the student …
    #[arg(long, value_name = "WORD", requires = "consent_by")]
    relationship: Option<String>,
    /// Enrols although somebody enrolled looks the same: a person has looked, as with twins.
    #[arg(long)]
    although_alike: bool,
    /// 3 to 5 photographs.
    #[arg(value_name = "PHOTO", required = true, num_args = 3..=5)]
    photographs: Vec<PathBuf>,
    #[command(flatten)]
    who: Who,
}

impl Faces {
    /// Runs it.
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        match self.command {
            Command::Enrol(enrol) => enrol.run(common).await,
            Command::EnrolAll(all) => all.run(common).await,
            Command::Renew(renew) => renew.run(common).await,
            Command::Purge(purge) => purge.run(common).await,
            Command::Export(export) => export.run(common).await,
            Command::Uses(uses) => uses.run(common).await,
            Command::RecoveryKey(key) => key.run(common).await,
            Command::RestoreKey(key) => key.run(common).await,
            Command::RotateKeys(rotate) => rotate.run(common).await,
            Command::Evaluate(evaluate) => evaluate.run(),
        }
    }
}

impl Enrol {
    async fn run(self, common: &Common) -> Result<Output, Failure> {
        let enrolled = as_person(common, &self.who, async |calls| self.enrol(calls).await).await?;
        let mut text = format!("{}\n", words::cli::faces::kept(enrolled.templates, &self.student));
        for refused in &enrolled.refused {
            let reasons: Vec<String> = refused.faults.iter().map(|fault| fault.message.to_string()).collect();
            let file = self.photographs.get(refused.index as usize);
            let file = file.map(|file| file.display().to_string()).unwrap_or_default();
            text.push_str(&format!("{}\n", words::cli::faces::not_used(file, reasons.join(" "))));
        }
        for alike in &enrolled.look_alikes {
            text.push_str(&format!(
                "{}\n",
                words::cli::faces::looks_like(&alike.number, &alike.name, format!("{:.2}", alike.score))
            ));
        }
        Output::new(text, &enrolled)
    }

    async fn enrol(&self, calls: &dyn Calls) -> Result<EnrolledFaces, Failure> {
        let (student, school) = student_by_number(calls, self.school.as_deref(), &self.student).await?;
        // Read before anything is recorded: a mistyped path leaves nothing behind.
        let mut uploads = Vec::with_capacity(self.photographs.len());
        for file in &self.photographs {
            uploads.push(read_photograph(calls, file).await?);
        }
        if let (Some(given_by), Some(relationship)) = (&self.consent_by, &self.relationship) {
            let wording = settings.on(calls, OfSchool { school }).await?.settings.face_policy_version;
            let consent = RecordConsent {
                student,
                guardian: None,
                own: None,
                given_by: Some(given_by.clone()),
                relationship: Some(relationship.clone()),
                wording_version: wording,
            };
            record_consent.on(calls, consent).await?;
        }
        let recorded = self.consent_by.is_some();
        let input = EnrolFaces { student, uploads, although_alike: Some(self.although_alike) };
        Ok(enrol_faces.reporting(calls, input, &progress(words::cli::faces_keep::looking())).await.map_err(
            |error| {
                let help = error.help.clone().map_or_else(|| Text::from(""), Text::from);
                if recorded { error.help(words::cli::faces::consent_recorded(help)) } else { error }
            },
        )?)
    }
}
