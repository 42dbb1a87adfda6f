//! Sealed files: how they are laid out. STREAM (Hoang, Reyhanitabar, Rogaway, Vizár, "Online
//! Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance", 2015) over XChaCha20-Poly1305.
//!
//! ```text
//! aiqyndoc | version (1) | nonce (19) | chunk | chunk | … | last chunk
//! ```
//!
//! A chunk is 64 KiB of the file and a tag of 16 bytes; the last may be shorter, and is empty only where
//! the file is. The nonce of a chunk is the file's 19 bytes, the chunk's number (4 bytes,
//! big-endian) and whether it is the last. The additional data of every chunk are the header and
//! the document's identifier. So a chunk opens in its place of its document alone, and the end is
//! where the writer put it. Neither side ever holds more than a chunk in memory.

mod opening;
mod sealing;

pub use opening::{FileError, OpeningReader};
pub use sealing::{SealingWriter, seal};

use aead_stream::{NewStream, Nonce, StreamBE32};
use chacha20poly1305::XChaCha20Poly1305;

use super::binding::framed;
use super::{CannotOpen, FileKey};
use crate::domain::id::DocumentId;

type Stream = StreamBE32<XChaCha20Poly1305>;
type FileNonce = Nonce<XChaCha20Poly1305, Stream>;

/// Bytes of the file in one chunk.
const CHUNK: usize = 64 * 1024;

/// What sealing adds to a chunk: the tag.
const TAG: usize = 16;

const SEALED_CHUNK: u64 = (CHUNK + TAG) as u64;

const MAGIC: &[u8; 9] = b"aiqyndoc\x01";

const NONCE: usize = 19;

const HEADER: usize = MAGIC.len() + NONCE;

/// The header of a file, and what follows from it for every chunk.
struct Frame {
    header: [u8; HEADER],
    stream: Stream,
    additional: Vec<u8>,
}

impl Frame {
    fn new(key: &FileKey, document: DocumentId, nonce: [u8; NONCE]) -> Self {
        let mut header = [0; HEADER];
        header[..MAGIC.len()].copy_from_slice(MAGIC);
        header[MAGIC.len()..].copy_from_slice(&nonce);
        let stream = Stream::new(key.expose().into(), &FileNonce::from(nonce));
        let additional = framed(&[b"aiqyn document 1", &header, document.0.as_bytes()]);
        Self { header, stream, additional }
    }

    fn read(key: &FileKey, document: DocumentId, header: &[u8; HEADER]) -> Result<Self, CannotOpen> {
        let nonce = header.strip_prefix(MAGIC.as_slice()).ok_or(CannotOpen)?;
        Ok(Self::new(key, document, nonce.try_into().map_err(|_| CannotOpen)?))
    }
}

/// How many chunks a sealed file of so many bytes has, and how many bytes it holds when opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Extent {
    chunks: u64,
    length: u64,
}

impl Extent {
    /// Reads it off the length of the sealed file; none where no file of ours is so long.
    fn of_sealed(sealed: u64) -> Option<Self> {
        let body = sealed.checked_sub(HEADER as u64)?;
        let chunks = body.div_ceil(SEALED_CHUNK).max(1);
        let last = body - (chunks - 1) * SEALED_CHUNK;
        let least = if chunks == 1 { TAG } else { TAG + 1 };
        let is_ours = last >= least as u64 && chunks <= u64::from(u32::MAX);
        is_ours.then(|| Self { chunks, length: body - chunks * TAG as u64 })
    }
}

/// The length of the file that a sealed file of so many bytes holds; none where no sealed file is so long.
/// Only an [`OpeningReader`] proves that the file is whole.
#[must_use]
pub fn opened_length(sealed: u64) -> Option<u64> {
    Extent::of_sealed(sealed).map(|extent| extent.length)
}

/// The length of the sealed file that a file of so many bytes becomes.
#[must_use]
pub fn sealed_length(opened: u64) -> u64 {
    HEADER as u64 + opened + opened.div_ceil(CHUNK as u64).max(1) * TAG as u64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_length_that_no_sealed_file_has_is_none() {
        assert_eq!(opened_length(HEADER as u64 + TAG as u64), Some(0));
        for sealed in [0, HEADER as u64, (HEADER + TAG - 1) as u64] {
            assert_eq!(opened_length(sealed), None, "{sealed}");
        }
        // Full chunks and then one of nothing but a tag: the writer would have ended before it.
        assert_eq!(opened_length(HEADER as u64 + SEALED_CHUNK + TAG as u64), None);
        assert_eq!(opened_length(HEADER as u64 + SEALED_CHUNK + TAG as u64 + 1), Some(CHUNK as u64 + 1));
    }

    proptest! {
        #[test]
        fn the_length_of_a_file_is_known_from_the_length_of_the_sealed_one(length in 0_u64..1 << 45) {
            prop_assert_eq!(opened_length(sealed_length(length)), Some(length));
        }
    }
}
