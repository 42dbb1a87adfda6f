//! Writing a backup, and reading it again, piece by piece: never is more than a piece of it in memory.

use std::io::{self, BufRead, BufReader, Read, Write};

use age::stream::StreamWriter;
use data_encoding::HEXLOWER;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::manifest::FORMAT;
use super::{BackupError, BackupKey, Head, Manifest, Part, Recipient};

const HEAD: &str = "head.json";
const MANIFEST: &str = "manifest.json";

/// From how many bytes on rows are put away, and the most that a part of rows may have when it is read.
const PIECE: usize = 1 << 20;
const LARGEST_PIECE: u64 = 1 << 28;

/// A backup that is being written.
pub struct ArchiveWriter<W: Write> {
    tar: tar::Builder<StreamWriter<W>>,
    manifest: Manifest,
    rows: Rows,
}

/// Rows of one table that wait to be put away.
#[derive(Default)]
struct Rows {
    table: String,
    pieces: u64,
    count: u64,
    lines: Vec<u8>,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins one, sealed to these keys.
    ///
    /// # Errors
    /// [`BackupError::NoRecipient`]; those of writing.
    pub fn begin<T: Serialize>(to: W, recipients: &[Recipient], head: &Head<T>) -> Result<Self, BackupError> {
        let sealed_to = recipients.iter().map(Recipient::as_age);
        let encryptor = age::Encryptor::with_recipients(sealed_to).map_err(|_| BackupError::NoRecipient)?;
        let tar = tar::Builder::new(encryptor.wrap_output(to)?);
        let mut archive = Self { tar, manifest: Manifest::default(), rows: Rows::default() };
        archive.add(HEAD, &serde_json::to_vec_pretty(head).map_err(io::Error::from)?, None)?;
        Ok(archive)
    }

    /// Adds a row of a table. All rows of a table come one after the other.
    ///
    /// # Errors
    /// Those of writing.
    pub fn add_row(&mut self, table: &str, row: &str) -> Result<(), BackupError> {
        if self.rows.table != table {
            self.put_rows_away()?;
            self.rows = Rows { table: table.to_owned(), ..Rows::default() };
        }
        self.rows.lines.extend_from_slice(row.as_bytes());
        self.rows.lines.push(b'\n');
        self.rows.count += 1;
        if self.rows.lines.len() >= PIECE { self.put_rows_away() } else { Ok(()) }
    }

    fn put_rows_away(&mut self) -> Result<(), BackupError> {
        let Rows { table, pieces, count, lines } = &mut self.rows;
        if lines.is_empty() {
            return Ok(());
        }
        *pieces += 1;
        let path = format!("rows/{table}/{pieces:06}.jsonl");
        let (count, lines) = (std::mem::take(count), std::mem::take(lines));
        self.add(&path, &lines, Some(count))
    }

    /// Adds a sealed document of so many bytes.
    ///
    /// # Errors
    /// Those of reading and writing; where it has fewer bytes.
    pub fn add_document(&mut self, name: &str, bytes: u64, from: impl Read) -> Result<(), BackupError> {
        self.put_rows_away()?;
        let path = format!("documents/{name}");
        let mut hashed = Hashed::of(from.take(bytes));
        self.tar.append_data(&mut header(bytes), &path, &mut hashed)?;
        let part = hashed.part(path.clone(), None);
        if part.bytes != bytes {
            return Err(BackupError::Damaged(path));
        }
        self.manifest.parts.push(part);
        Ok(())
    }

    fn add(&mut self, path: &str, bytes: &[u8], rows: Option<u64>) -> Result<(), BackupError> {
        let mut hashed = Hashed::of(bytes);
        self.tar.append_data(&mut header(bytes.len() as u64), path, &mut hashed)?;
        self.manifest.parts.push(hashed.part(path.to_owned(), rows));
        Ok(())
    }

    /// Ends it with its manifest.
    ///
    /// # Errors
    /// Those of writing.
    pub fn finish(mut self) -> Result<(Manifest, W), BackupError> {
        self.put_rows_away()?;
        let manifest = serde_json::to_vec_pretty(&self.manifest).map_err(io::Error::from)?;
        self.tar.append_data(&mut header(manifest.len() as u64), MANIFEST, manifest.as_slice())?;
        let written = self.tar.into_inner()?.finish()?;
        Ok((self.manifest, written))
    }
}

fn header(bytes: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes);
    header.set_mode(0o600);
    header
}

/// Reads through and knows afterwards what there was.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
    bytes: u64,
}

