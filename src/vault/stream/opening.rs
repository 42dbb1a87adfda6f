//! Opening a sealed file, whole or from any byte to any other. It gives out nothing that it has not
//! first found to be genuine.

use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;

use aead_stream::StreamPrimitive;
use zeroize::Zeroizing;

use super::{CHUNK, Extent, Frame, HEADER, SEALED_CHUNK, TAG};
use crate::domain::id::DocumentId;
use crate::vault::{CannotOpen, FileKey};

/// Why a sealed file does not open.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read.
    #[error("a sealed file cannot be read: {0}")]
    Io(#[from] io::Error),
    /// It is another document's, under another key, cut, or altered.
    #[error(transparent)]
    CannotOpen(#[from] CannotOpen),
}

/// Opens a sealed file. As a [`Read`] it gives the bytes of a range: the whole file unless
/// [`OpeningReader::select`] has chosen another. A chunk that is not genuine ends it with an error of
/// the kind `InvalidData`, whose source is [`CannotOpen`].
pub struct OpeningReader<R> {
    from: R,
    frame: Frame,
    extent: Extent,
    /// The chunk that was opened last, and its number.
    chunk: Zeroizing<Vec<u8>>,
    number: u64,
    rest: Range<u64>,
}

impl<R: Read + Seek> OpeningReader<R> {
    /// Opens the header and the last chunk: whoever holds the reader knows that the file is as long as
    /// it was when it was sealed.
    ///
    /// # Errors
    /// [`FileError::CannotOpen`] for another document's file, one under another key, or one that was cut.
    pub fn open(key: &FileKey, document: DocumentId, mut from: R) -> Result<Self, FileError> {
        let extent = Extent::of_sealed(from.seek(SeekFrom::End(0))?).ok_or(CannotOpen)?;
        let mut header = [0; HEADER];
        from.seek(SeekFrom::Start(0))?;
        from.read_exact(&mut header)?;
        let frame = Frame::read(key, document, &header)?;
        let chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        let rest = 0..extent.length;
        let mut reader = Self { from, frame, extent, chunk, number: 0, rest };
        reader.open_chunk(extent.chunks - 1)?;
        Ok(reader)
    }

    /// The length of the file.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.extent.length
    }

    /// What of the range is still to be read.
    #[must_use]
    pub fn remaining(&self) -> u64 {
        self.rest.end.saturating_sub(self.rest.start)
    }

    /// Chooses the bytes to be read next: from the first, up to but not with the second; what lies behind
    /// the end is not there.
    pub fn select(&mut self, range: Range<u64>) {
        let end = range.end.min(self.extent.length);
        self.rest = range.start.min(end)..end;
    }

    /// Reads the chunk with a number and opens it.
    fn open_chunk(&mut self, number: u64) -> Result<(), FileError> {
        let is_last = number + 1 == self.extent.chunks;
        let length = if is_last { self.extent.length - number * CHUNK as u64 } else { CHUNK as u64 };
        let position = u32::try_from(number).map_err(|_| CannotOpen)?;
        let Self { from, frame, chunk, .. } = self;
        chunk.clear();
        from.seek(SeekFrom::Start(HEADER as u64 + number * SEALED_CHUNK))?;
        let buffer: &mut Vec<u8> = chunk;
        let sealed = length + TAG as u64;
        let read = from.by_ref().take(sealed).read_to_end(buffer)?;
        if read as u64 != sealed {
            return Err(CannotOpen.into());
        }
        if frame.stream.decrypt_in_place(position, is_last, &frame.additional, buffer).is_err() {
            chunk.clear();
            return Err(CannotOpen.into());
        }
        self.number = number;
        Ok(())
    }

    fn is_open(&self, number: u64) -> bool {
        self.number == number && !self.chunk.is_empty()
    }
}

