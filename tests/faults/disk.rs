//! A disk that is full, or can only be read: the client is told so, nothing is half written, and when there
//! is room again everything goes on by itself.

use std::fs;
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::cluster::Cluster;
use crate::support::backend::in_ci;
use crate::support::complaint::step;
use crate::support::http::{Client, Reply};
use crate::support::program::Served;
use crate::support::{Backend, a_complaint};

/// A small file system in memory; it is taken away at the end.
struct Disk(TempDir);

impl Disk {
    /// One of so many KiB; none where we may not mount.
    fn of(kib: u32) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let options = format!("size={kib}k,mode=0700");
        if runs("mount", &["-t", "tmpfs", "-o", &options, "aiqyn-test", folder.path().to_str().unwrap()]) {
            return Some(Self(folder));
        }
        assert!(!in_ci(), "a file system cannot be mounted: run the tests as root");
        println!("SKIPPED: a full disk (a file system can be mounted by root alone)");
        None
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Takes all the room that is left.
    fn fills_up(&self) {
        let mut ballast = fs::OpenOptions::new().create(true).append(true).open(self.ballast()).unwrap();
        while std::io::Write::write(&mut ballast, &[0; 4096]).is_ok() {}
    }

    fn has_room_again(&self) {
        fs::remove_file(self.ballast()).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.path()).status();
    }
}

/// A small file system of its own, as on a disk that may fail; it is taken away at the end.
struct FailingDisk(TempDir);

impl FailingDisk {
    /// An empty one; none where we may not mount.
    fn mounted() -> Option<Self> {
        let disk = Self(tempfile::tempdir().unwrap());
        fs::create_dir(disk.path()).unwrap();
        fs::File::create(disk.image()).unwrap().set_len(32 * 1024 * 1024).unwrap();
        if runs("mkfs.ext4", &["-q", disk.image().to_str().unwrap()]) && disk.mounts() {
            return Some(disk);
        }
        assert!(!in_ci(), "a file system cannot be mounted: run the tests as root");
        println!("SKIPPED: a disk that turns read-only (a file system can be mounted by root alone)");
        None
    }

    fn path(&self) -> PathBuf {
        self.0.path().join("mounted")
    }

    fn image(&self) -> PathBuf {
        self.0.path().join("image")
    }

    fn mounts(&self) -> bool {
        let (image, path) = (self.image(), self.path());
        runs("mount", &["-o", "loop,errors=remount-ro", image.to_str().unwrap(), path.to_str().unwrap()])
    }

    fn unmounts(&self) -> bool {
        runs("umount", &[self.path().to_str().unwrap()])
    }

    /// Has the kernel meet an error on it, whereupon it lets nobody write any more.
    fn fails(&self) {
        let mounts = fs::read_to_string("/proc/mounts").unwrap();
        let path = self.path();
        let device = mounts
            .lines()
            .find_map(|line| line.split_once(' ').filter(|(_, to)| to.starts_with(path.to_str().unwrap())));
        let (device, _) = device.expect("it is mounted");
        let name = device.rsplit('/').next().unwrap();
        fs::write(format!("/sys/fs/ext4/{name}/trigger_fs_error"), "1").unwrap();
    }

    /// What an operator does: nobody has it open by now.
    fn is_mended(&self) {
        assert!(self.unmounts());
        // It answers 1 where it has mended something.
        runs("e2fsck", &["-fy", self.image().to_str().unwrap()]);
        assert!(self.mounts());
    }
}

impl Drop for FailingDisk {
    fn drop(&mut self) {
        self.unmounts();
    }
}

fn runs(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|run| run.status.success())
}

fn files(client: &Client) -> Reply {
    client.post("/api/v1/cases", &a_complaint().on("2024-06-01").body()).send()
}

fn brings_a_document(client: &Client, case: &str, bytes: &[u8]) -> Reply {
    let head = "--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"scan.txt\"\r\n\r\n";
    let body = [head.as_bytes(), bytes, b"\r\n--limit--\r\n"].concat();
    let documents = client.request("POST", &format!("/api/v1/cases/{case}/documents"));
    documents.header("content-type", "multipart/form-data; boundary=limit").bytes(body).send()
}

fn is_told(reply: Reply, status: u16, word: &str) {
    assert!(!reply.header("retry-after").is_empty(), "{}", reply.body);
    reply.must_be_problem(status, word);
}

/// Fills the disk, and files until there is no more room in the files that are there already.
fn files_until_it_is_full(disk: &Disk, client: &Client) -> usize {
    disk.fills_up();
    for filed in 0..2000 {
        let reply = files(client);
        if reply.status != 201 {
            is_told(reply, 507, "storage_full");
            return filed;
        }
    }
    panic!("the disk is never full")
}

/// What everything must look like after a disk has been full.
fn nothing_is_half_there(backend: &Backend, cases: usize) {
    assert_eq!(backend.rows("cases").len(), cases);
    for table in ["events", "case_summaries"] {
        assert_eq!(backend.rows(table).len(), cases, "{table}");
    }
    backend.aiqyn(&["audit", "verify"]).well();
}

