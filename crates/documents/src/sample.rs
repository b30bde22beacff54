//! Made-up cards for benchmarks, tests and trying out: the same ones every time.

use charts::{Chart, SubjectBar};
use words::Language;

use crate::values::{AttendanceCounts, CardLabels, Comment, Overall, ReportCard, SchoolHead, StudentHead, SubjectLine};

/// Names in the scripts that the cards must be able to print: as written and in the own script.
const NAMES: [(&str, Option<&str>); 8] = [
    ("Aarav Sharma", Some("आरव शर्मा")),
    ("Mohammed Abdullah", Some("محمد عبد الله")),
    ("Åsa Żółć-Müller", None),
    ("Kshama Dwivedi", Some("श्रीमती क्ष्मा द्विवेदी")),
    ("Grace O’Connor", None),
    ("Layla Haddad", Some("ليلى حداد")),
    ("Νίκος Παπαδόπουλος", None),
    ("Дарья Ковалёва", None),
];

const SUBJECTS: [(&str, &str); 16] = [
    ("Mathematics", "Helena Novak"),
    ("English language", "Samuel Okafor"),
    ("Biology", "Priya Raman"),
    ("Chemistry", "Tomasz Wójcik"),
    ("Physics", "Ingrid Solberg"),
    ("History", "Daniel Mbeki"),
    ("Geography", "Lucía Fernández"),
    ("Computing", "Wei Zhang"),
    ("Art and design", "Noor Rahman"),
    ("Physical education", "Marc Dubois"),
    ("Music", "Elena Petrova"),
    ("Religious education", "John Carter"),
    ("Economics", "Fatima Zahra"),
    ("Drama", "Oliver Grant"),
    ("German", "Katrin Vogel"),
    ("Design and technology", "Ravi Menon"),
];

const REMARKS: [&str; 4] =
    ["Works with care; could contribute more in class.", "A very good term.", "Must hand in homework on time.", ""];

/// `count` cards of one class with `subjects` subjects each (16 at most).
#[must_use]
pub fn sample_cards(count: usize, subjects: usize) -> Vec<ReportCard> {
    (0..count).map(|i| sample_card(i, count, subjects.min(SUBJECTS.len()))).collect()
}

fn sample_card(i: usize, count: usize, subjects: usize) -> ReportCard {
    let lines: Vec<SubjectLine> =
        SUBJECTS[..subjects].iter().enumerate().map(|(s, subject)| line(i, s, count, *subject)).collect();
    let bars = lines
        .iter()
        .map(|line| SubjectBar { label: line.subject.clone(), value: line.percent, class_mean: line.class_mean })
        .collect();
    let marks: Vec<f64> = lines.iter().filter_map(|line| line.percent).collect();
    let total = marks.iter().sum::<f64>() / marks.len().max(1) as f64;
    let (name, native) = NAMES[i % NAMES.len()];
    let absent = (i % 4) as u32;
    ReportCard {
        school: SchoolHead {
            name: "Riverside Secondary School".to_owned(),
            address: "12 Mill Lane, Northbridge NB4 7QT".to_owned(),
            phone: "Telephone 01632 960 114".to_owned(),
            logo: None,
        },
        student: StudentHead {
            name: name.to_owned(),
            name_native: native.map(str::to_owned),
            number: format!("S-{:05}", 10_400 + i),
            class: "9B".to_owned(),
            birth_date: Some(format!("{} March 2012", 1 + i % 28)),
        },
        term: "Autumn term".to_owned(),
        year: "2026/27".to_owned(),
        subjects: lines,
        overall: Some(Overall {
            percent: Some(total),
            text: format!("{total:.1} %"),
            grade: Some(grade(total).to_owned()),
            class_mean: Some(68.9),
            rank: Some((i % count.max(1)) as u32 + 1),
            of: count as u32,
        }),
        chart: Some(Chart::SubjectBars { title: "Results by subject".to_owned(), bars, max: 100.0 }),
        attendance: Some(AttendanceCounts {
            days: 68,
            present: 68 - absent,
            absent,
            late: (i % 3) as u32,
            excused: absent / 2,
        }),
        class_teacher: Some(Comment {
            author: "Helena Novak".to_owned(),
            text: format!(
                "{name} has settled in well this term and is a friendly, reliable member of the \
                 class. The results in the sciences show what steady work can do; more reading at \
                 home would help in history and English."
            ),
        }),
        principal: Some(Comment {
            author: "Dr Amara Nwosu".to_owned(),
            text: "A pleasing report. Keep it up.".to_owned(),
        }),
        signatures: vec!["Class teacher".to_owned(), "Principal".to_owned(), "Parent or guardian".to_owned()],
        labels: CardLabels::default(),
        decimals: 1,
        date: "21 November 2026".to_owned(),
        rtl: false,
    }
}

