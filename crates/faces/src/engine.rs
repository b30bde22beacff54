//! The face engine of this installation: the models, loaded once.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use vision::{Decision, MANIFEST, Models, Threads, VisionError};
use words::{Message, refusals};

use crate::{Context, Error, ErrorCode, Folders, Result, Services, blocking};

/// ONNX Runtime's shared library on each system.
const RUNTIMES: [&str; 3] = ["libonnxruntime.so", "libonnxruntime.dylib", "onnxruntime.dll"];

/// Loaded models and the decision that goes with them.
pub struct Engine {
    pub models: Models,
    pub decision: Decision,
}

impl Engine {
    /// Loads the models of an installation. Takes a moment and blocks.
    ///
    /// # Errors
    /// [`ErrorCode::NoModels`] with what is missing and what to do.
    pub fn load(folders: &Folders) -> Result<Self> {
        let (models, runtime) = model_files(folders);
        let taken = folders.sums.check("runtime", &runtime).and_then(|()| {
            // The manifest's thresholds decide whose face it is, as the models do.
            folders.sums.check_folder("models", &models, "json")?;
            folders.sums.check_folder("models", &models, "onnx")
        });
        taken.map_err(|error| Error { code: ErrorCode::NoModels, ..error })?;
        let models = Models::load(&models, &runtime, Threads::default()).map_err(no_models)?;
        let thresholds = models.manifest().embedder.thresholds;
        Ok(Self { decision: thresholds.into(), models })
    }

    /// Measures how well faces are told apart, at the product's own decision, on a folder with a folder per person.
    ///
    /// # Errors
    /// When the folder cannot be read, holds no people, or a model fails.
    pub fn evaluate(&self, folder: &Path) -> Result<vision::Evaluation> {
        let evaluation = vision::evaluate(&self.models, folder, self.decision).map_err(vision_error)?;
        if evaluation.photographs == evaluation.unreadable.len() + evaluation.no_face.len() {
            let message = refusals::faces::no_folders(folder.display());
            return Err(Error::new(ErrorCode::BadFile, message).help(refusals::faces::folder_per_person()));
        }
        Ok(evaluation)
    }

    /// Numbers in a template.
    pub fn dimension(&self) -> usize {
        self.models.manifest().embedder.dimension
    }

    /// Name and version of the model to which templates belong.
    pub fn model(&self) -> (&str, &str) {
        (&self.models.manifest().embedder.model.name, self.models.template_version())
    }
}

/// The folder of the models and the runtime's library: `HOMEROOM_MODELS` where it holds them, else what came with the
/// product.
fn model_files(folders: &Folders) -> (PathBuf, PathBuf) {
    let named = std::env::var_os("HOMEROOM_MODELS").filter(|folder| !folder.is_empty()).map(PathBuf::from);
    let library = |folder: &Path| RUNTIMES.iter().map(|name| folder.join(name)).find(|path| path.is_file());
    let models = named.clone().filter(|folder| folder.join(MANIFEST).is_file());
    let runtime = named.as_deref().and_then(library);
    let runtimes = folders.vendor.join("runtime");
    (
        models.unwrap_or_else(|| folders.vendor.join("models")),
        runtime.or_else(|| library(&runtimes)).unwrap_or_else(|| runtimes.join(RUNTIMES[0])),
    )
}

/// The version of templates made now, from the manifest alone; none where there are no models.
pub(super) fn template_version(folders: &Folders) -> Option<String> {
    vision::read_manifest(&model_files(folders).0).ok().map(|manifest| manifest.embedder.model.version)
}

fn no_models(error: VisionError) -> Error {
    Error::new(ErrorCode::NoModels, refusals::faces::no_engine(error.said())).help(refusals::faces::run_doctor())
}

/// An error of the engine as a person sees it.
pub fn vision_error(error: VisionError) -> Error {
    let code = match &error {
        VisionError::Runtime { .. } | VisionError::Model { .. } => return no_models(error),
        VisionError::Picture(_) => ErrorCode::BadFile,
        VisionError::File { .. } => ErrorCode::FileSystem,
        VisionError::Template(detail) => {
            tracing::error!(detail, "a stored template cannot be read");
            ErrorCode::KeyStore
        }
        VisionError::Inference(detail) => {
            tracing::error!(detail, "the face model failed");
            ErrorCode::Internal
        }
    };
    Error::new(code, error.said())
}

/// The engine once it was loaded; a failure is tried again, so that it can be mended meanwhile.
#[derive(Default)]
struct Loaded(Mutex<Option<Arc<Engine>>>);

/// The engine, loaded at its first use.
pub async fn engine(context: &Context) -> Result<Arc<Engine>> {
    let services = context.services.clone();
    blocking(move || load_once(&services)).await
}

fn load_once(services: &Services) -> Result<Arc<Engine>> {
    let loaded = services.extension(|| Ok(Loaded::default()))?;
    let mut loaded = loaded.0.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(engine) = loaded.as_ref() {
        return Ok(engine.clone());
    }
    let engine = Arc::new(Engine::load(&services.folders)?);
    *loaded = Some(engine.clone());
    Ok(engine)
}

/// When a face counts as a person: it belongs to the model and is no setting.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MatchRule {
    /// The least likeness (cosine), -1 to 1; below it a face is nobody's.
    pub threshold: f64,
    /// By how much the likeness must exceed that to any other person; with less a person is asked.
    pub margin: f64,
}

/// What `homeroom doctor` and the health page say about the models.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ts_rs::TS, schemars::JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ModelStatus {
    /// Name and version of the detector and of the embedder; none where they cannot be used.
    pub detector: Option<String>,
    pub embedder: Option<String>,
    pub rule: Option<MatchRule>,
    pub problem: Option<Message>,
    pub help: Option<Message>,
}

/// Loads the models and says what came of it. Blocks.
pub fn model_status(services: &Services) -> ModelStatus {
    match load_once(services) {
        Ok(engine) => {
            let manifest = engine.models.manifest();
            let shown = |model: &vision::ModelFile| Some(format!("{} {}", model.name, model.version));
            let (detector, embedder) = (shown(&manifest.detector.model), shown(&manifest.embedder.model));
            // Rounded to what the manifest says: a single has more digits than it means.
            let rounded = |value: f32| (f64::from(value) * 10_000.0).round() / 10_000.0;
            let Decision { threshold, margin, .. } = engine.decision;
            let rule = Some(MatchRule { threshold: rounded(threshold), margin: rounded(margin) });
            ModelStatus { detector, embedder, rule, problem: None, help: None }
        }
        Err(error) => {
            let problem = Some(error.message);
            ModelStatus { detector: None, embedder: None, rule: None, problem, help: error.help }
        }
    }
}