impl<R: Read> Hashed<R> {
    fn of(inner: R) -> Self {
        Self { inner, hash: Sha256::new(), bytes: 0 }
    }

    fn part(self, path: String, rows: Option<u64>) -> Part {
        Part { path, bytes: self.bytes, rows, sha256: HEXLOWER.encode(&self.hash.finalize()) }
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(to)?;
        self.hash.update(&to[..count]);
        self.bytes += count as u64;
        Ok(count)
    }
}

/// What comes out of a backup.
pub enum Item<'a> {
    /// Rows of a table.
    Rows {
        /// Which.
        table: &'a str,
        /// Each, as it was added.
        rows: Vec<String>,
    },
    /// A sealed document.
    Document {
        /// Its name: the SHA-256 of its bytes, in hexadecimal.
        name: &'a str,
        /// Its bytes.
        bytes: &'a mut dyn Read,
    },
}

/// Whether it begins as a backup does. Without its key nothing more can be said of it.
///
/// # Errors
/// [`BackupError::NotABackup`].
pub fn check_beginning(from: impl Read) -> Result<(), BackupError> {
    age::Decryptor::new(from).map(drop).map_err(|_| BackupError::NotABackup)
}

fn open<'a, R: Read + 'a>(from: R, key: &BackupKey) -> Result<tar::Archive<impl Read + use<'a, R>>, BackupError> {
    let decryptor = age::Decryptor::new(from).map_err(|_| BackupError::NotABackup)?;
    let opened = decryptor.decrypt(std::iter::once(key.as_age())).map_err(|_| BackupError::WrongKey)?;
    Ok(tar::Archive::new(opened))
}

/// Reads the head alone.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::WrongKey`], [`BackupError::TooNew`]; those of reading.
pub fn read_head<T: DeserializeOwned>(from: impl Read, key: &BackupKey) -> Result<Head<T>, BackupError> {
    let mut archive = open(from, key)?;
    let first = archive.entries()?.next().ok_or(BackupError::NotABackup)??;
    if first.path_bytes().as_ref() != HEAD.as_bytes() {
        return Err(BackupError::NotABackup);
    }
    let head: serde_json::Value =
        serde_json::from_reader(first.take(LARGEST_PIECE)).map_err(|_| BackupError::NotABackup)?;
    if head["format"] != FORMAT {
        return Err(BackupError::TooNew);
    }
    serde_json::from_value(head).map_err(|_| BackupError::NotABackup)
}

/// Reads all of it. What was handed out counts only once this has returned without an error: then everything is there,
/// and as it was written.
///
/// # Errors
/// As [`read_head`]; [`BackupError::Damaged`]; those of `take`.
pub fn read<E: From<BackupError>>(
    from: impl Read,
    key: &BackupKey,
    mut take: impl FnMut(Item<'_>) -> Result<(), E>,
) -> Result<Manifest, E> {
    let mut archive = open(from, key)?;
    let mut found = Manifest::default();
    let mut told: Option<Manifest> = None;
    for entry in archive.entries().map_err(BackupError::from)? {
        let entry = entry.map_err(BackupError::from)?;
        let path = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let damaged = || BackupError::Damaged(path.clone());
        if told.is_some() {
            return Err(damaged().into());
        }
        if path == MANIFEST {
            told = Some(serde_json::from_reader(entry.take(LARGEST_PIECE)).map_err(|_| damaged())?);
            continue;
        }
        let mut hashed = Hashed::of(entry);
        let mut count = None;
        if let Some(table) = path.strip_prefix("rows/").and_then(|rest| rest.split('/').next()) {
            let lines = BufReader::new((&mut hashed).take(LARGEST_PIECE)).lines();
            let rows = lines.collect::<Result<Vec<String>, _>>().map_err(|_| damaged())?;
            count = Some(rows.len() as u64);
            take(Item::Rows { table, rows })?;
        } else if let Some(name) = path.strip_prefix("documents/") {
            take(Item::Document { name, bytes: &mut hashed })?;
        }
        io::copy(&mut hashed, &mut io::sink()).map_err(BackupError::from)?;
        found.parts.push(hashed.part(path, count));
    }
    let told = told.ok_or_else(|| BackupError::Damaged(MANIFEST.to_owned()))?;
    if told != found {
        let differing = found.parts.iter().zip(&told.parts).find(|(found, told)| found != told);
        let path = differing.map_or(MANIFEST, |(found, _)| found.path.as_str());
        return Err(BackupError::Damaged(path.to_owned()).into());
    }
    Ok(found)
}
