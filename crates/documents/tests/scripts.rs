//! Names and comments in the scripts of the world's schools: printed, and found by other programs as
//! they were written.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;

use common::{all_fonts, ask, fonts, made, words};
use documents::{Comment, Fonts, ProblemCode, foretell, sample_cards};

/// A name, and a sentence of a comment, in each script.
const SCRIPTS: [(&str, &str, &str); 33] = [
    ("Latin", "Nguyễn Thị Hà", "Đọc tốt."),
    ("Greek", "Ελένη Παπαδοπούλου", "Πολύ καλή πρόοδος."),
    ("Cyrillic", "Юлія Їжак", "Читає добре."),
    ("Devanagari", "श्रीमती क्ष्मा द्विवेदी", "अच्छा काम।"),
    ("Arabic", "محمد عبد الله", "عمل جيد"),
    ("Hebrew", "נועה כהן", "עבודה טובה"),
    ("Thai", "สมชาย ใจดี", "ตั้งใจเรียนดีมาก"),
    ("Chinese", "张伟", "学习认真，进步很大。"),
    ("Chinese, traditional", "陳怡君", "學習認真，進步很大。"),
    ("Japanese", "佐藤 さくら", "よく努力しました。"),
    ("Korean", "김민준", "열심히 공부했습니다."),
    ("Tamil", "முருகன் செல்வி", "நன்றாகப் படிக்கிறார்."),
    ("Bengali", "সৌরভ চট্টোপাধ্যায়", "ভালো কাজ।"),
    ("Telugu", "వెంకట రమణ", "బాగా చదువుతున్నాడు."),
    ("Georgian", "ნინო ბერიძე", "კარგად სწავლობს."),
    ("Armenian", "Անի Սարգսյան", "Լավ է սովորում։"),
    ("Ethiopic", "ሰላም ተስፋዬ", "ጥሩ ሥራ።"),
    ("Gujarati", "હાર્દિક પટેલ", "સારું કામ."),
    ("Gurmukhi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ", "ਚੰਗਾ ਕੰਮ।"),
    ("Kannada", "ಕೃಷ್ಣ ಮೂರ್ತಿ", "ಚೆನ್ನಾಗಿದೆ."),
    ("Malayalam", "ലക്ഷ്മി നായർ", "നന്നായി പഠിക്കുന്നു."),
    ("Sinhala", "ශ්‍රී නිමල් පෙරේරා", "හොඳ වැඩක්."),
    ("Khmer", "សុខ ស្រីមុំ", "រៀនបានល្អ។"),
    ("Lao", "ສົມສັກ ແກ້ວມະນີ", "ຮຽນດີ"),
    ("Myanmar", "အောင်ဆန်း မြင့်", "ကောင်းပါတယ်။"),
    ("Odia", "ଜଗନ୍ନାଥ ମିଶ୍ର", "ଭଲ କାମ।"),
    ("Tibetan", "བསྟན་འཛིན་", "ཡག་པོ་བྱུང་།"),
    ("Thaana", "އައިޝަތު", "ރަނގަޅު"),
    ("Syriac", "ܝܘܚܢܢ", "ܫܦܝܪ"),
    ("Tifinagh", "ⵜⴰⵏⵉⵔⵜ", "ⵢⵓⵍⵖ"),
    ("Cherokee", "ᏣᎳᎩ", "ᎣᏍᏓ"),
    ("Inuktitut", "ᐱᑕ ᐊᓇᐅᑦ", "ᐱᐅᔪᖅ"),
    ("Ol Chiki", "ᱵᱟᱦᱟ", "ᱵᱮᱥ"),
];

#[test]
fn every_script_is_printed_and_read_back() {
    let Some(fonts) = all_fonts() else { return };
    let mut cards = sample_cards(SCRIPTS.len(), 2);
    for (card, (script, name, comment)) in cards.iter_mut().zip(SCRIPTS) {
        card.student.name = name.to_owned();
        card.student.name_native = None;
        card.student.class = script.to_owned();
        card.subjects[0].comment = Some(comment.to_owned());
        card.class_teacher = Some(Comment { author: name.to_owned(), text: comment.to_owned() });
    }
    assert_eq!(foretell(&cards, &fonts), []);
    let outcome = made(&cards, &fonts);
    assert_eq!((outcome.cards, outcome.problems.len()), (SCRIPTS.len(), 0), "{:?}", outcome.problems);
    keep("scripts.pdf", &outcome.pdf);
    let Some(text) = words(&outcome.pdf) else { return };
    // Readers break lines where they see fit; a script without spaces has none to lose.
    let plain = |text: &str| -> String { text.split_whitespace().collect() };
    for (page, (script, name, comment)) in text.split('\u{c}').zip(SCRIPTS) {
        let page = plain(page);
        if script == "Thaana" {
            // poppler does not turn this script round: every letter is there, in the line's order.
            assert!(plain(name).chars().all(|letter| page.contains(letter)), "{script}: {name} in {page}");
            continue;
        }
        assert!(page.contains(&plain(name)), "{script}: {name} in {page}");
        assert!(page.contains(&plain(comment)), "{script}: {comment} in {page}");
    }
}

