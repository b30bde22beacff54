//! Good files, one of each kind that is read.

use std::io::{Cursor, Write};
use std::path::Path;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A good file.
#[derive(Clone)]
pub struct Seed {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The files that come with the readers' own tests, and some that are made here.
pub fn own() -> Vec<Seed> {
    let mut seeds = vec![
        seed("klasse.xls", include_bytes!("../../exchange/tests/data/klasse.xls")),
        seed("cmyk.jpg", include_bytes!("../../vision/tests/data/cmyk.jpg")),
        seed("logo.jpg", include_bytes!("../../documents/tests/logos/cmyk.jpg")),
        seed("list.csv", LIST.as_bytes()),
        seed("liste.csv", b"Sch\xFClernummer;Vorname;Nachname\n1;Zo\xEB;M\xFCller\n2;J\xF6rg;Wei\xDF\n"),
        seed("wide.txt", &LIST.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        seed("marks.csv", MARKS.as_bytes()),
        seed("page.xls", PAGE.as_bytes()),
        seed("book.xml", BOOK.as_bytes()),
        seed("manifest.json", MANIFEST.as_bytes()),
    ];
    seeds.extend([
        Seed { name: "set.zip".into(), bytes: zipped(SET) },
        Seed { name: "list.xlsx".into(), bytes: zipped(XLSX) },
        Seed { name: "list.ods".into(), bytes: zipped(ODS) },
    ]);
    for (name, format) in [
        ("face.png", ImageFormat::Png),
        ("face.jpg", ImageFormat::Jpeg),
        ("face.webp", ImageFormat::WebP),
        ("face.gif", ImageFormat::Gif),
    ] {
        seeds.push(Seed { name: name.into(), bytes: picture(format) });
    }
    seeds
}

/// All files of a folder and of its folders, up to 2 MB each; larger ones say nothing more.
///
/// # Errors
/// Whatever the system says.
pub fn from_folder(folder: &Path) -> std::io::Result<Vec<Seed>> {
    let mut seeds = Vec::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let kind = entry.metadata()?;
        if kind.is_dir() {
            seeds.extend(from_folder(&entry.path())?);
        } else if kind.is_file() && kind.len() <= 2 << 20 {
            let name = entry.file_name().to_string_lossy().into_owned();
            seeds.push(Seed { name, bytes: std::fs::read(entry.path())? });
        }
    }
    Ok(seeds)
}

fn seed(name: &str, bytes: &[u8]) -> Seed {
    Seed { name: name.into(), bytes: bytes.to_vec() }
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let colour = |x: u32, y: u32| [(x * 5) as u8, (y * 7) as u8, (x ^ y) as u8];
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::from(RgbImage::from_fn(48, 32, |x, y| image::Rgb(colour(x, y)))),
        _ => DynamicImage::from(RgbaImage::from_fn(48, 32, |x, y| {
            let [r, g, b] = colour(x, y);
            image::Rgba([r, g, b, 255])
        })),
    };
    let mut bytes = Cursor::new(Vec::new());
    match picture.write_to(&mut bytes, format) {
        Ok(()) => bytes.into_inner(),
        Err(_) => Vec::new(),
    }
}

