//! What a document of 1 GiB costs: sealing it into the document store, opening it again, and opening
//! a range of its middle; the time, and the peak memory of this process.
//!
//! Each figure stands beside a floor of the same run: as many bytes hashed and written (or read) plain.
//! No figure here fails anything: the machine may be busy. docs/performance.md says what they should be.

use std::error::Error;
use std::io::{Read, Write};
use std::time::Instant;

use aiqyn::domain::id::DocumentId;
use aiqyn::store::{Content, FileStore};
use aiqyn::vault::{FileKey, OpeningReader, SealingWriter};
use uuid::Uuid;

const GIB: u64 = 1024 * 1024 * 1024;

const PIECE: usize = 256 * 1024;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let store = FileStore::in_folder(folder.path());
    let (key, document) = (FileKey::generate(), DocumentId(Uuid::now_v7()));
    println!("A document of 1 GiB. Peak memory of the whole process before: {}", peak());

    let plain = timed("floor: hashed and written plain", GIB, || write_plain(&store))?;
    timed("floor: read plain", GIB, || drain(store.open(plain)?))?;
    store.delete(plain)?;

    let content = timed("sealed and written", GIB, || seal(&store, &key, document))?;
    timed("opened", GIB, || drain(OpeningReader::open(&key, document, store.open(content)?)?))?;
    let start = Instant::now();
    let mut reader = OpeningReader::open(&key, document, store.open(content)?)?;
    reader.select(GIB / 2..GIB / 2 + 1000);
    drain(reader)?;
    println!("1,000 bytes of its middle: {:.2} ms", start.elapsed().as_secs_f64() * 1000.0);
    Ok(())
}

fn timed<T>(what: &str, bytes: u64, work: impl FnOnce() -> Outcome<T>) -> Outcome<T> {
    let start = Instant::now();
    let done = work()?;
    let seconds = start.elapsed().as_secs_f64();
    println!("{what}: {seconds:.2} s, {:.0} MB/s, peak memory {}", bytes as f64 / 1e6 / seconds, peak());
    Ok(done)
}

fn fill(mut to: impl Write) -> Outcome<()> {
    let piece = [0xa5; PIECE];
    for _ in 0..GIB / PIECE as u64 {
        to.write_all(&piece)?;
    }
    Ok(())
}

fn write_plain(store: &FileStore) -> Outcome<Content> {
    let mut file = store.create()?;
    fill(&mut file)?;
    Ok(file.keep()?)
}

fn seal(store: &FileStore, key: &FileKey, document: DocumentId) -> Outcome<Content> {
    let mut writer = SealingWriter::new(key, document, store.create()?)?;
    fill(&mut writer)?;
    Ok(writer.finish()?.keep()?)
}

fn drain(mut from: impl Read) -> Outcome<()> {
    let mut piece = vec![0; PIECE];
    while from.read(&mut piece)? > 0 {}
    Ok(())
}

/// The most memory that this process has ever held, where the system tells (Linux).
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<f64>().ok());
    kib.map_or_else(|| "unknown".to_owned(), |kib| format!("{:.1} MiB", kib / 1024.0))
}
