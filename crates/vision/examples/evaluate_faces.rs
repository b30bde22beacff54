//! Evaluates a folder with a folder per person: `evaluate_faces VENDOR_FOLDER DIR`.

use std::path::Path;

use vision::{Decision, Models, Threads, evaluate};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [vendor, folder] = arguments.as_slice() else {
        return Err("usage: evaluate_faces VENDOR_FOLDER DIR".into());
    };
    let vendor = Path::new(vendor);
    let runtime = vendor.join("runtime/libonnxruntime.so");
    let models = Models::load(&vendor.join("models"), &runtime, Threads::default())?;
    let thresholds = models.manifest().embedder.thresholds;
    let decision = Decision::from(thresholds);
    let result = evaluate(&models, Path::new(folder), decision)?;
    println!("{}", serde_json::to_string_pretty(&result)?);
    Ok(())
}
