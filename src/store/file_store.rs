//! Where the sealed files of documents lie: a folder, each file under the SHA-256 of its sealed bytes.
//! It sees ciphertext alone and must never be given anything else.
//!
//! A file comes into being under a name of its own and is renamed once all of it has reached the disk, so
//! that whatever has a content's name is whole. Files are never changed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::error::StoreError;

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

/// The document store. The one kind that there is: a folder.
#[derive(Clone, Debug)]
pub struct FileStore {
    folder: PathBuf,
}

impl FileStore {
    /// Files in a folder, which is made when there is first something to keep.
    #[must_use]
    pub fn in_folder(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn create(&self) -> Result<NewFile, StoreError> {
        make_folder(&self.folder).map_err(StoreError::of_files)?;
        let path = self.folder.join(format!("{UNFINISHED}{}", Uuid::now_v7().simple()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).map_err(StoreError::of_files)?;
        Ok(NewFile { file, path, folder: self.folder.clone(), hash: Sha256::new() })
    }

    /// Opens a file for reading.
    ///
    /// # Errors
    /// [`StoreError::FileMissing`] where there is none, else [`StoreError::of_files`].
    pub fn open(&self, content: Content) -> Result<SealedFile, StoreError> {
        File::open(self.path_of(content)).map(SealedFile).map_err(missing)
    }

    /// Deletes a file. Returns whether it was there.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn delete(&self, content: Content) -> Result<bool, StoreError> {
        self.remove(&self.path_of(content))
    }

    /// Deletes what [`FileStore::list`] has listed.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn delete_listed(&self, listed: &ListedFile) -> Result<bool, StoreError> {
        self.remove(&listed.path)
    }

    /// Every file, also those that were never finished.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn list(&self) -> Result<Vec<ListedFile>, StoreError> {
        self.listed().map_err(StoreError::of_files)
    }

    fn listed(&self) -> io::Result<Vec<ListedFile>> {
        let mut listed = Vec::new();
        for (name, path) in entries(&self.folder)? {
            if name.starts_with(UNFINISHED) {
                listed.extend(ListedFile::of(None, path)?);
            } else if name.len() == 2 && path.is_dir() {
                for (file, path) in entries(&path)? {
                    if let Some(content) = Content::from_names(&name, &file) {
                        listed.extend(ListedFile::of(Some(content), path)?);
                    }
                }
            }
        }
        Ok(listed)
    }

    fn path_of(&self, content: Content) -> PathBuf {
        let (folder, file) = content.names();
        self.folder.join(folder).join(file)
    }

    fn remove(&self, path: &Path) -> Result<bool, StoreError> {
        match fs::remove_file(path) {
            Ok(()) => path.parent().map_or(Ok(()), sync_folder).map(|()| true).map_err(StoreError::of_files),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(StoreError::of_files(error)),
        }
    }
}

/// A file of the store, as it was found.
#[derive(Clone, Debug)]
pub struct ListedFile {
    /// What it is; none where it was never finished.
    pub content: Option<Content>,
    /// When it was last written to.
    pub changed_at: DateTime<Utc>,
    path: PathBuf,
}

impl ListedFile {
    /// None where it has gone in the meantime.
    fn of(content: Option<Content>, path: PathBuf) -> io::Result<Option<Self>> {
        match fs::metadata(&path).and_then(|metadata| metadata.modified()) {
            Ok(changed_at) => Ok(Some(Self { content, changed_at: changed_at.into(), path })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// A sealed file that is being read.
#[derive(Debug)]
pub struct SealedFile(File);

impl SealedFile {
    /// How many bytes it has.
    ///
    /// # Errors
    /// [`StoreError::Files`].
    pub fn size(&self) -> Result<u64, StoreError> {
        self.0.metadata().map(|metadata| metadata.len()).map_err(StoreError::Files)
    }
}

impl Read for SealedFile {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        self.0.read(to)
    }
}

impl Seek for SealedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

/// A file that is being written. Let go before [`NewFile::keep`], it is gone.
pub struct NewFile {
    file: File,
    path: PathBuf,
    folder: PathBuf,
    hash: Sha256,
}

impl NewFile {
    /// Brings the file to the disk, then under its name, then the name to the disk.
    ///
    /// # Errors
    /// [`StoreError::of_files`].
    pub fn keep(self) -> Result<Content, StoreError> {
        self.kept().map_err(StoreError::of_files)
    }

    fn kept(self) -> io::Result<Content> {
        self.file.sync_all()?;
        let content = Content(self.hash.clone().finalize().into());
        let (folder, file) = content.names();
        let folder = self.folder.join(folder);
        make_folder(&folder)?;
        // After this the drop finds nothing to remove under the old name.
        fs::rename(&self.path, folder.join(file))?;
        sync_folder(&folder)?;
        sync_folder(&self.folder)?;
        Ok(content)
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        // What cannot be removed now is an orphan, and goes with the others.
        let _ = fs::remove_file(&self.path);
    }
}

fn missing(error: io::Error) -> StoreError {
    if error.kind() == io::ErrorKind::NotFound { StoreError::FileMissing } else { StoreError::of_files(error) }
}

/// Makes a folder for its owner's eyes alone, with those above it.
fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    folder.parent().filter(|parent| !parent.as_os_str().is_empty()).map_or(Ok(()), sync_folder)
}

/// Brings the names in a folder to the disk.
fn sync_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// The names and paths in a folder; none where there is no folder.
fn entries(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    entries.map(|entry| entry.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry.path()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store() -> (tempfile::TempDir, FileStore) {
        let folder = tempfile::tempdir().unwrap();
        let store = FileStore::in_folder(folder.path().join("a").join("documents"));
        (folder, store)
    }

    fn kept(store: &FileStore, bytes: &[u8]) -> Content {
        let mut file = store.create().unwrap();
        file.write_all(bytes).unwrap();
        file.keep().unwrap()
    }

    #[test]
    fn a_file_lies_under_the_hash_of_its_bytes() {
        let (_folder, store) = store();
        let content = kept(&store, b"abc");
        let path = store.path_of(content);
        assert!(path.ends_with("ba/7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), "{path:?}");
        let mut read = String::new();
        store.open(content).unwrap().read_to_string(&mut read).unwrap();
        assert_eq!(read, "abc");
        assert_eq!(store.list().unwrap().iter().map(|file| file.content).collect::<Vec<_>>(), [Some(content)]);
    }

    #[test]
    fn a_file_that_is_let_go_is_gone_and_one_that_was_left_is_listed() {
        let (_folder, store) = store();
        drop(store.create().unwrap());
        assert!(store.list().unwrap().is_empty());
        std::mem::forget(store.create().unwrap());
        let listed = store.list().unwrap();
        assert_eq!(listed.iter().map(|file| file.content).collect::<Vec<_>>(), [None]);
        assert!(store.delete_listed(&listed[0]).unwrap());
        assert!(store.list().unwrap().is_empty());
    }

    #[test]
    fn what_is_deleted_is_missing() {
        let (_folder, store) = store();
        let content = kept(&store, b"abc");
        assert!(store.delete(content).unwrap());
        assert!(!store.delete(content).unwrap());
        assert!(matches!(store.open(content), Err(StoreError::FileMissing)));
    }

    #[cfg(unix)]
    #[test]
    fn folders_and_files_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (_folder, store) = store();
        let path = store.path_of(kept(&store, b"abc"));
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights(&path), 0o600);
        for folder in path.ancestors().skip(1).take(3) {
            assert_eq!(rights(folder), 0o700, "{folder:?}");
        }
    }
}
