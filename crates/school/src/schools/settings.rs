//! The settings of a school: one typed value, kept as one row.

use chrono::{Datelike, NaiveDate};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::settings as rows;
use store::ids::{SchoolId, SettingId};
use words::paper::{self, signatures};
use words::{Language, refusals};

use super::{DayOrder, OfSchool};
use crate::error::Invalid;
use crate::people::NameOrder;
use crate::{Call, Error, ErrorCode, Result};

/// Under this name the settings rest.
const NAME: &str = "school";

/// What a missing mark counts as in totals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingMarks {
    /// As a mark of zero.
    Zero,
    /// Not at all, like an excused one.
    #[default]
    Nothing,
}

/// A day of the week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl Weekday {
    /// The day of the week of a date.
    pub fn of(date: NaiveDate) -> Self {
        use Weekday::*;
        let days = [Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday];
        days[date.weekday().num_days_from_monday() as usize]
    }
}

/// All settings of a school. What is not stored has its default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Settings {
    /// How dates are written and read; what is typed may be in any other unmistakable form.
    pub day_order: DayOrder,
    /// In which order lists, menus and printed lists name people, and by which name they are sorted.
    pub name_order: NameOrder,
    /// From this percentage of the maximum a result is a pass; 0 to 100.
    pub pass_percent: f64,
    pub missing_marks: MissingMarks,
    /// At most this share of the students is listed as at risk, in percent, the worst; 1 to 100.
    pub risk_share_percent: u32,
    /// To how many decimals totals in percent are rounded, a half up; 0 to 2. Grade, pass, rank and print go by that.
    pub total_decimals: u8,
    /// From how many results on a student sees the mean of the class and the own rank, on the screen and on report cards;
    /// 1 to 30. Of two results the mean tells each student the other's.
    pub class_figures_from: u32,
    /// Minutes after the start of the day from which a student counts as late; 0 to 240.
    pub late_after_minutes: u32,
    /// When the school day begins, in minutes after midnight, in the school's time zone.
    pub day_starts_minutes: u32,
    pub first_weekday: Weekday,
    /// The days on which there is school.
    pub school_days: Vec<Weekday>,
    /// In which language report cards and other documents are written: a BCP 47 tag of the catalogue. Their direction and
    /// the names of their months go with it.
    pub document_language: String,
    /// Title on report cards; empty: the product's own, in the language of the documents.
    pub report_title: String,
    pub report_show_rank: bool,
    pub report_show_class_mean: bool,
    pub report_show_chart: bool,
    pub report_show_attendance: bool,
    /// Who signs, from left to right; at most 4.
    pub report_signatures: Vec<String>,
    /// The longest comment of a course's teacher, in characters; 50 to 2,000.
    pub subject_comment_length: u32,
    /// The longest comment of class teacher and principal, in characters; 50 to 4,000.
    pub general_comment_length: u32,
    /// Whether faces may be enrolled and recognised at all.
    pub face_recognition: bool,
    /// What guardians agree to, as it is shown to them.
    pub face_policy: String,
    /// Changes whenever the wording does; a consent names it.
    pub face_policy_version: String,
    /// After so many days templates of students who left are deleted; 1 to 3,650.
    pub face_retention_days: u32,
    /// So many days after it was given a consent ends by itself, and with it what it allowed; 30 to 3,650.
    pub face_consent_days: u32,
    /// From this age a student may consent without a guardian; 0: never.
    pub face_own_consent_age: u32,
    /// Whether the photographs of an enrolment are kept, encrypted, so that templates can be made again for a new model.
    pub face_keep_photographs: bool,
    /// For so many days a cut-out of the face is kept, encrypted, as evidence for each student whom a camera marked;
    /// 0 to 90, 0: never.
    pub face_evidence_days: u32,
    /// Whether a face that moves like a flat picture is not proposed.
    pub face_liveness: bool,
    /// Whether a camera in class proposes only whom it saw move like a head; only with `face_liveness`.
    pub face_must_move: bool,
    /// Whether the kiosk asks to turn the head before it marks a student.
    pub kiosk_turn_head: bool,
    /// Whether the kiosk sounds when it knows somebody.
    pub kiosk_sound: bool,
    /// Whether the steps of the first hour are kept off the screen of the day.
    pub first_hour_put_away: bool,
    /// After so many minutes without a key or a pointer a screen locks itself; 0 to 240, 0: never.
    pub lock_after_minutes: u32,
    /// After so many days deleted people may be erased for good; 30 to 36,500. Noted only: nothing is erased by itself yet.
    pub retention_days: u32,
}

