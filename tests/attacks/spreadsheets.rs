//! What a spreadsheet could take for a formula: it never leaves as one. And files of spreadsheet programs, bombs among
//! them: as a list to import they are told what they are, and as documents they are sealed as they came. None is opened.

use std::io::{Cursor, Write};
use std::process::Command;
use std::time::{Duration, Instant};

use aiqyn::services::{CaseName, Metadata};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::support::{App, Backend, for_each_backend, on_sqlite};

/// What a program takes a text for a formula by, at its beginning (OWASP, CSV Injection).
const FORMULAS: &[char] = &['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

#[test]
fn no_cell_of_an_export_can_be_taken_for_a_formula() {
    for_each_backend(|backend| {
        for what in ["cases", "events"] {
            if what == "cases" {
                backend.demo(60);
            }
            let out = backend.aiqyn(&["export", what]).well().out;
            let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(out.as_bytes());
            let cells: Vec<String> =
                rows.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect();
            assert!(cells.len() > 500);
            let formulas: Vec<&String> = cells.iter().filter(|cell| cell.starts_with(FORMULAS)).collect();
            assert!(formulas.is_empty(), "{formulas:?}");
        }
    });
}

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let options =
        SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).compression_level(Some(9));
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn xlsx(sheet: &[u8]) -> Vec<u8> {
    archive(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("_rels/.rels", b"<Relationships/>"),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// A sheet of 200 MB in 200 KB.
fn of_ratio() -> Vec<u8> {
    xlsx(&vec![b' '; 200 << 20])
}

/// Archives within archives.
fn nested() -> Vec<u8> {
    (0..5).fold(vec![b'0'; 1 << 20], |inner, _| {
        xlsx(&archive(&[("a", &inner), ("b", &inner), ("c", &inner), ("d", &inner)]))
    })
}

/// Entities that would grow a billion times ("billion laughs").
fn of_entities() -> Vec<u8> {
    let entity = |depth: u8| format!("<!ENTITY l{depth} \"{}\">", format!("&l{};", depth - 1).repeat(10));
    let entities: String = (1..10).map(entity).collect();
    xlsx(format!("<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY l0 \"lol\">{entities}]><x>&l9;</x>").as_bytes())
}

/// An entity that would read a file of the server.
fn of_a_file() -> Vec<u8> {
    xlsx(b"<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY f SYSTEM \"file:///etc/passwd\">]><x>&f;</x>")
}

/// A hundred thousand files.
fn of_many() -> Vec<u8> {
    let names: Vec<String> = (0..60_000).map(|number| format!("xl/{number}")).collect();
    let files: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    archive(&files)
}

/// A directory in which every entry leads to the same compressed bytes.
fn overlapping() -> Vec<u8> {
    let one = archive(&[("xl/a", &vec![0; 10 << 20])]);
    let end = one.len() - 22;
    let directory = u32::from_le_bytes(one[end + 16..end + 20].try_into().unwrap()) as usize;
    let entry = &one[directory..end];
    let number = 5_000_u16;
    let mut bomb = one[..directory].to_vec();
    for _ in 0..number {
        bomb.extend_from_slice(entry);
    }
    let size = u32::try_from(entry.len() * usize::from(number)).unwrap();
    let mut tail = one[end..].to_vec();
    tail[8..10].copy_from_slice(&number.to_le_bytes());
    tail[10..12].copy_from_slice(&number.to_le_bytes());
    tail[12..16].copy_from_slice(&size.to_le_bytes());
    bomb.extend(tail);
    bomb
}

fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("ratio.xlsx", of_ratio()),
        ("nested.xlsx", nested()),
        ("entities.xlsx", of_entities()),
        ("file.xlsx", of_a_file()),
        ("many.xlsx", of_many()),
        ("overlapping.xlsx", overlapping()),
    ]
}

const MAPPING: &str = r#"
[source]
name = "list"
jurisdiction = "kz"
time_zone = "Asia/Almaty"

[[event]]
kind = "file"
occurred_at = { column = "filed" }
fields = { channel = { value = "hotline" }, allegation = { value = "жоқ" } }
"#;

/// The real program, that may have so many kilobytes of address space.
fn imports(backend: &Backend, list: &str, kilobytes: u32) -> (bool, String) {
    let mapping = backend.file("mapping.toml");
    std::fs::write(&mapping, MAPPING).unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("ulimit -v {kilobytes}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_aiqyn")])
        .args(["import", list, "--mapping", &mapping, "--database", &backend.url])
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_spreadsheet_is_no_list_and_is_told_how_to_become_one() {
    on_sqlite(|backend| {
        backend.set_up();
        let old = ("old.xls", [&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1][..], &[0; 5000]].concat());
        let ods = ("list.ods", archive(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]));
        for (name, bytes) in bombs().into_iter().chain([old, ods]) {
            let list = backend.file(name);
            std::fs::write(&list, &bytes).unwrap();
            let (ok, err) = imports(backend, &list, 2_000_000);
            assert!(!ok && err.contains("save the sheet as CSV"), "{name}: {err}");
        }
    });
}

#[test]
fn a_bomb_is_kept_as_it_came_and_goes_off_nowhere() {
    on_sqlite(|backend| {
        let app = App::on(backend);
        let caseworker = app.caseworker.asks(&app.services);
        let case = app.caseworker().files_complaint();
        let name = || CaseName::Id(case.id.parse().unwrap());
        for (file, bytes) in bombs() {
            let began = Instant::now();
            let kept = app.services.add_document(&caseworker, name(), (file, Metadata::Keep), &bytes[..]).unwrap();
            assert_eq!(kept.size, bytes.len() as u64);
            // It would take to strip it to know what is in it.
            let stripped = app.services.add_document(&caseworker, name(), (file, Metadata::Strip), &bytes[..]);
            assert!(stripped.is_err(), "{file}");
            assert!(began.elapsed() < Duration::from_secs(60), "{file}: {:?}", began.elapsed());
        }
    });
}
