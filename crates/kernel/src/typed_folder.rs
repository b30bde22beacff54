//! A folder of pictures that a person typed or chose on this computer. The page names it in words, so what may be opened by
//! those words is settled here: a folder of this computer, no server and no device. From it only regular files that are
//! pictures are read, and nothing but pictures comes out.

use std::path::PathBuf;

use words::refusals;

use crate::Result;
use crate::error::Invalid;

/// The folder; the field's error where it may not be opened.
pub fn typed_folder(field: &str, typed: &str) -> Result<PathBuf> {
    let mut invalid = Invalid::default();
    let typed = invalid.text(field, typed, 4_000);
    if is_elsewhere(&typed) {
        // Windows hands its proof of who is at the computer to any server that is named so.
        invalid.push(field, "network", refusals::common::folder_elsewhere());
    }
    invalid.check()?;
    Ok(typed.into())
}

/// Servers and devices of Windows: `\\server\share`, `\\.\device`, `\\?\…`, with either stroke.
fn is_elsewhere(typed: &str) -> bool {
    typed.starts_with(['\\', '/']) && typed[1..].starts_with(['\\', '/'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_folders_of_this_computer() {
        let code = |typed: &str| typed_folder("path", typed).map_err(|error| error.fields[0].code.clone()).err();
        for typed in ["/home/office/pictures", "C:\\Pictures", "pictures"] {
            assert_eq!(code(typed), None, "{typed}");
        }
        for typed in [r"\\server\share", "//server/share", r"\\.\pipe\x", r"\\?\C:\x", r"/\server\share"] {
            assert_eq!(code(typed).as_deref(), Some("network"), "{typed}");
        }
        assert_eq!(code(" ").as_deref(), Some("required"));
    }
}