/// A zip of these parts; empty where it cannot be written, which does not happen in memory.
pub(crate) fn zipped<N: AsRef<str>, B: AsRef<[u8]>>(parts: &[(N, B)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        let written = writer.start_file(name.as_ref(), SimpleFileOptions::default());
        if written.is_err() || writer.write_all(bytes.as_ref()).is_err() {
            return Vec::new();
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

const LIST: &str = "Student No,First name,Last name,Date of birth,Sex,Class,Phone\n1001,Anna,Müller,2012-03-04,f,7B,+49 30 1\n1002,\"Zoë, Ann\",O'Connor,4/5/2013,m,7B,\n1003,王,小明,13.1.2012,x,7C,\"5\n6\"\n";
const MARKS: &str = "sep=;\nStudent;ID;Maths;Art;Note\nAnn;1;12,5;80%;good\nBob;2;7;absent;\nPoints Possible;;20;100%;\nCid;3;1.234,5;-;x\n";
const PAGE: &str = "<html><meta charset=utf-8><table border=1><tr><th colspan=3>Class 7B<tr><th>No<th>First&nbsp;name<th>Last name<tr><td>1<td>Zo&euml;<td>Lee<tr><td>2<td>Ann<td><table><tr><td>Ray</table></table></html>";
const BOOK: &str = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"x\"><Worksheet ss:Name=\"7B\"><Table><Row ss:Index=\"2\"><Cell><Data ss:Type=\"String\">No</Data></Cell><Cell ss:Index=\"3\"><Data ss:Type=\"String\">Name</Data></Cell></Row><Row><Cell ss:MergeAcross=\"2\"><Data ss:Type=\"Number\">1</Data></Cell></Row></Table></Worksheet></Workbook>";
const MANIFEST: &str = "{\"format\":1,\"detector\":{\"file\":\"d.onnx\",\"name\":\"d\",\"version\":\"1\",\"licence\":\"MIT\",\"sha256\":\"00\",\"source_sha256\":\"00\",\"input\":\"x\",\"thresholds\":{\"score\":0.7,\"overlap\":0.3}},\"embedder\":{\"file\":\"e.onnx\",\"name\":\"e\",\"version\":\"1\",\"licence\":\"MIT\",\"sha256\":\"00\",\"source_sha256\":\"00\",\"input\":\"x\",\"dimension\":128,\"colour\":\"rgb\",\"mean\":0.0,\"scale\":1.0,\"thresholds\":{\"score\":0.5,\"margin\":0.05}}}";
const SET: &[(&str, &str)] = &[
    (
        "manifest.csv",
        "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.orgs,bulk\nfile.users,bulk\nfile.classes,bulk\nfile.enrollments,bulk\nfile.academicSessions,bulk\nfile.courses,bulk\n",
    ),
    (
        "orgs.csv",
        "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,North School,school,1,\n",
    ),
    (
        "academicSessions.csv",
        "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\nt1,,,Year,schoolYear,2026-09-01,2027-07-31,,2027\n",
    ),
    (
        "users.csv",
        "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\nu1,,,true,o1,student,ann,,Ann,Lee,,1001,ann@example.org,,,\"u2\",07,\nu2,,,true,o1,parent,bob,,Bob,Lee,,,,,,,,\nu3,,,true,o1,teacher,cid,,Cid,Ray,,,,,,,,\n",
    ),
    (
        "courses.csv",
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nk1,,,t1,Maths,M,07,o1,,\n",
    ),
    (
        "classes.csv",
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\nc1,,,7B,07,k1,,scheduled,,o1,t1,,,\n",
    ),
    (
        "enrollments.csv",
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\ne1,,,c1,o1,u1,student,,,\ne2,,,c1,o1,u3,teacher,true,2026-09-01,\n",
    ),
];
const XLSX: &[(&str, &str)] = &[
    (
        "_rels/.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
    ),
    (
        "xl/workbook.xml",
        "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"7B\" sheetId=\"1\" r:id=\"rId0\"/></sheets></workbook>",
    ),
    (
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId0\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet0.xml\"/><Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/><Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
    ),
    (
        "xl/styles.xml",
        "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"00000\"/></numFmts><cellXfs count=\"3\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>",
    ),
    (
        "xl/sharedStrings.xml",
        "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" count=\"3\" uniqueCount=\"3\"><si><t>No</t></si><si><t>First name</t></si><si><r><t>Last </t></r><r><t>name</t></r></si></sst>",
    ),
    (
        "xl/worksheets/sheet0.xml",
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:D4\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c></row><row r=\"2\"><c r=\"A2\" s=\"2\"><v>123</v></c><c r=\"B2\" t=\"inlineStr\"><is><t>Zoë</t></is></c><c r=\"C2\" t=\"str\"><f>A1&amp;\"x\"</f><v>Lee</v></c><c r=\"D2\" s=\"1\"><v>40972</v></c></row></sheetData><mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells></worksheet>",
    ),
];
const ODS: &[(&str, &str)] = &[
    ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
    (
        "META-INF/manifest.xml",
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"application/vnd.oasis.opendocument.spreadsheet\"/></manifest:manifest>",
    ),
    (
        "content.xml",
        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"7B\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>No</text:p></table:table-cell><table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"2\"><text:p>Last name</text:p></table:table-cell><table:table-cell table:number-columns-repeated=\"16381\"/></table:table-row><table:table-row table:number-rows-repeated=\"2\"><table:table-cell office:value-type=\"float\" office:value=\"1001\"><text:p>1001</text:p></table:table-cell><table:table-cell office:value-type=\"date\" office:date-value=\"2012-03-04\"><text:p>4.3.12</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated=\"1048573\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
    ),
];
