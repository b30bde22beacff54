//! What can go wrong with faces, each with a code for the screen and a sentence that says what to do.

use std::fmt;
use std::path::PathBuf;

use words::{Message, Text};

/// An error of this crate; [`VisionError::code`] is stable.
#[derive(Debug, thiserror::Error)]
pub enum VisionError {
    /// ONNX Runtime's shared library is missing, broken or too old.
    Runtime { path: PathBuf, reason: Text },
    /// A model file or its manifest is missing, cut short, changed or not understood.
    Model { file: String, reason: Text },
    /// A model file could not be read or written.
    File { path: PathBuf, source: std::io::Error },
    /// The model failed while it ran; why, for the log.
    Inference(String),
    /// The picture cannot be used.
    Picture(#[from] PictureError),
    /// Stored template bytes that are no template of this model; why, for the log.
    Template(String),
}

impl VisionError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Runtime { path, reason } => words::faults::vision::runtime(path.display(), reason.clone()),
            Self::Model { file, reason } => words::faults::vision::model(file, reason.clone()),
            Self::File { path, source, .. } => words::faults::vision::file(path.display(), source),
            Self::Inference(_) => words::faults::vision::inference(),
            Self::Picture(a) => a.said(),
            Self::Template(_) => words::faults::vision::template(),
        }
    }
}

impl fmt::Display for VisionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl VisionError {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Runtime { .. } => "face_runtime",
            Self::Model { .. } => "face_model",
            Self::File { .. } => "face_file",
            Self::Inference(_) => "face_inference",
            Self::Picture(e) => e.code(),
            Self::Template(_) => "face_template",
        }
    }
}

/// Why the bytes of a picture were refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PictureError {
    Empty,
    NotAPicture,
    Damaged(Text),
    TooLarge { width: u32, height: u32, limit: u32 },
    TooSmall { width: u32, height: u32, limit: u32 },
    Animated,
}

impl PictureError {
    /// What is said of it to people.
    pub fn said(&self) -> Message {
        match self {
            Self::Empty => words::faults::vision::picture::empty(),
            Self::NotAPicture => words::faults::vision::picture::not_a_picture(),
            Self::Damaged(reason) => words::faults::vision::picture::damaged(reason.clone()),
            Self::TooLarge { width, height, limit } => {
                words::faults::vision::picture::too_large(*width, *height, *limit)
            }
            Self::TooSmall { width, height, limit } => {
                words::faults::vision::picture::too_small(*width, *height, *limit)
            }
            Self::Animated => words::faults::vision::picture::animated(),
        }
    }
}

impl fmt::Display for PictureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.said().fmt(f)
    }
}

impl PictureError {
    /// A stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "picture_empty",
            Self::NotAPicture => "picture_unknown",
            Self::Damaged(_) => "picture_damaged",
            Self::TooLarge { .. } => "picture_too_large",
            Self::TooSmall { .. } => "picture_too_small",
            Self::Animated => "picture_animated",
        }
    }
}
