//! Bytes to text: which encoding a file is in, and how sure that is. Spreadsheet programs still save in the encoding of the
//! country, so a file that is no UTF-8 is read by its letters, and the person is shown some of them.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use words::faults::exchange::found;

use crate::error::ExchangeError;
use crate::reading::EncodingRead;

/// Words shown to a person, from which they see whether the letters are right.
const SAMPLES: usize = 6;
/// The upper half of code page 850, which DOS and "CSV (MS-DOS)" write in western Europe.
const IBM850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// What a file may be read as when a person says so.
pub(crate) const NAMES: &[&str] = &[
    "UTF-8",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "ISO-8859-2",
    "macintosh",
    "IBM850",
    "IBM866",
    "KOI8-R",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "GBK",
    "Big5",
    "EUC-KR",
];

/// One way of reading bytes as text.
#[derive(Clone, Copy, PartialEq)]
enum Page {
    Known(&'static Encoding),
    Ibm850,
}

impl Page {
    fn named(name: &str) -> Option<Self> {
        if ["ibm850", "cp850", "850"].iter().any(|known| name.trim().eq_ignore_ascii_case(known)) {
            return Some(Self::Ibm850);
        }
        Encoding::for_label(name.as_bytes()).map(Self::Known)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Known(encoding) => encoding.name(),
            Self::Ibm850 => "IBM850",
        }
    }

    /// The text, or the first byte that has no meaning.
    fn read(self, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Known(encoding) => {
                encoding.decode_without_bom_handling_and_without_replacement(bytes).map(|text| text.into_owned())
            }
            Self::Ibm850 => {
                let upper: Vec<char> = IBM850.chars().collect();
                let letter = |byte: &u8| match byte {
                    0..0x80 => Some(char::from(*byte)),
                    _ => upper.get(usize::from(*byte) - 0x80).copied(),
                };
                bytes.iter().map(letter).collect()
            }
        }
    }
}

/// The text of a file, and how it was read. `said` is the encoding that a person, or the file itself, names.
///
/// # Errors
/// An encoding that is not known, bytes that have no meaning in it, or a file that is damaged UTF-8.
pub(crate) fn decode(file: &str, bytes: Vec<u8>, said: Option<&str>) -> Result<(String, EncodingRead), ExchangeError> {
    if let Some(name) = said {
        let page = Page::named(name).ok_or_else(|| ExchangeError::UnknownEncoding { name: name.to_owned() })?;
        let bytes = without_mark(&bytes);
        let text = page.read(bytes).ok_or_else(|| meaningless(file, bytes, page.name()))?;
        let read = EncodingRead { name: page.name().to_owned(), ..EncodingRead::default() };
        return Ok((without_first_mark(text), read));
    }
    let certain = |page: &'static Encoding| EncodingRead { name: page.name().to_owned(), ..EncodingRead::default() };
    if let Some(page) = by_mark(&bytes).or_else(|| wide(&bytes)) {
        let rest = without_mark(&bytes);
        let text = Page::Known(page).read(rest).ok_or_else(|| meaningless(file, rest, page.name()))?;
        return Ok((without_first_mark(text), certain(page)));
    }
    let escapes = bytes.windows(2).any(|two| two == b"\x1b$" || two == b"\x1b(");
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if !escapes => return Ok((text, certain(UTF_8))),
        Ok(text) => text.into_bytes(),
        Err(error) => error.into_bytes(),
    };
    by_letters(file, &bytes)
}

/// Whether a file is in UTF-8, or in UTF-16 by its first bytes.
pub(crate) fn is_unicode(bytes: &[u8]) -> bool {
    by_mark(bytes).or_else(|| wide(bytes)).is_some() || std::str::from_utf8(bytes).is_ok()
}

fn by_letters(file: &str, bytes: &[u8]) -> Result<(String, EncodingRead), ExchangeError> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    if guess.is_single_byte() && mostly_utf8(bytes) {
        return Err(damaged(file, bytes));
    }
    let mut pages = vec![Page::Known(guess)];
    if guess.is_single_byte() {
        pages.extend([Page::Known(WINDOWS_1252), Page::Known(MACINTOSH), Page::Ibm850]);
    }
    let read = pages.into_iter().filter_map(|page| Some((page, page.read(bytes)?)));
    // Of equally good ones the first.
    let best = read.map(|(page, text)| (odd_letters(&text), page, text)).min_by_key(|(odd, _, _)| *odd);
    let Some((odd, page, text)) = best else { return Err(meaningless(file, bytes, guess.name())) };
    if odd > 0 && odd * 4 > text.chars().filter(|c| !c.is_ascii()).count() {
        return Err(damaged(file, bytes));
    }
    let others = NAMES.iter().copied().filter(|name| {
        *name != page.name()
            && !name.starts_with("UTF")
            && Page::named(name).and_then(|page| page.read(bytes)).is_some_and(|other| other != text)
    });
    let read = EncodingRead {
        name: page.name().to_owned(),
        guessed: true,
        samples: samples(&text),
        others: others.map(str::to_owned).collect(),
    };
    Ok((text, read))
}

fn by_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    let length = Encoding::for_bom(bytes).map_or(0, |(_, length)| length);
    bytes.get(length..).unwrap_or_default()
}

/// A second mark is left by programs that put files together.
fn without_first_mark(text: String) -> String {
    text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)
}

/// UTF-16 without a mark: every other byte of what is mostly Latin is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = bytes.get(..bytes.len().min(512) & !1)?;
    let zeros = |place: usize| start.chunks_exact(2).filter(|two| two.get(place) == Some(&0)).count();
    let (high, low) = (zeros(0), zeros(1));
    let most = start.len() / 2 * 7 / 10;
    match (high > most, low > most) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// Whether what is beyond ASCII is more often good UTF-8 than not: then the file is a damaged one and in no other encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= bad && good > 0
}

