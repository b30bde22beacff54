//! The two models, loaded and ready: find the faces of a picture, embed aligned faces. Buffers are kept
//! between calls; share one [`Models`] by reference or `Arc`, calls wait for each other per model.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use ort::environment::Environment;
use ort::session::Session;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::TensorRef;

use crate::align::{ALIGNED_SIDE, Aligned};
use crate::detect::{Cells, Face, decode_cells, suppress};
use words::Text;
use words::faults::vision::model_file;

use crate::error::VisionError;
use crate::manifest::{Colour, Manifest, ModelFile, read_checked, read_manifest};
use crate::picture::Picture;
use crate::resample::{Reducer, fill_planes};
use crate::search::{Search, Step, steps};
use crate::template::Template;
use crate::times::timed;

/// YuNet's three output levels: the stride in pixels and the names of the outputs.
const LEVELS: [(usize, [&str; 4]); 3] = [
    (8, ["cls_8", "obj_8", "bbox_8", "kps_8"]),
    (16, ["cls_16", "obj_16", "bbox_16", "kps_16"]),
    (32, ["cls_32", "obj_32", "bbox_32", "kps_32"]),
];

/// How many threads each model may use inside one inference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threads(pub usize);

impl Default for Threads {
    /// As many as there are cores, at most four. On busy cores a second thread brings nothing and, as
    /// waiting threads do not spin, costs nothing.
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self(cores.clamp(1, 4))
    }
}

/// The detector and the embedder.
pub struct Models {
    manifest: Manifest,
    detector: Mutex<Network>,
    embedder: Mutex<Network>,
}

/// A session and the memory that fills its input.
struct Network {
    session: Session,
    input: Vec<f32>,
    reducer: Reducer,
}

impl std::fmt::Debug for Models {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Models({}, {})", self.manifest.detector.model.version, self.manifest.embedder.model.version)
    }
}

impl Models {
    /// Loads ONNX Runtime from `runtime` (once in a process) and the two models from `folder`, after
    /// checking their sums against the manifest.
    ///
    /// # Errors
    /// [`VisionError::Runtime`] or [`VisionError::Model`], each with the file and the reason.
    pub fn load(folder: &Path, runtime: &Path, threads: Threads) -> Result<Self, VisionError> {
        let manifest = read_manifest(folder)?;
        let detector = read_checked(folder, &manifest.detector.model)?;
        let embedder = read_checked(folder, &manifest.embedder.model)?;
        let environment = environment(runtime)?;
        let network = |model: &ModelFile, bytes: &[u8]| {
            session(&environment, bytes, threads)
                .map_err(|e| VisionError::Model { file: model.file.clone(), reason: e.to_string().into() })
                .map(|session| Mutex::new(Network { session, input: Vec::new(), reducer: Reducer::default() }))
        };
        Ok(Self {
            detector: network(&manifest.detector.model, &detector)?,
            embedder: network(&manifest.embedder.model, &embedder)?,
            manifest,
        })
    }

    /// What was loaded.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The version that a template made now belongs to; templates of another cannot be compared with it.
    pub fn template_version(&self) -> &str {
        &self.manifest.embedder.model.version
    }

    /// The faces of a picture, the surest first, with the default [`Search`].
    ///
    /// # Errors
    /// [`VisionError::Inference`] when the model fails.
    pub fn find(&self, picture: &Picture) -> Result<Vec<Face>, VisionError> {
        self.find_with(picture, Search::default())
    }

    /// The faces of a picture, the surest first.
    ///
    /// # Errors
    /// [`VisionError::Inference`] when the model fails.
    pub fn find_with(&self, picture: &Picture, search: Search) -> Result<Vec<Face>, VisionError> {
        let mut detector = lock(&self.detector);
        let mut faces = Vec::new();
        let thresholds = self.manifest.detector.thresholds;
        for step in steps(picture.width() as usize, picture.height() as usize, search) {
            if step.only_if_none && !faces.is_empty() {
                continue;
            }
            let found = self.run_detector(&mut detector, picture, &step)?;
            let scale = step.window.width as f32 / step.size.0 as f32;
            let (dx, dy) = (step.window.x as f32, step.window.y as f32);
            faces.extend(found.iter().map(|f| f.mapped(scale, dx, dy)));
        }
        Ok(suppress(faces, thresholds.overlap))
    }

