//! Takes the pictures out of a `multipart/x-mixed-replace` stream, however it is cut into pieces. The
//! other side may send anything: nothing grows beyond a limit.

use bytes::{Buf, Bytes, BytesMut};

use crate::stream::{Lost, Reason};

/// Largest picture in bytes.
const LARGEST_PICTURE: usize = 16 * 1024 * 1024;
/// Most bytes of a part's headers.
const LARGEST_HEADERS: usize = 8 * 1024;
/// Most bytes before the first boundary.
const LARGEST_PREAMBLE: usize = 64 * 1024;

/// Reads parts out of pieces.
#[derive(Debug)]
pub(crate) struct Multipart {
    /// `--` and the boundary.
    delimiter: Vec<u8>,
    buffer: BytesMut,
    place: Place,
    /// How far the buffer was searched already.
    searched: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    /// Before the first boundary.
    Preamble,
    /// After a boundary, before the empty line.
    Headers,
    /// In a part of this many bytes.
    Sized(usize),
    /// In a part that ends at the next boundary.
    Unsized,
}

impl Multipart {
    /// From the response's `Content-Type`.
    ///
    /// # Errors
    /// [`Reason::BadFormat`] when it is no multipart stream with a boundary of at most 200 bytes.
    pub fn new(content_type: &str) -> Result<Self, Lost> {
        let mut parts = content_type.split(';').map(str::trim);
        let kind = parts.next().unwrap_or("");
        if !kind.to_ascii_lowercase().starts_with("multipart/") {
            let kind: String = kind.chars().take(80).collect();
            return Err(Lost::new(Reason::BadFormat, format!("the address gives `{kind}`, not a motion JPEG stream")));
        }
        let boundary = parts
            .filter_map(|p| p.split_once('='))
            .find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))
            .map(|(_, value)| value.trim().trim_matches('"'))
            // Many cameras write the two dashes into the parameter, where they do not belong.
            .map(|b| b.strip_prefix("--").unwrap_or(b))
            .filter(|b| !b.is_empty() && b.len() <= 200)
            .ok_or_else(|| Lost::new(Reason::BadFormat, "the stream names no boundary"))?;
        Ok(Self {
            delimiter: [b"--", boundary.as_bytes()].concat(),
            buffer: BytesMut::new(),
            place: Place::Preamble,
            searched: 0,
        })
    }

    /// Adds a piece of the stream.
    pub fn feed(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// The next whole picture, `None` when more of the stream is needed.
    ///
    /// # Errors
    /// [`Reason::BadFormat`] when a limit is passed; the stream is then of no more use.
    pub fn next(&mut self) -> Result<Option<Bytes>, Lost> {
        loop {
            let picture = match self.place {
                Place::Preamble => {
                    let Some(at) = self.find_delimiter(LARGEST_PREAMBLE)? else {
                        return Ok(None);
                    };
                    self.enter_headers(at);
                    None
                }
                Place::Headers => {
                    if !self.read_headers()? {
                        return Ok(None);
                    }
                    None
                }
                Place::Sized(length) => {
                    if self.buffer.len() < length {
                        return Ok(None);
                    }
                    let picture = self.buffer.split_to(length).freeze();
                    self.searched = 0;
                    self.place = Place::Preamble;
                    Some(picture)
                }
                Place::Unsized => {
                    let Some(at) = self.find_delimiter(LARGEST_PICTURE)? else {
                        return Ok(None);
                    };
                    let mut picture = self.buffer.split_to(at).freeze();
                    for end in [b"\n", b"\r"] {
                        if picture.ends_with(end) {
                            picture.truncate(picture.len() - 1);
                        }
                    }
                    self.enter_headers(0);
                    Some(picture)
                }
            };
            if let Some(picture) = picture.filter(|p| !p.is_empty()) {
                return Ok(Some(picture));
            }
        }
    }

    fn enter_headers(&mut self, delimiter_at: usize) {
        self.buffer.advance(delimiter_at + self.delimiter.len());
        self.searched = 0;
        self.place = Place::Headers;
    }

    fn find_delimiter(&mut self, limit: usize) -> Result<Option<usize>, Lost> {
        let delimiter = self.delimiter.as_slice();
        let from = self.searched.min(self.buffer.len());
        let found = self.buffer[from..].windows(delimiter.len()).position(|w| w == delimiter).map(|at| at + from);
        if found.unwrap_or(self.buffer.len()) > limit {
            return Err(Lost::new(Reason::BadFormat, format!("no boundary within {limit} bytes")));
        }
        self.searched = self.buffer.len().saturating_sub(delimiter.len());
        Ok(found)
    }

    /// Reads the headers if they are all there.
    fn read_headers(&mut self) -> Result<bool, Lost> {
        let end = |gap: &[u8]| {
            let at = self.buffer.windows(gap.len()).position(|w| w == gap);
            at.map(|at| (at, at + gap.len()))
        };
        let found = end(b"\r\n\r\n").or_else(|| end(b"\n\n"));
        let length = found.map_or(self.buffer.len(), |(at, _)| at);
        if length > LARGEST_HEADERS {
            return Err(Lost::new(Reason::BadFormat, format!("headers of a part beyond {LARGEST_HEADERS} bytes")));
        }
        let Some((at, after)) = found else {
            return Ok(false);
        };
        let size = content_length(&self.buffer[..at]);
        if size.is_some_and(|s| s > LARGEST_PICTURE) {
            return Err(Lost::new(Reason::BadFormat, format!("a picture of more than {LARGEST_PICTURE} bytes")));
        }
        self.buffer.advance(after);
        self.searched = 0;
        self.place = size.map_or(Place::Unsized, Place::Sized);
        Ok(true)
    }
}

