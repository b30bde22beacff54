//! Which font files the documents need: where they come from and what they are called beside the
//! program. Plain constants, so that the build tasks can include this file.

/// The faces without which nothing is printed, two weights each of Noto Sans (Latin, Greek,
/// Cyrillic, Devanagari) and Noto Naskh Arabic: (path below `node_modules`, name in the fonts
/// folder).
pub const FONT_FILES: &[(&str, &str)] = &[
    ("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf"),
    ("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf", "NotoSans-SemiBold.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/NotoNaskhArabic_400Regular.ttf", "NotoNaskhArabic-Regular.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/NotoNaskhArabic_600SemiBold.ttf", "NotoNaskhArabic-SemiBold.ttf"),
];

/// The licences that must travel with those fonts: (path below this crate's folder, name in the
/// fonts folder). The other fonts bring theirs in their package.
pub const FONT_LICENCES: &[(&str, &str)] = &[
    ("licences/NotoSans-OFL.txt", "NotoSans-OFL.txt"),
    ("licences/NotoNaskhArabic-OFL.txt", "NotoNaskhArabic-OFL.txt"),
];

/// A typeface that is read only when a document has a letter of it, and may be missing.
#[derive(Clone, Copy, Debug)]
pub struct Family {
    /// As its files are called: `NAME-Regular.ttf`, and `NAME-SemiBold.ttf` where it has two weights.
    pub name: &'static str,
    /// ISO 15924 code of the script that it is for; empty for signs of no script.
    pub script: &'static str,
    pub semibold: bool,
    /// The npm package's name after `@expo-google-fonts/`.
    pub package: &'static str,
    pub version: &'static str,
    /// SHA-256 of the package's archive.
    pub sha256: &'static str,
}

impl Family {
    /// The file of its regular weight.
    #[must_use]
    pub fn regular(&self) -> String {
        format!("{}-Regular.ttf", self.name)
    }

    /// The file of its heavier weight, if it has one.
    #[must_use]
    pub fn heavier(&self) -> Option<String> {
        self.semibold.then(|| format!("{}-SemiBold.ttf", self.name))
    }
}