    fn run_detector(&self, network: &mut Network, picture: &Picture, step: &Step) -> Result<Vec<Face>, VisionError> {
        let padded = (step.size.0.next_multiple_of(32), step.size.1.next_multiple_of(32));
        fill_planes(picture, step.window, step.size, padded, &mut network.input, &mut network.reducer);
        let shape = [1, 3, padded.1, padded.0];
        let name = self.manifest.detector.model.input.as_str();
        let input = TensorRef::from_array_view((shape, network.input.as_slice())).map_err(failed)?;
        let outputs = network.session.run(ort::inputs![name => input]).map_err(failed)?;
        let mut faces = Vec::new();
        for (stride, [cls, obj, bbox, kps]) in LEVELS {
            let numbers = |name: &str| {
                outputs
                    .get(name)
                    .ok_or_else(|| VisionError::Inference(format!("no output {name}")))?
                    .try_extract_tensor::<f32>()
                    .map(|(_, values)| values)
                    .map_err(failed)
            };
            let cells = Cells {
                stride,
                columns: padded.0 / stride,
                cls: numbers(cls)?,
                obj: numbers(obj)?,
                bbox: numbers(bbox)?,
                kps: numbers(kps)?,
            };
            decode_cells(&cells, self.manifest.detector.thresholds.score, &mut faces);
        }
        // What lies in the padding is no face.
        let (width, height) = (step.size.0 as f32, step.size.1 as f32);
        faces.retain(|f| f.rect.x < width && f.rect.y < height);
        Ok(faces)
    }

    /// One template for each aligned face, in order.
    ///
    /// # Errors
    /// [`VisionError::Inference`] when the model fails.
    pub fn embed(&self, faces: &[Aligned]) -> Result<Vec<Template>, VisionError> {
        let mut templates = Vec::with_capacity(faces.len());
        let mut embedder = lock(&self.embedder);
        for batch in faces.chunks(BATCH) {
            self.embed_batch(&mut embedder, batch, &mut templates)?;
        }
        Ok(templates)
    }

    fn embed_batch(
        &self,
        network: &mut Network,
        faces: &[Aligned],
        templates: &mut Vec<Template>,
    ) -> Result<(), VisionError> {
        let entry = &self.manifest.embedder;
        network.input.clear();
        for face in faces {
            let pixels = face.rgb().as_chunks::<3>().0;
            let planes = match entry.colour {
                Colour::Rgb => [0, 1, 2],
                Colour::Bgr => [2, 1, 0],
            };
            for c in planes {
                let values = pixels.iter().map(|p| (f32::from(p[c]) - entry.mean) * entry.scale);
                network.input.extend(values);
            }
        }
        let shape = [faces.len(), 3, ALIGNED_SIDE, ALIGNED_SIDE];
        let name = entry.model.input.as_str();
        let input = TensorRef::from_array_view((shape, network.input.as_slice())).map_err(failed)?;
        let outputs = network.session.run(ort::inputs![name => input]).map_err(failed)?;
        let (_, numbers) = outputs[0].try_extract_tensor::<f32>().map_err(failed)?;
        if numbers.len() != faces.len() * entry.dimension {
            let found = numbers.len();
            return Err(VisionError::Inference(format!("{found} numbers for {} faces", faces.len())));
        }
        for values in numbers.chunks_exact(entry.dimension) {
            let template = Template::normalised(values)
                .ok_or_else(|| VisionError::Inference("a template without length".into()))?;
            templates.push(template);
        }
        Ok(())
    }
}

/// Milliseconds of the two models alone, the least of several runs.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct BareTimes {
    /// The detector on a picture of the given size.
    pub find: f64,
    /// The embedder on a batch of the given number of faces.
    pub embed: f64,
}

impl Models {
    /// Runs the models on noise, without anything around them: what the pipeline is compared with. They take turns as
    /// they do there, so that each finds the processor's caches filled by the other.
    ///
    /// # Errors
    /// [`VisionError::Inference`] when a model fails or a size is not a multiple of 32.
    pub fn bare_times(
        &self,
        (width, height): (usize, usize),
        faces: usize,
        runs: usize,
    ) -> Result<BareTimes, VisionError> {
        let (detector, embedder) = (&self.manifest.detector.model, &self.manifest.embedder.model);
        let mut least = BareTimes { find: f64::INFINITY, embed: f64::INFINITY };
        for _ in 0..runs.max(1) {
            let find = lock(&self.detector).bare(&detector.input, [1, 3, height, width])?;
            let embed = lock(&self.embedder).bare(&embedder.input, [faces, 3, ALIGNED_SIDE, ALIGNED_SIDE])?;
            least = BareTimes { find: least.find.min(find), embed: least.embed.min(embed) };
        }
        Ok(least)
    }
}

