//! Which of the East Asian fonts a text is set in: the same code point is drawn otherwise in Beijing,
//! Taipei, Tokyo and Seoul. A text tells by its syllables, or by which country's character set holds
//! its characters; where it does not tell, the document around it does.

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS};
use harfrust::{Script, unicode};

/// A way of writing, in the order of [`EAST_ASIAN_FONTS`](crate::font_files::EAST_ASIAN_FONTS).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Region {
    Simplified,
    Traditional,
    Japanese,
    Korean,
}

use Region::{Japanese, Korean, Simplified, Traditional};

/// All of them, the preferred one first.
pub(crate) type Order = [Region; 4];

/// Where nothing tells.
pub(crate) const DEFAULT: Order = [Simplified, Traditional, Japanese, Korean];

/// Whether a character belongs to East Asian writing, with its own signs and wide forms.
pub(crate) fn is_east_asian(c: char) -> bool {
    let script = unicode::script(u32::from(c));
    matches!(script, Script::HAN | Script::HIRAGANA | Script::KATAKANA | Script::HANGUL | Script::BOPOMOFO)
        || matches!(c, '\u{2E80}'..='\u{303F}' | '\u{3099}'..='\u{309C}' | '\u{30A0}' | '\u{30FB}' | '\u{30FC}')
        || matches!(c, '\u{31C0}'..='\u{31EF}' | '\u{3200}'..='\u{33FF}' | '\u{FE30}'..='\u{FE4F}')
        || matches!(c, '\u{FF01}'..='\u{FF65}' | '\u{FFE0}'..='\u{FFE6}' | '\u{1F200}'..='\u{1F2FF}')
}

/// The order for a text inside a document whose order is `around`.
pub(crate) fn of_text(text: &str, around: Order) -> Order {
    best(text.chars(), around).map_or(around, |first| preferring(first, around))
}

/// The order for a document in a language (a BCP 47 tag), by the tag or else by all its texts.
pub(crate) fn of_document<'t>(language: &str, texts: impl Iterator<Item = &'t str>) -> Order {
    let tag = language.to_ascii_lowercase();
    let is = |start: &str| tag == start || tag.starts_with(&format!("{start}-"));
    let has = |part: &str| tag.split('-').any(|of_tag| of_tag == part);
    let traditional = !has("hans") && ["hant", "tw", "hk", "mo"].into_iter().any(has);
    let first = if is("ja") {
        Some(Japanese)
    } else if is("ko") {
        Some(Korean)
    } else if is("zh") {
        Some(if traditional { Traditional } else { Simplified })
    } else {
        best(texts.flat_map(str::chars), DEFAULT)
    };
    first.map_or(DEFAULT, |first| preferring(first, DEFAULT))
}

fn preferring(first: Region, order: Order) -> Order {
    let mut sorted = order;
    sorted.sort_by_key(|region| *region != first);
    sorted
}

/// The region that the characters speak for; none where they speak for none, or for several of which
/// `around` already prefers one.
fn best(text: impl Iterator<Item = char>, around: Order) -> Option<Region> {
    // Syllables first: nobody else writes them. Then in whose set the most characters are.
    let mut syllables = [0_u32; 4];
    let mut held = [0_u32; 4];
    let mut any = false;
    for c in text.filter(|c| *c >= '\u{1100}') {
        match unicode::script(u32::from(c)) {
            Script::HIRAGANA | Script::KATAKANA => syllables[Japanese as usize] += 1,
            Script::HANGUL => syllables[Korean as usize] += 1,
            Script::BOPOMOFO => syllables[Traditional as usize] += 1,
            Script::HAN => {
                any = true;
                for region in DEFAULT {
                    held[region as usize] += u32::from(holds(region, c));
                }
            }
            _ => {}
        }
    }
    let counts = if syllables.iter().any(|&count| count > 0) {
        syllables
    } else if any {
        held
    } else {
        return None;
    };
    let most = counts.iter().copied().max()?;
    around.into_iter().find(|region| counts[*region as usize] == most)
}

/// Whether a region's national character set (GB 2312, Big5, JIS X 0208 with the makers' additions,
/// KS X 1001) has the Han character.
fn holds(region: Region, c: char) -> bool {
    match region {
        // GBK holds the traditional forms too; the part that GB 2312 fills does not.
        Simplified => bytes(GBK, c).is_some_and(|[lead, trail]| (0xB0..=0xF7).contains(&lead) && trail >= 0xA1),
        Traditional => bytes(BIG5, c).is_some(),
        Japanese => bytes(SHIFT_JIS, c).is_some(),
        Korean => bytes(EUC_KR, c).is_some_and(|[lead, trail]| (0xCA..=0xFD).contains(&lead) && trail >= 0xA1),
    }
}

fn bytes(encoding: &'static Encoding, c: char) -> Option<[u8; 2]> {
    let mut utf8 = [0; 4];
    let (bytes, _, unmappable) = encoding.encode(c.encode_utf8(&mut utf8));
    if unmappable { None } else { bytes.as_ref().try_into().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_set_as_its_country_writes_it() {
        let alone = |text: &str| of_text(text, DEFAULT)[0];
        for (text, region) in [
            ("张伟", Simplified),
            ("陈静怡", Simplified),
            ("張偉", Traditional),
            ("陳怡君", Traditional),
            ("ㄅㄆㄇ", Traditional),
            ("渡辺 翔太", Japanese),
            ("さくら", Japanese),
            ("佐藤 エミ", Japanese),
            ("김민준", Korean),
            ("金民俊 (김민준)", Korean),
            // Every set has these: nothing tells.
            ("王小明", Simplified),
            ("田中", Simplified),
        ] {
            assert_eq!(alone(text), region, "{text}");
        }
        assert_eq!(alone("Ada Lovelace"), Simplified);
    }

    #[test]
    fn where_a_name_does_not_tell_the_document_does() {
        let japanese = of_document("en", ["田中 翔", "よくできました。"].into_iter());
        assert_eq!(of_text("田中", japanese)[0], Japanese);
        assert_eq!(of_text("张伟", japanese)[0], Simplified, "its own characters tell more");
        assert_eq!(of_document("zh-TW", [].into_iter())[0], Traditional);
        assert_eq!(of_document("zh-Hans-HK", ["張偉"].into_iter())[0], Simplified);
        assert_eq!(of_document("ko", ["王小明"].into_iter())[0], Korean);
        assert_eq!(of_document("en", ["Ada"].into_iter()), DEFAULT);
    }
}
