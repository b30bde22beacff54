//! Prepares the two OpenCV Zoo files: `prepare_models YUNET.onnx SFACE.onnx OUT_FOLDER`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [detector, embedder, out] = arguments.as_slice() else {
        return Err("usage: prepare_models YUNET.onnx SFACE.onnx OUT_FOLDER".into());
    };
    vision::write_models(&std::fs::read(detector)?, &std::fs::read(embedder)?, Path::new(out))?;
    Ok(())
}
