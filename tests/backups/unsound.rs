//! A backup that is not whole, not ours, or not for this key is told as what it is, and leaves nothing behind.

use crate::restored::a_key;
use crate::support::program::{Outcome, aiqyn};
use crate::support::{Backend, on_sqlite};

struct Backup<'a> {
    backend: &'a Backend,
    file: String,
    key: String,
}

impl<'a> Backup<'a> {
    fn of(backend: &'a Backend) -> Self {
        backend.demo(5);
        let (key, recipient) = a_key(backend);
        let file = backend.file("all.age");
        backend.aiqyn(&["backup", &file, "--seal-to", &recipient]).well();
        Self { backend, file, key }
    }

    fn verifies(&self) -> Outcome {
        aiqyn(self.backend.folder.path(), &["backup", "verify", &self.file, "--key", &self.key])
    }

    /// It must be refused with these words, by whoever verifies it and by whoever restores it.
    fn must_be_refused(&self, words: &str) {
        let told = self.verifies().badly().err;
        assert!(told.contains(words), "{told}");
        let target = Backend::sqlite();
        let restored =
            aiqyn(self.backend.folder.path(), &["restore", &self.file, "--key", &self.key, "--database", &target.url]);
        let told = restored.badly().err;
        assert!(told.contains(words), "{told}");
        let left = target.aiqyn(&["stats", "rates"]).badly().err;
        assert!(left.contains("aiqyn init") || left.contains("aiqyn migrate"), "{left}");
    }
}

#[test]
fn a_changed_or_shortened_backup_is_refused() {
    on_sqlite(|backend| {
        let backup = Backup::of(backend);
        let whole = std::fs::read(&backup.file).unwrap();
        backup.verifies().well();
        for (what, bytes) in [
            ("its middle", {
                let mut bytes = whole.clone();
                let middle = bytes.len() / 2;
                bytes[middle] ^= 1;
                bytes
            }),
            ("its end", whole[..whole.len() * 3 / 4].to_vec()),
        ] {
            println!("{what}");
            std::fs::write(&backup.file, bytes).unwrap();
            backup.must_be_refused("all.age");
        }
    });
}

#[test]
fn another_key_and_another_file_are_told_as_such() {
    on_sqlite(|backend| {
        let mut backup = Backup::of(backend);
        std::fs::rename(&backup.key, backend.file("own.key")).unwrap();
        a_key(backend);
        backup.must_be_refused("does not open");
        backup.key = backend.file("own.key");
        std::fs::write(&backup.file, "a letter").unwrap();
        backup.must_be_refused("no backup");
        std::fs::write(&backup.key, "a letter").unwrap();
        assert!(backup.verifies().badly().err.contains("AGE-SECRET-KEY-1"));
    });
}

#[test]
fn a_lost_document_is_told_when_the_backup_is_made() {
    on_sqlite(|backend| {
        crate::restored::busy_office(backend);
        let (_, recipient) = a_key(backend);
        std::fs::remove_dir_all(backend.file("documents")).unwrap();
        let file = backend.file("all.age");
        let documents = backend.file("documents");
        let refused = backend.aiqyn(&["backup", &file, "--seal-to", &recipient, "--documents", &documents]).badly();
        assert!(refused.err.contains("missing"), "{}", refused.err);
        assert!(!std::path::Path::new(&file).exists());
    });
}
