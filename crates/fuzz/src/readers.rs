//! Every reader, one after the other, whatever the file is called.

use exchange::{ColumnMatching, Limits, ListKind, Options, Set};

/// Hands a file to all readers. What they say is of no interest here; that they say it is.
pub fn read_with_all(name: &str, bytes: &[u8]) {
    if let Ok(set) = Set::from_files([(name, bytes)], Limits::default()) {
        roster(&set);
    }
    let _ = analytics::analyse_csv(bytes, None);
    let _ = vision::decode(bytes, vision::PictureLimits::default());
    let _ = documents::logo(bytes);
    if name.ends_with(".json") {
        manifest(bytes);
    }
}

fn roster(set: &Set) {
    let _ = exchange::parse(set, &Options::default());
    for kind in ListKind::ALL {
        let Ok(shown) = exchange::preview_as(set, 5, Some(kind), &[]) else { return };
        let _ = exchange::parse_list(set, kind, &shown.suggested, &Options::default());
    }
    let Ok(shown) = exchange::preview(set, 5) else { return };
    let (first, last) = (shown.headers.first().cloned(), shown.headers.last().cloned());
    let matching = ColumnMatching { number: first, full_name: last.clone(), birth_date: last, ..Default::default() };
    let _ = exchange::parse_plain(set, &matching, &Options::default());
}

fn manifest(bytes: &[u8]) {
    let Ok(folder) = tempfile::tempdir() else { return };
    if std::fs::write(folder.path().join(vision::MANIFEST), bytes).is_ok() {
        let _ = vision::read_manifest(folder.path());
    }
}

/// The most memory that this program has had at once, in bytes; none where the system does not say.
pub fn peak_of_this_program() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