impl Default for Settings {
    fn default() -> Self {
        use Weekday::*;
        Self {
            day_order: DayOrder::default(),
            name_order: NameOrder::default(),
            pass_percent: 40.0,
            missing_marks: MissingMarks::default(),
            risk_share_percent: 10,
            total_decimals: 1,
            class_figures_from: 5,
            late_after_minutes: 10,
            day_starts_minutes: 8 * 60,
            first_weekday: Monday,
            school_days: vec![Monday, Tuesday, Wednesday, Thursday, Friday],
            document_language: Language::ENGLISH.code().to_owned(),
            report_title: String::new(),
            report_show_rank: true,
            report_show_class_mean: true,
            report_show_chart: true,
            report_show_attendance: true,
            report_signatures: usual_signatures(Language::ENGLISH),
            subject_comment_length: 300,
            general_comment_length: 600,
            face_recognition: false,
            face_policy: paper::face_policy().to_string(),
            face_policy_version: "1".into(),
            face_retention_days: 30,
            face_consent_days: 730,
            face_own_consent_age: 16,
            face_keep_photographs: false,
            face_evidence_days: 0,
            face_liveness: true,
            face_must_move: false,
            kiosk_turn_head: true,
            kiosk_sound: true,
            first_hour_put_away: false,
            lock_after_minutes: 15,
            retention_days: 365,
        }
    }
}

impl Settings {
    /// The language of the school's documents; English where this program does not know it.
    pub fn language_of_documents(&self) -> Language {
        Language::of(&self.document_language)
    }

    /// What stands below the lines for signatures. The usual words, which nobody chose, are those of the language.
    pub fn signatures(&self) -> Vec<String> {
        if self.report_signatures == usual_signatures(Language::ENGLISH) {
            return usual_signatures(self.language_of_documents());
        }
        self.report_signatures.clone()
    }
}

fn usual_signatures(language: Language) -> Vec<String> {
    let usual = [signatures::class_teacher(), signatures::principal(), signatures::guardian()];
    usual.iter().map(|words| words.text(language)).collect()
}

/// The settings with the version that a change must name; 0 while nothing is stored.
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SchoolSettings {
    pub version: i32,
    pub settings: Settings,
    /// Whether what is stored cannot be read: `settings` are the usual ones, and saving puts things right.
    pub unreadable: bool,
}

/// Input of [`save_settings`].
#[derive(Clone, Debug, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct SaveSettings {
    pub school: SchoolId,
    pub version: i32,
    pub settings: Settings,
}

async fn row(db: &impl ConnectionTrait, school: SchoolId) -> Result<Option<rows::Model>> {
    Ok(rows::Entity::find()
        .filter(rows::Column::SchoolId.eq(school))
        .filter(rows::Column::Name.eq(NAME))
        .one(db)
        .await?)
}

/// The settings of a school, for other features.
///
/// # Errors
/// [`ErrorCode::SettingsUnreadable`] where the row holds what no school can have saved: a rule that is guessed would be
/// worse than none.
pub async fn load_settings(db: &impl ConnectionTrait, school: SchoolId) -> Result<Settings> {
    match row(db, school).await? {
        Some(row) => parse(row.value),
        None => Ok(Settings::default()),
    }
}

fn parse(value: serde_json::Value) -> Result<Settings> {
    let read = serde_json::from_value::<Settings>(value).ok();
    read.filter(|settings| out_of_range(settings).is_empty()).ok_or_else(|| {
        Error::new(ErrorCode::SettingsUnreadable, refusals::schools::settings_unreadable())
            .help(refusals::schools::save_settings_again())
    })
}

/// The settings; the usual ones where what is stored cannot be read, for what must work all the same.
pub async fn settings_or_usual(db: &impl ConnectionTrait, school: SchoolId) -> Result<Settings> {
    match load_settings(db, school).await {
        Err(error) if error.code == ErrorCode::SettingsUnreadable => Ok(Settings::default()),
        loaded => loaded,
    }
}

/// The settings of a school.
pub(super) async fn settings(call: &Call, input: OfSchool) -> Result<SchoolSettings> {
    let access = call.access();
    access.at(input.school)?;
    let found = row(call.store().reader(), input.school).await?;
    let version = found.as_ref().map_or(0, |row| row.version);
    let read = found.map_or_else(|| Ok(Settings::default()), |row| parse(row.value));
    Ok(SchoolSettings { version, unreadable: read.is_err(), settings: read.unwrap_or_default() })
}

