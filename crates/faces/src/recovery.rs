//! The recovery key on paper: shown and printed for an administrator, typed again on another computer.

use std::ops::ControlFlow;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use documents::{ClassList, Fonts, ListAlign, ListColumn, Options, class_list};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};
use store::entities::{data_keys, settings};
use store::ids::{SchoolId, SettingId};
use uuid::Uuid;
use words::paper::recovery_key;
use words::{Message, refusals};

use super::keys::{MasterKey, PRINTED, SecretKey, master_key, put_back};
use super::vault::{Vault, keys, master};
use super::{KeyPlace, paper};
use crate::accounts::permit_every_school;
use crate::context::Artifact;
use crate::schools::{OfSchool, Settings, find_school, fonts, settings_or_usual};
use crate::{Call, Error, Result, Services, blocking};

/// The key in words, to be written down or printed.
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecoveryKey {
    /// 14 groups of five letters and digits.
    pub groups: Vec<String>,
    /// A PDF to print; none where the fonts are missing.
    pub document: Option<Uuid>,
    pub file_name: String,
}

/// Input of [`restore_face_key`].
#[derive(Clone, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestoreFaceKey {
    pub school: SchoolId,
    /// The groups from the paper, with or without spaces and hyphens.
    pub key: String,
}

/// Where the restored key rests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RestoredKey {
    pub place: KeyPlace,
    /// Whether this very key was here already.
    pub already: bool,
}

/// Noted in the school's settings, so that it is audited with who and when.
#[derive(Serialize, Deserialize)]
struct Note {
    fingerprint: String,
    at: DateTime<Utc>,
    restored: bool,
}

/// Shows the master key as a recovery key. It is audited that it was shown, never what.
pub(super) async fn show_recovery_key(call: &Call, input: OfSchool) -> Result<RecoveryKey> {
    let access = call.access();
    access.whole_school(input.school)?;
    permit_every_school(call, access).await?;
    let owner = call.actor()?.user;
    let master = master(call, true).await?;
    let groups = paper::groups(&master.key);
    let db = call.store().reader();
    let school = find_school(db, input.school).await?.name;
    let settings = settings_or_usual(db, input.school).await?;
    let file_name = format!("{}.pdf", recovery_key::file_name().text(settings.language_of_documents()));
    let document = match fonts(call) {
        Ok(fonts) => {
            let list = printed(&school, &settings, &groups, call.now());
            let created = call.now().timestamp();
            let bytes = Arc::new(blocking(move || pdf(&list, &fonts, created)).await?);
            let media_type = "application/pdf";
            Some(call.services.keep_artifact(Artifact { file_name: file_name.clone(), media_type, bytes, owner }))
        }
        Err(_) => None,
    };
    note(call, input.school, &master, false).await?;
    Ok(RecoveryKey { groups, document, file_name })
}

async fn note(call: &Call, school: SchoolId, master: &MasterKey, restored: bool) -> Result<()> {
    let note = Note { fingerprint: paper::fingerprint(&master.key), at: call.now(), restored };
    let value = serde_json::to_value(note)?;
    call.transact(async |tx| {
        let found = settings::Entity::find()
            .filter(settings::Column::SchoolId.eq(school))
            .filter(settings::Column::Name.eq(PRINTED))
            .one(tx.reader())
            .await?;
        match found {
            Some(before) => {
                let after = settings::Model { value, ..before.clone() };
                tx.update::<settings::Entity>(&before, after).await?;
            }
            None => {
                let id = SettingId::new();
                let row = settings::Model { id, school_id: school, name: PRINTED.to_owned(), value, version: 1 };
                tx.insert::<settings::Entity>(row).await?;
            }
        }
        Ok(())
    })
    .await?;
    Ok(())
}

/// When the key that is in use now was last put on paper, or restored from it; none: never.
pub async fn recovery_printed_at(services: &Services, key: &KeyFingerprint) -> Result<Option<DateTime<Utc>>> {
    let rows = settings::Entity::find().filter(settings::Column::Name.eq(PRINTED)).all(services.store.reader()).await?;
    let notes = rows.into_iter().filter_map(|row| serde_json::from_value::<Note>(row.value).ok());
    Ok(notes.filter(|note| note.fingerprint == key.0).map(|note| note.at).max())
}

/// Names the key in use without telling anything of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyFingerprint(String);

/// The fingerprint of the key in use; none where there is none. Blocks.
pub fn key_fingerprint(services: &Services) -> Option<KeyFingerprint> {
    master_key(services, false).ok().map(|master| KeyFingerprint(paper::fingerprint(&master.key)))
}

fn printed(school: &str, settings: &Settings, groups: &[String], now: DateTime<Utc>) -> ClassList {
    let language = settings.language_of_documents();
    let text = |message: Message| message.text(language);
    let half = groups.len().div_ceil(2);
    let column = |first: usize, last: usize| ListColumn {
        title: text(recovery_key::groups(first, last)),
        align: ListAlign::Middle,
        share: 1.0,
    };
    let numbered: Vec<String> = groups.iter().enumerate().map(|(n, group)| format!("{}.  {group}", n + 1)).collect();
    let rows = (0..half).map(|n| numbered[n..].iter().step_by(half).cloned().collect()).collect();
    ClassList {
        school: school.to_owned(),
        title: text(recovery_key::title()),
        subtitle: text(recovery_key::about(settings.day_order.write_long(now.date_naive(), language))),
        columns: vec![column(1, half), column(half + 1, groups.len())],
        rows,
        page_label: "{page} / {pages}".to_owned(),
        language: language.code().to_owned(),
        rtl: language.is_right_to_left(),
        landscape: false,
    }
}

fn pdf(list: &ClassList, fonts: &Fonts, created: i64) -> Result<Vec<u8>> {
    let options = Options { title: String::new(), created: Some(created) };
    let outcome = class_list(list, fonts, &options, &mut |_, _| ControlFlow::Continue(()));
    Ok(outcome.map_err(|error| Error::internal(error.to_string()))?.pdf)
}

/// Takes the key from its paper to this computer, if it opens this database. A key that was here is put aside.
pub(super) async fn restore_face_key(call: &Call, input: RestoreFaceKey) -> Result<RestoredKey> {
    let access = call.access();
    access.whole_school(input.school)?;
    permit_every_school(call, access).await?;
    let key = paper::read(&input.key)?;
    let rows = data_keys::Entity::find().all(call.store().reader()).await?;
    let opens = |key: SecretKey| {
        let master = MasterKey { key, place: KeyPlace::File, next: None };
        rows.iter().any(|row| Vault::unwrap(&master, row).is_ok())
    };
    if rows.is_empty() {
        return Err(Error::field("key", "nothing_to_open", refusals::faces::no_key_needed()));
    }
    if !opens(key.clone()) {
        let message = refusals::faces::key_of_other();
        return Err(Error::field("key", "wrong_key", message));
    }
    let typed = key.clone();
    let (kept, already) = keys(call, move |services| match master_key(services, false) {
        Ok(here) if here.key.bytes() == typed.bytes() => Ok((here, true)),
        _ => Ok((put_back(services, typed)?, false)),
    })
    .await?;
    note(call, input.school, &kept, true).await?;
    Ok(RestoredKey { place: kept.place, already })
}
