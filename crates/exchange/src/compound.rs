//! The older workbook (.xls) looked over before it is opened. Its reader makes room for a table as long and wide as two cells lie
//! apart, and for whatever a sheet says of its own size; it copies a text for each cell that names it, and follows chains of
//! sectors that may run in a ring. What that comes to is added up here, by the reader's own rules (MS-CFB, MS-XLS).

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// Sector numbers from here on have a meaning of their own.
const RESERVED: u32 = 0xFFFF_FFFA;
const NO_SECTOR: u32 = 0xFFFF_FFFC;
/// Bytes of a cell of the reader's tables, with its place.
const CELL: u64 = 40;
/// A byte of a formula is written out as at most so many letters; and each formula may be one that is described in words.
const FORMULA: u64 = 64;

/// Bytes of memory that the workbook's reader takes at most; none where the file is damaged.
pub(crate) fn memory(bytes: &[u8]) -> Option<u64> {
    let stream = Compound::open(bytes)?.workbook()?;
    let mut places = Vec::new();
    let mut texts = Vec::new();
    for record in Records(&stream) {
        let record = record?;
        match record.kind {
            0x0085 => places.push(number(record.data, 0)? as usize),
            0x00FC => texts = shared_texts(record)?,
            0x000A => break,
            _ => {}
        }
    }
    let texts_in_all: u64 = texts.iter().map(|text| text + 24).sum();
    places.iter().try_fold(texts_in_all, |total, place| {
        let sheet = stream.get(*place..)?;
        Some(total.saturating_add(sheet_memory(sheet, &texts)?))
    })
}

/// The corner cells of a table.
#[derive(Default)]
struct Area(Option<([u64; 2], [u64; 2])>);

impl Area {
    fn see(&mut self, row: u32, column: u32) {
        let place = [u64::from(row), u64::from(column)];
        let (least, most) = self.0.unwrap_or((place, place));
        self.0 =
            Some(([least[0].min(place[0]), least[1].min(place[1])], [most[0].max(place[0]), most[1].max(place[1])]));
    }

    fn cells(&self) -> u64 {
        self.0.map_or(0, |(least, most)| (most[0] - least[0] + 1).saturating_mul(most[1] - least[1] + 1))
    }
}

fn sheet_memory(sheet: &[u8], texts: &[u64]) -> Option<u64> {
    let (mut values, mut formulas) = (Area::default(), Area::default());
    let mut total = 0_u64;
    let mut more = |bytes: u64| total = total.saturating_add(bytes);
    for record in Records(sheet) {
        // Cells before a damaged record have been read by then.
        let Some(Record { kind, data, .. }) = record else { break };
        match kind {
            // What a sheet says of its own size.
            0x0200 => more(declared(data).saturating_mul(CELL)),
            // Numbers, texts, truth values and errors; a formula and its value.
            0x0203 | 0x0204 | 0x0205 | 0x00D6 | 0x027E | 0x00FD | 0x00BD | 0x0006 => {
                let (row, column) = (u32::from(short(data, 0)?), u32::from(short(data, 2)?));
                values.see(row, column);
                more(CELL + 4 * data.len() as u64);
                if kind == 0x00FD {
                    more(number(data, 6).and_then(|at| texts.get(at as usize)).copied().unwrap_or(0));
                }
                if kind == 0x00BD {
                    values.see(row, u32::from(short(data, data.len().checked_sub(2)?)?));
                }
                if kind == 0x0006 {
                    formulas.see(row, column);
                    more(FORMULA * (data.len() as u64 + 4));
                }
            }
            // The text of a formula.
            0x0207 => more(CELL + 4 * data.len() as u64),
            _ => {}
        }
    }
    Some(total.saturating_add(values.cells().saturating_add(formulas.cells()).saturating_mul(CELL)))
}

/// Cells that a sheet says to have; a size that ends before it begins counts round, as in the reader.
fn declared(data: &[u8]) -> u64 {
    let size = || {
        let short = |at| short(data, at).map(u32::from);
        let (first_row, last_row, first, last) = match data.len() {
            10 => (short(0)?, short(2)?, short(4)?, short(6)?),
            14 | 16 => (number(data, 0)?, number(data, 4)?, short(8)?, short(10)?),
            _ => return None,
        };
        let first = if first > 0xFF || last < first { 0 } else { first };
        if last_row == 0 || last == 0 {
            return Some(1);
        }
        let rows = u64::from(last_row.wrapping_sub(first_row));
        Some(rows.saturating_mul(u64::from(last.wrapping_sub(first))))
    };
    size().unwrap_or(0)
}

/// The length of each text that cells name by its number, in bytes at most.
fn shared_texts(record: Record<'_>) -> Option<Vec<u64>> {
    let mut rest = Parts { now: record.data.get(8..)?, more: record.more.into_iter() };
    let mut texts = Vec::new();
    while !rest.now.is_empty() || rest.next() {
        if rest.now.is_empty() {
            texts.push(0);
            continue;
        }
        let (letters, flags) = (short(rest.now, 0)?, *rest.now.get(2)?);
        rest.now = rest.now.get(3..)?;
        let mut behind = 0_u64;
        if flags & 8 != 0 {
            behind += 4 * u64::from(short(rest.now, 0)?);
            rest.now = rest.now.get(2..)?;
        }
        if flags & 4 != 0 {
            behind += u64::from(number(rest.now, 0)?);
            rest.now = rest.now.get(4..)?;
        }
        rest.letters(usize::from(letters), flags & 1 != 0)?;
        rest.skip(behind)?;
        texts.push(3 * u64::from(letters));
    }
    Some(texts)
}

/// A record that goes on in others.
struct Parts<'s> {
    now: &'s [u8],
    more: std::vec::IntoIter<&'s [u8]>,
}