#[test]
fn one_sheet_mixes_scripts_signs_and_emoji() {
    let Some(fonts) = all_fonts() else { return };
    let mut cards = sample_cards(1, 3);
    cards[0].student.name = "Wei Zhang".to_owned();
    cards[0].student.name_native = Some("张伟".to_owned());
    let text = "Well done 🎉 12 of 20! ★ ✓ → x² ≥ 4, √2 ≈ 1.41, 😀👍🏽. ❤️ 김민준 and สมชาย.";
    cards[0].class_teacher = Some(Comment { author: String::new(), text: text.to_owned() });
    let outcome = made(&cards, &fonts);
    assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
    keep("mixed.pdf", &outcome.pdf);
    let Some(read) = words(&outcome.pdf) else { return };
    for part in ["张伟", "🎉", "12 of 20!", "★", "✓", "→", "≥ 4", "√2", "😀", "❤", "김민준", "สมชาย"]
    {
        assert!(read.contains(part), "{part} in {read}");
    }
}

#[test]
fn han_characters_are_set_as_the_country_writes_them() {
    let Some(fonts) = all_fonts() else { return };
    let used = |name: &str, language: &str| {
        let mut card = sample_cards(1, 1).remove(0);
        (card.student.name, card.student.name_native) = (name.to_owned(), None);
        card.labels.language = language.to_owned();
        ask("pdffonts", &[], &made(&[card], &fonts).pdf, &[])
    };
    for (name, language, font) in [
        ("张伟", "en", "NotoSansSC"),
        ("張偉", "en", "NotoSansTC"),
        ("渡辺 翔", "en", "NotoSansJP"),
        ("金 김", "en", "NotoSansKR"),
        ("王小明", "en", "NotoSansSC"),
        ("王小明", "zh-TW", "NotoSansTC"),
        ("田中", "ja", "NotoSansJP"),
    ] {
        let Some(list) = used(name, language) else { return };
        assert!(list.contains(font), "{name} in {language}: {list}");
        assert_eq!(list.matches("NotoSans").count(), 3, "regular, heavier, and one more: {list}");
    }
}

/// A fonts folder without the East Asian part, in which they can be put later.
#[test]
fn the_east_asian_part_can_be_left_out_and_added_later() {
    if all_fonts().is_none() {
        return;
    }
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/fonts");
    let (program, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for entry in std::fs::read_dir(&whole).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let large =
            ["NotoSansSC", "NotoSansTC", "NotoSansJP", "NotoSansKR"].iter().any(|large| name.starts_with(large));
        let to = if large { data.path() } else { program.path() };
        std::fs::copy(&path, to.join(name)).unwrap();
    }
    let mut cards = sample_cards(3, 1);
    cards[0].student.name = "王小明".to_owned();
    cards[1].student.name = "Wei 张伟".to_owned();
    let without = Fonts::load(program.path()).unwrap();
    let outcome = made(&cards, &without);
    assert_eq!((outcome.cards, outcome.pages), (3, 3), "the letters are left out, never the card");
    let found: Vec<_> = outcome.problems.iter().map(|p| (p.student.as_str(), p.code, p.letters.clone())).collect();
    let missing = ProblemCode::EastAsianFontsMissing;
    assert_eq!(found, [("S-10400", missing, vec!['王', '小', '明']), ("S-10401", missing, vec!['张', '伟'])]);
    assert_eq!(foretell(&cards, &without), outcome.problems);
    if let Some(read) = words(&outcome.pdf) {
        let first = read.split('\u{c}').next().unwrap();
        assert!(
            first.starts_with("Riverside") && first.matches("S-10400").count() == 3,
            "the number stands in: {first}"
        );
    }
    let with = Fonts::load(program.path()).unwrap().and_from(data.path().to_owned());
    assert_eq!(made(&cards, &with).problems, []);
    let large: Vec<_> = with.families().into_iter().filter(|state| state.east_asian).collect();
    assert!(large.len() == 4 && large.iter().all(|state| state.usable && state.file.is_some()));
}

#[test]
fn a_broken_font_takes_its_letters_and_nothing_else() {
    let Some(_) = fonts() else { return };
    let folder = tempfile::tempdir().unwrap();
    let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../vendor/fonts");
    for (_, name) in documents::FONT_FILES {
        std::fs::copy(whole.join(name), folder.path().join(name)).unwrap();
    }
    std::fs::write(folder.path().join("NotoSansThai-Regular.ttf"), b"no font").unwrap();
    let fonts = Fonts::load(folder.path()).unwrap();
    let mut cards = sample_cards(2, 1);
    cards[0].student.name = "Somchai สม\u{e49}".to_owned();
    let outcome = made(&cards, &fonts);
    assert_eq!((outcome.cards, outcome.problems.len()), (2, 1));
    assert_eq!(outcome.problems[0].letters, ['ส', 'ม', '\u{e49}']);
    let thai = fonts.families().into_iter().find(|state| state.name == "NotoSansThai").unwrap();
    assert!(thai.file.is_some() && !thai.usable);
}

/// Keeps a file where whoever changes the look of print can see it.
fn keep(name: &str, pdf: &[u8]) {
    std::fs::write(Path::new(env!("CARGO_TARGET_TMPDIR")).join(name), pdf).unwrap();
}
