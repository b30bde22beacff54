//! The model files on disk: what each is, how it is fed, and the sum that it must have. The manifest is
//! written once at set-up and decides from then on; another ArcFace-style model needs only another manifest.

use std::fs;
use std::path::Path;

use files::sha256_hex;
use serde::{Deserialize, Serialize};

use crate::covered::ToldLimits;
use words::faults::vision::model_file;

use crate::error::VisionError;
use crate::prepare::{prepare_detector, prepare_embedder};

/// The manifest's file name beside the models.
pub const MANIFEST: &str = "manifest.json";
/// The version of the manifest that is written and read here.
const FORMAT: u32 = 1;
/// Larger files are no models, in bytes.
const LARGEST_FILE: u64 = 256 << 20;
/// SHA-256 of OpenCV Zoo's `face_detection_yunet_2023mar_int8bq.onnx`.
pub const DETECTOR_SOURCE_SHA256: &str = "49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10";
/// SHA-256 of OpenCV Zoo's `face_recognition_sface_2021dec_int8bq.onnx`.
pub const EMBEDDER_SOURCE_SHA256: &str = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee";

/// What lies in the models' folder.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the manifest's own format.
    pub format: u32,
    pub detector: DetectorEntry,
    pub embedder: EmbedderEntry,
}

/// A model file and where it came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelFile {
    pub file: String,
    pub name: String,
    /// Changes whenever templates of an older model can no longer be compared.
    pub version: String,
    pub licence: String,
    /// SHA-256 of the file as it lies there, in lower-case hexadecimal.
    pub sha256: String,
    /// SHA-256 of the file that it was prepared from.
    pub source_sha256: String,
    /// Name of the graph's input.
    pub input: String,
}

/// The model that finds faces.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DetectorEntry {
    #[serde(flatten)]
    pub model: ModelFile,
    pub thresholds: DetectorThresholds,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct DetectorThresholds {
    /// The least score of a face, 0 to 1.
    pub score: f32,
    /// Two boxes that overlap more than this (intersection over union) are one face.
    pub overlap: f32,
}

