//! Sealing a file as it comes, a chunk at a time.

use std::io::{self, Read, Write};

use aead_stream::StreamPrimitive;
use chacha20poly1305::aead::Generate;
use zeroize::Zeroizing;

use super::{CHUNK, Frame, NONCE, TAG};
use crate::domain::id::DocumentId;
use crate::vault::FileKey;

/// Seals what is written to it. Without [`SealingWriter::finish`] the file has no end and never opens.
pub struct SealingWriter<W> {
    to: W,
    frame: Frame,
    /// The chunk that is being filled. A full one waits here until more comes: it may be the last.
    chunk: Zeroizing<Vec<u8>>,
    position: u32,
    length: u64,
}

impl<W: Write> SealingWriter<W> {
    /// Begins a file.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn new(key: &FileKey, document: DocumentId, mut to: W) -> io::Result<Self> {
        let frame = Frame::new(key, document, <[u8; NONCE]>::generate());
        to.write_all(&frame.header)?;
        let chunk = Zeroizing::new(Vec::with_capacity(CHUNK + TAG));
        Ok(Self { to, frame, chunk, position: 0, length: 0 })
    }

    /// How many bytes have been written to it.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Seals the last chunk and gives the writer back, which has not been flushed.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<W> {
        self.seal_chunk(true)?;
        Ok(self.to)
    }

    fn seal_chunk(&mut self, is_last: bool) -> io::Result<()> {
        let Frame { stream, additional, .. } = &self.frame;
        let buffer: &mut Vec<u8> = &mut self.chunk;
        stream
            .encrypt_in_place(self.position, is_last, additional, buffer)
            .map_err(|_| io::Error::other("a chunk could not be sealed"))?;
        self.to.write_all(buffer)?;
        // What was plain has been overwritten by its ciphertext.
        buffer.clear();
        if !is_last {
            self.position = self.position.checked_add(1).ok_or_else(|| io::Error::from(io::ErrorKind::FileTooLarge))?;
        }
        Ok(())
    }
}

impl<W: Write> Write for SealingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        if self.chunk.len() == CHUNK {
            self.seal_chunk(false)?;
        }
        let taken = bytes.len().min(CHUNK - self.chunk.len());
        self.chunk.extend_from_slice(&bytes[..taken]);
        self.length += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Seals all that a reader gives. Returns the number of bytes that it gave.
///
/// # Errors
/// Those of the reader and of the writer.
pub fn seal(key: &FileKey, document: DocumentId, mut from: impl Read, to: impl Write) -> io::Result<u64> {
    let mut writer = SealingWriter::new(key, document, to)?;
    io::copy(&mut from, &mut writer)?;
    let length = writer.length();
    writer.finish()?;
    Ok(length)
}
