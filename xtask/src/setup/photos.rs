//! Photographs for the demo and for the tests that must run everywhere: official portraits in the
//! public domain, from the source package of a Python library.

use super::fetch::{Archive, Index, own_folder, untar};
use super::stock::Stock;
use crate::failure::Result;
use crate::place::vendor;

const PACKAGE: Archive = Archive {
    what: "the demo's photographs",
    file: "face_recognition-1.3.0.tar.gz",
    sha256: "5e5efdd1686aa566af0d3cc1313b131e4b197657a8ffd03669e6d3fad92705ec",
    index: Index::Pip(&["--no-binary", "face_recognition", "face_recognition==1.3.0"]),
};

const PHOTOGRAPHS: &[&str] = &[
    "face_recognition-1.3.0/tests/test_images/biden.jpg",
    "face_recognition-1.3.0/tests/test_images/obama.jpg",
    "face_recognition-1.3.0/tests/test_images/obama2.jpg",
    "face_recognition-1.3.0/tests/test_images/obama3.jpg",
    "face_recognition-1.3.0/tests/test_images/obama_partial_face.jpg",
    "face_recognition-1.3.0/tests/test_images/obama_partial_face2.jpg",
];

/// Puts the photographs into `vendor/photos`.
pub fn install() -> Result<()> {
    let stock = Stock::new(&vendor(), "photos", PACKAGE.sha256);
    if stock.is_complete() {
        return Ok(());
    }
    stock.replace(|new| {
        let download = super::download_folder()?;
        let package = PACKAGE.obtain(own_folder().as_deref(), download.path())?;
        untar(&package, PHOTOGRAPHS, new)
    })
}
