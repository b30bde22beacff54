//! A new master key and new data keys: everything is sealed again in one transaction, and the former keys open nothing
//! any more.

use std::fs::{File, OpenOptions, TryLockError};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Value};
use serde::{Deserialize, Serialize};
use store::Transaction;
use store::entities::{data_keys, evidence_frames, face_photographs, face_templates};
use store::ids::SchoolId;
use words::refusals;

use super::keys::{keep_next, prepare_next};
use super::vault::{Vault, evidence_place, keys, master, photograph_place, scrub, template_place};
use crate::accounts::{Nothing, permit_every_school};
use crate::{Call, Context, Error, ErrorCode, Result};

/// Rows that are read at once.
const CHUNK: u64 = 200;

/// What was sealed again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RotatedKeys {
    pub schools: u32,
    pub templates: u32,
    pub photographs: u32,
    pub evidence: u32,
}

/// Changes the master key and every school's data key. Both master keys are kept until it is done: whenever the program
/// dies, the one that opens the data is there. A recovery key from before is useless afterwards; print a new one.
pub(super) async fn rotate_face_keys(call: &Call, _: Nothing) -> Result<RotatedKeys> {
    let access = call.access();
    permit_every_school(call, access).await?;
    let rows = data_keys::Entity::find().all(call.store().reader()).await?;
    if rows.is_empty() {
        return Err(Error::new(ErrorCode::KeyStore, refusals::faces::no_key_yet()));
    }
    let _alone = alone(call)?;
    let present = master(call, false).await?;
    // A key that could not take its place yet is the only one that opens the data: it is not written over.
    if present.next.as_ref().is_some_and(|next| next.bytes() == present.key.bytes()) {
        keys(call, keep_next).await?;
    }
    let prepared = keys(call, prepare_next).await?;
    let next = prepared.next.as_ref().ok_or_else(|| Error::internal("no key was prepared"))?;
    // Where this fails, also halfway through the commit, the prepared key stays: what opens the data is found by trying.
    let (rotated, _) = call
        .transact(async |tx| {
            let rows = data_keys::Entity::find().lock_exclusive().all(tx.reader()).await?;
            let mut rotated = RotatedKeys { schools: rows.len() as u32, ..RotatedKeys::default() };
            for row in rows {
                let (old, new) = (Vault::unwrap(&prepared, &row)?, Vault::new(row.school_id)?);
                reseal(call, tx, row.school_id, &old, &new, &mut rotated).await?;
                let wrapped = new.wrap(call, next)?;
                let after = data_keys::Model { id: row.id, ..wrapped };
                tx.update::<data_keys::Entity>(&row, after).await?;
            }
            Ok(rotated)
        })
        .await?;
    // From here on all is sealed anew. Where the prepared key cannot take its place yet, it opens the data from where it is,
    // and takes it at the next use.
    if let Err(error) = keys(call, keep_next).await {
        tracing::warn!(code = ?error.code, "the new key did not take its place yet");
    }
    scrub(call).await;
    Ok(rotated)
}

/// Held while the keys change, also against another program on this computer.
fn alone(context: &Context) -> Result<File> {
    let folder = context.services.folders.data.join("keys");
    let files = |error: std::io::Error| {
        Error::new(ErrorCode::FileSystem, refusals::faces::not_writable(folder.display(), error.to_string()))
            .help(refusals::faces::write_to_data())
    };
    std::fs::create_dir_all(&folder).map_err(files)?;
    let mut options = OpenOptions::new();
    let file = options.create(true).truncate(false).write(true).open(folder.join("rotation.lock")).map_err(files)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Error::new(ErrorCode::InUse, refusals::faces::keys_changing()).help(refusals::faces::wait_for_keys()))
        }
        Err(TryLockError::Error(error)) => Err(files(error)),
    }
}

/// Seals every row of a school again. Only the sealed bytes change, so the rows themselves are not audited; the key is.
async fn reseal(
    context: &Context,
    tx: &mut Transaction<'_>,
    school: SchoolId,
    old: &Vault,
    new: &Vault,
    rotated: &mut RotatedKeys,
) -> Result<()> {
    macro_rules! table {
        ($module:ident, $place:expr, $open:expr, $count:ident) => {{
            let mut last = uuid::Uuid::nil();
            loop {
                let rows = $module::Entity::find()
                    .filter($module::Column::SchoolId.eq(school))
                    .filter($module::Column::Id.gt(last))
                    .order_by_asc($module::Column::Id)
                    .limit(CHUNK)
                    .all(tx.reader())
                    .await?;
                let Some(newest) = rows.last() else { break };
                last = newest.id.into();
                for row in &rows {
                    // What its key does not open is damaged, and lost with any key; it costs nobody else anything.
                    let Ok(plain) = $open(row) else {
                        tracing::warn!(table = stringify!($module), "a sealed row is damaged and stays as it is");
                        continue;
                    };
                    let (nonce, ciphertext) = new.seal_bytes(&$place(row), &plain)?;
                    let sql = concat!(
                        "UPDATE ",
                        stringify!($module),
                        " SET nonce = $1, ciphertext = $2, version = version + 1 WHERE id = $3"
                    );
                    let values: [Value; 3] = [nonce.into(), ciphertext.into(), row.id.into()];
                    sea_orm::ConnectionTrait::execute_raw(tx.unaudited(), tx.statement(sql, values)).await?;
                    rotated.$count += 1;
                }
                let done = rotated.templates + rotated.photographs + rotated.evidence;
                context.job.progress(done as usize, 0)?;
            }
        }};
    }
    table!(face_templates, template_place, |row| old.template_bytes(row), templates);
    table!(face_photographs, photograph_place, |row| old.unseal_photograph(row), photographs);
    table!(evidence_frames, evidence_place, |row| old.unseal_evidence(row), evidence);
    Ok(())
}
