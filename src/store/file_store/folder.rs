//! The files of documents in a folder. What is told to be kept has reached the disk, and its name too.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::{Content, ListedFile, UNFINISHED};

/// A folder of files.
#[derive(Clone, Debug)]
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn at(path: PathBuf) -> Self {
        Self(path)
    }

    pub(super) fn create(&self) -> io::Result<FolderFile> {
        make_folder(&self.0)?;
        let path = self.0.join(format!("{UNFINISHED}{}", Uuid::now_v7().simple()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path)?;
        Ok(FolderFile { file, path, folder: self.0.clone() })
    }

    pub(super) fn open(&self, content: Content) -> io::Result<File> {
        let (folder, file) = content.names();
        File::open(self.0.join(folder).join(file))
    }

    pub(super) fn remove(&self, name: &str) -> io::Result<bool> {
        let path = self.0.join(name);
        match fs::remove_file(&path) {
            Ok(()) => path.parent().map_or(Ok(()), sync_folder).map(|()| true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error),
        }
    }

    pub(super) fn list(&self) -> io::Result<Vec<ListedFile>> {
        let mut listed = Vec::new();
        for (name, path) in entries(&self.0)? {
            if path.is_dir() {
                for (file, path) in entries(&path)? {
                    listed.extend(found(&format!("{name}/{file}"), &path)?);
                }
            } else {
                listed.extend(found(&name, &path)?);
            }
        }
        Ok(listed)
    }
}

/// None where it has gone in the meantime, or is none of ours.
fn found(name: &str, path: &Path) -> io::Result<Option<ListedFile>> {
    match fs::metadata(path).and_then(|metadata| metadata.modified()) {
        Ok(changed_at) => Ok(ListedFile::named(name, changed_at.into())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// A file that is being written. Let go before it is kept, it is gone.
pub(super) struct FolderFile {
    file: File,
    path: PathBuf,
    folder: PathBuf,
}

impl FolderFile {
    /// Brings the file to the disk, then under its name, then the name to the disk.
    pub(super) fn keep(self, content: Content) -> io::Result<()> {
        self.file.sync_all()?;
        let (folder, file) = content.names();
        let folder = self.folder.join(folder);
        make_folder(&folder)?;
        // After this the drop finds nothing to remove under the old name.
        fs::rename(&self.path, folder.join(file))?;
        sync_folder(&folder)?;
        sync_folder(&self.folder)
    }
}

impl Write for FolderFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for FolderFile {
    fn drop(&mut self) {
        // What cannot be removed now is an orphan, and goes with the others.
        let _ = fs::remove_file(&self.path);
    }
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
    use std::io::Read;

    use super::super::FileStore;
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

    fn name_of(content: Content) -> String {
        let (folder, file) = content.names();
        format!("{folder}/{file}")
    }

    #[test]
    fn a_file_lies_under_the_hash_of_its_bytes() {
        let (folder, store) = store();
        let content = kept(&store, b"abc");
        let path = folder.path().join("a/documents").join(name_of(content));
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
        assert!(matches!(store.open(content), Err(crate::store::StoreError::FileMissing)));
    }

    #[cfg(unix)]
    #[test]
    fn folders_and_files_are_their_owners_alone() {
        use std::os::unix::fs::PermissionsExt;
        let (folder, store) = store();
        let path = folder.path().join("a/documents").join(name_of(kept(&store, b"abc")));
        let rights = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(rights(&path), 0o600);
        for folder in path.ancestors().skip(1).take(3) {
            assert_eq!(rights(folder), 0o700, "{folder:?}");
        }
    }
}
