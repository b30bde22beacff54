//! Prepares the face models for ONNX Runtime: `prepare_models DETECTOR EMBEDDER OUT`. Set-up runs it.

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [detector, embedder, out] = arguments.as_slice() else {
        eprintln!("usage: prepare_models DETECTOR.onnx EMBEDDER.onnx OUT_FOLDER");
        return ExitCode::from(2);
    };
    match prepare(detector, embedder, Path::new(out)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("could not prepare the face models: {error}");
            ExitCode::FAILURE
        }
    }
}

fn prepare(detector: &str, embedder: &str, out: &Path) -> Result<(), Box<dyn Error>> {
    let detector = std::fs::read(detector)?;
    let embedder = std::fs::read(embedder)?;
    Ok(vision::write_models(&detector, &embedder, out)?)
}