/// A card that runs from right to left, with Arabic labels, as a school in Amman would print it.
#[must_use]
pub fn sample_card_right_to_left() -> ReportCard {
    let mut card = sample_card(1, 24, 0);
    let subjects = [
        ("الرياضيات", "سمير النجار", 91.5, "أداء ممتاز هذا الفصل."),
        ("اللغة العربية", "هدى العلي", 84.0, ""),
        ("English", "Samuel Okafor", 77.5, "Reads well; should write more."),
        ("العلوم", "ليلى حداد", 88.0, "يشارك في التجارب بنشاط."),
        ("التاريخ", "خالد منصور", 69.5, ""),
        ("التربية الإسلامية", "عبد الرحمن علاء الدين", 95.0, ""),
    ];
    card.subjects = subjects
        .iter()
        .zip(1..)
        .map(|(&(subject, teacher, mark, comment), rank)| SubjectLine {
            subject: subject.to_owned(),
            teacher: teacher.to_owned(),
            percent: Some(mark),
            text: format!("{mark:.1} %"),
            grade: Some("أ".to_owned()),
            class_mean: Some(mark - 6.5),
            rank: Some(rank),
            of: 24,
            comment: (!comment.is_empty()).then(|| comment.to_owned()),
        })
        .collect();
    let bars = card.subjects.iter().map(|line| SubjectBar {
        label: line.subject.clone(),
        value: line.percent,
        class_mean: line.class_mean,
    });
    card.chart = Some(Chart::SubjectBars { title: String::new(), bars: bars.collect(), max: 100.0 });
    card.school = SchoolHead {
        name: "مدرسة النور الثانوية".to_owned(),
        address: "شارع الملكة رانيا 12، عمّان 11183".to_owned(),
        phone: "هاتف 06-555 0114".to_owned(),
        logo: None,
    };
    card.student = StudentHead {
        name: "محمد عبد الله".to_owned(),
        name_native: Some("Mohammed Abdullah".to_owned()),
        number: "S-10401".to_owned(),
        class: "9ب".to_owned(),
        birth_date: Some("2 آذار 2012".to_owned()),
    };
    card.term = "الفصل الأول".to_owned();
    card.year = "2026/27".to_owned();
    card.overall = Some(Overall {
        percent: Some(84.3),
        text: "84.3 %".to_owned(),
        grade: Some("ب".to_owned()),
        class_mean: Some(77.8),
        rank: Some(4),
        of: 24,
    });
    card.class_teacher = Some(Comment {
        author: "هدى العلي".to_owned(),
        text: "محمد طالب مجتهد ومتعاون (وخاصة في مادة English)، وقد تحسّن مستواه كثيرًا منذ بداية \
               العام. ننصحه بالمزيد من القراءة في المنزل، وبحضور نادي الرياضيات يوم 14 كانون الأول."
            .to_owned(),
    });
    card.principal = Some(Comment {
        author: "د. أمل الخطيب".to_owned(), text: "نتيجة سارّة، بالتوفيق.".to_owned()
    });
    card.signatures = ["مربية الصف", "المديرة", "ولي الأمر"].map(str::to_owned).to_vec();
    card.date = "21 تشرين الثاني 2026".to_owned();
    card.labels = CardLabels::of(Language::of("ar"));
    card.rtl = true;
    card
}

fn line(i: usize, s: usize, count: usize, (subject, teacher): (&str, &str)) -> SubjectLine {
    // Spread over 42.0 to 97.9 without any randomness.
    let mark = 42.0 + ((i * 37 + s * 61 + i * s * 13) % 560) as f64 / 10.0;
    let remark = REMARKS[(i + s) % REMARKS.len()];
    SubjectLine {
        subject: subject.to_owned(),
        teacher: teacher.to_owned(),
        percent: Some(mark),
        text: format!("{mark:.1} %"),
        grade: Some(grade(mark).to_owned()),
        class_mean: Some(60.0 + ((s * 29) % 150) as f64 / 10.0),
        rank: Some(((i * 7 + s * 5) % count.max(1)) as u32 + 1),
        of: count as u32,
        comment: (!remark.is_empty()).then(|| remark.to_owned()),
    }
}

fn grade(mark: f64) -> &'static str {
    match mark {
        m if m >= 85.0 => "A",
        m if m >= 70.0 => "B",
        m if m >= 55.0 => "C",
        _ => "D",
    }
}
