//! A folder of pictures played as a film, and a single picture.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::frame::{FrameImage, dimensions};
use crate::stream::{Lost, Reason, Sink};

/// Larger files are no frames.
const LARGEST_FILE: u64 = 64 * 1024 * 1024;

pub(crate) async fn run_file(path: &Path, sink: &mut Sink) -> Result<(), Lost> {
    put_file(path, None, sink).await
}

/// Files that are no pictures are passed over; a folder without one is an error.
pub(crate) async fn run_folder(path: &Path, frames_per_second: f64, repeat: bool, sink: &mut Sink) -> Result<(), Lost> {
    if !(0.01..=1000.0).contains(&frames_per_second) {
        return Err(Lost::new(Reason::BadFormat, format!("{frames_per_second} frames a second, not 0.01 to 1000")));
    }
    let step = Duration::from_secs_f64(1.0 / frames_per_second);
    let mut ticks = tokio::time::interval(step);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut number = 0u32;
    loop {
        let first = number;
        for file in pictures(path).await.map_err(|e| lost(path, &e))? {
            ticks.tick().await;
            match put_file(&file, Some(step * number), sink).await {
                Ok(()) => number = number.saturating_add(1),
                Err(lost) => {
                    tracing::debug!(detail = %lost.detail, "passed over a file that is no picture");
                }
            }
        }
        if number == first {
            return Err(Lost::new(Reason::NotFound, format!("{} holds no pictures", path.display())));
        }
        if !repeat {
            return Ok(());
        }
    }
}

async fn pictures(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = tokio::fs::read_dir(folder).await?;
    let mut paths = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        if !hidden && entry.metadata().await?.is_file() {
            paths.push(entry.path());
        }
    }
    paths.sort();
    Ok(paths)
}

async fn put_file(path: &Path, at: Option<Duration>, sink: &mut Sink) -> Result<(), Lost> {
    let file = path.to_owned();
    #[allow(clippy::disallowed_methods)] // an engine, which knows no kernel
    let read = tokio::task::spawn_blocking(move || files::read(&file, LARGEST_FILE));
    let bytes = read.await.map_err(io::Error::other).and_then(|read| read).map_err(|e| lost(path, &e))?;
    let size = dimensions(&bytes)?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
    sink.put(FrameImage::Encoded(bytes.into()), size, at, name);
    Ok(())
}

fn lost(path: &Path, error: &io::Error) -> Lost {
    let reason = match error.kind() {
        io::ErrorKind::PermissionDenied => Reason::Refused,
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Reason::NotFound,
        io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge => Reason::BadFormat,
        _ => Reason::Unreachable,
    };
    Lost::new(reason, format!("{}: {error}", path.display()))
}