impl Network {
    /// Milliseconds of one run on noise.
    fn bare(&mut self, name: &str, shape: [usize; 4]) -> Result<f64, VisionError> {
        let length = shape.iter().product::<usize>();
        self.input.clear();
        self.input.extend((0..length).map(|n| (n * 2_654_435_761 % 256) as f32));
        let input = TensorRef::from_array_view((shape, self.input.as_slice())).map_err(failed)?;
        let mut time = 0.0;
        timed(&mut time, || self.session.run(ort::inputs![name => input]).map(drop)).map_err(failed)?;
        Ok(time)
    }
}

/// Faces embedded in one run. One by one is quickest: 14.4 ms a face on one core against 21 in batches of
/// four and 27 of thirty, as the layers of one face stay in the cache.
const BATCH: usize = 1;

/// How long a thread waits for its part of the next layer before it sleeps. Measured on two cores, find and embed:
/// without spinning 13.4 ms and 31 ms of processor time, with 100 µs 11.2 and 24 (a sleep costs more than the wait),
/// with 1 ms 19.6 and 45, as the waiting threads of one model take the cores from the other.
const SPIN_MICROSECONDS: &str = "100";

fn failed(error: ort::Error) -> VisionError {
    VisionError::Inference(error.to_string())
}

/// A poisoned lock is taken all the same: the buffers are filled anew for every run.
fn lock(network: &Mutex<Network>) -> MutexGuard<'_, Network> {
    network.lock().unwrap_or_else(PoisonError::into_inner)
}

fn session(environment: &Environment, bytes: &[u8], Threads(threads): Threads) -> Result<Session, ort::Error> {
    Session::builder(environment)?
        .with_optimization_level(GraphOptimizationLevel::All)?
        .with_intra_threads(threads.max(1))?
        .with_config_entry("session.intra_op.spin_duration_us", SPIN_MICROSECONDS)?
        .commit_from_memory(bytes)
}

/// The process's ONNX Runtime. There can be only one, so the first library that loads is kept.
fn environment(runtime: &Path) -> Result<Environment, VisionError> {
    static LOADED: Mutex<Option<Environment>> = Mutex::new(None);
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(environment) = loaded.as_ref() {
        return Ok(environment.clone());
    }
    let fail = |reason: Text| VisionError::Runtime { path: PathBuf::from(runtime), reason };
    if !runtime.is_file() {
        return Err(fail(model_file::missing().into()));
    }
    let environment = ort::init_from(runtime)
        .map_err(|e| fail(e.to_string().into()))?
        .with_name("homeroom")
        // Nothing about a child leaves the machine; ONNX Runtime's own telemetry is on unless told.
        .with_telemetry(false)
        .build()
        .map_err(|e| fail(e.to_string().into()))?;
    *loaded = Some(environment.clone());
    Ok(environment)
}

