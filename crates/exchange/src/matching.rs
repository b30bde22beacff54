//! Which column of a plain table holds what: proposes it from the headers, a person decides.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::sheet::{is_password, squeezed};

/// The header of each thing that a list of students may hold; `None` where the table has no such column.
/// `number` and either `full_name` or one of `given` and `family` are needed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct ColumnMatching {
    /// The student's number, by which a later import knows the student again.
    pub number: Option<String>,
    pub given: Option<String>,
    pub middle: Option<String>,
    pub family: Option<String>,
    /// Both names in one cell: `Family, Given`, or `Given Family` with the family name as the last word.
    pub full_name: Option<String>,
    /// The name in the script that the family writes it in.
    pub native_name: Option<String>,
    pub birth_date: Option<String>,
    pub sex: Option<String>,
    pub class: Option<String>,
    /// A division of the class in a column of its own; the class is then called `class section`.
    pub section: Option<String>,
    pub grade: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub guardian_name: Option<String>,
    pub guardian_phone: Option<String>,
    pub guardian_email: Option<String>,
}

/// A field and the headers that mean it, squeezed (small letters, no spaces, underscores, hyphens and points).
type Synonyms = (&'static str, &'static [&'static str]);

/// English, Spanish, French, German, Portuguese, Hindi and Arabic. Where two fields share a word, the first free one has it.
const SYNONYMS: &[Synonyms] = &[
    (
        "number",
        &[
            "number",
            "no",
            "nr",
            "id",
            "studentnumber",
            "studentno",
            "studentid",
            "admissionno",
            "admissionnumber",
            "admno",
            "rollno",
            "rollnumber",
            "regno",
            "registrationno",
            "registrationnumber",
            "pupilnumber",
            "pupilid",
            "upn",
            "sisid",
            "sourcedid",
            "identifier",
            "grno",
            "scholarno",
            "número",
            "numero",
            "matrícula",
            "matricula",
            "numerodematricula",
            "códigodealumno",
            "numéro",
            "matricule",
            "numéroélève",
            "schülernummer",
            "schuelernummer",
            "nummer",
            "matrikelnummer",
            "númerodoaluno",
            "प्रवेशसंख्या",
            "अनुक्रमांक",
            "क्रमांक",
            "रोलनंबर",
            "رقمالطالب",
            "الرقم",
        ],
    ),
    (
        "given",
        &[
            "given",
            "givenname",
            "givennames",
            "first",
            "firstname",
            "firstnames",
            "forename",
            "forenames",
            "christianname",
            "nombre",
            "nombres",
            "prénom",
            "prenom",
            "prénoms",
            "vorname",
            "rufname",
            "nome",
            "primeironome",
            "पहलानाम",
            "प्रथमनाम",
            "الاسمالأول",
        ],
    ),
    (
        "middle",
        &[
            "middle",
            "middlename",
            "middlenames",
            "segundonombre",
            "deuxièmeprénom",
            "zweitervorname",
            "nomedomeio",
            "मध्यनाम",
        ],
    ),
    (
        "family",
        &[
            "family",
            "familyname",
            "last",
            "lastname",
            "surname",
            "apellido",
            "apellidos",
            "nom",
            "nomdefamille",
            "nachname",
            "familienname",
            "sobrenome",
            "apelido",
            "उपनाम",
            "कुलनाम",
            "اسمالعائلة",
            "اللقب",
        ],
    ),
    (
        "full_name",
        &[
            "name",
            "fullname",
            "studentname",
            "nameofstudent",
            "nameofthestudent",
            "pupilname",
            "student",
            "pupil",
            "nombrecompleto",
            "apellidosynombres",
            "nomcomplet",
            "nometprénom",
            "vollername",
            "nomecompleto",
            "नाम",
            "पूरानाम",
            "विद्यार्थीकानाम",
            "الاسم",
            "الاسمالكامل",
            "اسمالطالب",
        ],
    ),
    (
        "native_name",
        &[
            "nativename",
            "localname",
            "nameinnativescript",
            "nameinownscript",
            "nameinlocalscript",
            "nameinhindi",
            "hindiname",
            "nameinarabic",
            "arabicname",
            "nameinnepali",
            "nepaliname",
            "nameinmarathi",
            "scriptname",
        ],
    ),
    (
        "birth_date",
        &[
            "birthdate",
            "birthday",
            "dateofbirth",
            "dob",
            "born",
            "fechadenacimiento",
            "fechanacimiento",
            "nacimiento",
            "datedenaissance",
            "naissance",
            "geburtsdatum",
            "geburtstag",
            "geboren",
            "datadenascimento",
            "nascimento",
            "जन्मतिथि",
            "जन्मतारीख",
            "تاريخالميلاد",
        ],
    ),
    ("sex", &["sex", "gender", "sexo", "género", "genero", "sexe", "genre", "geschlecht", "gênero", "लिंग", "الجنس"]),
    (
        "class",
        &[
            "class",
            "classname",
            "form",
            "homeroom",
            "homeroomclass",
            "tutorgroup",
            "registrationgroup",
            "reggroup",
            "group",
            "clase",
            "grupo",
            "curso",
            "classe",
            "klasse",
            "turma",
            "कक्षा",
            "الصف",
            "الفصل",
        ],
    ),
    ("section", &["section", "division", "div", "stream", "sección", "seccion", "अनुभाग", "वर्ग", "الشعبة"]),
    (
        "grade",
        &[
            "grade",
            "gradelevel",
            "year",
            "yeargroup",
            "yearlevel",
            "standard",
            "std",
            "level",
            "grado",
            "niveau",
            "jahrgang",
            "klassenstufe",
            "ano",
            "série",
            "المرحلة",
        ],
    ),
    (
        "guardian_name",
        &[
            "guardian",
            "guardianname",
            "parent",
            "parentname",
            "parentguardian",
            "parentguardianname",
            "parent/guardian",
            "father",
            "fathername",
            "fathersname",
            "father'sname",
            "mother",
            "mothername",
            "mothersname",
            "mother'sname",
            "contactname",
            "emergencycontact",
            "tutor",
            "nombredeltutor",
            "acudiente",
            "responsable",
            "responsablelégal",
            "erziehungsberechtigter",
            "erziehungsberechtigte",
            "eltern",
            "responsável",
            "encarregadodeeducação",
            "अभिभावक",
            "पिताकानाम",
            "ولي الأمر",
            "وليالأمر",
        ],
    ),
    (
        "guardian_phone",
        &[
            "guardianphone",
            "guardianmobile",
            "guardiantelephone",
            "guardiancontact",
            "guardianphonenumber",
            "parentphone",
            "parentmobile",
            "parentcontact",
            "parentsphone",
            "parentphonenumber",
            "fatherphone",
            "fathermobile",
            "fathersmobile",
            "motherphone",
            "mothermobile",
            "emergencyphone",
            "emergencycontactnumber",
            "contactphone",
            "teléfonodeltutor",
            "telefonotutor",
            "téléphoneresponsable",
            "telefoneltern",
            "telefonedoresponsável",
            "هاتفوليالأمر",
        ],
    ),
    (
        "guardian_email",
        &[
            "guardianemail",
            "guardianmail",
            "parentemail",
            "parentsemail",
            "parentmail",
            "fatheremail",
            "motheremail",
            "correodeltutor",
            "emailresponsable",
            "emaileltern",
            "emaildoresponsável",
        ],
    ),
    (
        "email",
        &[
            "email",
            "mail",
            "emailaddress",
            "studentemail",
            "correo",
            "correoelectrónico",
            "correoelectronico",
            "courriel",
            "adresseemail",
            "emailadresse",
            "ईमेल",
            "البريدالإلكتروني",
        ],
    ),
    (
        "phone",
        &[
            "phone",
            "phoneno",
            "phonenumber",
            "telephone",
            "tel",
            "mobile",
            "mobileno",
            "mobilenumber",
            "cell",
            "cellphone",
            "studentphone",
            "contactno",
            "contactnumber",
            "teléfono",
            "telefono",
            "móvil",
            "téléphone",
            "telefon",
            "handy",
            "telefone",
            "telemóvel",
            "celular",
            "फोन",
            "मोबाइल",
            "الهاتف",
            "الجوال",
        ],
    ),
];

impl ColumnMatching {
    /// The fields that are matched, each with its header.
    pub(crate) fn pairs(&self) -> Vec<(&'static str, &str)> {
        self.fields().into_iter().filter_map(|(field, header)| Some((field, header?))).collect()
    }

    fn fields(&self) -> [(&'static str, Option<&str>); 16] {
        [
            ("number", self.number.as_deref()),
            ("given", self.given.as_deref()),
            ("middle", self.middle.as_deref()),
            ("family", self.family.as_deref()),
            ("full_name", self.full_name.as_deref()),
            ("native_name", self.native_name.as_deref()),
            ("birth_date", self.birth_date.as_deref()),
            ("sex", self.sex.as_deref()),
            ("class", self.class.as_deref()),
            ("section", self.section.as_deref()),
            ("grade", self.grade.as_deref()),
            ("email", self.email.as_deref()),
            ("phone", self.phone.as_deref()),
            ("guardian_name", self.guardian_name.as_deref()),
            ("guardian_phone", self.guardian_phone.as_deref()),
            ("guardian_email", self.guardian_email.as_deref()),
        ]
    }

    fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "number" => &mut self.number,
            "given" => &mut self.given,
            "middle" => &mut self.middle,
            "family" => &mut self.family,
            "full_name" => &mut self.full_name,
            "native_name" => &mut self.native_name,
            "birth_date" => &mut self.birth_date,
            "sex" => &mut self.sex,
            "class" => &mut self.class,
            "section" => &mut self.section,
            "grade" => &mut self.grade,
            "email" => &mut self.email,
            "phone" => &mut self.phone,
            "guardian_name" => &mut self.guardian_name,
            "guardian_phone" => &mut self.guardian_phone,
            "guardian_email" => &mut self.guardian_email,
            _ => return None,
        })
    }
}

