//! No sentence for people stands in Rust: what is said to them stands in the catalogue, once, in every language.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Crates that nobody but a programmer runs.
const FOR_PROGRAMMERS: [&str; 2] = ["bench", "fuzz"];

/// Whose texts are no words of ours, each with the reason.
const NOT_OURS: [(&str, &str); 25] = [
    ("crates/analytics/src/not_marks.rs", "columns of other programs' files"),
    ("crates/charts/src/theme.rs", "names of fonts"),
    ("crates/documents/src/sample.rs", "cards of a made-up school, for tests and trying out"),
    ("crates/exchange/src/months.rs", "names of months as files write them"),
    ("crates/exchange/src/oneroster_files.rs", "columns and words of a format"),
    ("crates/exchange/src/oneroster_write.rs", "words of a format"),
    ("crates/exchange/src/reference_columns.rs", "columns of formats"),
    ("crates/exchange/src/sds_v1.rs", "columns of a format"),
    ("crates/exchange/src/sds_v21.rs", "columns of a format"),
    ("crates/exchange/src/header_words.rs", "columns of other programs' files"),
    ("crates/faces/src/vault.rs", "what seals are bound to"),
    ("crates/faces/src/keys.rs", "names in the system's key store and among the settings"),
    ("crates/operations/src/lib.rs", "what is generated"),
    ("crates/operations/src/openapi.rs", "for those who write other programs"),
    ("crates/school/src/attendance/file.rs", "columns that other programs read"),
    ("crates/school/src/demo/", "the made-up school itself: its names, remarks and marks"),
    ("crates/school/src/exchange/export.rs", "columns that come in again"),
    ("crates/school/src/exchange/import_marks.rs", "words of a format"),
    ("crates/school/src/exchange/oneroster/", "words of a format"),
    ("crates/store/src/blobs.rs", "columns of a table"),
    ("crates/store/src/entities/words.rs", "words as they are stored"),
    ("crates/store/src/jobs.rs", "columns of a table"),
    ("crates/vision/src/prepare", "what is wrong with a model's file, for who makes it into ours"),
    ("src-tauri/src/cli/demo/made_up.rs", "the made-up school itself"),
    ("src-tauri/src/passwords.rs", "a name in the system's key store"),
];

/// What takes a text that no user of the screens reads: the log, proofs that something cannot be, faults for support, names of
/// locks, what is looked for in a text.
const FOR_SUPPORT: [&str; 18] = [
    "alone",
    "assert",
    "assert_eq",
    "assert_ne",
    "contains",
    "debug",
    "debug_assert",
    "error",
    "expect",
    "expect_err",
    "info",
    "internal",
    "info_span",
    "panic",
    "trace",
    "unreachable",
    "warn",
    "span",
];

/// What is made with a detail for the log beside what people are told, each with what that is.
const DETAILED: [(&str, &str); 4] = [
    ("DbErr::Custom", "a fault of the database; people are told that there is one"),
    ("Lost::new", "why a camera gives no pictures; people are told its reason"),
    ("VisionError::Inference", "why a model failed; people are told that it did"),
    ("VisionError::Template", "what is wrong with a stored template; people are told to enrol again"),
];

/// How Rust names the sections of the catalogue.
const SECTIONS: [&str; 4] = ["refusals", "faults", "paper", "words::cli"];

/// Words with which statements to a database begin.
const SQL: [&str; 23] = [
    "ALTER", "AND", "AS", "BEGIN", "COALESCE", "CREATE", "DELETE", "DROP", "EXISTS", "FROM", "GROUP", "INSERT", "JOIN",
    "LEFT", "NOTIFY", "ORDER", "PRAGMA", "SELECT", "SET", "UNION", "UPDATE", "VACUUM", "WITH",
];