#[cfg(test)]
mod tests {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};

    use prost::Message;

    use super::*;
    use crate::align::align;
    use files::sha256_hex;

    use crate::manifest::MANIFEST;
    use crate::onnx::{
        Attribute, Dimension, DimensionValue, Graph, Model, Node, OperatorSet, Shape, Tensor, TensorType, Type,
        TypeValue, ValueInfo,
    };

    /// What set-up fetches; `None`, said aloud, where it is not there.
    fn vendor() -> Option<(PathBuf, PathBuf)> {
        let vendor = std::env::var_os("HOMEROOM_VENDOR")
            .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor"), PathBuf::from);
        let runtime = vendor.join("runtime").join(format!("{DLL_PREFIX}onnxruntime{DLL_SUFFIX}"));
        let found =
            (runtime.is_file() && vendor.join("models").join(MANIFEST).is_file()).then(|| (vendor.clone(), runtime));
        if found.is_none() {
            println!("skipped: no face models in {}; run the set-up", vendor.display());
        }
        found
    }

    /// An embedder with an input called `face` and 512 numbers: each the product of a row of fixed numbers with the mean
    /// colours of 8 × 8 parts of the face.
    fn another_embedder() -> Vec<u8> {
        let value = |name: &str, dims: &[Option<i64>]| {
            let dim = dims.iter().map(|d| Dimension {
                value: Some(d.map_or(DimensionValue::Symbol("batch".into()), DimensionValue::Fixed)),
                denotation: None,
            });
            let tensor = TensorType { elem_type: Some(1), shape: Some(Shape { dim: dim.collect() }) };
            let r#type = Type { value: Some(TypeValue::Tensor(tensor)), denotation: None };
            ValueInfo { name: Some(name.into()), r#type: Some(r#type), ..ValueInfo::default() }
        };
        let node = |op: &str, input: &[&str], output: &str, attribute: Vec<Attribute>| Node {
            input: input.iter().map(|name| (*name).to_owned()).collect(),
            output: vec![output.to_owned()],
            op_type: Some(op.to_owned()),
            attribute,
            ..Node::default()
        };
        let weights: Vec<u8> = (0..192u32 * 512)
            .flat_map(|n| (((n.wrapping_mul(2_654_435_761) >> 8) % 1000) as f32 / 1000.0 - 0.5).to_le_bytes())
            .collect();
        let weights = Tensor {
            name: Some("weights".into()),
            dims: vec![192, 512],
            data_type: Some(1),
            raw_data: Some(weights),
            ..Tensor::default()
        };
        let pool = vec![Attribute::ints("kernel_shape", &[14, 14]), Attribute::ints("strides", &[14, 14])];
        let graph = Graph {
            name: Some("another".into()),
            node: vec![
                node("AveragePool", &["face"], "parts", pool),
                node("Flatten", &["parts"], "flat", vec![]),
                node("MatMul", &["flat", "weights"], "numbers", vec![]),
            ],
            initializer: vec![weights],
            input: vec![value("face", &[None, Some(3), Some(112), Some(112)])],
            output: vec![value("numbers", &[None, Some(512)])],
            ..Graph::default()
        };
        let opset_import = vec![OperatorSet { domain: None, version: Some(13) }];
        Model { ir_version: Some(8), graph: Some(graph), opset_import, ..Model::default() }.encode_to_vec()
    }

    #[test]
    fn another_embedder_with_a_manifest_of_its_own_takes_the_place() {
        let Some((vendor, runtime)) = vendor() else { return };
        let folder = tempfile::tempdir().unwrap();
        let bytes = another_embedder();
        let mut manifest = read_manifest(&vendor.join("models")).unwrap();
        std::fs::copy(vendor.join("models").join(&manifest.detector.model.file), folder.path().join("detector.onnx"))
            .unwrap();
        std::fs::write(folder.path().join("another.onnx"), &bytes).unwrap();
        let entry = &mut manifest.embedder;
        entry.model.file = "another.onnx".into();
        entry.model.version = "another-1".into();
        entry.model.sha256 = sha256_hex(&bytes);
        entry.model.input = "face".into();
        (entry.dimension, entry.colour, entry.mean, entry.scale) = (512, Colour::Bgr, 127.5, 1.0 / 127.5);
        let write = |manifest: &Manifest| {
            std::fs::write(folder.path().join(MANIFEST), serde_json::to_vec(manifest).unwrap()).unwrap();
        };
        write(&manifest);
        let models = Models::load(folder.path(), &runtime, Threads(1)).unwrap();
        assert_eq!(models.template_version(), "another-1");
        let rgb = (0..200 * 200).flat_map(|n: usize| [(n % 200) as u8, (n / 200) as u8, 40]).collect();
        let picture = Picture::from_rgb(200, 200, rgb).unwrap();
        let face = |shift: f32| Face {
            rect: crate::detect::Rect { x: 0.0, y: 0.0, width: 112.0, height: 112.0 },
            score: 1.0,
            points: crate::align::REFERENCE.map(|p| crate::detect::Point { x: p.x + shift, y: p.y }),
        };
        let faces = [align(&picture, &face(0.0)), align(&picture, &face(80.0))];
        let templates = models.embed(&faces).unwrap();
        assert_eq!(templates.iter().map(Template::dimension).collect::<Vec<_>>(), [512, 512]);
        assert!(models.embed(&faces[..1]).unwrap()[0].cosine(&templates[0]) > 0.9999);
        assert!(templates[0].cosine(&templates[1]) < 0.99);

        manifest.embedder.dimension = 128;
        write(&manifest);
        let wrong = Models::load(folder.path(), &runtime, Threads(1)).unwrap().embed(&faces);
        assert!(matches!(wrong, Err(VisionError::Inference(reason)) if reason.contains("512 numbers")));
    }
}