impl<R: Read + Seek> Read for OpeningReader<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.remaining() == 0 || to.is_empty() {
            return Ok(0);
        }
        let number = self.rest.start / CHUNK as u64;
        if !self.is_open(number) {
            self.open_chunk(number).map_err(|error| match error {
                FileError::Io(error) => error,
                FileError::CannotOpen(error) => io::Error::new(io::ErrorKind::InvalidData, error),
            })?;
        }
        // A chunk is far shorter than what a usize can count, on any machine.
        let offset = (self.rest.start % CHUNK as u64) as usize;
        let there = self.chunk.get(offset..).unwrap_or_default();
        let wanted = usize::try_from(self.remaining()).unwrap_or(usize::MAX);
        let count = there.len().min(to.len()).min(wanted);
        to[..count].copy_from_slice(&there[..count]);
        self.rest.start += count as u64;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;
    use uuid::Uuid;

    use super::super::{seal, sealed_length};
    use super::*;

    const DOCUMENT: DocumentId = DocumentId(Uuid::from_u128(7));
    const OTHER: DocumentId = DocumentId(Uuid::from_u128(8));

    fn plain(length: usize) -> Vec<u8> {
        (0..length).map(|place| (place % 251) as u8 ^ (place / 65_536) as u8).collect()
    }

    fn sealed(key: &FileKey, document: DocumentId, plain: &[u8]) -> Vec<u8> {
        let mut sealed = Vec::new();
        assert_eq!(seal(key, document, plain, &mut sealed).unwrap(), plain.len() as u64);
        assert_eq!(sealed.len() as u64, sealed_length(plain.len() as u64));
        sealed
    }

    /// All of the file, or nothing.
    fn open(key: &FileKey, sealed: &[u8]) -> Option<Vec<u8>> {
        let mut opened = Vec::new();
        let mut reader = OpeningReader::open(key, DOCUMENT, Cursor::new(sealed)).ok()?;
        reader.read_to_end(&mut opened).ok()?;
        Some(opened)
    }

    fn chunk(number: usize) -> Range<usize> {
        let start = HEADER + number * (CHUNK + TAG);
        start..start + CHUNK + TAG
    }

    #[test]
    fn what_was_sealed_opens_again_whatever_its_length() {
        let key = FileKey::generate();
        for length in [0, 1, 1000, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
            let plain = plain(length);
            assert_eq!(open(&key, &sealed(&key, DOCUMENT, &plain)), Some(plain), "{length}");
        }
    }

    #[test]
    fn every_single_bit_counts() {
        let key = FileKey::generate();
        for length in [0, 90] {
            let mut sealed = sealed(&key, DOCUMENT, &plain(length));
            for bit in 0..sealed.len() * 8 {
                sealed[bit / 8] ^= 1 << (bit % 8);
                assert_eq!(open(&key, &sealed), None, "bit {bit}");
                sealed[bit / 8] ^= 1 << (bit % 8);
            }
        }
    }

    #[test]
    fn a_chunk_stays_where_it_was() {
        let key = FileKey::generate();
        let whole = sealed(&key, DOCUMENT, &plain(3 * CHUNK));
        let mut swapped = whole.clone();
        let (first, second) = swapped.split_at_mut(chunk(1).start);
        first[chunk(0)].swap_with_slice(&mut second[..CHUNK + TAG]);
        assert_eq!(open(&key, &swapped), None);
        let mut twice = whole.clone();
        twice.copy_within(chunk(0), chunk(1).start);
        assert_eq!(open(&key, &twice), None);
        let mut repeated = whole[..chunk(1).end].to_vec();
        repeated.extend_from_slice(&whole[chunk(1).start..]);
        assert_eq!(open(&key, &repeated), None);
        let mut left_out = whole[..chunk(0).end].to_vec();
        left_out.extend_from_slice(&whole[chunk(2)]);
        assert_eq!(open(&key, &left_out), None);
    }

    #[test]
    fn a_cut_file_is_refused_even_for_a_range_before_the_cut() {
        let key = FileKey::generate();
        let whole = sealed(&key, DOCUMENT, &plain(2 * CHUNK + 100));
        for cut in [0, HEADER, HEADER + TAG, chunk(0).end, chunk(1).end, whole.len() - 1] {
            assert!(OpeningReader::open(&key, DOCUMENT, Cursor::new(&whole[..cut])).is_err(), "cut at {cut}");
        }
        let longer = [whole.as_slice(), &[0]].concat();
        assert!(OpeningReader::open(&key, DOCUMENT, Cursor::new(&longer)).is_err());
    }

    #[test]
    fn another_documents_file_or_key_is_refused() {
        let (key, other) = (FileKey::generate(), FileKey::generate());
        assert_eq!(open(&key, &sealed(&key, OTHER, b"text")), None);
        assert_eq!(open(&key, &sealed(&other, DOCUMENT, b"text")), None);
        let mut mixed = sealed(&key, DOCUMENT, &plain(2 * CHUNK));
        mixed[chunk(0)].copy_from_slice(&sealed(&key, OTHER, &plain(2 * CHUNK))[chunk(0)]);
        assert_eq!(open(&key, &mixed), None);
        // The same document, sealed twice under one key, still cannot be mixed: the nonces differ.
        mixed[chunk(0)].copy_from_slice(&sealed(&key, DOCUMENT, &plain(2 * CHUNK))[chunk(0)]);
        assert_eq!(open(&key, &mixed), None);
    }

    #[test]
    fn a_range_reads_no_chunk_that_it_does_not_need() {
        struct Counted(Cursor<Vec<u8>>, u64);
        impl Read for Counted {
            fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
                let count = self.0.read(to)?;
                self.1 += count as u64;
                Ok(count)
            }
        }
        impl Seek for Counted {
            fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
                self.0.seek(to)
            }
        }
        let key = FileKey::generate();
        let plain = plain(20 * CHUNK);
        let from = Counted(Cursor::new(sealed(&key, DOCUMENT, &plain)), 0);
        let mut reader = OpeningReader::open(&key, DOCUMENT, from).unwrap();
        reader.select(10 * CHUNK as u64 + 5..10 * CHUNK as u64 + 15);
        let mut opened = Vec::new();
        reader.read_to_end(&mut opened).unwrap();
        assert_eq!(opened, &plain[10 * CHUNK + 5..10 * CHUNK + 15]);
        // The header, the last chunk (for the length), and the one that was asked for.
        assert_eq!(reader.from.1, HEADER as u64 + 2 * SEALED_CHUNK);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_range_is_the_slice(length in 0..3 * CHUNK, from in 0..4 * CHUNK, to in 0..4 * CHUNK, step in 1_usize..100_000) {
            let key = FileKey::generate();
            let plain = plain(length);
            let sealed = sealed(&key, DOCUMENT, &plain);
            let mut reader = OpeningReader::open(&key, DOCUMENT, Cursor::new(sealed)).unwrap();
            reader.select(from as u64..to as u64);
            let mut opened = Vec::new();
            let mut buffer = vec![0; step];
            loop {
                let count = reader.read(&mut buffer).unwrap();
                if count == 0 {
                    break;
                }
                opened.extend_from_slice(&buffer[..count]);
            }
            let end = to.min(length);
            prop_assert_eq!(opened, plain[from.min(end)..end].to_vec());
        }

        #[test]
        fn a_change_anywhere_in_a_long_file_is_refused(place in 0..2 * CHUNK, change in 1_u8..) {
            let key = FileKey::generate();
            let mut sealed = sealed(&key, DOCUMENT, &plain(2 * CHUNK));
            sealed[place] ^= change;
            prop_assert_eq!(open(&key, &sealed), None);
        }
    }
}
