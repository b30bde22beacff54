//! The names of the months as files write them.

/// The months in the languages whose words for them do not contradict each other: whole, and as they are shortened.
pub(crate) const MONTHS: [&str; 12] = [
    "january jan januar jän jänner januari enero ene janvier janv janeiro gennaio gen ocak oca январь января янв styczeń stycznia sty جنوری जनवरी",
    "february feb februar februari febr febrero février févr fév fevereiro fev febbraio şubat şub февраль февраля фев luty lutego lut فروری फ़रवरी फरवरी",
    "march mar mär märz mrz maart mrt mart marzo mars março maret март марта marzec marca مارچ मार्च",
    "april apr abril abr avril avr aprile nisan nis апрель апреля апр kwiecień kwietnia kwi اپریل अप्रैल",
    "may mai mei mayo maio maggio mag mayıs maj май мая maja مئی मई",
    "june jun juni junio juin junho giugno giu haziran haz июнь июня июн czerwiec czerwca cze جون जून",
    "july jul juli julio juillet juil julho luglio lug temmuz tem июль июля июл lipiec lipca جولائی जुलाई",
    "august aug agosto ago août aout augustus agustus agt ağustos ağu август августа авг sierpień sierpnia sie اگست अगस्त",
    "september sep sept septiembre septembre setembro set settembre eylül eyl сентябрь сентября сен сент wrzesień września wrz ستمبر सितंबर सितम्बर",
    "october oct oktober okt octubre octobre outubro out ottobre ott ekim eki октябрь октября окт październik października paź اکتوبر अक्टूबर",
    "november nov noviembre novembre novembro kasım kas ноябрь ноября ноя нояб نومبر नवंबर नवम्बर",
    "december dec dezember dez diciembre dic décembre déc dezembro dicembre desember des aralık ara декабрь декабря дек grudzień grudnia gru دسمبر दिसंबर दिसम्बर",
];