const fn family([name, script, package, version]: [&'static str; 4], semibold: bool, sha256: &'static str) -> Family {
    Family { name, script, semibold, package, version, sha256 }
}

/// The scripts of the world's schools, then signs, formulas and emoji.
pub const SCRIPT_FONTS: &[Family] = &[
    family(
        ["NotoSansHebrew", "Hebr", "noto-sans-hebrew", "0.4.1"],
        true,
        "f82f8e852e3355521c511f2762a0130216d208d108bf4739aa977eb6a6d3012c",
    ),
    family(
        ["NotoSansThai", "Thai", "noto-sans-thai", "0.4.2"],
        true,
        "44282ae7c24587e7e50f083e5db3aafa8011ac2eac1159ef62be4fc516a66165",
    ),
    family(
        ["NotoSansTamil", "Taml", "noto-sans-tamil", "0.4.3"],
        true,
        "e86c62e93d3e47ec8b93f71681e1ae2010b22a9f5e8bcd496b3e46c6ba70750e",
    ),
    family(
        ["NotoSansBengali", "Beng", "noto-sans-bengali", "0.4.4"],
        true,
        "aea68a0e86d50c55739f11b3efebf859cbc63219ad1dfbf83dc7e6cfd84a4243",
    ),
    family(
        ["NotoSansTelugu", "Telu", "noto-sans-telugu", "0.4.2"],
        true,
        "ffff86f2371e34a7f0c5b14c9d0eef1e4dc50556afb6fd0e74aebfb29dd1436f",
    ),
    family(
        ["NotoSansGeorgian", "Geor", "noto-sans-georgian", "0.4.3"],
        true,
        "2dfa188c507dc5587fa05a2ffc474aba026ddbd4af1d7f6f42ff9cb039d7dc0d",
    ),
    family(
        ["NotoSansArmenian", "Armn", "noto-sans-armenian", "0.4.2"],
        true,
        "2e25bf01929800ac7f61cb69750839a92555371f66d5d1fef515b2b2ad83b0fc",
    ),
    family(
        ["NotoSansEthiopic", "Ethi", "noto-sans-ethiopic", "0.4.2"],
        true,
        "3030fe790f54df5297904e82da1d5216df61064af4e2ca2972ad166a6ad81f49",
    ),
    family(
        ["NotoSansGujarati", "Gujr", "noto-sans-gujarati", "0.4.2"],
        true,
        "8755e83efd5f0a75427bcb9adae912167c6c1fbd94d2a820c91655e0b58673af",
    ),
    family(
        ["NotoSansGurmukhi", "Guru", "noto-sans-gurmukhi", "0.4.1"],
        true,
        "a880021879dfa6df078c64a414c07045491269d6ed2f585487208eccb1e0d326",
    ),
    family(
        ["NotoSansKannada", "Knda", "noto-sans-kannada", "0.4.3"],
        true,
        "e992988b66d3fa6c19a569d60b6fabb1b84df4789ce13ee6d643fdddc6720dad",
    ),
    family(
        ["NotoSansMalayalam", "Mlym", "noto-sans-malayalam", "0.4.2"],
        true,
        "0f8036413aec0173042900862a9bd6c4180b755d1075f8e05561ced8e9304ca3",
    ),
    family(
        ["NotoSansSinhala", "Sinh", "noto-sans-sinhala", "0.4.2"],
        true,
        "3c73b2be95baaae05b3cddde8a7a59b82f290776bda38b14fa67db6a9c845bce",
    ),
    family(
        ["NotoSansKhmer", "Khmr", "noto-sans-khmer", "0.4.3"],
        true,
        "cb4f3e93186d59c60d21b386fde7de3d554617a6c857f148c777a64fba608793",
    ),
    family(
        ["NotoSansLao", "Laoo", "noto-sans-lao", "0.4.2"],
        true,
        "3345f1310e88b0296fb055a2d0fbd628a61d0528a8ec06b3ef75b1a8ef204d29",
    ),
    family(
        ["NotoSansMyanmar", "Mymr", "noto-sans-myanmar", "0.4.2"],
        true,
        "14db9970d908b8e46c65ddcbb66aa789add2e76e6e4cfc48e2f454c5e20ea39f",
    ),
    family(
        ["NotoSansOriya", "Orya", "noto-sans-oriya", "0.4.2"],
        true,
        "bbcea7223feeeb829820389292012697662e544ef845e1fd4e954a1b1d9ef21c",
    ),
    family(
        ["NotoSerifTibetan", "Tibt", "noto-serif-tibetan", "0.4.2"],
        true,
        "236aad4d71be07cf07adb0f6a8714f72b829a4de9a0c57c0ff0009cac4ab9b10",
    ),
    family(
        ["NotoSansThaana", "Thaa", "noto-sans-thaana", "0.4.2"],
        true,
        "c5dd11675b1ce69039fc686bc35b713a492873cda525eb385d86a315e5f3d0b1",
    ),
    family(
        ["NotoSansSyriac", "Syrc", "noto-sans-syriac", "0.4.2"],
        true,
        "6d60ec48e067a24dc40c953683f4673b0b442092f8ecb2dfd9c51b41b3e9e504",
    ),
    family(
        ["NotoSansNKo", "Nkoo", "noto-sans-nko", "0.4.1"],
        false,
        "b77c67ed24738fecd5a5091595690bacd56a97ebe758b813d44865d5b73f4867",
    ),
    family(
        ["NotoSansAdlam", "Adlm", "noto-sans-adlam", "0.4.1"],
        true,
        "ff28d39a307c52cc9c5e5a5dcc894cae1198eea37222c981bc99484436db7368",
    ),
    family(
        ["NotoSansTifinagh", "Tfng", "noto-sans-tifinagh", "0.4.1"],
        false,
        "7d587ea7d69cfbe5a858639162a5f4e97d412cc7d3b7703f50711c6414eed928",
    ),
    family(
        ["NotoSansCherokee", "Cher", "noto-sans-cherokee", "0.4.2"],
        true,
        "21c8086d8c7695918004b1e02e98e871444b4de1ef2302da8004533bfd1376c3",
    ),
    family(
        ["NotoSansCanadianAboriginal", "Cans", "noto-sans-canadian-aboriginal", "0.4.1"],
        true,
        "2e1fb1a559c87119aebd3b835c9aaa31de81b75dc8b29ebbb24375dafe293b02",
    ),
    family(
        ["NotoSansMongolian", "Mong", "noto-sans-mongolian", "0.4.1"],
        false,
        "383061682ce39c24b3656c298f9a2675a88465a699ea9f0cfe3d319b5ae0a519",
    ),
    family(
        ["NotoSansOlChiki", "Olck", "noto-sans-ol-chiki", "0.4.2"],
        true,
        "444b25feabd4a5da98615463e730ba38f74c4870ef0554a0b6c70e22e4bc4ed4",
    ),
    family(
        ["NotoSansMeeteiMayek", "Mtei", "noto-sans-meetei-mayek", "0.4.2"],
        true,
        "98f6acbf0df6d8aa4af41b8e357607f07899d8146bcceea1ea367cfcd0587060",
    ),
    family(
        ["NotoSansSymbols", "", "noto-sans-symbols", "0.4.1"],
        true,
        "d72d2f96c1c351967ec57842471b1da43ab8b1a40ecb003b1b0a0f50a3ee6388",
    ),
    family(
        ["NotoSansSymbols2", "", "noto-sans-symbols-2", "0.4.1"],
        false,
        "3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4",
    ),
    family(
        ["NotoSansMath", "", "noto-sans-math", "0.4.2"],
        false,
        "652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8",
    ),
    family(
        ["NotoEmoji", "", "noto-emoji", "0.4.7"],
        true,
        "6a25fd5a4da5bb34bbc2d300531bbf32de86afd866e119314d7e358f61a6104d",
    ),
];

/// Chinese (simplified, traditional), Japanese, Korean, in this order. They are large, and a part of
/// the installation that can be left out.
pub const EAST_ASIAN_FONTS: &[Family] = &[
    family(
        ["NotoSansSC", "Hani", "noto-sans-sc", "0.4.3"],
        false,
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
    ),
    family(
        ["NotoSansTC", "Hani", "noto-sans-tc", "0.4.3"],
        false,
        "e7532a3a43a6c660ee0351a167b99fe0da52f20b4940fb3fc067ed7c5bd594bf",
    ),
    family(
        ["NotoSansJP", "Hani", "noto-sans-jp", "0.4.3"],
        false,
        "563ee80509692e2b2f42ceae6a0b82afecb90daa1b3d025bcebdf3d9120f43a3",
    ),
    family(
        ["NotoSansKR", "Hang", "noto-sans-kr", "0.4.3"],
        false,
        "7614af529705ea48e8b76cb3b056b92db66b7625ef3fc97ce76366063df94d3f",
    ),
];