impl Parts<'_> {
    fn next(&mut self) -> bool {
        self.more.next().map(|part| self.now = part).is_some()
    }

    fn letters(&mut self, mut left: usize, mut wide: bool) -> Option<()> {
        while left > 0 {
            let size = if wide { 2 } else { 1 };
            let here = left.min(self.now.len() / size);
            self.now = self.now.get(here * size..)?;
            left -= here;
            if left > 0 {
                if !self.next() {
                    return None;
                }
                wide = *self.now.first()? & 1 != 0;
                self.now = self.now.get(1..)?;
            }
        }
        Some(())
    }

    fn skip(&mut self, mut left: u64) -> Option<()> {
        while left > 0 {
            if self.now.is_empty() && !self.next() {
                return None;
            }
            let here = left.min(self.now.len() as u64);
            self.now = self.now.get(here as usize..)?;
            left -= here;
        }
        Some(())
    }
}

struct Record<'s> {
    kind: u16,
    data: &'s [u8],
    /// Its continuations.
    more: Vec<&'s [u8]>,
}

struct Records<'s>(&'s [u8]);

impl<'s> Records<'s> {
    fn one(&mut self) -> Option<(u16, &'s [u8])> {
        let (kind, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let data = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((kind, data))
    }
}

impl<'s> Iterator for Records<'s> {
    /// None for a damaged one.
    type Item = Option<Record<'s>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let Some((kind, data)) = self.one() else {
            self.0 = &[];
            return Some(None);
        };
        let mut more = Vec::new();
        while self.0.len() > 4 && short(self.0, 0) == Some(0x003C) {
            let Some((_, data)) = self.one() else {
                self.0 = &[];
                return Some(None);
            };
            more.push(data);
        }
        Some(Some(Record { kind, data, more }))
    }
}

/// A file of sectors that holds streams.
struct Compound<'b> {
    bytes: &'b [u8],
    sector: usize,
    next: Vec<u32>,
    folder: Vec<u8>,
    small: Vec<u8>,
    next_small: Vec<u32>,
}

impl<'b> Compound<'b> {
    fn open(bytes: &'b [u8]) -> Option<Self> {
        let sector = match short(bytes, 30)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut open =
            Self { bytes, sector, next: Vec::new(), folder: Vec::new(), small: Vec::new(), next_small: Vec::new() };
        let mut tables: Vec<u32> = numbers(bytes.get(76..512)?).collect();
        let mut table = number(bytes, 68)?;
        let mut seen = 0;
        while table < RESERVED {
            seen += 1;
            if seen > bytes.len() / sector + 1 {
                return None;
            }
            tables.extend(numbers(open.at(table)?));
            table = tables.pop()?;
        }
        for table in tables.into_iter().filter(|table| *table < NO_SECTOR) {
            let more: Vec<u32> = numbers(open.at(table)?).collect();
            open.next.extend(more);
        }
        open.folder = open.chain(number(bytes, 48)?, u64::MAX)?;
        let (small_tables, first_small) = (u64::from(number(bytes, 64)?), number(bytes, 60)?);
        if small_tables > 0 {
            let (start, length) = open.entry(open.folder.get(..128)?)?;
            open.small = open.chain(start, length)?;
            let table = open.chain(first_small, small_tables * sector as u64)?;
            open.next_small = numbers(&table).collect();
        }
        Some(open)
    }

    /// A sector; a last one may be short.
    fn at(&self, sector: u32) -> Option<&'b [u8]> {
        let start = (sector as usize).checked_add(1)?.checked_mul(self.sector)?;
        self.bytes.get(start..(start + self.sector).min(self.bytes.len()))
    }

    /// The first bytes of a chain of sectors; none where it runs in a ring or leads out of the file.
    fn chain(&self, mut sector: u32, length: u64) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut steps = 0;
        while sector != END_OF_CHAIN {
            steps += 1;
            if steps > self.next.len() {
                return None;
            }
            found.extend_from_slice(self.at(sector)?);
            if found.len() as u64 >= length {
                found.truncate(length as usize);
                break;
            }
            sector = *self.next.get(sector as usize)?;
        }
        Some(found)
    }

    fn small_chain(&self, mut sector: u32, length: u64) -> Option<Vec<u8>> {
        let mut found = Vec::new();
        let mut steps = 0;
        while sector != END_OF_CHAIN && (found.len() as u64) < length {
            steps += 1;
            if steps > self.next_small.len() {
                return None;
            }
            let start = (sector as usize).checked_mul(64)?;
            found.extend_from_slice(self.small.get(start..(start + 64).min(self.small.len()))?);
            sector = *self.next_small.get(sector as usize)?;
        }
        Some(found)
    }

    /// First sector and length of a stream.
    fn entry(&self, entry: &[u8]) -> Option<(u32, u64)> {
        let high = if self.sector == 512 { 0 } else { u64::from(number(entry, 124)?) << 32 };
        Some((number(entry, 116)?, high | u64::from(number(entry, 120)?)))
    }

    fn workbook(&self) -> Option<Vec<u8>> {
        let named = |name: &str| {
            self.folder.chunks_exact(128).find(|entry| {
                let letters = entry.chunks_exact(2).take(32).map(|two| u16::from_le_bytes([two[0], two[1]]));
                let letters: Vec<u16> = letters.take_while(|letter| *letter != 0).collect();
                String::from_utf16_lossy(&letters).eq_ignore_ascii_case(name)
            })
        };
        let (start, length) = self.entry(named("Workbook").or_else(|| named("Book"))?)?;
        if length < 4096 { self.small_chain(start, length) } else { self.chain(start, length) }
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.chunks_exact(4).filter_map(|four| number(four, 0))
}