/// Proposes a matching by well-known names, whatever their capitals, spaces and underscores. Each header is proposed once.
pub fn suggest_columns<S: AsRef<str>>(headers: &[S]) -> ColumnMatching {
    let mut matching = ColumnMatching::default();
    let mut free: Vec<(String, &str)> = headers
        .iter()
        .map(|header| header.as_ref())
        .filter(|header| !is_password(header))
        .map(|header| (squeezed(header), header))
        .collect();
    for (field, names) in SYNONYMS {
        // In the order of the names: the likelier one wins where a table has two of them.
        let found = names.iter().find_map(|name| free.iter().position(|(header, _)| header == name));
        if let (Some(place), Some(slot)) = (found, matching.field(field)) {
            *slot = Some(free.remove(place).1.to_owned());
        }
    }
    settle(&mut matching);
    matching
}

/// What one table's columns say about each other.
fn settle(matching: &mut ColumnMatching) {
    // A section alone is the class; so is a grade with a section.
    if matching.class.is_none() && matching.section.is_some() {
        matching.class = matching.grade.take().or_else(|| matching.section.take());
    }
    // `Name` beside a surname is the given name; in French and Portuguese `nom` and `nome` alone are the whole name.
    if matching.given.is_none() && matching.family.is_some() {
        match matching.full_name.take() {
            Some(name) => matching.given = Some(name),
            None => matching.full_name = matching.family.take(),
        }
    } else if matching.family.is_none() && matching.given.is_some() && matching.full_name.is_none() {
        matching.full_name = matching.given.take();
    }
    if matching.given.is_some() && matching.family.is_some() {
        matching.full_name = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_english_headers() {
        let found = suggest_columns(&[
            "Admission No.",
            "First Name",
            "SURNAME",
            "date_of_birth",
            "Gender",
            "Form",
            "Guardian Phone",
            "Password",
        ]);
        assert_eq!(found.number.as_deref(), Some("Admission No."));
        assert_eq!(found.given.as_deref(), Some("First Name"));
        assert_eq!(found.family.as_deref(), Some("SURNAME"));
        assert_eq!(found.birth_date.as_deref(), Some("date_of_birth"));
        assert_eq!(found.sex.as_deref(), Some("Gender"));
        assert_eq!(found.class.as_deref(), Some("Form"));
        assert_eq!(found.guardian_phone.as_deref(), Some("Guardian Phone"));
        assert_eq!(found.full_name, None);
    }

    #[test]
    fn class_and_section() {
        let found = suggest_columns(&["Roll No", "Name", "Class", "Section"]);
        assert_eq!((found.class.as_deref(), found.section.as_deref()), (Some("Class"), Some("Section")));
        assert_eq!(found.full_name.as_deref(), Some("Name"));
        assert_eq!(suggest_columns(&["Section"]).class.as_deref(), Some("Section"));
    }

    #[test]
    fn other_languages() {
        let german = suggest_columns(&["Nummer", "Nachname", "Vorname", "Geburtsdatum", "Klasse"]);
        assert_eq!((german.family.as_deref(), german.given.as_deref()), (Some("Nachname"), Some("Vorname")));
        let french = suggest_columns(&["Matricule", "Nom", "Prénom", "Classe"]);
        assert_eq!((french.family.as_deref(), french.given.as_deref()), (Some("Nom"), Some("Prénom")));
        assert_eq!(suggest_columns(&["अनुक्रमांक", "नाम", "कक्षा"]).full_name.as_deref(), Some("नाम"));
    }
}
