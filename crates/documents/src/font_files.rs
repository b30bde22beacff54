//! Which font files the documents need: where they lie in the npm packages and what they are
//! called beside the program. Plain constants, so that the build tasks can include this file.

/// Every file that [`Fonts::load`](crate::Fonts::load) reads: (path below `node_modules`, name in
/// the fonts folder).
pub const FONT_FILES: &[(&str, &str)] = &[
    ("@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf", "NotoSans-Regular.ttf"),
    ("@expo-google-fonts/noto-sans/600SemiBold/NotoSans_600SemiBold.ttf", "NotoSans-SemiBold.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/NotoNaskhArabic_400Regular.ttf", "NotoNaskhArabic-Regular.ttf"),
    ("@expo-google-fonts/noto-naskh-arabic/NotoNaskhArabic_600SemiBold.ttf", "NotoNaskhArabic-SemiBold.ttf"),
];

/// The licences that must travel with the fonts: (path below this crate's folder, name in the
/// fonts folder).
pub const FONT_LICENCES: &[(&str, &str)] = &[
    ("licences/NotoSans-OFL.txt", "NotoSans-OFL.txt"),
    ("licences/NotoNaskhArabic-OFL.txt", "NotoNaskhArabic-OFL.txt"),
];