/// How many characters are not what stands in a word: signs between letters, capitals behind small letters, codes without a sign.
fn odd_letters(text: &str) -> usize {
    let mut odd = 0;
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        if !c.is_ascii() {
            let after = letters.peek().copied().unwrap_or(' ');
            // Low quotation marks and daggers stand before a word, and are what other encodings have for é, ä and à.
            let behind = "‚„†‡ˆ‰‹".contains(c) && !before.is_whitespace();
            let inside = before.is_alphabetic() && (after.is_alphabetic() || behind);
            let sign = !c.is_alphanumeric() && !is_mark(c) && !"’‘ʼ·".contains(c) && inside;
            let capital =
                c.is_uppercase() && (before.is_lowercase() || (before.is_uppercase() && after.is_lowercase()));
            odd += usize::from(sign || capital || c.is_control());
        }
        before = c;
    }
    odd
}

/// Vowel signs and the like, which stand inside words of many scripts.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

fn samples(text: &str) -> Vec<String> {
    let words = text.split(|c: char| c.is_whitespace() || ",;\"|".contains(c)).filter(|word| !word.is_ascii());
    let mut shown: Vec<String> = Vec::new();
    for word in words {
        let word = crate::log::shown(word);
        if !shown.contains(&word) {
            shown.push(word);
        }
        if shown.len() == SAMPLES {
            break;
        }
    }
    shown
}

fn line_of(bytes: &[u8], place: usize) -> u32 {
    1 + bytes.iter().take(place).filter(|byte| **byte == b'\n').count() as u32
}

fn damaged(file: &str, bytes: &[u8]) -> ExchangeError {
    let good = std::str::from_utf8(bytes).err().map_or(0, |error| error.valid_up_to());
    let byte = bytes.get(good).copied().unwrap_or_default();
    let found = found::byte(format!("{byte:02X}"));
    ExchangeError::Encoding { file: file.to_owned(), line: line_of(bytes, good), found }
}

fn meaningless(file: &str, bytes: &[u8], encoding: &str) -> ExchangeError {
    let place = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let found = found::meaningless(encoding);
    ExchangeError::Encoding { file: file.to_owned(), line: line_of(bytes, place), found }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, EncodingRead) {
        decode("list.csv", bytes.to_vec(), None).unwrap()
    }

    #[test]
    fn utf8_and_utf16_are_read_with_and_without_a_mark() {
        let text = "Student No;Name\n1;Zoë 王\n";
        let wide = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<u8>>();
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
            [b"\xFF\xFE".to_vec(), wide(u16::to_le_bytes)].concat(),
            [b"\xFE\xFF".to_vec(), wide(u16::to_be_bytes)].concat(),
            wide(u16::to_le_bytes),
        ] {
            let (read, how) = read(&bytes);
            assert_eq!(read, text);
            assert!(!how.guessed);
        }
    }

    #[test]
    fn letters_of_the_country_are_read_and_shown() {
        let (text, how) = read(b"1001;Zo\xEB;M\xFCller\n1002;S\xF8ren;Fr\xF6\n");
        assert_eq!(text, "1001;Zoë;Müller\n1002;Søren;Frö\n");
        assert_eq!((how.name.as_str(), how.guessed), ("windows-1252", true));
        assert_eq!(how.samples, ["Zoë", "Müller", "Søren", "Frö"]);
        for (name, text) in [
            ("windows-1251", "1001;Анна;Иванова\n1002;Пётр;Смирнов\n"),
            ("Shift_JIS", "番号,氏名\n1,山田 太郎\n2,鈴木 花子\n"),
            ("GBK", "学号,姓名,班级\n1,王小明,七年级二班\n2,李华,七年级一班\n"),
            ("EUC-KR", "번호,이름\n1,김민준\n2,이서연\n"),
            ("windows-1256", "الرقم,الاسم\n1,محمد علي\n2,فاطمة حسن\n"),
        ] {
            let (bytes, _, lost) = Encoding::for_label(name.as_bytes()).unwrap().encode(text);
            assert!(!lost);
            assert_eq!(read(&bytes).0, text, "{name}");
        }
    }

    #[test]
    fn old_macs_and_dos_are_told_from_windows() {
        assert_eq!(read(b"1;Ren\x8E;M\x9Fller\n").0, "1;René;Müller\n");
        assert_eq!(read(b"1;Ren\x82;M\x81ller;Jos\x82\n").0, "1;René;Müller;José\n");
        assert_eq!(read(b"1;Ren\x82;Lee\n").0, "1;René;Lee\n");
    }

    #[test]
    fn damaged_utf8_is_no_other_encoding() {
        let bytes = [("1;Zoë\n2;Jürgen\n3;André\n").as_bytes(), b"4;M\xFCller\n"].concat();
        let error = decode("list.csv", bytes, None).unwrap_err();
        assert!(matches!(error, ExchangeError::Encoding { line: 4, .. }), "{error}");
    }

    #[test]
    fn a_person_may_say_the_encoding() {
        let (text, how) = decode("a.csv", b"\xC1".to_vec(), Some("windows-1253")).unwrap();
        assert_eq!((text.as_str(), how.guessed), ("Α", false));
        assert_eq!(decode("a.csv", b"\xE1".to_vec(), Some("klingon")).unwrap_err().code(), "exchange.unknown_encoding");
        assert_eq!(decode("a.csv", b"\xE1".to_vec(), Some("UTF-8")).unwrap_err().code(), "exchange.encoding");
    }
}
