//! Newer versions of the program. A copy knows where to look only when it was built with a key and an address; nothing is
//! asked unless somebody presses the button.

use std::time::Duration;

use kernel::{Error, ErrorCode};
use serde::Serialize;
use serde_json::json;
use tauri::{AppHandle, State, Wry, plugin::TauriPlugin};
use tauri_plugin_updater::UpdaterExt;
use words::Message;

use crate::window::Shell;

/// The longest wait for the address to answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where newer versions are announced, and the key that their files must be signed with.
pub struct BuiltIn {
    key: &'static str,
    address: &'static str,
}

/// What the build was given by `HOMEROOM_UPDATE_KEY` and `HOMEROOM_UPDATE_URL`; none unless both.
pub fn built_in() -> Option<BuiltIn> {
    let given = |value: Option<&'static str>| value.filter(|value| !value.trim().is_empty());
    Some(BuiltIn {
        key: given(option_env!("HOMEROOM_UPDATE_KEY"))?,
        address: given(option_env!("HOMEROOM_UPDATE_URL"))?,
    })
}

/// The updater with its configuration, for a copy that knows where to look.
pub fn plugin(context: &mut tauri::Context<Wry>) -> Option<TauriPlugin<Wry, tauri_plugin_updater::Config>> {
    let BuiltIn { key, address } = built_in()?;
    context.config_mut().plugins.0.insert("updater".to_owned(), configuration(key, address));
    Some(tauri_plugin_updater::Builder::new().build())
}

/// The announced version is not signed itself, so that the one in the file's signature must be the same.
fn configuration(key: &str, address: &str) -> serde_json::Value {
    json!({ "pubkey": key, "endpoints": [address], "requireSignedVersion": true })
}

/// Whether this copy can look for newer versions.
#[tauri::command]
pub fn can_update() -> bool {
    built_in().is_some()
}

/// A version that is newer than this one.
#[derive(Serialize)]
pub struct NewerVersion {
    version: String,
    notes: Option<String>,
}

/// Asks the address for a newer version; it learns version and system of this computer and nothing else.
#[tauri::command]
pub async fn look_for_update(app: AppHandle, shell: State<'_, Shell>) -> Result<Option<NewerVersion>, Error> {
    shell.calls().await?.permitted("health").await?;
    if built_in().is_none() {
        return Err(unanswered(words::cli::shell::without_key()));
    }
    let asked = async { app.updater_builder().build()?.check().await };
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(found)) => Ok(found.map(|update| NewerVersion { version: update.version, notes: update.body })),
        Ok(Err(error)) => {
            tracing::warn!(%error, "newer versions were not announced");
            Err(unanswered(words::cli::shell::unreadable_answer()))
        }
        Err(_) => Err(unanswered(words::cli::shell::no_answer())),
    }
}

fn unanswered(message: Message) -> Error {
    Error::new(ErrorCode::UpdateUnknown, message).help(words::cli::shell::try_later())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_configuration_is_one_that_the_updater_takes() {
        let read = |value| serde_json::from_value::<tauri_plugin_updater::Config>(value);
        let config = read(configuration("key", "https://updates.example/{{target}}/{{current_version}}")).unwrap();
        assert!(config.require_signed_version && !config.allow_downgrades);
        assert!(read(configuration("key", "no address")).is_err());
    }
}