/// Changes the settings of a school, all at once.
pub(super) async fn save_settings(call: &Call, input: SaveSettings) -> Result<SchoolSettings> {
    let access = call.access();
    access.whole_school(input.school)?;
    let settings = checked(input.settings)?;
    let before = row(call.store().reader(), input.school).await?;
    let known = before.as_ref().map_or_else(|| Ok(Settings::default()), |row| parse(row.value.clone()));
    if known.map_or(true, |known| settings.lock_after_minutes != known.lock_after_minutes) {
        // Whoever finds a screen open must not be able to keep it open; what cannot be read may have said anything.
        call.need_password()?;
    }
    let value = serde_json::to_value(&settings)?;
    let (saved, _) = call
        .transact(async |tx| {
            tx.alone_in_school(input.school).await?;
            let before = row(tx.reader(), input.school).await?;
            let before = before.map(|before| rows::Model { version: input.version, ..before });
            write(tx, input.school, before, value).await
        })
        .await?;
    // What the school keeps no longer, or for a shorter time, goes now; where it cannot, in the night.
    if let Err(error) = (call.services.house.keeps_less)(call.context(), input.school).await {
        tracing::warn!(code = ?error.code, "what is kept no longer goes in the night");
    }
    Ok(SchoolSettings { version: saved.version, settings, unreadable: false })
}

async fn write(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    before: Option<rows::Model>,
    value: serde_json::Value,
) -> Result<rows::Model> {
    Ok(match before {
        None => {
            let id = SettingId::new();
            let new = rows::Model { id, school_id: school, name: NAME.to_owned(), value, version: 1 };
            tx.insert::<rows::Entity>(new).await?
        }
        Some(before) => tx.update::<rows::Entity>(&before, rows::Model { value, ..before.clone() }).await?,
    })
}

/// Changes some settings of a school; those that are stored already keep the rest.
pub async fn change_settings(
    tx: &mut Transaction<'_>,
    school: SchoolId,
    change: impl FnOnce(&mut Settings),
) -> Result<()> {
    let before = row(tx.reader(), school).await?;
    let known = before.as_ref().map_or_else(|| Ok(Settings::default()), |row| parse(row.value.clone()))?;
    let mut settings = known.clone();
    change(&mut settings);
    if settings == known {
        return Ok(());
    }
    write(tx, school, before, serde_json::to_value(settings)?).await.map(|_| ())
}

fn checked(mut settings: Settings) -> Result<Settings> {
    let mut invalid = Invalid::default();
    for (field, low, high) in out_of_range(&settings) {
        invalid.push(
            &format!("settings.{field}"),
            "out_of_range",
            refusals::schools::out_of_range(low as i64, high as i64),
        );
    }
    match Language::find(&settings.document_language) {
        Some(language) => language.code().clone_into(&mut settings.document_language),
        None => invalid.push("settings.documentLanguage", "unknown", refusals::common::unknown_language()),
    }
    settings.report_title =
        invalid.optional("settings.reportTitle", Some(&settings.report_title), 100).unwrap_or_default();
    settings.face_policy = invalid.text("settings.facePolicy", &settings.face_policy, 10_000);
    settings.face_policy_version = invalid.text("settings.facePolicyVersion", &settings.face_policy_version, 50);
    if settings.school_days.is_empty() {
        invalid.push("settings.schoolDays", "required", refusals::schools::no_school_days());
    }
    if settings.report_signatures.len() > 4 {
        invalid.push("settings.reportSignatures", "too_many", refusals::schools::too_many_sign());
    }
    for (i, signature) in settings.report_signatures.iter_mut().enumerate() {
        *signature = invalid.text(&format!("settings.reportSignatures.{i}"), signature, 60);
    }
    invalid.check()?;
    Ok(settings)
}

/// The fields whose number is none that is allowed, with the lowest and the highest one.
fn out_of_range(settings: &Settings) -> Vec<(&'static str, f64, f64)> {
    let fields = [
        ("passPercent", settings.pass_percent, 0.0, 100.0),
        ("riskSharePercent", settings.risk_share_percent.into(), 1.0, 100.0),
        ("totalDecimals", settings.total_decimals.into(), 0.0, 2.0),
        ("classFiguresFrom", settings.class_figures_from.into(), 1.0, 30.0),
        ("lateAfterMinutes", settings.late_after_minutes.into(), 0.0, 240.0),
        ("dayStartsMinutes", settings.day_starts_minutes.into(), 0.0, 1439.0),
        ("subjectCommentLength", settings.subject_comment_length.into(), 50.0, 2000.0),
        ("generalCommentLength", settings.general_comment_length.into(), 50.0, 4000.0),
        ("faceRetentionDays", settings.face_retention_days.into(), 1.0, 3650.0),
        ("faceConsentDays", settings.face_consent_days.into(), 30.0, 3650.0),
        ("faceOwnConsentAge", settings.face_own_consent_age.into(), 0.0, 99.0),
        ("faceEvidenceDays", settings.face_evidence_days.into(), 0.0, 90.0),
        ("lockAfterMinutes", settings.lock_after_minutes.into(), 0.0, 240.0),
        ("retentionDays", settings.retention_days.into(), 30.0, 36500.0),
    ];
    let wrong = fields.into_iter().filter(|(_, value, low, high)| !(low..=high).contains(&value));
    wrong.map(|(field, _, low, high)| (field, low, high)).collect()
}
