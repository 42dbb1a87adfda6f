//! Where the sealed files of documents lie: a folder, or a bucket of an S3-compatible store; each file under the
//! SHA-256 of its sealed bytes. It sees ciphertext alone and must never be given anything else.
//!
//! A file comes into being under a name of its own and gets that of its content once all of it lasts, so that whatever
//! has a content's name is whole. Files are never changed.

mod bucket;
mod folder;

use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::error::StoreError;
use bucket::{Bucket, BucketFile, BucketUpload};
use folder::{Folder, FolderFile};

/// What a file that is still being written is called, before its identifier.
const UNFINISHED: &str = "unfinished-";

/// The SHA-256 of a sealed file. The key of every file is random, so it says nothing of what is sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Content(pub(super) [u8; 32]);

impl Content {
    /// Reads it from its bytes.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    fn from_names(folder: &str, file: &str) -> Option<Self> {
        Self::parse(&format!("{folder}{file}"))
    }

    /// Reads it from its hexadecimal form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::from_bytes(&HEXLOWER.decode(text.as_bytes()).ok()?)
    }

    /// `ab/cdef…`: folders stay small.
    fn names(self) -> (String, String) {
        let mut folder = HEXLOWER.encode(&self.0);
        let file = folder.split_off(2);
        (folder, file)
    }
}

impl std::fmt::Display for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

/// The document store.
#[derive(Clone, Debug)]
pub struct FileStore(Place);

#[derive(Clone, Debug)]
enum Place {
    Folder(Folder),
    Bucket(Bucket),
}

impl FileStore {
    /// Files in a folder, which is made when there is first something to keep.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self(Place::Folder(Folder::at(folder.into())))
    }

    /// Files in a bucket, below a prefix: `s3://bucket/prefix`. Endpoint, region and credentials come from the
    /// environment, under the names that begin with `AWS_`.
    ///
    /// # Errors
    /// [`StoreError::NotABucket`].
    pub fn in_bucket(address: &str) -> Result<Self, StoreError> {
        Ok(Self(Place::Bucket(Bucket::at(address)?)))
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn create(&self) -> Result<NewFile, StoreError> {
        let to = match &self.0 {
            Place::Folder(folder) => Destination::Folder(folder.create().map_err(StoreError::of_files)?),
            Place::Bucket(bucket) => Destination::Bucket(bucket.create()),
        };
        Ok(NewFile { to, hash: Sha256::new() })
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`StoreError::FileMissing`] where there is none, else [`StoreError::of_files`].
    pub fn open(&self, content: Content) -> Result<SealedFile, StoreError> {
        let opened = match &self.0 {
            Place::Folder(folder) => folder.open(content).map(Source::Folder),
            Place::Bucket(bucket) => bucket.open(content).map(Source::Bucket),
        };
        opened.map(SealedFile).map_err(missing)
    }

    /// Deletes a file. Returns whether it was there.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn delete(&self, content: Content) -> Result<bool, StoreError> {
        let (folder, file) = content.names();
        self.remove(&format!("{folder}/{file}"))
    }

    /// Deletes what [`FileStore::list`] has listed.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn delete_listed(&self, listed: &ListedFile) -> Result<bool, StoreError> {
        self.remove(&listed.name)
    }

    fn remove(&self, name: &str) -> Result<bool, StoreError> {
        let removed = match &self.0 {
            Place::Folder(folder) => folder.remove(name),
            Place::Bucket(bucket) => bucket.remove(name),
        };
        removed.map_err(StoreError::of_files)
    }

    /// Every file, also those that were never finished.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn list(&self) -> Result<Vec<ListedFile>, StoreError> {
        let listed = match &self.0 {
            Place::Folder(folder) => folder.list(),
            Place::Bucket(bucket) => bucket.list(),
        };
        listed.map_err(StoreError::of_files)
    }
}

/// A file of the store, as it was found.
#[derive(Clone, Debug)]
pub struct ListedFile {
    /// What it is; none where it was never finished.
    pub content: Option<Content>,
    /// When it was last written to.
    pub changed_at: DateTime<Utc>,
    /// Its path in the store, with `/`.
    name: String,
}

impl ListedFile {
    /// None where nothing of ours has such a name.
    fn named(name: &str, changed_at: DateTime<Utc>) -> Option<Self> {
        let content = match name.split_once('/') {
            None if name.starts_with(UNFINISHED) => None,
            None => return None,
            Some((folder, file)) if folder.len() == 2 => Some(Content::from_names(folder, file)?),
            Some(_) => return None,
        };
        Some(Self { content, changed_at, name: name.to_owned() })
    }
}

/// A sealed file that is being read.
#[derive(Debug)]
pub struct SealedFile(Source);

#[derive(Debug)]
enum Source {
    Folder(std::fs::File),
    Bucket(BucketFile),
}

impl SealedFile {
    /// How many bytes it has.
    ///
    /// # Errors
    /// [`StoreError::Files`].
    pub fn size(&self) -> Result<u64, StoreError> {
        match &self.0 {
            Source::Folder(file) => file.metadata().map(|metadata| metadata.len()).map_err(StoreError::Files),
            Source::Bucket(file) => Ok(file.size()),
        }
    }
}

impl Read for SealedFile {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        match &mut self.0 {
            Source::Folder(file) => file.read(to),
            Source::Bucket(file) => file.read(to),
        }
    }
}

impl Seek for SealedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match &mut self.0 {
            Source::Folder(file) => file.seek(to),
            Source::Bucket(file) => file.seek(to),
        }
    }
}

/// A file that is being written. Let go before [`NewFile::keep`], it is gone.
pub struct NewFile {
    to: Destination,
    hash: Sha256,
}

enum Destination {
    Folder(FolderFile),
    Bucket(BucketUpload),
}

impl NewFile {
    /// Makes the file last, then gives it its name, and makes that last too.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn keep(self) -> Result<Content, StoreError> {
        let content = Content(self.hash.finalize().into());
        let kept = match self.to {
            Destination::Folder(file) => file.keep(content),
            Destination::Bucket(upload) => upload.keep(content),
        };
        kept.map(|()| content).map_err(StoreError::of_files)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = match &mut self.to {
            Destination::Folder(file) => file.write(bytes)?,
            Destination::Bucket(upload) => upload.write(bytes)?,
        };
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            Destination::Folder(file) => file.flush(),
            // It goes on its way in parts.
            Destination::Bucket(_) => Ok(()),
        }
    }
}

fn missing(error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::NotFound { StoreError::FileMissing } else { StoreError::of_files(error) }
}
