//! Names in three scripts, made by combining common given and family names; nobody in particular.

use rand::RngExt;
use rand::rngs::StdRng;

/// A person's name: in Latin letters, and in the person's own script where that is another.
#[derive(Clone, Debug)]
pub struct Name {
    pub given: String,
    pub family: String,
    pub native: Option<String>,
    pub female: bool,
}

/// Latin given names, girls' and boys'.
const LATIN_GIRLS: [&str; 20] = [
    "Amélie",
    "Beatriz",
    "Chloë",
    "Daria",
    "Elif",
    "Freya",
    "Grace",
    "Hanna",
    "Inês",
    "Julia",
    "Katarzyna",
    "Leonor",
    "Maja",
    "Nia",
    "Olivia",
    "Priscilla",
    "Renée",
    "Sofía",
    "Thảo",
    "Zoë",
];
const LATIN_BOYS: [&str; 20] = [
    "Anders", "Bruno", "Cédric", "David", "Emeka", "Filip", "Gonçalo", "Hugo", "Ivan", "João", "Kwame", "Lukas",
    "Mateusz", "Niall", "Óscar", "Pedro", "Rúben", "Søren", "Tomáš", "Youssef",
];
const LATIN_FAMILIES: [&str; 24] = [
    "Almeida",
    "Ångström",
    "Bennett",
    "Castro",
    "Čapek",
    "Dlamini",
    "Eriksen",
    "Fernández",
    "García-Lorca",
    "Hughes",
    "Ibáñez",
    "Jansen",
    "Kowalczyk",
    "Łukasiewicz",
    "Müller",
    "Nguyễn",
    "O'Connor",
    "Okonkwo",
    "Pereira da Silva",
    "Quaye",
    "Rossi",
    "Strauß",
    "Van der Berg",
    "Yılmaz",
];

/// Given and family names with their own script: Devanagari.
const DEVANAGARI_GIRLS: [(&str, &str); 10] = [
    ("Aaradhya", "आराध्या"),
    ("Diya", "दिया"),
    ("Ishita", "इशिता"),
    ("Kavya", "काव्या"),
    ("Lakshmi", "लक्ष्मी"),
    ("Meera", "मीरा"),
    ("Priya", "प्रिया"),
    ("Riddhi", "रिद्धि"),
    ("Shreya", "श्रेया"),
    ("Vidya", "विद्या"),
];
const DEVANAGARI_BOYS: [(&str, &str); 10] = [
    ("Aarav", "आरव"),
    ("Arjun", "अर्जुन"),
    ("Dhruv", "ध्रुव"),
    ("Ishaan", "ईशान"),
    ("Krishna", "कृष्ण"),
    ("Manish", "मनीष"),
    ("Rohan", "रोहन"),
    ("Siddharth", "सिद्धार्थ"),
    ("Vihaan", "विहान"),
    ("Yash", "यश"),
];
const DEVANAGARI_FAMILIES: [(&str, &str); 10] = [
    ("Sharma", "शर्मा"),
    ("Dwivedi", "द्विवेदी"),
    ("Joshi", "जोशी"),
    ("Kulkarni", "कुलकर्णी"),
    ("Mishra", "मिश्रा"),
    ("Patil", "पाटिल"),
    ("Singh", "सिंह"),
    ("Trivedi", "त्रिवेदी"),
    ("Verma", "वर्मा"),
    ("Yadav", "यादव"),
];

/// Given and family names with their own script: Arabic.
const ARABIC_GIRLS: [(&str, &str); 10] = [
    ("Aisha", "عائشة"),
    ("Fatima", "فاطمة"),
    ("Hala", "هالة"),
    ("Khadija", "خديجة"),
    ("Layla", "ليلى"),
    ("Maryam", "مريم"),
    ("Noor", "نور"),
    ("Rania", "رانيا"),
    ("Salma", "سلمى"),
    ("Yasmin", "ياسمين"),
];
const ARABIC_BOYS: [(&str, &str); 10] = [
    ("Ahmad", "أحمد"),
    ("Bilal", "بلال"),
    ("Hamza", "حمزة"),
    ("Ibrahim", "إبراهيم"),
    ("Karim", "كريم"),
    ("Mahmoud", "محمود"),
    ("Muhammad", "محمد"),
    ("Omar", "عمر"),
    ("Tariq", "طارق"),
    ("Yusuf", "يوسف"),
];
const ARABIC_FAMILIES: [(&str, &str); 10] = [
    ("Abdullah", "عبد الله"),
    ("Al-Amin", "الأمين"),
    ("Al-Khatib", "الخطيب"),
    ("Al-Masri", "المصري"),
    ("Darwish", "درويش"),
    ("Haddad", "حداد"),
    ("Mansour", "منصور"),
    ("Nasser", "ناصر"),
    ("Saleh", "صالح"),
    ("Zaydan", "زيدان"),
];

fn pick<'a, T>(rng: &mut StdRng, from: &'a [T]) -> &'a T {
    &from[rng.random_range(0..from.len())]
}

/// A name; three in five in Latin letters, one in five each in Devanagari and Arabic. Every fifth of those has no Latin
/// form at all, as happens where a school writes its own script.
pub fn name(rng: &mut StdRng) -> Name {
    let female = rng.random_bool(0.5);
    let (given, family) = match rng.random_range(0..5) {
        0 => (*pick(rng, if female { &DEVANAGARI_GIRLS } else { &DEVANAGARI_BOYS }), *pick(rng, &DEVANAGARI_FAMILIES)),
        1 => (*pick(rng, if female { &ARABIC_GIRLS } else { &ARABIC_BOYS }), *pick(rng, &ARABIC_FAMILIES)),
        _ => {
            let given = (*pick(rng, if female { &LATIN_GIRLS } else { &LATIN_BOYS })).to_owned();
            let family = (*pick(rng, &LATIN_FAMILIES)).to_owned();
            return Name { given, family, native: None, female };
        }
    };
    if rng.random_ratio(1, 5) {
        return Name { given: given.1.to_owned(), family: family.1.to_owned(), native: None, female };
    }
    let native = Some(format!("{} {}", given.1, family.1));
    Name { given: given.0.to_owned(), family: family.0.to_owned(), native, female }
}
