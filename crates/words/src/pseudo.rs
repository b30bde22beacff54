//! English made strange: a text that goes through the catalogue is seen at once, and one that is too long for its place too.

/// The letters of a text with signs on them, half as long again in brackets; the values in it stay.
///
/// The screen does the same by the same rule.
pub(crate) fn lengthened(text: &str) -> String {
    let mut strange = String::with_capacity(text.len() * 2);
    let (mut letters, mut rest) = (0, text);
    while !rest.is_empty() {
        let plain = rest.find("{{").unwrap_or(rest.len());
        let (before, from_value) = rest.split_at(plain);
        letters += before.chars().count();
        strange.extend(before.chars().map(accented));
        let after = from_value.find("}}").map_or(from_value.len(), |end| end + 2);
        strange.push_str(&from_value[..after]);
        rest = &from_value[after..];
    }
    let longer = "~".repeat((letters * 2).div_ceil(5));
    // What is longer than a word grows by words, so that it can be broken as before.
    let longer = if text.contains(' ') { longer.replace("~~~~~~", " ~~~~~") } else { longer };
    format!("⟦{strange}{longer}⟧")
}

fn accented(letter: char) -> char {
    const PLAIN: &str = "aceghijklnorstuwyzACEGHIJKLNORSTUWYZ";
    const STRANGE: &str = "áćéǵĥíĵķĺńóŕśťúŵýźÁĆÉǴĤÍĴĶĹŃÓŔŚŤÚŴÝŹ";
    let place = PLAIN.chars().position(|plain| plain == letter);
    place.and_then(|place| STRANGE.chars().nth(place)).unwrap_or(letter)
}
