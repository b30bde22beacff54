//! `homeroom attendance`: whose faces are on a photograph.

use std::path::PathBuf;

use faces::operations::check_photograph;
use faces::{CheckPhotograph, CheckedPhotograph};

use super::Common;
use super::output::{Failure, Output, table};
use super::person::{Who, as_person};
use super::roster::{class_titled, read_photograph, school_named};

/// Attendance from photographs.
#[derive(clap::Args)]
pub struct Attendance {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Check(Check),
}

/// Finds the faces of a photograph and says whose they are. Nothing is written and nothing of the photograph is kept.
#[derive(clap::Args)]
struct Check {
    /// The photograph: JPEG, PNG, WebP or GIF.
    #[arg(value_name = "PHOTO")]
    photograph: PathBuf,
    /// Compares with this class's own list only; without it with the whole school.
    #[arg(long, value_name = "NAME")]
    class: Option<String>,
    /// The school, where the user has several.
    #[arg(long, value_name = "NAME")]
    school: Option<String>,
    #[command(flatten)]
    who: Who,
}

impl Attendance {
    /// Runs it.
    pub async fn run(self, common: &Common) -> Result<Output, Failure> {
        let Command::Check(check) = self.command;
        let checked = as_person(common, &check.who, async |calls| {
            let school = check.school.as_deref();
            let (class, school) = match &check.class {
                Some(title) => (Some(class_titled(calls, school, title).await?), None),
                None => (None, Some(school_named(calls, school).await?)),
            };
            let upload = read_photograph(calls, &check.photograph).await?;
            Ok(check_photograph.on(calls, CheckPhotograph { class, school, upload }).await?)
        })
        .await?;
        Output::new(in_words(&checked), &checked)
    }
}

fn in_words(checked: &CheckedPhotograph) -> String {
    let mut text = faces(checked);
    for student in &checked.damaged {
        let (number, name) = (&student.number, &student.name);
        text.push_str(&format!("{}\n", words::cli::attendance::damaged(number, name)));
    }
    text
}

fn faces(checked: &CheckedPhotograph) -> String {
    if checked.faces.is_empty() {
        return format!("{}\n", words::cli::attendance::no_face());
    }
    let rows: Vec<Vec<String>> = checked
        .faces
        .iter()
        .map(|face| {
            let [x, y, width, height] = face.place;
            let who = match (&face.student, face.unsure) {
                (Some(student), _) => format!("{} {}", student.number, student.name),
                (None, true) => {
                    let near: Vec<String> =
                        face.candidates.iter().map(|c| format!("{} {}", c.number, c.name)).collect();
                    let or = words::cli::attendance::or().to_string();
                    words::cli::attendance::not_sure(near.join(&or)).to_string()
                }
                (None, false) => words::cli::attendance::unknown().to_string(),
            };
            vec![
                format!("{x:.0},{y:.0} {width:.0}×{height:.0}"),
                who,
                format!("{:.3}", face.score),
                format!("{:.3}", face.margin),
            ]
        })
        .collect();
    table(&["box", "student", "score", "margin"], &rows)
}
