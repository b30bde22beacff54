//! What can go wrong with faces, each with a code for the screen and a sentence that says what to do.

use std::path::PathBuf;

/// An error of this crate; [`VisionError::code`] is stable.
#[derive(Debug, thiserror::Error)]
pub enum VisionError {
    /// ONNX Runtime's shared library is missing, broken or too old.
    #[error("the face engine cannot be loaded from {path}: {reason}; run the set-up again to fetch ONNX Runtime")]
    Runtime { path: PathBuf, reason: String },
    /// A model file or its manifest is missing, cut short, changed or not understood.
    #[error("the face model {file} cannot be used: {reason}; run the set-up again to fetch the models")]
    Model { file: String, reason: String },
    /// A model file could not be read or written.
    #[error("{path}: {source}")]
    File { path: PathBuf, source: std::io::Error },
    /// The model failed while it ran.
    #[error("the face model failed: {0}")]
    Inference(String),
    /// The picture cannot be used.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// Stored template bytes that are no template of this model.
    #[error("a stored face template is damaged or of another model ({0}); enrol this person again")]
    Template(String),
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
    #[error("the picture file is empty; choose another file")]
    Empty,
    #[error("this file is not a picture that can be read; use JPEG, PNG, WebP or GIF")]
    NotAPicture,
    #[error("the picture file is damaged or cut short ({0}); take or copy the picture again")]
    Damaged(String),
    #[error("the picture has {width} × {height} pixels, more than the {limit} megapixels allowed; save it smaller")]
    TooLarge { width: u32, height: u32, limit: u32 },
    #[error("the picture has only {width} × {height} pixels; at least {limit} × {limit} are needed to find a face")]
    TooSmall { width: u32, height: u32, limit: u32 },
    #[error("this is an animation; save one still picture of it as JPEG or PNG")]
    Animated,
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