#[test]
fn a_full_disk_under_sqlite_is_told_and_room_mends_it() {
    let Some(disk) = Disk::of(8 * 1024) else { return };
    let backend = Backend::sqlite_in(disk.path());
    backend.set_up();
    let served = backend.serve();
    files(&served.client).must_be(201);
    let filed = 1 + files_until_it_is_full(&disk, &served.client);
    // What is there can be read, also now.
    served.client.get("/api/v1/cases").must_be(200);
    served.client.of_nobody().get("/api/v1/health").must_be(200);
    disk.has_room_again();
    files(&served.client).must_be(201);
    nothing_is_half_there(&backend, filed + 1);
}

#[test]
fn a_disk_that_turns_read_only_under_sqlite_is_told_and_once_it_is_mended_nothing_is_lost() {
    let Some(disk) = FailingDisk::mounted() else { return };
    let backend = Backend::sqlite_in(&disk.path());
    backend.set_up();
    let served = backend.serve();
    (0..3).for_each(|_| _ = files(&served.client).must_be(201));
    disk.fails();
    // It fails in the middle of the commit: how much of it is there cannot be known.
    (0..2).for_each(|_| is_told(files(&served.client), 503, "unsettled"));
    served.client.get("/api/v1/cases").must_be(200);
    drop(served);
    disk.is_mended();
    let served = backend.serve();
    files(&served.client).must_be(201);
    let cases = backend.rows("cases").len();
    assert!((4..=6).contains(&cases), "{cases}");
    nothing_is_half_there(&backend, cases);
}

#[test]
fn a_full_disk_under_the_documents_is_told_and_room_mends_it() {
    let Some(disk) = Disk::of(1024) else { return };
    let backend = Backend::sqlite();
    backend.set_up();
    let documents = disk.path().join("documents");
    let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url, "--documents"];
    let words = [&words[..], &[documents.to_str().unwrap()]].concat();
    let served = Served::start(backend.folder.path(), &words).to(backend.token.get().unwrap());
    let case = files(&served.client).must_be(201).json()["case_id"].as_str().unwrap().to_owned();
    let scan = vec![b'a'; 600 * 1024];
    brings_a_document(&served.client, &case, &scan).must_be(201);
    is_told(brings_a_document(&served.client, &case, &scan), 507, "storage_full");
    assert_eq!(backend.rows("documents").len(), 1);
    // What had come of it takes no room.
    brings_a_document(&served.client, &case, &scan[..300 * 1024]).must_be(201);
    disk.fills_up();
    is_told(brings_a_document(&served.client, &case, b"small"), 507, "storage_full");
    disk.has_room_again();
    brings_a_document(&served.client, &case, b"small").must_be(201);
    assert_eq!(backend.rows("documents").len(), 3);
}

/// Where nobody may mount: the server may not let a file grow beyond a size, as with a quota.
#[test]
fn files_that_may_not_grow_are_told_and_growing_goes_on_when_they_may() {
    let backend = Backend::sqlite();
    backend.set_up();
    let words = ["serve", "--listen", "127.0.0.1:0", "--database", &backend.url];
    let served = Served::start_without_file_signal(backend.folder.path(), &words).to(backend.token.get().unwrap());
    let case = files(&served.client).must_be(201).json()["case_id"].as_str().unwrap().to_owned();
    served.lets_no_file_grow_beyond("4096:");
    // An error of the disk in a commit leaves open what has reached it.
    is_told(files(&served.client), 503, "unsettled");
    is_told(brings_a_document(&served.client, &case, &[b'a'; 100 * 1024]), 507, "storage_full");
    served.lets_no_file_grow_beyond("unlimited:");
    files(&served.client).must_be(201);
    brings_a_document(&served.client, &case, &[b'a'; 100 * 1024]).must_be(201);
    nothing_is_half_there(&backend, 2);
}

#[test]
fn a_full_disk_under_postgresql_is_told_and_room_mends_it() {
    let Some(cluster) = Cluster::start() else { return };
    let Some(disk) = Disk::of(24 * 1024) else { return };
    if let Some((user, group)) = cluster.account() {
        chown(disk.path(), Some(user), Some(group)).unwrap();
    }
    let backend = cluster.backend_on(disk.path());
    backend.set_up();
    let served = backend.serve();
    files(&served.client).must_be(201);
    let filed = 1 + files_until_it_is_full(&disk, &served.client);
    served.client.get("/api/v1/cases").must_be(200);
    disk.has_room_again();
    files(&served.client).must_be(201);
    nothing_is_half_there(&backend, filed + 1);
}

#[test]
fn a_postgresql_that_can_only_be_read_is_told_and_writing_goes_on_when_it_can() {
    let Some(cluster) = Cluster::start() else { return };
    let backend = cluster.backend();
    backend.set_up();
    let served = backend.serve();
    let case = files(&served.client).must_be(201).json()["case_id"].as_str().unwrap().to_owned();
    cluster.tell("alter system set default_transaction_read_only = on");
    cluster.tell("select pg_reload_conf()");
    let note = || {
        let body = step("note").on("2024-06-02").body();
        served.client.post(&format!("/api/v1/cases/{case}/events"), &body).if_match(1).send()
    };
    crate::cluster::wait_until(|| served.client.of_nobody().get("/api/v1/health").status == 503);
    is_told(note(), 503, "read_only");
    cluster.tell("alter system reset default_transaction_read_only");
    cluster.tell("select pg_reload_conf()");
    crate::cluster::wait_until(|| served.client.of_nobody().get("/api/v1/health").status == 200);
    note().must_be(201);
    assert_eq!(backend.rows("events").len(), 2);
}
