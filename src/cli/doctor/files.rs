//! Files and folders: nobody but the account that serves may read them, nobody else may put others in their place, and
//! there is room.

use std::path::{Path, PathBuf};

use super::findings::{Findings, Verdict};
use crate::cli::settings_file;

/// Less than this is little, in bytes; less than a tenth of it is nothing.
const LITTLE: u64 = 1 << 30;

/// The files of an installation, and whose they should be.
pub struct Files {
    /// The account that serves: whoever runs this, or the owner of the database where the administrator runs this.
    owner: Option<u32>,
}

/// What others may do with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Others {
    /// Nothing at all.
    Nothing,
    /// Whoever is in its group may read it.
    Group,
    /// Everybody may.
    Everybody,
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}

#[cfg(unix)]
mod rights {
    use std::os::unix::fs::MetadataExt;
    use std::path::Path;

    use super::Others;

    pub fn account() -> Option<u32> {
        Some(rustix::process::geteuid().as_raw())
    }

    pub fn owner(path: &Path) -> Option<u32> {
        path.metadata().ok().map(|metadata| metadata.uid())
    }

    pub fn others(path: &Path) -> Others {
        match path.metadata().map_or(0, |metadata| metadata.mode() & 0o077) {
            0 => Others::Nothing,
            mode if mode & 0o007 == 0 => Others::Group,
            _ => Others::Everybody,
        }
    }

    /// Whether everybody may put another file in the place of one in the folder.
    pub fn lets_everybody_in(folder: &Path) -> bool {
        folder.metadata().is_ok_and(|metadata| metadata.mode() & 0o1002 == 0o0002)
    }

    /// Which file system it is on.
    pub fn device(path: &Path) -> Option<u64> {
        path.metadata().ok().map(|metadata| metadata.dev())
    }

    /// How many bytes are free there for whoever is not the administrator.
    pub fn free(path: &Path) -> Option<u64> {
        let told = rustix::fs::statvfs(path).ok()?;
        Some(told.f_bavail.saturating_mul(told.f_frsize))
    }
}

#[cfg(not(unix))]
mod rights {
    use std::path::Path;

    use super::Others;

    pub fn account() -> Option<u32> {
        None
    }

    pub fn owner(_: &Path) -> Option<u32> {
        None
    }

    pub fn others(_: &Path) -> Others {
        Others::Nothing
    }

    pub fn lets_everybody_in(_: &Path) -> bool {
        false
    }

    pub fn device(_: &Path) -> Option<u64> {
        None
    }

    pub fn free(_: &Path) -> Option<u64> {
        None
    }
}

impl Files {
    /// Those of whoever owns the database, or of whoever runs this.
    pub fn of(database: Option<&Path>) -> Self {
        let account = rights::account();
        let owner = if account == Some(0) { database.and_then(rights::owner).or(account) } else { account };
        Self { owner }
    }

    /// Who serves.
    pub fn account(&self, found: &mut Findings) {
        match self.owner {
            Some(0) => found.warning(
                "account",
                "the files are the administrator's (root), so it is root who would serve",
                "make an account that does nothing else and give it the files, as deploy/aiqyn.service does",
            ),
            _ => found.ok("account", "an ordinary account serves"),
        }
    }

    /// The settings file. That it was read means that nobody else may write it.
    pub fn settings(&self, found: &mut Findings, path: &Path) {
        self.place(found, "settings", path);
        found.ok("settings", format!("{} is read, and others cannot change it", path.display()));
    }

    /// The database and the files beside it.
    pub fn database(&self, found: &mut Findings, path: &Path) {
        if !path.exists() {
            let mend = "make it with `aiqyn init`, or say with --database where it is";
            found.problem("database", format!("{} is not there", path.display()), mend);
            return;
        }
        for end in ["", "-wal", "-shm"] {
            let mut beside = path.as_os_str().to_owned();
            beside.push(end);
            if Path::new(&beside).exists() {
                self.secret(found, "database", Path::new(&beside));
            }
        }
        self.place(found, "database", path);
    }

    /// The folder of the sealed documents.
    pub fn documents(&self, found: &mut Findings, path: &Path) {
        if path.exists() {
            self.secret(found, "documents", path);
        } else {
            found.ok("documents", format!("{} is made when there is the first", path.display()));
        }
    }

    /// The file of a key, if it is there: some are made when they are needed.
    pub fn key(&self, found: &mut Findings, about: &'static str, path: &Path) {
        if path.exists() {
            self.secret(found, about, path);
        }
    }

    /// A file or folder that is for the account alone.
    pub fn secret(&self, found: &mut Findings, about: &'static str, path: &Path) {
        let name = path.display();
        match rights::others(path) {
            Others::Nothing => found.ok(about, format!("{name} is for its owner alone")),
            Others::Group => {
                let told = format!("whoever is in its group may come at {name}");
                found.warning(about, told, format!("chmod g-rwx {name}"));
            }
            Others::Everybody => {
                found.problem(about, format!("everybody may come at {name}"), format!("chmod go-rwx {name}"));
            }
        }
        let owner = rights::owner(path);
        if owner.is_some() && owner != self.owner && owner != Some(0) {
            let told = format!("{name} belongs to another account than the one that serves");
            found.problem(about, told, format!("give it to the account that serves: chown AIQYN {name}"));
        }
    }

    /// The folder that a file lies in.
    fn place(&self, found: &mut Findings, about: &'static str, path: &Path) {
        let folder = parent(path);
        if rights::lets_everybody_in(&folder) {
            let told = format!("everybody may put another file in the place of {}", path.display());
            found.problem(about, told, format!("chmod o-w {}", folder.display()));
        }
    }

    /// Whether there is room where there is to be written.
    pub fn room(&self, found: &mut Findings, places: &[Option<&Path>]) {
        let mut seen = Vec::new();
        for path in places.iter().flatten() {
            let place = if path.is_dir() { (*path).to_owned() } else { parent(path) };
            let Some(free) = rights::free(&place) else { continue };
            if seen.contains(&rights::device(&place)) {
                continue;
            }
            seen.push(rights::device(&place));
            let (verdict, mend) = judge(free);
            found.add("room", verdict, format!("{} MiB are free for {}", free >> 20, path.display()), mend);
        }
    }
}

/// What is to be said of so many free bytes.
fn judge(free: u64) -> (Verdict, &'static str) {
    const MEND: &str = "make room, or move the files to a larger disk; without room nothing more is taken (507)";
    match free {
        free if free < LITTLE / 10 => (Verdict::Problem, MEND),
        free if free < LITTLE => (Verdict::Warning, MEND),
        _ => (Verdict::Ok, ""),
    }
}

/// Whether two paths are on one file system.
pub fn are_on_one_disk(one: &Path, other: &Path) -> bool {
    let other = if other.exists() { other.to_owned() } else { parent(other) };
    rights::device(one).is_some_and(|device| rights::device(&other) == Some(device))
}

/// Whether an address holds a password that others on the machine may see.
pub fn shows_password(database: &str) -> bool {
    settings_file::holds_password(database) && std::env::args().any(|argument| argument.contains(database))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_room_is_told_before_there_is_none() {
        assert_eq!(judge(1 << 40).0, Verdict::Ok);
        assert_eq!(judge(1 << 29).0, Verdict::Warning);
        assert_eq!(judge(1 << 26).0, Verdict::Problem);
    }
}
