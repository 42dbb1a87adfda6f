//! The server makes backups by itself, and keeps as many as it is told.

use std::time::{Duration, Instant};

use crate::restored::a_key;
use crate::support::for_each_backend;
use crate::support::program::{Served, aiqyn};

#[test]
fn a_server_makes_a_backup_when_one_is_due_and_forgets_the_oldest() {
    for_each_backend(|backend| {
        backend.demo(5);
        let (key, recipient) = a_key(backend);
        let folder = backend.folder.path().join("backups");
        std::fs::create_dir(&folder).unwrap();
        for old in ["aiqyn-20200101T000000Z.age", "aiqyn-20210101T000000Z.age", "a letter"] {
            std::fs::write(folder.join(old), "").unwrap();
        }
        let words = [
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--database",
            &backend.url,
            "--backup-folder",
            "backups",
            "--backup-seal-to",
            &recipient,
            "--backup-keep",
            "2",
        ];
        let served = Served::start(backend.folder.path(), &words);
        let names = || {
            let mut names: Vec<String> = std::fs::read_dir(&folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        let begun = Instant::now();
        while names().len() != 3 || !names()[2].starts_with("aiqyn-202") || names()[1] != "aiqyn-20210101T000000Z.age" {
            assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", names());
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(served);
        let made = folder.join(&names()[2]);
        aiqyn(backend.folder.path(), &["backup", "verify", made.to_str().unwrap(), "--key", &key]).well();
    });
}

#[test]
fn a_folder_that_is_not_there_is_told_at_the_start() {
    for_each_backend(|backend| {
        backend.demo(1);
        let (_, recipient) = a_key(backend);
        let refused = backend.aiqyn(&["serve", "--backup-folder", "nowhere", "--backup-seal-to", &recipient]).badly();
        assert!(refused.err.contains("nowhere"), "{}", refused.err);
    });
}
