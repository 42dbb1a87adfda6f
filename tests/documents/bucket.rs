//! Documents in a bucket of an S3 server: large ones go in parts, what breaks off leaves nothing, a store that is out
//! of reach is told, and a backup has them.

use std::io::Read;
use std::time::{Duration, Instant};

use aiqyn::services::CaseName;
use aiqyn::store::{Content, FileStore};
use serde_json::json;

use crate::archive::{Archive, bytes};
use crate::support::program::{Served, aiqyn, aiqyn_with};
use crate::support::{Backend, a_complaint, on_sqlite};

/// More than two parts.
const LARGE: usize = 20 * 1024 * 1024;

/// What goes on behind comes to its end.
fn wait_until(mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_large_document_goes_in_parts_and_is_one_file_in_the_end() {
    let Some(backend) = Backend::sqlite_with_bucket() else { return };
    let archive = Archive::on(&backend);
    let whole = bytes(LARGE);
    let view = archive.adds("film.bin", &whole);
    assert!(archive.reads(&view) == whole);
    let mut opened = archive.opens(&view).unwrap();
    let range = 15_000_000..15_100_000;
    opened.reader.select(range.start as u64..range.end as u64);
    let mut part = Vec::new();
    opened.reader.read_to_end(&mut part).unwrap();
    assert!(part == whole[range]);
    wait_until(|| archive.kept() == 1);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing_behind() {
    let Some(backend) = Backend::sqlite_with_bucket() else { return };
    let archive = Archive::on(&backend);
    let mut upload = archive.services.begin_document(&archive.caseworker, CaseName::Id(archive.case)).unwrap();
    for piece in bytes(LARGE).chunks(1024 * 1024) {
        upload.write(piece).unwrap();
    }
    drop(upload);
    assert_eq!((archive.kept(), archive.count()), (0, 0));
}

/// Brings a document to a server, and tells how that was answered.
fn brings(served: &Served, word: &str) -> crate::support::http::Reply {
    let filed = served.client.post("/api/v1/cases", &a_complaint().on("2024-06-01").body()).send().must_be(201).json();
    let path = format!("/api/v1/cases/{}/documents", filed["case_id"].as_str().unwrap());
    let form =
        format!("--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n{word}\r\n--x--\r\n");
    let request = served.client.request("POST", &path).header("content-type", "multipart/form-data; boundary=x");
    request.text(&form).send()
}

fn serve(backend: &Backend) -> Vec<&str> {
    vec!["serve", "--listen", "127.0.0.1:0", "--database", &backend.url]
}

#[test]
fn a_store_that_is_out_of_reach_is_told_and_nothing_is_written() {
    on_sqlite(|backend| {
        backend.set_up();
        let words = [serve(backend), vec!["--documents", "s3://nowhere"]].concat();
        let said = ("AWS_ENDPOINT_URL", "http://127.0.0.1:9");
        let served = Served::start_with(backend.folder.path(), &words, said).to(backend.token.get().unwrap());
        brings(&served, "сурет").must_be_problem(503, "unavailable");
        assert_eq!(backend.rows("documents").len(), 0);
    });
}

#[test]
fn no_way_without_tls_leads_to_another_machine() {
    on_sqlite(|backend| {
        backend.set_up();
        let words = [serve(backend), vec!["--documents", "s3://bucket"]].concat();
        let refused = aiqyn_with(backend.folder.path(), &words, ("AWS_ENDPOINT_URL", "http://192.0.2.1:9000")).badly();
        assert!(refused.err.contains("https://"), "{}", refused.err);
        let words = [serve(backend), vec!["--documents", "s3://"]].concat();
        assert!(aiqyn(backend.folder.path(), &words).badly().err.contains("s3://bucket/prefix"));
    });
}

#[test]
fn a_backup_has_what_lies_in_a_bucket_and_brings_it_into_another() {
    let (Some(from), Some(to)) = (Backend::sqlite_with_bucket(), Backend::sqlite_with_bucket()) else { return };
    from.set_up();
    let words = [serve(&from), vec!["--documents", from.bucket.as_deref().unwrap()]].concat();
    let served = Served::start(from.folder.path(), &words).to(from.token.get().unwrap());
    brings(&served, "сурет").must_be(201);
    let key = from.file("key");
    let told = aiqyn(from.folder.path(), &["backup", "key", &key]).well().out;
    let recipient = told.lines().find(|line| line.starts_with("age1")).unwrap();
    let (file, documents) = (from.file("all.age"), from.documents());
    let made =
        from.aiqyn(&["backup", &file, "--seal-to", recipient, "--documents", &documents, "--json"]).well().json();
    assert_eq!(made["documents"], json!(1));
    to.aiqyn(&["restore", &file, "--key", &key, "--documents", &to.documents()]).well();
    let listed = FileStore::in_bucket(&to.documents()).unwrap().list().unwrap();
    let content: Content = listed[0].content.unwrap();
    let read = |backend: &Backend| {
        let mut sealed = Vec::new();
        let store = FileStore::in_bucket(&backend.documents()).unwrap();
        store.open(content).unwrap().read_to_end(&mut sealed).unwrap();
        sealed
    };
    assert_eq!((listed.len(), read(&to)), (1, read(&from)));
}
