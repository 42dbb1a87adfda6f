//! Files of backups: written whole or not at all, and a folder of them that forgets the oldest.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};

/// What stands between `aiqyn-` and `.age` in the name of a backup.
const MADE_AT: &str = "aiqyn-%Y%m%dT%H%M%SZ.age";

/// Writes a new file for its owner's eyes alone: under its name it is there only once all of it has reached the disk.
///
/// # Errors
/// Where there is one of that name already; those of `write` and of the disk. Nothing is left then.
pub fn write_whole<T, E: From<io::Error>>(path: &Path, write: impl FnOnce(&File) -> Result<T, E>) -> Result<T, E> {
    if path.exists() {
        return Err(io::Error::from(io::ErrorKind::AlreadyExists).into());
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let unfinished = PathBuf::from(unfinished);
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(&unfinished)?;
    let written = write(&file).and_then(|written| {
        file.sync_all()?;
        fs::rename(&unfinished, path)?;
        sync_folder_of(path)?;
        Ok(written)
    });
    if written.is_err() {
        // What cannot be removed is written over by the next one.
        let _ = fs::remove_file(&unfinished);
    }
    written
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// A folder of backups.
#[derive(Clone, Debug)]
pub struct BackupFolder(PathBuf);

impl BackupFolder {
    /// The folder at a path.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        Self(path)
    }

    /// The path of a backup that is made now.
    #[must_use]
    pub fn path_of(&self, made_at: DateTime<Utc>) -> PathBuf {
        self.0.join(made_at.format(MADE_AT).to_string())
    }

    /// The backups in it, the latest first. Other files are none of its business.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn backups(&self) -> io::Result<Vec<(DateTime<Utc>, PathBuf)>> {
        let mut backups = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if let Ok(made_at) = NaiveDateTime::parse_from_str(&name, MADE_AT) {
                backups.push((made_at.and_utc(), path));
            }
        }
        backups.sort_unstable_by(|one, other| other.cmp(one));
        Ok(backups)
    }

    /// Deletes all but the latest so many. Returns how many it deleted.
    ///
    /// # Errors
    /// Where the folder cannot be read, or a file not be deleted.
    pub fn keep_latest(&self, count: usize) -> io::Result<usize> {
        let backups = self.backups()?;
        let old = backups.iter().skip(count);
        old.clone().try_for_each(|(_, path)| fs::remove_file(path))?;
        Ok(old.len())
    }
}