#[test]
fn no_sentence_stands_in_rust() {
    let mut files = Vec::new();
    let crates = fs::read_dir(root().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    for folder in crates.chain([root().join("src-tauri")]) {
        if !FOR_PROGRAMMERS.iter().any(|name| folder.ends_with(name)) {
            rust_files(&folder.join("src"), &mut files);
        }
    }
    assert!(files.len() > 200, "only {} files were looked at", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(root()).unwrap().display().to_string().replace('\\', "/");
        if !NOT_OURS.iter().any(|(at, _)| name.starts_with(at)) {
            let found = sentences(&fs::read_to_string(&file).unwrap());
            wrong.extend(found.into_iter().map(|said| format!("{name}:{said}")));
        }
    }
    assert!(wrong.is_empty(), "these belong into crates/words/catalogue/en.json:\n{}", wrong.join("\n"));
}

/// Two texts of the catalogue side by side, or one of them in a sentence, are right in English at most.
#[test]
fn no_texts_are_glued() {
    let mut files = Vec::new();
    for folder in ["crates", "src-tauri/src"] {
        rust_files(&root().join(folder), &mut files);
    }
    let product = files.iter().filter(|file| file.components().all(|part| part.as_os_str() != "tests"));
    let glued = product.flat_map(|file| {
        let code = fs::read_to_string(file).unwrap();
        glued(&code).into_iter().map(move |at| format!("{}:{at}", file.display()))
    });
    assert_eq!(glued.collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn planted_glue_is_found() {
    assert_eq!(glued(r#"fn f() { format!("{} {}", refusals::a::b(), refusals::a::c()) }"#), ["1"]);
    assert_eq!(glued(r#"fn f() { format!("{}\n", words::cli::a::b()) }"#), [""; 0]);
    assert_eq!(glued(r#"fn f() { refusals::a::b(refusals::a::c()) }"#), [""; 0]);
}

#[test]
fn a_planted_sentence_is_found() {
    let refused = r#"fn f() -> Error { Error::new(ErrorCode::Invalid, "Nothing was saved.") }"#;
    assert_eq!(sentences(refused), ["1: “Nothing was saved.”"]);
    let helped = "fn f() {\n    refuse(said()).help(format!(\"Choose {number} of them\"));\n}";
    assert_eq!(sentences(helped), ["2: “Choose {number} of them”"]);
    assert_eq!(sentences(r#"const TITLE: &str = "Report card";"#), ["1: “Report card”"]);
    assert_eq!(sentences(r#"#[error("the file is damaged")] struct Damaged;"#), ["1: “the file is damaged”"]);
    assert_eq!(sentences(r#"fn f() { println!("All is well"); }"#), ["1: “All is well”"]);
    assert_eq!(sentences(r#"fn f() { Found::new("All is well"); }"#), ["1: “All is well”"]);
    for fine in [
        r#"fn f() { tracing::warn!(code, "a job was not given back"); }"#,
        r#"fn f() { lock().expect("nobody panics with this lock"); }"#,
        r#"fn f() { Error::internal("The work stopped unexpectedly.") }"#,
        r#"fn f() { Err(Lost::new(Reason::Busy, format!("the camera answers {status}"))) }"#,
        r#"const SQL: &str = "SELECT id FROM users WHERE name = $1";"#,
        r#"/// Says what it is. /// And more of it."#,
        r#"#[cfg(test)] mod tests { const SAID: &str = "This is a sentence"; }"#,
        r#"#[test] fn f() { let said = "This is a sentence"; }"#,
        r#"const KEY: &str = "refusals.common.required"; const KIND: &str = "text/csv; charset=utf-8";"#,
    ] {
        assert_eq!(sentences(fine), [""; 0], "{fine}");
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.is_dir() {
            rust_files(&entry, found);
        } else if entry.extension().is_some_and(|ending| ending == "rs") {
            found.push(entry);
        }
    }
}

/// The sentences in a file of Rust, each with its line.
fn sentences(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    look(TokenStream::from_str(code).unwrap(), &mut found);
    found
}

fn look(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {
                let inner = matches!(tokens.get(at + 1), Some(TokenTree::Punct(sign)) if sign.as_char() == '!');
                let Some(TokenTree::Group(attribute)) = tokens.get(at + 1 + usize::from(inner)) else {
                    at += 1;
                    continue;
                };
                at += 2 + usize::from(inner);
                match attribute.stream().to_string().replace(' ', "").as_str() {
                    // What stands under it is no product.
                    "test" | "tokio::test" | "cfg(test)" => at = after_item(&tokens, at),
                    said if said.starts_with("error(") => {
                        attribute.stream().into_iter().for_each(|token| {
                            if let TokenTree::Group(said) = token {
                                look(said.stream(), found);
                            }
                        });
                    }
                    _ => {}
                }
            }
            TokenTree::Group(group) => {
                if !(group.delimiter() == Delimiter::Parenthesis && is_for_support(&tokens[..at])) {
                    look(group.stream(), found);
                }
                at += 1;
            }
            TokenTree::Literal(literal) => {
                let written = literal.to_string();
                if let Some(text) = text_of(&written).filter(|text| is_sentence(text)) {
                    found.push(format!("{}: “{text}”", literal.span().start().line));
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Where several texts of the catalogue go into one `format!`, by line.
fn glued(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    glue(TokenStream::from_str(code).unwrap(), &mut found);
    found
}

fn glue(tokens: TokenStream, found: &mut Vec<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before: Vec<String> = tokens[at.saturating_sub(2)..at].iter().map(ToString::to_string).collect();
        let inside = group.stream().to_string().replace(' ', "");
        let texts: usize = SECTIONS.iter().map(|section| inside.matches(&format!("{section}::")).count()).sum();
        if before == ["format", "!"] && texts > 1 {
            found.push(group.span_open().start().line.to_string());
        } else {
            glue(group.stream(), found);
        }
    }
}

/// The place behind the item that begins here: behind its body, or its semicolon.
fn after_item(tokens: &[TokenTree], from: usize) -> usize {
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(sign) => sign.as_char() == ';',
        _ => false,
    };
    tokens[from..].iter().position(ends).map_or(tokens.len(), |place| from + place + 1)
}

/// Whether what stands before these brackets is a function or a macro whose texts support reads.
fn is_for_support(before: &[TokenTree]) -> bool {
    let mut names =
        before.iter().rev().skip_while(|token| matches!(token, TokenTree::Punct(sign) if sign.as_char() == '!'));
    let Some(TokenTree::Ident(name)) = names.next() else { return false };
    let path: Vec<String> = before.iter().rev().take(4).rev().map(ToString::to_string).collect();
    FOR_SUPPORT.contains(&name.to_string().as_str()) || DETAILED.iter().any(|(made, _)| path.concat() == *made)
}

/// What is between the quotes; none where it is no text.
fn text_of(literal: &str) -> Option<&str> {
    let inside = literal.strip_prefix(['r', '"']).or(Some(literal).filter(|text| text.starts_with('"')))?;
    if literal.starts_with('r') {
        return Some(inside.trim_matches('#').trim_matches('"'));
    }
    literal.strip_prefix('"')?.strip_suffix('"')
}

/// Two words or more that people read: letters with a space between them, and no statement to a database.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', '\n']).collect();
    if words.iter().any(|word| SQL.contains(&word.trim_start_matches('('))) {
        return false;
    }
    let is_word = |word: &str| {
        let plain = word.trim_matches(|c: char| !c.is_alphanumeric());
        plain.chars().count() > 1
            && plain.chars().all(|c| c.is_alphabetic() || "’'-".contains(c))
            && !word.contains(['{', '}', '/', '='])
    };
    words.windows(2).any(|pair| is_word(pair[0]) && is_word(pair[1]))
}