/// The model that turns an aligned face into a template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EmbedderEntry {
    #[serde(flatten)]
    pub model: ModelFile,
    /// Numbers in a template.
    pub dimension: usize,
    /// `rgb` or `bgr`.
    pub colour: Colour,
    /// The input is (value - mean) * scale, value 0 to 255.
    pub mean: f32,
    pub scale: f32,
    pub thresholds: MatchThresholds,
    /// What the parts of an uncovered face tell at least. A manifest without it has what was measured for SFace.
    #[serde(default)]
    pub told: ToldLimits,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Colour {
    Rgb,
    Bgr,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MatchThresholds {
    /// The least score (cosine) of an identity.
    pub score: f32,
    /// The least lead over the second person.
    pub margin: f32,
    /// From this likeness on two people of a gallery are look-alikes.
    #[serde(default = "look_alike")]
    pub look_alike: f32,
    /// The least lead over a look-alike.
    #[serde(default = "look_alike_margin")]
    pub look_alike_margin: f32,
}

/// A manifest without the two thresholds for look-alikes has those measured for SFace: of 78 pairs of
/// different people one has 0.44, the next 0.34.
fn look_alike() -> f32 {
    0.40
}

/// One person enrolled as two gives one of the two by chance alone a lead of up to 0.18 with 99 % of further
/// photographs (2,130 trials; the example `look_alikes`).
fn look_alike_margin() -> f32 {
    0.18
}

/// Prepares both models from OpenCV Zoo's files and writes `detector.onnx`, `embedder.onnx` and
/// `manifest.json` into `out`; each is written beside its place and then renamed, the manifest last.
///
/// # Errors
/// A source with another sum is refused before anything is written; else whatever the disk says.
pub fn write_models(detector_raw: &[u8], embedder_raw: &[u8], out: &Path) -> Result<(), VisionError> {
    check_sum("YuNet", detector_raw, DETECTOR_SOURCE_SHA256)?;
    check_sum("SFace", embedder_raw, EMBEDDER_SOURCE_SHA256)?;
    let detector = prepare_detector(detector_raw)?;
    let embedder = prepare_embedder(embedder_raw)?;
    let manifest = opencv_zoo(&detector, &embedder);
    let json = serde_json::to_vec_pretty(&manifest)
        .map_err(|e| VisionError::Model { file: MANIFEST.into(), reason: e.to_string().into() })?;
    fs::create_dir_all(out).map_err(|source| file_error(out, source))?;
    write_file(&out.join(&manifest.detector.model.file), &detector)?;
    write_file(&out.join(&manifest.embedder.model.file), &embedder)?;
    write_file(&out.join(MANIFEST), &json)
}

fn opencv_zoo(detector: &[u8], embedder: &[u8]) -> Manifest {
    let file = |file: &str, name: &str, version: &str, licence: &str, bytes, source: &str, input: &str| ModelFile {
        file: file.into(),
        name: name.into(),
        version: version.into(),
        licence: licence.into(),
        sha256: sha256_hex(bytes),
        source_sha256: source.into(),
        input: input.into(),
    };
    Manifest {
        format: FORMAT,
        detector: DetectorEntry {
            model: file("detector.onnx", "YuNet", "yunet-2023mar", "MIT", detector, DETECTOR_SOURCE_SHA256, "input"),
            thresholds: DetectorThresholds { score: 0.7, overlap: 0.3 },
        },
        embedder: EmbedderEntry {
            model: file(
                "embedder.onnx",
                "SFace",
                "sface-2021dec",
                "Apache-2.0",
                embedder,
                EMBEDDER_SOURCE_SHA256,
                "data",
            ),
            dimension: 128,
            colour: Colour::Rgb,
            mean: 0.0,
            scale: 1.0,
            thresholds: MatchThresholds {
                score: 0.50,
                margin: 0.05,
                look_alike: look_alike(),
                look_alike_margin: look_alike_margin(),
            },
            told: ToldLimits::default(),
        },
    }
}

fn check_sum(name: &str, bytes: &[u8], wanted: &str) -> Result<(), VisionError> {
    let found = sha256_hex(bytes);
    if found == wanted {
        return Ok(());
    }
    Err(VisionError::Model { file: name.into(), reason: model_file::other_sum(found, wanted).into() })
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), VisionError> {
    files::write_whole(path, bytes).map_err(|source| file_error(path, source))
}

/// Reads the manifest in `folder`.
///
/// # Errors
/// [`VisionError::Model`] when it is missing or not understood.
pub fn read_manifest(folder: &Path) -> Result<Manifest, VisionError> {
    let bytes = read_model(folder, MANIFEST)?;
    let manifest: Manifest = serde_json::from_slice(&bytes)
        .map_err(|e| VisionError::Model { file: MANIFEST.into(), reason: e.to_string().into() })?;
    if manifest.format != FORMAT {
        return Err(VisionError::Model {
            file: MANIFEST.into(),
            reason: model_file::other_format(manifest.format.to_string(), FORMAT.to_string()).into(),
        });
    }
    Ok(manifest)
}

/// Reads a model file of `folder` and checks its sum.
pub(crate) fn read_checked(folder: &Path, model: &ModelFile) -> Result<Vec<u8>, VisionError> {
    let bytes = read_model(folder, &model.file)?;
    let found = sha256_hex(&bytes);
    if found != model.sha256 {
        return Err(VisionError::Model {
            file: model.file.clone(),
            reason: model_file::changed(bytes.len().to_string()).into(),
        });
    }
    Ok(bytes)
}

fn read_model(folder: &Path, file: &str) -> Result<Vec<u8>, VisionError> {
    let path = folder.join(file);
    files::read(&path, LARGEST_FILE).map_err(|e| VisionError::Model {
        file: file.into(),
        reason: model_file::unreadable(path.display(), &e).into(),
    })
}

fn file_error(path: &Path, source: std::io::Error) -> VisionError {
    VisionError::File { path: path.to_owned(), source }
}