/// The `Content-Length` of a part; a length of 0 or one that is no number counts as none.
fn content_length(headers: &[u8]) -> Option<usize> {
    String::from_utf8_lossy(headers)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse().ok())
        .filter(|length| *length > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TYPE: &str = "multipart/x-mixed-replace; boundary=frame";

    fn all(stream: &[u8], pieces: usize, content_type: &str) -> Result<Vec<Bytes>, Lost> {
        let mut reader = Multipart::new(content_type)?;
        let mut pictures = Vec::new();
        for piece in stream.chunks(pieces.max(1)) {
            reader.feed(piece);
            while let Some(picture) = reader.next()? {
                pictures.push(picture);
            }
        }
        Ok(pictures)
    }

    fn stream(pictures: &[Vec<u8>], sized: bool) -> Vec<u8> {
        let mut out = Vec::new();
        for picture in pictures {
            out.extend_from_slice(b"--frame\r\nContent-Type: image/jpeg\r\n");
            if sized {
                out.extend_from_slice(format!("Content-Length: {}\r\n", picture.len()).as_bytes());
            }
            out.extend_from_slice(b"\r\n");
            out.extend_from_slice(picture);
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"--frame\r\n");
        out
    }

    proptest! {
        #[test]
        fn pictures_come_out_whole_however_the_stream_is_cut(
            // Bytes that cannot end in a line break, as JPEGs end in FF D9.
            pictures in proptest::collection::vec(proptest::collection::vec(128u8..=255, 1..300), 0..5),
            pieces in 1usize..400, sized: bool
        ) {
            let found = all(&stream(&pictures, sized), pieces, TYPE).unwrap();
            prop_assert_eq!(found, pictures);
        }

        #[test]
        fn rubbish_never_panics(
            bytes in proptest::collection::vec(any::<u8>(), 0..2000), pieces in 1usize..100, kind in ".{0,60}"
        ) {
            let _ = all(&bytes, pieces, TYPE);
            let _ = Multipart::new(&kind);
        }
    }

    #[test]
    fn the_quirks_of_cameras_are_understood() {
        let picture = vec![vec![0xFF, 0xD8, 1, 2, 0xFF, 0xD9]];
        for kind in
            ["multipart/x-mixed-replace;boundary=--frame", "Multipart/X-Mixed-Replace; charset=x; Boundary=\"frame\""]
        {
            assert_eq!(all(&stream(&picture, true), 7, kind).unwrap(), picture);
        }
        let bare = b"--frame\nContent-Length: 2\n\nab--frame\n";
        assert_eq!(all(bare, 3, TYPE).unwrap(), ["ab"]);
    }

    #[test]
    fn what_is_too_long_is_refused() {
        for kind in ["text/html", "multipart/x-mixed-replace", "", "multipart/mixed; boundary="] {
            assert_eq!(Multipart::new(kind).unwrap_err().reason, Reason::BadFormat, "{kind}");
        }
        let long = |n| vec![b'x'; n];
        let headers = [b"--frame\r\n".to_vec(), long(LARGEST_HEADERS + 1)].concat();
        let huge = b"--frame\r\nContent-Length: 99999999999\r\n\r\n".to_vec();
        let endless = [b"--frame\r\n\r\n".to_vec(), long(LARGEST_PICTURE + 1)].concat();
        for stream in [long(LARGEST_PREAMBLE + 1), headers, huge, endless] {
            assert_eq!(all(&stream, 65536, TYPE).unwrap_err().reason, Reason::BadFormat);
        }
    }
}
