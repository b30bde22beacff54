//! The bindings of the user interface are generated here, and so always fit the table of operations.

use std::path::Path;

use school::operations::{bindings_text, export_types};

#[test]
fn bindings_are_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/bindings");
    let bindings = export_types(&folder).unwrap();
    assert_eq!(bindings.len(), school::Operation::ALL.len());
    let text = bindings_text(&bindings);
    let file = folder.join("operations.ts");
    if std::fs::read_to_string(&file).unwrap_or_default() != text {
        std::fs::write(file, text).unwrap();
    }
}
