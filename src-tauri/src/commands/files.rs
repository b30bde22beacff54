//! Bytes in and out of the window: a chosen file in, a document out. The window itself reaches no file system.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kernel::{Document, Error, ErrorCode, check_upload};
use tauri::ipc::{InvokeBody, Request, Response};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tauri_plugin_opener::OpenerExt;
use uuid::Uuid;
use words::Message;

use super::shown::Shown;
use crate::window::Shell;
use crate::{own, start};

fn refused(what: Message, error: &std::io::Error) -> Error {
    Error::of_files(what, error, words::cli::shell::other_folder())
}

/// Takes a file that a person chose or dropped: its bytes as the raw body, its name in the header `file-name`
/// (percent-encoded). Returns the identifier by which an operation takes it.
#[tauri::command]
pub async fn upload(shell: State<'_, Shell>, request: Request<'_>) -> Result<Uuid, Error> {
    let InvokeBody::Raw(bytes) = request.body() else {
        return Err(Error::internal("a file came without its bytes"));
    };
    // Before it is held twice.
    check_upload(bytes)?;
    let file_name =
        request.headers().get("file-name").and_then(|name| name.to_str().ok()).map_or_else(String::new, decode);
    shell.calls().await?.upload(&file_name, Arc::new(bytes.clone())).await
}

/// Undoes `encodeURIComponent`; what is malformed stays as it is.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match (first, hex) {
            (b'%', Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

async fn find(shell: &Shell, id: Uuid) -> Result<Document, Error> {
    shell.calls().await?.artifact(id).await
}

/// The bytes of what an operation made.
#[tauri::command]
pub async fn artifact(shell: State<'_, Shell>, id: Uuid) -> Result<Response, Error> {
    Ok(Response::new(find(&shell, id).await?.bytes.to_vec()))
}

/// Saves what an operation made: into the documents folder, or (with `choose`) where the person says.
/// Returns the path; none when the person chose nothing.
#[tauri::command]
pub async fn save_artifact(
    app: AppHandle,
    shell: State<'_, Shell>,
    id: Uuid,
    choose: bool,
) -> Result<Option<PathBuf>, Error> {
    let artifact = find(&shell, id).await?;
    if choose {
        let (send, chosen) = tokio::sync::oneshot::channel();
        app.dialog().file().set_file_name(&artifact.file_name).save_file(move |path| {
            let _window_gone = send.send(path);
        });
        let Some(path) = chosen.await.ok().flatten().and_then(|path| path.into_path().ok()) else { return Ok(None) };
        files::write_whole_with(&path, &artifact.bytes, own::make_usual).map_err(|error| unsaved(&error))?;
        return Ok(Some(path));
    }
    let documents = start::folders(start::data_folder()?).documents;
    std::fs::create_dir_all(&documents).map_err(|error| refused(words::cli::shell::no_documents_folder(), &error))?;
    let path = free_name(&documents, &artifact.file_name);
    files::write_whole(&path, &artifact.bytes).map_err(|error| unsaved(&error))?;
    Ok(Some(path))
}

/// Opens what an operation made in the system's viewer, from which it can be printed.
#[tauri::command]
pub async fn open_artifact(
    app: AppHandle,
    shell: State<'_, Shell>,
    shown: State<'_, Shown>,
    id: Uuid,
) -> Result<(), Error> {
    let artifact = find(&shell, id).await?;
    let folder = shown.folder().map_err(|error| refused(words::cli::shell::not_written(), &error))?;
    let path = folder.join(safe_name(&artifact.file_name));
    files::write_whole(&path, &artifact.bytes).map_err(|error| unsaved(&error))?;
    show(&app, &path)
}

fn show(app: &AppHandle, path: &Path) -> Result<(), Error> {
    app.opener().open_path(path.to_string_lossy(), None::<&str>).map_err(|error| {
        Error::new(ErrorCode::FileSystem, words::cli::shell::no_viewer(error.to_string()))
            .help(words::cli::shell::save_and_open())
    })
}

/// Opens the licences of what the program is built on in the system's viewer.
#[tauri::command]
pub fn open_notices(app: AppHandle) -> Result<(), Error> {
    let page = start::vendor_folder().join("notices/THIRD-PARTY.html");
    if !page.is_file() {
        return Err(Error::new(ErrorCode::FileSystem, words::cli::shell::no_licences())
            .help(words::cli::shell::install_again()));
    }
    show(&app, &page)
}

/// Lets the person choose a folder of pictures; none when nothing was chosen.
#[tauri::command]
pub async fn choose_folder(app: AppHandle) -> Option<PathBuf> {
    let (send, chosen) = tokio::sync::oneshot::channel();
    app.dialog().file().pick_folder(move |path| {
        let _window_gone = send.send(path);
    });
    chosen.await.ok().flatten().and_then(|path| path.into_path().ok())
}

fn unsaved(error: &std::io::Error) -> Error {
    refused(words::cli::shell::not_saved(), error)
}

/// A file name without what some system forbids.
fn safe_name(name: &str) -> String {
    let name: String =
        name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '-' } else { c }).take(120).collect();
    let name = name.trim_matches(['.', ' ']).to_owned();
    if name.is_empty() { "document".into() } else { name }
}

/// A path in the folder at which nothing is yet: `name.pdf`, `name (2).pdf` …
fn free_name(folder: &Path, name: &str) -> PathBuf {
    let name = safe_name(name);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
    let numbered = |n: u32| match (n, extension) {
        (1, _) => folder.join(&name),
        (n, "") => folder.join(format!("{stem} ({n})")),
        (n, extension) => folder.join(format!("{stem} ({n}).{extension}")),
    };
    (1..).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_made_safe() {
        assert_eq!(safe_name("../../7B: Autumn?.pdf"), "-..-7B- Autumn-.pdf");
        assert_eq!(safe_name("..."), "document");
        assert_eq!(decode("%D9%85%20a%zz"), "م a%zz");
    }

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.pdf"), b"first").unwrap();
        assert_eq!(free_name(folder.path(), "a.pdf"), folder.path().join("a (2).pdf"));
    }
}
